//! Names met again: a last name that the article has in full elsewhere and that was not recognized here.
//!
//! Knows the names of one article and how its words are written. Headlines in capitals and the beginnings of sentences
//! hide names from the recognizer, which reads one sentence at a time.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::annotate::features::{Case, Lexeme, WordHasher, hash, lists};
use crate::annotate::names::name::{Name, NameKind};
use crate::annotate::names::nonlocal::bits;
use crate::annotate::names::page::Page;
use crate::span::{Span, Tokens};

/// What single words name, by the hash of their lower case.
type Known = HashMap<u32, Use, BuildHasherDefault<WordHasher>>;

/// How often a word ends the full name of a person, and how often it stands for something by itself.
#[derive(Default)]
struct Use {
    full: usize,
    person: usize,
    organization: usize,
    other: usize,
}

impl Use {
    /// What the word names, if it names one kind of thing; one reading of a lone word may be wrong.
    fn kind(&self) -> Option<NameKind> {
        match (self.full, self.person, self.organization, self.other) {
            (1.., _, 0, _) | (0, 3.., 0, 0) => Some(NameKind::Person),
            (0, 0, 2.., 0) => Some(NameKind::Organization),
            _ => None,
        }
    }
}

/// Adds to the names of an article what bears one of them and was not recognized.
pub(super) fn find_repeated(page: Page, names: &mut Vec<Name>) {
    let Page { document, lexemes, evidence, .. } = page;
    let known = known(lexemes, names);
    let mut found = Vec::new();
    let mut next = 0;
    for sentence in &document.sentences {
        for token in sentence.range() {
            while names.get(next).is_some_and(|name| name.tokens.end() <= token) {
                next += 1;
            }
            let is_free = names.get(next).is_none_or(|name| !name.tokens.contains(token));
            let kind = lexemes.get(token).and_then(|lexeme| known.get(&lexeme.lower)?.kind());
            if let (true, Some(kind)) = (is_free, kind)
                && may_be_name(*sentence, lexemes, evidence, token)
            {
                found.push(Name { tokens: Span::new(token, token + 1), kind });
            }
        }
    }
    names.extend(found);
    names.sort_by_key(|name| name.tokens.start());
}

/// The last names of those who have full names, and what is named by one word.
fn known(lexemes: &[Lexeme], names: &[Name]) -> Known {
    let mut known = Known::default();
    for name in names {
        let one = name.tokens.len() == 1;
        let Some(last) = lexemes.get(name.tokens.end() - 1) else { continue };
        if !last.case.is_capital() || last.case == Case::Initial || last.lists & lists::DEMONYM != 0 {
            continue;
        }
        match name.kind {
            NameKind::Person if one => known.entry(last.lower).or_default().person += 1,
            NameKind::Person => known.entry(last.lower).or_default().full += 1,
            NameKind::Organization if one => known.entry(last.lower).or_default().organization += 1,
            _ if one => known.entry(last.lower).or_default().other += 1,
            _ => {}
        }
    }
    known
}

/// Whether a token can be a name of its own: capitalized, never in small letters in the article, and between small
/// letters, unless its whole sentence has capitals.
fn may_be_name(sentence: Span<Tokens>, lexemes: &[Lexeme], evidence: &[u32], token: usize) -> bool {
    let is_capital = |token: usize| {
        sentence.contains(token) && lexemes.get(token).is_some_and(|lexeme| lexeme.case.is_capital())
    };
    let lower = |token: usize| lexemes.get(token).map_or(0, |lexeme| lexeme.lower);
    // Rather a part of a name that was not recognized either: the **Sand** and Moro Foundation.
    let is_part = lower(token + 1) == hash("and")
        && token.checked_sub(1).is_some_and(|before| lower(before) == hash("the"));
    let bits = evidence.get(token).copied().unwrap_or(0);
    let stands_alone =
        !is_capital(token + 1) && token.checked_sub(1).is_none_or(|before| !is_capital(before));
    is_capital(token)
        && !is_part
        && bits & bits::LOWER == 0
        && (stands_alone || bits & (bits::SHOUTED | bits::HEADLINE) != 0)
}

#[cfg(test)]
mod tests {
    use crate::annotate::given;
    use crate::article::Article;

    #[test]
    fn last_names_are_met_again_in_headlines() {
        let body = "BRANDT TO LEAVE PORT BOARD\n\nLeo Brandt left the board on Friday.";
        let article = Article { body: body.to_owned(), ..Article::default() };
        let text = given::mended(&article);
        let found: Vec<&str> = text.names.iter().map(|name| text.words(name.tokens)).collect();
        assert_eq!(found, ["BRANDT", "Leo Brandt"]);
    }
}
