//! Noun phrases and verb groups around a cue, by parts of speech.
//!
//! Knows tags and words of closed classes. All bounds are token indices, and nothing here leaves the range of
//! tokens it is given.

use crate::annotate::Annotations;
use crate::annotate::labels::{Upos, Xpos};
use crate::calendar::{MONTHS, WEEKDAYS};
use crate::span::{Span, Tokens};

/// How many tokens a phrase may have at most, so that a text without sentence ends takes linear time.
const LONGEST: usize = 60;

/// Whether a token can stand inside a noun phrase.
fn is_nominal(text: &Annotations, token: usize) -> bool {
    use Upos::{Adj, Det, Noun, Num, Part, Pron, Propn, Sym};
    match text.tags[token].upos {
        Noun | Propn | Adj | Det | Num | Sym => true,
        Pron => is_possessive_pronoun(text.word(token)),
        Part => is_possessive_mark(text.word(token)),
        _ => is_hyphen(text, token) || matches!(text.word(token), "&" | "/"),
    }
}

/// Whether a token is a hyphen that joins its neighbors, and no dash between words.
pub(crate) fn is_hyphen(text: &Annotations, token: usize) -> bool {
    let tokens = &text.document.tokens;
    let touches = |one: usize, next: usize| {
        tokens.get(one).zip(tokens.get(next)).is_some_and(|(one, next)| one.span.end() == next.span.start())
    };
    text.word(token) == "-" && token > 0 && touches(token - 1, token) && touches(token, token + 1)
}

/// Whether a token is a hyphen or stands between hyphens: `-in-` in `brother-in-law`.
pub(crate) fn joins_words(text: &Annotations, token: usize) -> bool {
    is_hyphen(text, token) || token > 0 && is_hyphen(text, token - 1) && is_hyphen(text, token + 1)
}

/// Whether a token is a noun, a name or a pronoun that can head a phrase.
fn is_head(text: &Annotations, token: usize) -> bool {
    matches!(text.tags[token].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
}

/// Whether a phrase is a pronoun and nothing else.
pub(crate) fn is_lone_pronoun(text: &Annotations, phrase: Span<Tokens>) -> bool {
    phrase.len() == 1 && text.tags[phrase.start()].upos == Upos::Pron
}

/// `'s` and the bare apostrophe.
pub(crate) fn is_possessive_mark(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'" | "’" | "'S" | "’S")
}

/// `his`, `her`, `their`: a determiner in form of a pronoun.
pub(crate) fn is_possessive_pronoun(word: &str) -> bool {
    ["my", "your", "his", "her", "its", "our", "their", "whose"].iter().any(|p| word.eq_ignore_ascii_case(p))
}

/// A pronoun that can be a subject.
fn is_subject_pronoun(word: &str) -> bool {
    const SUBJECTS: &[&str] = &[
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "who",
        "that",
        "which",
        "one",
        "this",
        "these",
        "those",
        "some",
        "many",
        "others",
        "both",
        "everyone",
        "somebody",
        "someone",
        "nobody",
        "everybody",
        "most",
        "few",
    ];
    SUBJECTS.iter().any(|p| word.eq_ignore_ascii_case(p))
}

/// Words that say when: they follow the verb or open the sentence, and are no part of the one who speaks.
pub(crate) fn is_time(word: &str) -> bool {
    const TIMES: &[&str] = &[
        "today",
        "yesterday",
        "tomorrow",
        "earlier",
        "later",
        "recently",
        "ago",
        "morning",
        "afternoon",
        "evening",
        "night",
        "week",
        "month",
        "year",
    ];
    let months = MONTHS.iter().filter(|month| month.is_plain).map(|month| month.name);
    let mut times = WEEKDAYS.iter().chain(TIMES).copied().chain(months);
    times.any(|time| word.eq_ignore_ascii_case(time))
}

/// The noun phrase that ends right before `end` within `bounds`, with its apposition if one stands between commas.
///
/// The subject of a verb whose group begins at `end`; `None` where no noun or pronoun stands there.
pub(crate) fn before(text: &Annotations, bounds: Span<Tokens>, end: usize) -> Option<Span<Tokens>> {
    let floor = bounds.start().max(end.saturating_sub(LONGEST));
    let last = skip_back(text, floor, end)?;
    let word = text.word(last);
    if matches!(word, "," | ")" | "—" | "–" | "--") {
        return before_aside(text, floor, last);
    }
    if text.tags[last].upos == Upos::Pron && !is_possessive_pronoun(word) {
        return is_subject_pronoun(word).then(|| Span::new(last, last + 1));
    }
    simple_before(text, floor, last + 1)
}

/// Goes back from `end` over adverbs and auxiliaries; gives the token before them.
fn skip_back(text: &Annotations, floor: usize, end: usize) -> Option<usize> {
    let mut last = end.checked_sub(1).filter(|last| *last >= floor)?;
    loop {
        let skip = match text.tags[last].upos {
            Upos::Aux | Upos::Adv => true,
            Upos::Part => !is_possessive_mark(text.word(last)),
            _ => false,
        };
        if !skip {
            return Some(last);
        }
        last = last.checked_sub(1).filter(|last| *last >= floor)?;
    }
}

/// The phrase before an aside that closes at `close`: `Ana Ruiz, the mayor,` or `Ana Ruiz (D-Porto)`.
fn before_aside(text: &Annotations, floor: usize, close: usize) -> Option<Span<Tokens>> {
    let opens: &[&str] = match text.word(close) {
        "," => &[","],
        ")" => &["("],
        _ => &["—", "–", "--"],
    };
    let open = (floor..close).rev().find(|token| opens.contains(&text.word(*token)))?;
    if open == floor || open + 1 == close {
        return None;
    }
    let head = simple_before(text, floor, open)?;
    let end = if text.word(close) == ")" { close + 1 } else { close };
    Some(Span::new(head.start(), end))
}

/// The noun phrase without asides that ends right before `end`.
fn simple_before(text: &Annotations, floor: usize, end: usize) -> Option<Span<Tokens>> {
    let last = end.checked_sub(1).filter(|last| *last >= floor)?;
    if !is_head(text, last) && !is_nominal(text, last) {
        return None;
    }
    let mut start = last;
    while start > floor {
        let previous = start - 1;
        let joins = is_nominal(text, previous)
            || joins_nouns(text, floor, previous)
            || text.tags[previous].xpos == Xpos::Vbn
                && text.tags[start].upos == Upos::Adp
                && previous > floor
                && is_head(text, previous - 1)
            || (text.word(previous) == "." && text.tags[start].upos == Upos::Propn);
        if !joins {
            break;
        }
        start = previous;
    }
    let start = without_opening(text, start, end);
    (start < end && (start..end).any(|token| is_head(text, token))).then(|| Span::new(start, end))
}

/// Whether the token links two nominal parts of one phrase: `of`, `for`, `and` between nouns.
fn joins_nouns(text: &Annotations, floor: usize, token: usize) -> bool {
    if token <= floor || !is_nominal(text, token + 1) && !is_head(text, token + 1) {
        return false;
    }
    let word = text.word(token);
    let before = token - 1;
    // `people` **familiar with** `the matter`, `somebody` **briefed on** `the talks`
    let describes = before > floor
        && is_head(text, before - 1)
        && (text.tags[before].upos == Upos::Adj || text.tags[before].xpos == Xpos::Vbn);
    let after_time = is_time(text.word(before));
    match text.tags[token].upos {
        Upos::Adp => {
            (is_head(text, before) || describes)
                && !after_time
                && ["of", "for", "in", "at", "from", "with", "on", "to", "by", "than"]
                    .iter()
                    .any(|adposition| word.eq_ignore_ascii_case(adposition))
        }
        Upos::Cconj => {
            word.eq_ignore_ascii_case("and")
                && is_head(text, before)
                && text.tags[token + 1].upos != Upos::Pron
        }
        _ => false,
    }
}

/// Leaves out what opens the sentence before the phrase: `In March the` **mayor**.
fn without_opening(text: &Annotations, start: usize, end: usize) -> usize {
    let time = (start..end.saturating_sub(1)).rev().find(|token| is_time(text.word(*token)));
    match time {
        // `Tuesday the mayor` but not `Monday's meeting` or `a Sunday newspaper`.
        Some(time) if text.tags[time + 1].upos == Upos::Det || text.tags[time + 1].upos == Upos::Propn => {
            time + 1
        }
        _ => start,
    }
}

/// The noun phrase that begins at `start` within `bounds`, with an apposition behind a comma.
///
/// The subject of an inverted cue: `said` **Ana Ruiz, the mayor**.
pub(crate) fn after(text: &Annotations, bounds: Span<Tokens>, start: usize) -> Option<Span<Tokens>> {
    let ceiling = bounds.end().min(start + LONGEST);
    if start >= ceiling {
        return None;
    }
    if text.tags[start].upos == Upos::Pron && !is_possessive_pronoun(text.word(start)) {
        return is_subject_pronoun(text.word(start)).then(|| Span::new(start, start + 1));
    }
    let mut end = start;
    while end < ceiling {
        let joins = is_nominal(text, end)
            || is_head(text, end)
            || (end > start && end + 1 < ceiling && joins_nouns(text, start, end))
            || (text.word(end) == "."
                && end > start
                && end + 1 < ceiling
                && text.tags[end - 1].upos == Upos::Propn);
        if !joins || (end > start && is_time(text.word(end)) && text.tags[end - 1].upos != Upos::Det) {
            break;
        }
        end += 1;
    }
    if end == start || !(start..end).any(|token| is_head(text, token)) {
        return None;
    }
    Some(Span::new(start, with_apposition(text, end, ceiling)))
}

/// Where the phrase that ends at `end` ends together with its apposition: `Ana Ruiz` **, the mayor of Porto**.
fn with_apposition(text: &Annotations, end: usize, ceiling: usize) -> usize {
    let describes = |token: usize| {
        matches!(text.tags[token].upos, Upos::Det | Upos::Noun | Upos::Adj | Upos::Propn)
            || matches!(text.word(token), "who" | "whose")
    };
    if end + 1 < ceiling && text.word(end) == "," && describes(end + 1) {
        let stop = (end + 1..ceiling).find(|token| {
            matches!(text.word(*token), "," | "." | ";" | ":" | "?" | "!" | "—" | "–" | "--")
                || text.tags[*token].upos == Upos::Verb && text.word(end + 1) != "who"
        });
        return stop.unwrap_or(ceiling);
    }
    end
}

/// The words that decide whom a phrase is about: up to its first comma, bracket, preposition or relative pronoun.
pub(crate) fn head_part(text: &Annotations, phrase: Span<Tokens>) -> Span<Tokens> {
    let stops = |token: &usize| {
        let word = text.word(*token);
        matches!(word, "," | "(" | "—" | "–" | "--" | ":")
            || text.tags[*token].upos == Upos::Adp
            || matches!(word, "who" | "whom" | "whose" | "which" | "that")
    };
    let end = phrase.range().skip(1).find(stops).unwrap_or(phrase.end());
    Span::new(phrase.start(), end)
}

/// The sentence of a token.
pub(crate) fn sentence_of(text: &Annotations, token: usize) -> Span<Tokens> {
    text.document.sentences[text.document.tokens[token].sentence as usize]
}
