//! Messages with places in braces, such as `Valid until {date}.`

use serde::Deserialize;

use crate::html::{Html, plain_name, push_escaped};

/// A message with places to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(crate) struct Phrase(String);

/// A stretch of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Words to be said as they are.
    Text(&'a str),
    /// The name of a place to fill in.
    Place(&'a str),
}

impl Phrase {
    /// The phrase as HTML, its places filled with HTML.
    pub(crate) fn html(&self, fillings: &[(&str, &Html)]) -> Html {
        let mut out = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Text(text) => push_escaped(&mut out, text),
                Piece::Place(name) => out.push_str(filling(fillings, name).map_or("", |html| html.as_str())),
            }
        }
        Html::trusted(out)
    }

    /// The phrase as plain text for titles and previews; names in it lose what would turn the text around them.
    pub(crate) fn plain(&self, fillings: &[(&str, &str)]) -> String {
        self.pieces()
            .map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Place(name) => filling(fillings, name).map(plain_name).unwrap_or_default(),
            })
            .collect()
    }

    /// The stretches in order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        self.0
            .split('{')
            .enumerate()
            .flat_map(|(nth, part)| match (nth, part.split_once('}')) {
                (0, _) | (_, None) => [Some(Piece::Text(part)), None],
                (_, Some((place, rest))) => [Some(Piece::Place(place)), Some(Piece::Text(rest))],
            })
            .flatten()
    }
}

fn filling<T: Copy>(fillings: &[(&str, T)], name: &str) -> Option<T> {
    fillings.iter().find(|(place, _)| *place == name).map(|(_, filling)| *filling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_words_escaped() {
        let phrase = Phrase("{name} & {badge}: „{name}“".to_owned());
        let (name, badge) = (Html::isolated("<A>"), Html::text("B{name}"));
        assert_eq!(
            phrase.html(&[("name", &name), ("badge", &badge)]).as_str(),
            "<bdi>&lt;A&gt;</bdi> &amp; B{name}: „<bdi>&lt;A&gt;</bdi>“"
        );
        assert_eq!(phrase.plain(&[("name", "A\u{202e}"), ("badge", "B")]), "A & B: „A“");
    }
}
