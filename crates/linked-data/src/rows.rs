//! Things in rows, all rows in one vector.

/// Rows of unlike lengths. To put things into rows costs two passes over them and two allocations, however many rows there are.
#[derive(Debug)]
pub(crate) struct Rows<T> {
    /// Where each row ends; it begins where the one before ends.
    ends: Vec<usize>,
    items: Vec<T>,
}

impl<T: Copy + Default> Rows<T> {
    /// Puts things into rows, keeping their order. `fill` is called twice, to count and to put, and must do the same both times.
    /// What has no row among `count` is left out.
    pub(crate) fn of(count: usize, fill: impl Fn(&mut dyn FnMut(usize, T))) -> Self {
        let mut ends = vec![0_usize; count];
        fill(&mut |row, _| {
            if let Some(length) = ends.get_mut(row) {
                *length += 1;
            }
        });
        let mut total = 0;
        for end in &mut ends {
            // For now the beginning of the row; filling it moves it to the end.
            let length = std::mem::replace(end, total);
            total += length;
        }
        let mut items = vec![T::default(); total];
        fill(&mut |row, thing| {
            if let Some(end) = ends.get_mut(row)
                && let Some(slot) = items.get_mut(*end)
            {
                *slot = thing;
                *end += 1;
            }
        });
        Self { ends, items }
    }

    /// One row.
    pub(crate) fn row(&self, row: usize) -> &[T] {
        let begin = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(row).copied().unwrap_or(begin);
        self.items.get(begin..end).unwrap_or_default()
    }

    /// All rows, to change what is in them.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        let mut rest = self.items.as_mut_slice();
        let mut begin = 0;
        self.ends.iter().map_while(move |&end| {
            let row = rest.split_off_mut(..end - begin)?;
            begin = end;
            Some(row)
        })
    }

    /// Everything, row by row.
    pub(crate) fn into_items(self) -> Vec<T> {
        self.items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_stand_in_their_rows_in_their_order() {
        let mut rows = Rows::of(4, |put| {
            for (row, thing) in [(2, 'a'), (0, 'b'), (2, 'c'), (9, 'd'), (3, 'e')] {
                put(row, thing);
            }
        });
        assert_eq!(
            [0, 1, 2, 3, 4].map(|row| rows.row(row).iter().collect::<String>()),
            ["b", "", "ac", "e", ""]
        );
        assert_eq!(rows.iter_mut().map(|row| row.len()).collect::<Vec<_>>(), [1, 0, 2, 1]);
        assert_eq!(rows.into_items(), ['b', 'a', 'c', 'e']);
    }
}
