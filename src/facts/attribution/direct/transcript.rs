//! Finds the turns of transcripts and interviews: `RUIZ: I have a short statement.`, `Q: Do you like it?`
//!
//! Knows paragraphs and the labels that open them. One such paragraph may be anything; several make a transcript.

use std::collections::{HashMap, HashSet};

use crate::annotate::{Annotations, NameKind};
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::facts::quote::Act;
use crate::facts::quote_form::QuoteForm;
use crate::name_key::name_key;
use crate::span::{Span, Tokens};

/// How many paragraphs must open with a label before an article counts as a transcript.
const TRANSCRIPT_LINES: usize = 3;

/// How many tokens a label has at most, its mark included.
const LONGEST_LABEL: usize = 7;

/// The same of one in capitals, which may have an office behind the name: `ANA RUIZ, MAYOR OF PORTO:`.
const LONGEST_IN_CAPITALS: usize = 14;

/// How many paragraphs one turn has at most.
const LONGEST_TURN: usize = 4;

/// How many tokens a turn has at least that goes on in the next paragraph.
const SHORTEST_TURN: usize = 4;

/// Who a label says is speaking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Asks,
    Answers,
    /// A known name, or a word in capitals.
    Named,
    /// A word with a capital that may be a name.
    Unknown,
}

/// The label that opens a paragraph, with the mark behind it if that is a token of its own.
struct Label {
    paragraph: usize,
    role: Role,
    words: Span<Tokens>,
    mark: Span<Tokens>,
}

impl Label {
    /// The last word of who speaks: a full name comes again as a last name.
    fn speaker<'t>(&self, text: &'t Annotations) -> &'t str {
        text.word(self.words.end() - 1)
    }
}

/// The turns of a transcript, each with the paragraphs up to the next one that open with no label.
///
/// Where answers are labeled as such, they are those of the person who is interviewed, if the introduction names one.
pub(crate) fn turns(quoted: &QuotedText) -> Vec<Draft> {
    let text = quoted.text;
    let paragraphs = &text.document.paragraphs;
    let mut labels: Vec<Label> = (0..paragraphs.len()).filter_map(|index| label(quoted, index)).collect();
    keep_speakers(text, &mut labels);
    let speakers: HashSet<&str> = labels.iter().map(|label| label.speaker(text)).collect();
    // In a fact box (`Where: …`, `When: …`) nobody has a second turn.
    if labels.len() < TRANSCRIPT_LINES || speakers.len() == labels.len() {
        return Vec::new();
    }
    let interviewed = labels.first().and_then(|first| interviewed(text, paragraphs[first.paragraph].start()));
    let draft = |(place, label): (usize, &Label)| {
        let next = labels.get(place + 1).map_or(label.paragraph, |next| next.paragraph);
        let last = last_paragraph(quoted, label, next);
        let content = Span::new(label.mark.end(), paragraphs[last].end());
        let name = interviewed.filter(|_| label.role == Role::Answers);
        Draft {
            content: vec![content],
            cue: Some(label.mark).filter(|mark| !mark.is_empty()),
            source: Some(name.unwrap_or(label.words)),
            act: if label.role == Role::Asks { Act::Question } else { Act::Statement },
            forms: vec![QuoteForm::Transcript],
            confidence: 0.7,
            quotations: Vec::new(),
            is_plain: false,
            encoder: None,
        }
    };
    labels.iter().enumerate().map(draft).collect()
}

/// The last paragraph of a turn, where the next begins at the paragraph `next`.
///
/// A directive in brackets ends it, and so does a question, which may have lost its label, behind an answer. A label in
/// the first paragraph may be that of a headline. Many paragraphs without a label are the article's own words, and a
/// turn of a few words is a line of a table.
fn last_paragraph(quoted: &QuotedText, label: &Label, next: usize) -> usize {
    let text = quoted.text;
    let paragraphs = &text.document.paragraphs;
    let first = label.paragraph;
    if first == 0 || next > first + LONGEST_TURN || paragraphs[first].end() < label.mark.end() + SHORTEST_TURN
    {
        return first;
    }
    let goes_on = |paragraph: &usize| {
        let (start, last) = (paragraphs[*paragraph].start(), paragraphs[*paragraph].end() - 1);
        let asked = label.role == Role::Answers && text.word(last) == "?";
        quoted.quotation_of(start).is_none() && !asked && !matches!(text.word(start), "(" | "[")
    };
    (first + 1..next).take_while(goes_on).last().unwrap_or(first)
}

/// Leaves out what is no speaker: a word that is no known name, unless it comes again beside one that is known.
fn keep_speakers(text: &Annotations, labels: &mut Vec<Label>) {
    let mut turns: HashMap<&str, usize> = HashMap::new();
    labels.iter().for_each(|label| *turns.entry(label.speaker(text)).or_default() += 1);
    let again = |label: &Label| turns[label.speaker(text)] > 1;
    let interview = labels.iter().any(|label| label.role == Role::Named && again(label));
    labels.retain(|label| label.role != Role::Unknown || interview && again(label));
}

/// The label of a paragraph; `None` if it has none, or if what follows is a quotation with a credit of its own.
fn label(quoted: &QuotedText, paragraph: usize) -> Option<Label> {
    let text = quoted.text;
    let tokens = text.document.paragraphs[paragraph];
    let (role, words, mark) = asked_or_answered(text, tokens).or_else(|| named(text, tokens))?;
    let content = Span::<Tokens>::new(mark.end(), tokens.end());
    let marked =
        quoted.quotation_of(content.start()).is_some() || quoted.quotation_of(tokens.start()).is_some();
    (!marked && content.len() >= 2).then_some(Label { paragraph, role, words, mark })
}

/// `Q:`, `A.`, `Question:` at the start of a paragraph.
fn asked_or_answered(
    text: &Annotations,
    paragraph: Span<Tokens>,
) -> Option<(Role, Span<Tokens>, Span<Tokens>)> {
    let start = paragraph.start();
    let word = text.word(start);
    let role = match word.trim_end_matches('.') {
        "Q" | "Question" | "QUESTION" => Role::Asks,
        "A" | "Answer" | "ANSWER" => Role::Answers,
        _ => return None,
    };
    let marked = matches!(text.word(start + 1), ":" | ".");
    let end = start + 1 + usize::from(marked);
    (marked || word.ends_with('.')).then_some((role, Span::new(start, start + 1), Span::new(start + 1, end)))
}

/// A name or a shouted word before a colon at the start of a paragraph.
fn named(text: &Annotations, paragraph: Span<Tokens>) -> Option<(Role, Span<Tokens>, Span<Tokens>)> {
    let start = paragraph.start();
    let most = paragraph.end().min(start + LONGEST_IN_CAPITALS);
    let colon = (start + 1..most).find(|token| text.word(*token) == ":")?;
    // Behind the name there may be an office, or how it was said: `RUIZ (voice-over):`.
    let behind = (start + 1..colon).find(|token| matches!(text.word(*token), "," | "("));
    let words = Span::new(start, behind.unwrap_or(colon));
    let in_capitals = |words: Span<Tokens>| !text.words(words).contains(char::is_lowercase);
    let is_short = colon < start + LONGEST_LABEL && (behind.is_none() || in_capitals(words));
    if !is_short && !in_capitals(Span::new(start, colon)) {
        return None;
    }
    let known = text.names.get(text.next_name(start)).is_some_and(|known| {
        known.tokens.overlaps(words) && matches!(known.kind, NameKind::Person | NameKind::Organization)
    });
    let shouted = in_capitals(words);
    let role = if known || shouted { Role::Named } else { Role::Unknown };
    let capital = |token: usize| text.word(token).starts_with(char::is_uppercase);
    let named = capital(start) && (role == Role::Named || words.range().all(capital));
    named.then_some((role, words, Span::new(colon, colon + 1)))
}

/// The person that an introduction which ends at `end` presents: the one it names most often, the first of several.
///
/// A byline names who asks, and so does the word for a journalist before a name.
fn interviewed(text: &Annotations, end: usize) -> Option<Span<Tokens>> {
    const ASKERS: &[&str] = &["by", "reporter", "correspondent", "editor", "writer", "host", "journalist"];
    let asks = |name: Span<Tokens>| {
        let before = name.start().checked_sub(1).map_or("", |before| text.word(before));
        ASKERS.iter().any(|word| before.eq_ignore_ascii_case(word))
    };
    let people: Vec<(Span<Tokens>, String)> = text
        .names
        .iter()
        .take_while(|name| name.tokens.end() <= end)
        .filter(|name| name.kind == NameKind::Person && !asks(name.tokens))
        .map(|name| (name.tokens, name_key(text.word(name.tokens.end() - 1))))
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    people.iter().for_each(|(_, key)| *counts.entry(key).or_default() += 1);
    // Of equals `max_by_key` would take the last.
    people.iter().rev().max_by_key(|(_, key)| counts[key.as_str()]).map(|(name, _)| *name)
}
