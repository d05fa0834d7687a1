//! Telling apart blank nodes whose own quads look alike ([section 4.8](https://www.w3.org/TR/rdf-canon/#hash-nd-quads)).
//!
//! This is where a hostile graph costs factorial time, so every step is paid for from the work budget.

use super::digest::Digest;
use crate::budget::Meter;
use crate::dataset::{Quad, Settled, TermId};
use crate::error::Error;
use crate::number;
use crate::options::HashAlgorithm;
use crate::rows::Rows;

/// Gives out labels in order ([section 4.5](https://www.w3.org/TR/rdf-canon/#issue-identifier)).
#[derive(Clone, Debug)]
pub(super) struct Issuer {
    order: Vec<usize>,
    /// For the canonical issuer, the place of each blank node in `order`; temporary issuers are short and search.
    places: Option<Vec<Option<usize>>>,
}

impl Issuer {
    pub(super) fn canonical(blank_nodes: usize) -> Self {
        Self { order: Vec::new(), places: Some(vec![None; blank_nodes]) }
    }

    fn temporary() -> Self {
        Self { order: Vec::new(), places: None }
    }

    /// The number issued to a blank node.
    fn get(&self, blank: usize) -> Option<usize> {
        match &self.places {
            Some(places) => places.get(blank).copied().flatten(),
            None => self.order.iter().position(|&issued| issued == blank),
        }
    }

    pub(super) fn issue(&mut self, blank: usize) -> usize {
        if let Some(number) = self.get(blank) {
            return number;
        }
        let number = self.order.len();
        self.order.push(blank);
        if let Some(place) = self.places.as_mut().and_then(|places| places.get_mut(blank)) {
            *place = Some(number);
        }
        number
    }

    /// The blank nodes in the order of their labels.
    pub(super) fn order(&self) -> &[usize] {
        &self.order
    }
}

/// The search for labels in one dataset.
pub(super) struct Search<'s> {
    pub(super) dataset: &'s Settled<'s>,
    pub(super) mentions: &'s Rows<usize>,
    pub(super) first: &'s [Digest],
    pub(super) algorithm: HashAlgorithm,
    pub(super) meter: &'s mut Meter,
    pub(super) canonical: Issuer,
}

impl Search<'_> {
    /// Labels the blank nodes that share a first-degree hash.
    pub(super) fn label_group(&mut self, group: impl Iterator<Item = usize>) -> Result<(), Error> {
        let mut paths = Vec::new();
        for blank in group {
            if self.canonical.get(blank).is_some() {
                continue;
            }
            let mut issuer = Issuer::temporary();
            issuer.issue(blank);
            paths.push(self.n_degree(blank, issuer, 1)?);
        }
        paths.sort_by_key(|(hash, _)| *hash);
        for blank in paths.iter().flat_map(|(_, issuer)| issuer.order()) {
            self.canonical.issue(*blank);
        }
        Ok(())
    }

    fn n_degree(&mut self, blank: usize, mut issuer: Issuer, depth: u32) -> Result<(Digest, Issuer), Error> {
        self.meter.level(depth)?;
        let mut data = String::new();
        for group in self.related(blank, &issuer)?.chunk_by(|a, b| a.0 == b.0) {
            let mut list: Vec<usize> = group.iter().map(|&(_, related)| related).collect();
            list.sort_unstable();
            let (path, chosen) = self.best_path(&mut list, &issuer, depth)?;
            if let Some((hash, _)) = group.first() {
                hash.push_hex(&mut data);
            }
            data.push_str(&path);
            issuer = chosen;
        }
        Ok((Digest::of(self.algorithm, data.as_bytes()), issuer))
    }

    /// The blank nodes that share a quad with this one, by the hash of how they are related; sorted.
    fn related(&mut self, blank: usize, issuer: &Issuer) -> Result<Vec<(Digest, usize)>, Error> {
        let mut related = Vec::new();
        let own = TermId::blank(blank);
        for quad in self.mentions.row(blank).iter().filter_map(|&number| self.dataset.quads.get(number)) {
            for (position, term) in [('s', quad.subject), ('o', quad.object), ('g', quad.graph)] {
                let Some(other) = term.as_blank().filter(|_| term != own) else { continue };
                let predicate = self.dataset.texts.get(quad.predicate).len();
                self.meter.work(1 + issuer.order.len() / 16 + predicate / 256)?;
                related.push((self.related_hash(other, quad, issuer, position), other));
            }
        }
        related.sort_unstable();
        Ok(related)
    }

    fn related_hash(&self, other: usize, quad: &Quad, issuer: &Issuer, position: char) -> Digest {
        let mut data = String::with_capacity(160);
        data.push(position);
        if position != 'g' {
            data.push_str(self.dataset.texts.get(quad.predicate));
        }
        match (self.canonical.get(other), issuer.get(other)) {
            (Some(number), _) => push(&mut data, "_:c14n", number),
            (None, Some(number)) => push(&mut data, "_:b", number),
            (None, None) => {
                if let Some(hash) = self.first.get(other) {
                    hash.push_hex(&mut data);
                }
            }
        }
        Digest::of(self.algorithm, data.as_bytes())
    }

    /// The least path over all orders of a list of related blank nodes.
    fn best_path(
        &mut self,
        list: &mut [usize],
        issuer: &Issuer,
        depth: u32,
    ) -> Result<(String, Issuer), Error> {
        let mut best: Option<(String, Issuer)> = None;
        loop {
            self.meter.work(1 + list.len() + issuer.order.len() / 16)?;
            let limit = best.as_ref().map(|(path, _)| path.as_str());
            if let Some(found) = self.path(list, issuer, limit, depth)? {
                best = Some(found);
            }
            if !next_permutation(list) {
                return Ok(best.unwrap_or_else(|| (String::new(), issuer.clone())));
            }
        }
    }

    /// The path of one order, or nothing if it is no better than what there is.
    fn path(
        &mut self,
        list: &[usize],
        issuer: &Issuer,
        limit: Option<&str>,
        depth: u32,
    ) -> Result<Option<(String, Issuer)>, Error> {
        let is_worse = |path: &str| limit.is_some_and(|limit| path.len() >= limit.len() && path > limit);
        let mut issuer = issuer.clone();
        let mut path = String::new();
        let mut unexplored = Vec::new();
        for &related in list {
            if let Some(number) = self.canonical.get(related) {
                push(&mut path, "_:c14n", number);
            } else {
                if issuer.get(related).is_none() {
                    unexplored.push(related);
                }
                let number = issuer.issue(related);
                push(&mut path, "_:b", number);
            }
            if is_worse(&path) {
                return Ok(None);
            }
        }
        for related in unexplored {
            let (hash, after) = self.n_degree(related, issuer.clone(), depth + 1)?;
            let number = issuer.issue(related);
            push(&mut path, "_:b", number);
            path.push('<');
            hash.push_hex(&mut path);
            path.push('>');
            issuer = after;
            if is_worse(&path) {
                return Ok(None);
            }
        }
        Ok(limit.is_none_or(|limit| path.as_str() < limit).then_some((path, issuer)))
    }
}

fn push(out: &mut String, prefix: &str, number: usize) {
    out.push_str(prefix);
    number::push_integer(out, u64::try_from(number).unwrap_or(u64::MAX), false);
}

/// The next order of a list in lexicographic sequence; `false` after the last.
fn next_permutation(list: &mut [usize]) -> bool {
    let Some(pivot) = list.windows(2).rposition(|pair| matches!(pair, [a, b] if a < b)) else { return false };
    let value = list.get(pivot).copied();
    if let Some(successor) = list.iter().rposition(|item| Some(*item) > value) {
        list.swap(pivot, successor);
    }
    if let Some(tail) = list.get_mut(pivot + 1..) {
        tail.reverse();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_of_a_list_comes_once() {
        let mut list = [0, 1, 2, 3];
        let mut seen = vec![list];
        while next_permutation(&mut list) {
            seen.push(list);
        }
        assert_eq!(seen.len(), 24);
        seen.dedup();
        assert_eq!(seen.len(), 24);
        let mut same = [5, 5];
        assert!(!next_permutation(&mut same));
    }
}
