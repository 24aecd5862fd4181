//! Quotations that stand beside a cue: `“…,” said X`, `X said: “…”`, `“…” — X`, `According to X, “…”`.
//!
//! Knows what stands right behind each quotation, and which of its neighbors it goes on with; `ahead` knows what stands
//! before it. A quotation that no cue touches is left to `indirect` and `continued`.

use crate::annotate::labels::Upos;
use crate::facts::attribution::direct::ahead::credit_ahead;
use crate::facts::attribution::direct::naming;
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::quoted_text::{Marked, QuotedText, paragraph_of};
use crate::facts::attribution::source;
use crate::facts::attribution::tag::{Credit, inverted, upright};
use crate::facts::grammar::phrase;
use crate::facts::quote::Act;
use crate::facts::quote_form::QuoteForm;
use crate::span::{Span, Tokens};

/// Quotes that are quotations with a cue or a name beside them, the pieces of one joined.
pub(crate) fn adjacent_quotes(quoted: &QuotedText) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    // What credited the draft before, if it stood behind it.
    let mut credit_before: Option<Span<Tokens>> = None;
    for (index, marked) in quoted.quotations.iter().enumerate() {
        if let Some((name, colon, content)) = quoted.turn(marked) {
            credit_before = None;
            drafts.push(Draft {
                content: vec![content],
                cue: Some(colon),
                source: Some(name),
                act: Act::Statement,
                forms: vec![QuoteForm::QuotedTurn],
                confidence: 0.8,
                quotations: vec![index],
            });
            continue;
        }
        let behind = credit_behind(quoted, index);
        let gapped = drafts.last().and_then(|before| naming::judged_without_verb(quoted, before, index));
        // `“A,” X said. “B.”` and `“A,” X said, “B.”` are one quote in two pieces.
        let goes_on = behind.is_none()
            && gapped.is_none()
            && credit_before.is_some_and(|extent| follows(quoted, extent, marked.tokens.start()))
            && (quoted.is_speech(marked) || quoted.words(marked) >= 3 || takes_up(quoted, marked));
        if goes_on && let Some(last) = drafts.last_mut() {
            last.content.push(marked.tokens);
            last.quotations.push(index);
            last.forms.push(QuoteForm::Broken);
            let next = marked.tokens.end();
            credit_before = Some(Span::new(next, next));
            continue;
        }
        let credit = match behind {
            Some(credit) => {
                credit_before = Some(credit.extent);
                Some(credit)
            }
            None => {
                credit_before = None;
                let before = gapped.or_else(|| credit_ahead(quoted, index));
                if before.is_some() {
                    let next = marked.tokens.end();
                    credit_before = Some(Span::new(next, next));
                }
                before
            }
        };
        let Some(credit) = credit else { continue };
        drafts.push(Draft {
            content: credit.lead.into_iter().chain([marked.tokens]).collect(),
            cue: credit.cue,
            source: credit.source,
            act: credit.act,
            forms: vec![credit.form],
            confidence: credit.confidence,
            quotations: vec![index],
        });
    }
    drafts
}

/// Whether a quotation takes up a sentence that its attribution broke: a comma before it, and it begins in lower case.
fn takes_up(quoted: &QuotedText, marked: &Marked) -> bool {
    let before = marked.tokens.start().checked_sub(1);
    before.is_some_and(|before| quoted.text.word(before) == ",")
        && marked.marks.inside.slice(quoted.text.body()).starts_with(char::is_lowercase)
}

/// Whether a quotation at `start` follows what ends with `extent` and nothing but marks and a little time between,
/// in the same paragraph.
fn follows(quoted: &QuotedText, extent: Span<Tokens>, start: usize) -> bool {
    let text = quoted.text;
    let tokens = &text.document.tokens;
    if start < extent.end() || extent.end() == 0 || start >= tokens.len() {
        return false;
    }
    if tokens[extent.end() - 1].paragraph != tokens[start].paragraph {
        return false;
    }
    let between = extent.end()..start;
    // The sentence of the attribution ends where the quotation begins: `“A,” X said when they met. “B.”`
    let next_sentence = quoted.sentence_of(extent.end() - 1).end() == start && between.len() <= 40;
    let adjunct = between.len() <= 12
        && between.clone().all(|token| {
            !matches!(text.tags[token].upos, Upos::Verb | Upos::Aux | Upos::Sconj) && text.word(token) != ":"
        });
    (next_sentence || adjunct) && between.clone().all(|token| quoted.quotation_of(token).is_none())
}

/// The cue and source behind a quotation: `“…,” X said`, `“…,” said X`, `“…” — X`, `“…,” according to X`.
fn credit_behind(quoted: &QuotedText, index: usize) -> Option<Credit> {
    let text = quoted.text;
    let marked = &quoted.quotations[index];
    let end = marked.tokens.end();
    let document = &text.document;
    let first_token = document.tokens.get(end)?;
    if first_token.paragraph as usize != marked.marks.paragraph {
        return None;
    }
    let comma_outside = text.word(end) == ",";
    let same_sentence = document.tokens[end - 1].sentence == first_token.sentence;
    let last = quoted.last_inside(marked);
    let sentence_goes_on = same_sentence && (last != Some('.') || comma_outside);
    let mut start = end;
    while start < end + 2 && (text.word(start) == "," || is_dash(text.word(start))) {
        start += 1;
    }
    let stop = stretch_end(quoted, start);
    let bounds = Span::new(start, stop);
    if bounds.is_empty() || paragraph_of(quoted, start) as usize != marked.marks.paragraph {
        return None;
    }
    if start > end
        && is_dash(text.word(end))
        && let Some(source) = signature(quoted, bounds)
    {
        return Some(Credit {
            cue: None,
            source: Some(source),
            act: Act::Statement,
            extent: source,
            lead: None,
            form: QuoteForm::Signature,
            confidence: 0.8,
        });
    }
    if last == Some('.') && !comma_outside && !same_sentence || !opens_clause(quoted, marked) {
        return None;
    }
    let reaches = sentence_goes_on || matches!(last, Some(',' | '?' | '!' | '—' | '–' | '…'));
    if !reaches {
        return None;
    }
    if text.word(start).eq_ignore_ascii_case("according") && start + 1 < stop && text.word(start + 1) == "to"
    {
        let source = source::behind_according(text, bounds, start + 2)?;
        let cue = Span::new(start, start + 2);
        return Some(Credit {
            cue: Some(cue),
            source: Some(source),
            act: Act::Statement,
            extent: cue.join(source),
            lead: None,
            form: QuoteForm::AccordingBehind,
            confidence: 0.9,
        });
    }
    inverted(text, bounds).or_else(|| upright(text, bounds, |verb| source::before(quoted, bounds, verb)))
}

/// Whether a token is a dash, as it stands before a signature.
fn is_dash(word: &str) -> bool {
    matches!(word, "—" | "–" | "―" | "-" | "--" | "---")
}

/// Whether a quotation opens a sentence, or follows a mark or a conjunction: what stands before it is no part of
/// its clause.
fn opens_clause(quoted: &QuotedText, marked: &Marked) -> bool {
    let start = marked.tokens.start();
    if quoted.sentence_of(start).start() == start {
        return true;
    }
    let before = start - 1;
    matches!(quoted.text.tags[before].upos, Upos::Punct | Upos::Cconj)
        || quoted.quotation_of(before).is_some()
}

/// A name that signs a quotation and fills the rest of its line.
fn signature(quoted: &QuotedText, bounds: Span<Tokens>) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let named = text.tags[bounds.start()].upos == Upos::Propn;
    let source = phrase::after(text, bounds, bounds.start()).filter(|_| named)?;
    let rest = source.end()..bounds.end();
    // An embedded post is signed with name, account and date: `— Ana Ruiz (@anaruiz) May 3, 2021`.
    let account = text.word(source.end()) == "(" && text.word(source.end() + 1).starts_with('@');
    (account || rest.clone().all(|token| text.tags[token].upos == Upos::Punct)).then_some(source)
}

/// Where the stretch of open text that begins at `start` ends: with its sentence, or at the next quotation.
fn stretch_end(quoted: &QuotedText, start: usize) -> usize {
    let sentence = quoted.sentence_of(start);
    (start..sentence.end()).find(|token| quoted.quotation_of(*token).is_some()).unwrap_or(sentence.end())
}
