//! Where a quote begins and ends, as a person says it: by its first and its last words.
//!
//! Pure: finds the words in the article, next to where the quote stands now. Changes nothing.

use crate::error::Error;
use crate::query::stored_quote::StoredQuote;
use crate::span::CodePoints;

/// The pieces of a quote that begins with the words `from` and ends with the words `to`, as they are printed; what is none
/// stays where it is.
pub fn pieces_between(
    quote: &StoredQuote,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Vec<String>, Error> {
    let body = &quote.article.body;
    let points = CodePoints::new(body);
    let mut pieces: Vec<(usize, usize)> =
        quote.pieces.iter().map(|(start, end)| (points.byte(*start), points.byte(*end))).collect();
    let (Some((first, _)), Some((_, last))) = (pieces.first().copied(), pieces.last().copied()) else {
        return Err(Error::usage(format!("quote {} has no words", quote.id)));
    };
    let start = match from {
        Some(words) => next_to(body, words, |(start, _)| start.abs_diff(first))?.0,
        None => first,
    };
    let end = match to {
        Some(words) => {
            let is_behind =
                |(from, to): (usize, usize)| if from < start { usize::MAX } else { to.abs_diff(last) };
            next_to(body, words, is_behind)?.1
        }
        None => last,
    };
    if end <= start {
        return Err(Error::usage("the quote would end before it begins"));
    }
    pieces.retain(|(from, to)| *from < end && start < *to);
    match (pieces.first_mut(), from) {
        (Some(piece), _) => piece.0 = start,
        (None, _) => pieces.push((start, end)),
    }
    if let Some(piece) = pieces.last_mut() {
        piece.1 = end;
    }
    Ok(pieces.into_iter().map(|(start, end)| body[start..end].to_owned()).collect())
}

/// The place of words that comes first by `order`; a place for which that is the greatest number is none.
fn next_to(
    body: &str,
    words: &str,
    order: impl Fn((usize, usize)) -> usize,
) -> Result<(usize, usize), Error> {
    let places = body.char_indices().filter_map(|(at, _)| Some((at, at + length_at(&body[at..], words)?)));
    let place = places.filter(|place| order(*place) < usize::MAX).min_by_key(|place| order(*place));
    place.ok_or_else(|| {
        Error::usage(format!("the article does not print “{}” there", words.trim()))
            .hint("copy the words as the article prints them")
    })
}

/// How many bytes of a text the words take that it begins with; none where it begins otherwise. Curly marks are as good as straight
/// ones, and a line feed as a space.
fn length_at(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for (number, word) in words.split_whitespace().enumerate() {
        if number > 0 {
            let next = rest.trim_start();
            (next.len() < rest.len()).then_some(())?;
            rest = next;
        }
        for character in word.chars() {
            let next = rest.chars().next()?;
            (straight(next) == straight(character)).then_some(())?;
            rest = &rest[next.len_utf8()..];
        }
    }
    (rest.len() < text.len()).then_some(text.len() - rest.len())
}

fn straight(character: char) -> char {
    match character {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::gear::Gear;

    fn quote(body: &str, pieces: &[(usize, usize)]) -> StoredQuote {
        StoredQuote {
            id: 1,
            key: String::new(),
            article: Article::from_text(body),
            article_id: 1,
            identity: String::new(),
            gear: Gear::default(),
            speaker: None,
            source: None,
            cue: None,
            act: String::new(),
            kind: String::new(),
            text: String::new(),
            confidence: 1.0,
            mode: String::new(),
            vouched: true,
            pieces: pieces.to_vec(),
            about: Vec::new(),
        }
    }

    #[test]
    fn the_first_and_the_last_words_say_where_a_quote_stands() -> Result<(), Error> {
        let body = "É. “We’ll wait,” Ana Ruiz said, “and the\nboats wait. We’ll wait,” too.";
        for (from, to, expected) in [
            (None, None, &["“We’ll wait,”", "“and the\nboats wait."][..]),
            (None, Some("We'll wait,\""), &["“We’ll wait,”", "“and the\nboats wait. We’ll wait,”"]),
            (Some("We'll"), None, &["We’ll wait,”", "“and the\nboats wait."]),
            (Some("and the boats"), None, &["and the\nboats wait."]),
            (None, Some("wait,”"), &["“We’ll wait,”", "“and the\nboats wait. We’ll wait,”"]),
            (Some("Ana Ruiz"), Some("said"), &["Ana Ruiz said"]),
        ] {
            let quote = quote(body, &[(3, 16), (32, 52)]);
            assert_eq!(pieces_between(&quote, from, to)?, expected, "{from:?} {to:?}");
        }
        let quote = quote(body, &[(3, 16), (32, 52)]);
        for (from, to) in [(Some("nowhere"), None), (None, Some(" ")), (Some("too"), Some("Ana"))] {
            assert!(pieces_between(&quote, from, to).is_err(), "{from:?} {to:?}");
        }
        Ok(())
    }
}
