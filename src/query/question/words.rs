//! The words of a question, and what stands in quotation marks.

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
        let folded = text.trim_end_matches(['.', ',', ';', ':', '!']).replace(['’', '‘'], "'").to_lowercase();
        Word { text: text.to_owned(), folded, quoted: false }
    }

    fn quoted(text: &str) -> Word {
        Word { text: text.trim().to_owned(), folded: String::new(), quoted: true }
    }

    /// The same place in the question with another word.
    pub(super) fn respelled(text: &str) -> Word {
        Word::plain(text)
    }

    /// In lower case and without the marks at its end; empty for what stood in quotation marks.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether it begins with a capital, as names are written.
    pub(super) fn is_capitalized(&self) -> bool {
        !self.quoted && self.text.starts_with(char::is_uppercase)
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
            words.push(Word::plain(&format!("'{ending}")));
            return;
        }
    }
    words.push(Word::plain(text));
}

/// The words as one text, without the comma or the mark that may follow them; what stands in quotation marks as it is.
pub(super) fn text_of(words: &[Word]) -> String {
    if let [Word { quoted: true, text, .. }] = words {
        return text.clone();
    }
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    text.trim_end_matches([',', ';', ':', '?', '!']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(question: &str) -> Vec<String> {
        words(question).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn quotation_marks_keep_words_together() {
        assert_eq!(texts("who said “never again”?"), ["who", "said", "never again"]);
        assert_eq!(texts("who said 'we don't know'?"), ["who", "said", "we don't know"]);
    }

    #[test]
    fn contracted_question_words_are_two() {
        assert_eq!(texts("who’s Ana Ruiz?"), ["who", "'s", "Ana", "Ruiz"]);
        assert_eq!(texts("O'Neill's plan"), ["O'Neill's", "plan"]);
    }

    #[test]
    fn full_stops_of_abbreviations_stay() {
        assert_eq!(texts("the U.S.?"), ["the", "U.S."]);
    }

    #[test]
    fn odd_marks_do_no_harm() {
        for question in ["", "?", "\"", "“", "''", "who said \"", "\u{301}?"] {
            let _ = words(question);
        }
    }
}
