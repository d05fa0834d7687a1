//! Achievements that need each other.

use std::collections::HashSet;

/// A way from an achievement back to itself: each needs the one behind it, the last needs the first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("each of these needs the next, and the last the first, so nobody could ever begin: {}", .0.join(" → "))]
pub struct Cycle(pub Vec<String>);

/// Finds a way from `start` back to `start` over `needs`, which says what an achievement needs; achievements of others,
/// of which nothing is known, need nothing. Looks at each achievement once.
pub fn cycle<E>(
    start: &str,
    mut needs: impl FnMut(&str) -> Result<Vec<String>, E>,
) -> Result<Option<Cycle>, E> {
    // What is on the way, each with what is still to be looked at of its needs.
    let mut way = vec![(start.to_owned(), needs(start)?)];
    let mut seen = HashSet::from([start.to_owned()]);
    while let Some((_, waiting)) = way.last_mut() {
        match waiting.pop() {
            Some(next) if next == start => {
                return Ok(Some(Cycle(way.into_iter().map(|(achievement, _)| achievement).collect())));
            }
            Some(next) if seen.insert(next.clone()) => {
                let of_next = needs(&next)?;
                way.push((next, of_next));
            }
            Some(_) => {}
            None => drop(way.pop()),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    /// What each letter needs.
    fn found(graph: &[(&str, &str)], start: &str) -> Option<String> {
        let mut asked = 0;
        let needs = |name: &str| {
            asked += 1;
            let of_name = graph.iter().filter(|(from, _)| *from == name);
            Ok::<_, Infallible>(of_name.map(|(_, to)| (*to).to_owned()).collect())
        };
        let found = cycle(start, needs).unwrap_or_else(|never| match never {});
        assert!(asked <= graph.len() + 1, "each is asked for once");
        found.map(|Cycle(way)| way.concat())
    }

    #[test]
    fn a_way_back_is_found_and_told() {
        assert_eq!(found(&[("a", "a")], "a").as_deref(), Some("a"));
        assert_eq!(found(&[("a", "b"), ("b", "c"), ("c", "a")], "a").as_deref(), Some("abc"));
        assert_eq!(found(&[("a", "x"), ("a", "b"), ("b", "y"), ("b", "a")], "a").as_deref(), Some("ab"));
    }

    #[test]
    fn two_ways_to_the_same_are_no_way_back() {
        assert_eq!(found(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")], "a"), None);
        assert_eq!(found(&[], "a"), None);
        // Somebody else's circle is not ours to find.
        assert_eq!(found(&[("a", "b"), ("b", "c"), ("c", "b")], "a"), None);
    }
}
