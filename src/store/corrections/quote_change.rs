//! What a person says of a quote beside who says it and whom it is about: its act and its words.
//!
//! Words are named by what is printed and never by offsets, so that they hold in a later version of the article. Pure: knows no
//! database.

use crate::facts::{Act, QuoteKind};
use crate::span::CodePoints;

/// What a person says of a quote. What is left out is as the machine finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct QuoteChange {
    /// What kind of act it is.
    pub act: Option<String>,
    /// Its words, piece by piece, as they are printed.
    pub pieces: Option<Vec<String>>,
}

impl QuoteChange {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == QuoteChange::default()
    }

    /// Fails where the act is none, or a piece has no words.
    pub(super) fn check(self) -> Result<Self, String> {
        if let Some(act) = self.act.as_ref().filter(|act| !Act::ALL.iter().any(|known| known.name() == *act))
        {
            let known: Vec<&str> = Act::ALL.iter().map(|known| known.name()).collect();
            return Err(format!("`value`: `{act}` is no act; they are {}", known.join(", ")));
        }
        match &self.pieces {
            Some(pieces) if pieces.is_empty() || pieces.iter().any(|piece| piece.trim().is_empty()) => {
                Err("`value`: a piece of a quote has no words".to_owned())
            }
            _ => Ok(self),
        }
    }
}

impl std::fmt::Display for QuoteChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(act) = &self.act {
            write!(f, " as a {act}")?;
        }
        match &self.pieces {
            Some(pieces) => write!(f, " in the words {}", pieces.join(" … ")),
            None => Ok(()),
        }
    }
}

/// Where pieces stand in a text, one behind the other, in code points: next to `near`, where the quote was found. None where
/// they are gone.
pub(super) fn places(
    body: &str,
    points: &CodePoints<'_>,
    pieces: &[String],
    near: usize,
) -> Option<Vec<(i64, i64)>> {
    let (first, rest) = pieces.split_first()?;
    let starts = body.match_indices(first.as_str()).map(|(at, _)| at);
    let mut candidates: Vec<usize> = starts.collect();
    candidates.sort_by_key(|at| points.at(*at).abs_diff(near));
    candidates.into_iter().find_map(|start| {
        let mut end = start + first.len();
        let mut spans = vec![(start, end)];
        for piece in rest {
            let at = end + body.get(end..)?.find(piece.as_str())?;
            end = at + piece.len();
            spans.push((at, end));
        }
        spans
            .into_iter()
            .map(|(start, end)| {
                let place = |at| i64::try_from(points.at(at)).ok();
                Some((place(start)?, place(end)?))
            })
            .collect()
    })
}

/// Whether a stretch of a text is wholly, partly or not in quotation marks; none where its paragraphs have no double ones.
pub(super) fn kind(body: &str, points: &CodePoints<'_>, places: &[(i64, i64)]) -> Option<QuoteKind> {
    let byte = |place: i64| points.byte(usize::try_from(place).unwrap_or_default());
    let (mut has_marks, mut inside, mut outside) = (false, false, false);
    for (start, end) in places.iter().map(|(start, end)| (byte(*start), byte(*end))) {
        let paragraph = body[..start].rfind('\n').map_or(0, |at| at + 1);
        let mut is_open = false;
        for (at, character) in body[paragraph..end].char_indices() {
            match character {
                '“' | '«' | '„' => is_open = true,
                '”' | '»' => is_open = false,
                '"' => is_open = !is_open,
                _ if paragraph + at >= start && character.is_alphanumeric() => {
                    *if is_open { &mut inside } else { &mut outside } = true;
                }
                _ => continue,
            }
            has_marks |= !character.is_alphanumeric();
        }
    }
    match (has_marks, inside, outside) {
        (false, ..) => None,
        (_, true, false) => Some(QuoteKind::Direct),
        (_, true, true) => Some(QuoteKind::Mixed),
        _ => Some(QuoteKind::Indirect),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(pieces: &[&str]) -> Vec<String> {
        pieces.iter().map(|piece| (*piece).to_owned()).collect()
    }

    #[test]
    fn pieces_are_found_next_to_where_the_quote_was() {
        let body = "É: no. Ana said no, “and never,” and no again.";
        let points = CodePoints::new(body);
        for (pieces, near, places_found) in [
            (&["no"][..], 2, Some(vec![(3, 5)])),
            (&["no"], 17, Some(vec![(16, 18)])),
            (&["no", "again"], 40, Some(vec![(37, 39), (40, 45)])),
            (&["never", "Ana"], 0, None),
            (&["perhaps"], 0, None),
        ] {
            assert_eq!(places(body, &points, &owned(pieces), near), places_found, "{pieces:?}");
        }
    }

    #[test]
    fn marks_tell_the_kind() {
        let body = "Ana said “we will appeal,” and that’s that.\nShe left “at once.”\nNo marks.";
        for (words, expected) in [
            ("“we will appeal,”", Some(QuoteKind::Direct)),
            ("will appeal", Some(QuoteKind::Direct)),
            ("appeal,” and that’s that", Some(QuoteKind::Mixed)),
            ("that’s that", Some(QuoteKind::Indirect)),
            ("left “at once.”", Some(QuoteKind::Mixed)),
            ("No marks", None),
        ] {
            let points = CodePoints::new(body);
            let found = places(body, &points, &owned(&[words]), 0).expect("is there");
            assert_eq!(kind(body, &points, &found), expected, "{words}");
        }
    }
}
