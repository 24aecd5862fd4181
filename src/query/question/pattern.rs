//! Words of a question, and patterns that they may fit.
//!
//! A pattern is words divided by spaces: `say|said` fits either word, `[ever]` may be missing,
//! `{about}` takes one word or more and hands them on, `{object}'s` takes words of which the last is a
//! possessive, `{"words"}` takes what stands in quotation marks. Words in capitals stand for the classes of
//! [`CLASSES`]. Case, question marks and the shape of apostrophes do not matter.

use std::collections::BTreeMap;

/// One word of a question, or everything between two quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// As it was typed, without the quotation marks.
    pub(crate) text: String,
    /// In lower case and without marks at its end: what patterns are compared with.
    folded: String,
    /// Whether it stood in quotation marks.
    pub(crate) quoted: bool,
}

impl Word {
    fn plain(text: &str) -> Word {
        let folded = text.trim_end_matches(['.', ',', ';', ':', '!']).to_lowercase();
        Word { text: text.to_owned(), folded, quoted: false }
    }

    fn quoted(text: &str) -> Word {
        Word { text: text.trim().to_owned(), folded: String::new(), quoted: true }
    }

    /// Whether it is this word of a pattern, and not a part of a name in quotation marks.
    pub(crate) fn is(&self, word: &str) -> bool {
        !self.quoted && self.folded == word
    }
}

/// The words of a question. A mark that opens a quotation and never closes it is a part of its word.
pub(crate) fn words(question: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = question
        .trim_end_matches(|character: char| character.is_whitespace() || character == '?')
        .trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some((inside, after)) = quotation(rest, first) {
            words.push(Word::quoted(inside));
            rest = after;
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            push_plain(&rest[..end], &mut words);
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    words
}

/// What the quotation mark at the start of `rest` encloses, and what follows its counterpart.
fn quotation(rest: &str, open: char) -> Option<(&str, &str)> {
    let closing: &[char] = match open {
        '"' => &['"'],
        '“' => &['”'],
        '„' => &['“', '”'],
        '«' => &['»'],
        '\'' | '‘' => &['\'', '’'],
        _ => return None,
    };
    let inside = &rest[open.len_utf8()..];
    let apostrophe = matches!(open, '\'' | '‘');
    let end = inside.char_indices().find(|(at, character)| {
        let after = inside[at + character.len_utf8()..].chars().next();
        // Within single marks an apostrophe is followed by a letter: ‘we don’t know’.
        closing.contains(character) && !(apostrophe && after.is_some_and(char::is_alphanumeric))
    });
    let (at, character) = end?;
    let text = &inside[..at];
    if text.trim().is_empty() {
        return None;
    }
    let after = inside[at + character.len_utf8()..].trim_start_matches(['?', ',', '.', '!']);
    Some((text, after))
}

/// One word, or two where a question word is contracted: `who's` is `who` and `'s`.
fn push_plain(text: &str, words: &mut Vec<Word>) {
    let straight = text.replace(['’', '‘'], "'");
    if let Some((word, ending)) = straight.split_once('\'') {
        let asks =
            ["who", "what", "whom", "when", "where", "how", "which"].contains(&word.to_lowercase().as_str());
        let ending = ending.trim_end_matches([',', '.']).to_lowercase();
        if asks && matches!(ending.as_str(), "s" | "re" | "d" | "ve") {
            words.push(Word::plain(word));
            words.push(Word { text: format!("'{ending}"), folded: format!("'{ending}"), quoted: false });
            return;
        }
    }
    words.push(Word::plain(text));
}

/// Words that may take each other's place in any pattern.
const CLASSES: [(&str, &[&str]); 4] = [
    ("ABOUT", &["about", "on", "of", "regarding", "concerning"]),
    ("DID", &["did", "does", "do", "has", "have", "had", "'s", "'d"]),
    ("IS", &["is", "was", "are", "were", "'s", "'re"]),
    ("QUOTES", &["quotes", "statements", "remarks", "comments"]),
];

/// The words that a part of a pattern between two bars stands for.
fn alternatives(part: &str) -> Vec<&str> {
    let of_class = |name: &str| CLASSES.iter().find(|(class, _)| *class == name).map(|(_, words)| *words);
    part.split('|')
        .flat_map(|word| match of_class(word) {
            Some(words) => words.to_vec(),
            None => vec![word],
        })
        .collect()
}

/// What a pattern asks for at one place.
enum Piece<'p> {
    /// One of these words.
    Words(Vec<&'p str>),
    /// One of these words, or nothing.
    Maybe(Vec<&'p str>),
    /// One word or more.
    Slot(&'p str),
    /// One word or more, the last with the ending of a possessive, which is dropped.
    Possessive(&'p str),
    /// A quotation.
    Quotation(&'p str),
}

/// What the slots of a pattern took, by name.
pub(super) type Slots = BTreeMap<String, String>;

/// Fits words to a pattern; a slot takes as few words as it can. `None` where they do not fit.
pub(crate) fn fit(pattern: &str, words: &[Word]) -> Option<Slots> {
    let pieces: Vec<Piece<'_>> = pattern.split(' ').map(piece).collect();
    let mut slots = Slots::new();
    fit_pieces(&pieces, words, &mut slots).then_some(slots)
}

fn piece(text: &str) -> Piece<'_> {
    let inside = |open: &str, close: &str| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    if let Some(name) = inside("{\"", "\"}") {
        Piece::Quotation(name)
    } else if let Some(name) = inside("{", "}'s") {
        Piece::Possessive(name)
    } else if let Some(name) = inside("{", "}") {
        Piece::Slot(name)
    } else if let Some(words) = inside("[", "]") {
        Piece::Maybe(alternatives(words))
    } else {
        Piece::Words(alternatives(text))
    }
}

fn fit_pieces(pieces: &[Piece<'_>], words: &[Word], slots: &mut Slots) -> bool {
    let Some((piece, later)) = pieces.split_first() else {
        return words.is_empty();
    };
    let first_is_one_of =
        |wanted: &[&str]| words.first().is_some_and(|word| wanted.iter().any(|one| word.is(one)));
    match piece {
        Piece::Words(wanted) => first_is_one_of(wanted) && fit_pieces(later, &words[1..], slots),
        Piece::Maybe(wanted) => {
            (first_is_one_of(wanted) && fit_pieces(later, &words[1..], slots))
                || fit_pieces(later, words, slots)
        }
        Piece::Quotation(name) => {
            let fits = words.first().is_some_and(|word| word.quoted) && fit_pieces(later, &words[1..], slots);
            if fits {
                slots.insert((*name).to_owned(), words[0].text.clone());
            }
            fits
        }
        Piece::Slot(name) => fit_slot(name, later, words, slots, |words| Some(slot_text(words))),
        Piece::Possessive(name) => fit_slot(name, later, words, slots, owner),
    }
}

/// Fits a slot with as few words as it can take, and the later pieces to the rest.
fn fit_slot(
    name: &str,
    later: &[Piece<'_>],
    words: &[Word],
    slots: &mut Slots,
    text_of: fn(&[Word]) -> Option<String>,
) -> bool {
    (1..=words.len()).any(|taken| {
        let (first, rest) = words.split_at(taken);
        let Some(text) = text_of(first).filter(|text| !text.is_empty()) else { return false };
        let fits = fit_pieces(later, rest, slots);
        if fits {
            slots.insert(name.to_owned(), text);
        }
        fits
    })
}

/// The owner that a possessive names: `Ana Ruiz` in `Ana Ruiz's`, `the Fishers` in `the Fishers'`.
fn owner(words: &[Word]) -> Option<String> {
    let text = slot_text(words).replace('’', "'");
    let name =
        text.strip_suffix("'s").or_else(|| text.strip_suffix("s'").map(|_| &text[..text.len() - 1]))?;
    Some(name.to_owned())
}

/// The words as one text, without the comma or the mark that may follow them.
fn slot_text(words: &[Word]) -> String {
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    text.trim_end_matches([',', ';', ':', '?', '!']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(pattern: &str, question: &str) -> Option<Vec<String>> {
        fit(pattern, &words(question)).map(|slots| slots.into_values().collect())
    }

    #[test]
    fn words_fit_without_regard_to_case_and_marks() {
        for question in [
            "who said what about Ana Ruiz?",
            "WHO SAID WHAT ABOUT Ana Ruiz",
            " who said  what about Ana Ruiz ? ",
        ] {
            assert_eq!(
                slots("who said what about {about}", question),
                Some(vec!["Ana Ruiz".into()]),
                "{question}"
            );
        }
        assert_eq!(slots("who said what about {about}", "who said what"), None);
    }

    #[test]
    fn a_slot_takes_as_little_as_it_can() {
        let fitted = slots(
            "what did {speaker} say about {topic}",
            "what did Ana Ruiz say about what they say about tax",
        );
        assert_eq!(fitted, Some(vec!["Ana Ruiz".into(), "what they say about tax".into()]));
    }

    #[test]
    fn quotation_marks_keep_words_together() {
        assert_eq!(
            slots("who said {\"words\"}", "who said “never again”?"),
            Some(vec!["never again".into()])
        );
        assert_eq!(
            slots("who said {\"words\"}", "who said 'we don't know'?"),
            Some(vec!["we don't know".into()])
        );
        assert_eq!(slots("who said {\"words\"}", "who said never again?"), None);
        assert_eq!(
            slots("what did {speaker} say", "what did \"Say Nothing Ltd\" say?"),
            Some(vec!["Say Nothing Ltd".into()])
        );
    }

    #[test]
    fn contracted_question_words_are_two() {
        assert_eq!(slots("who is|'s {who}", "who’s Ana Ruiz?"), Some(vec!["Ana Ruiz".into()]));
        assert_eq!(
            slots("who said what about {about}", "who said what about O'Neill's plan"),
            Some(vec!["O'Neill's plan".into()])
        );
    }

    #[test]
    fn possessives_name_their_owners() {
        for (question, owner, thing) in [
            ("who is Porto's mayor?", "Porto", "mayor"),
            ("who is Ana Ruiz’s older brother", "Ana Ruiz", "older brother"),
            ("who is the Fishers' leader", "the Fishers", "leader"),
        ] {
            let fitted = slots("who is {object}'s {thing}", question);
            assert_eq!(fitted, Some(vec![owner.into(), thing.into()]), "{question}");
        }
        assert_eq!(slots("who is {object}'s {thing}", "who is the mayor"), None);
    }

    #[test]
    fn full_stops_of_abbreviations_stay() {
        assert_eq!(
            slots("who said what about {about}", "who said what about the U.S.?"),
            Some(vec!["the U.S.".into()])
        );
    }

    #[test]
    fn odd_marks_do_no_harm() {
        for question in ["", "?", "\"", "“", "''", "who said \"", "\u{301}?"] {
            let _ = words(question);
        }
    }
}
