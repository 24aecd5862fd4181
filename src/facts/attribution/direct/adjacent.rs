//! Quotations that stand beside a cue: `“…,” said X`, `X said: “…”`, `“…” — X`, `According to X, “…”`.
//!
//! Knows what stands right behind each quotation, in forms that are tried in order ([`PATTERNS`]), and which of its
//! neighbors it goes on with; `ahead` knows what stands before it. A quotation that no cue touches is left to `indirect`
//! and `continued`.

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
    // Where the draft before ends with its attribution, if the next quotation can go on with it.
    let mut reached: Option<usize> = None;
    for (index, marked) in quoted.quotations.iter().enumerate() {
        if let Some(draft) = turn(quoted, index) {
            reached = None;
            drafts.push(draft);
            continue;
        }
        let behind = credit_behind(quoted, index);
        let gapped = drafts.last().and_then(|before| naming::judged_without_verb(quoted, before, index));
        // `“A,” X said. “B.”` and `“A,” X said, “B.”` are one quote in two pieces.
        let goes_on = behind.is_none()
            && gapped.is_none()
            && reached.is_some_and(|end| follows(quoted, end, marked.tokens.start()))
            && !is_title_of_a_place(quoted, marked)
            && (quoted.is_speech(marked) || quoted.words(marked) >= 3 || takes_up(quoted, marked));
        if goes_on && let Some(last) = drafts.last_mut() {
            last.content.push(marked.tokens);
            last.quotations.push(index);
            last.forms.push(QuoteForm::Broken);
            reached = Some(marked.tokens.end());
            continue;
        }
        let end = behind.as_ref().map_or(marked.tokens.end(), |credit| credit.extent.end());
        let credit = behind.or(gapped).or_else(|| credit_ahead(quoted, index));
        reached = credit.as_ref().map(|_| end);
        drafts.extend(credit.map(|credit| credited(quoted, index, credit)));
    }
    drafts
}

/// A quotation that is a turn of a quoted transcript: `“RUIZ: I agree.”`
fn turn(quoted: &QuotedText, index: usize) -> Option<Draft> {
    let (name, colon, content) = quoted.turn(&quoted.quotations[index])?;
    Some(Draft {
        content: vec![content],
        cue: Some(colon),
        source: Some(name),
        act: Act::Statement,
        forms: vec![QuoteForm::QuotedTurn],
        confidence: 0.8,
        quotations: vec![index],
        is_plain: false,
        encoder: None,
    })
}

/// A quotation with what credits it.
fn credited(quoted: &QuotedText, index: usize, credit: Credit) -> Draft {
    Draft {
        content: credit.lead.into_iter().chain([quoted.quotations[index].tokens]).collect(),
        cue: credit.cue,
        source: credit.source,
        act: credit.act,
        forms: vec![credit.form],
        confidence: credit.confidence,
        quotations: vec![index],
        is_plain: false,
        encoder: None,
    }
}

/// Whether a quotation takes up a sentence that its attribution broke: a comma before it, and it begins in lower case.
fn takes_up(quoted: &QuotedText, marked: &Marked) -> bool {
    let before = marked.tokens.start().checked_sub(1);
    before.is_some_and(|before| quoted.text.word(before) == ",")
        && marked.marks.inside.slice(quoted.text.body()).starts_with(char::is_lowercase)
}

/// Whether a quotation is the title of where something was said, behind a preposition: `Ana Ruiz said on “Harbor Nights Live.”`
fn is_title_of_a_place(quoted: &QuotedText, marked: &Marked) -> bool {
    const LONGEST: usize = 7;
    let text = quoted.text;
    let is_word = |token: &usize| text.word(*token).starts_with(char::is_alphanumeric);
    let is_capital = |token: usize| {
        let word = text.word(token);
        word.chars().count() < 4 || word.starts_with(|first: char| first.is_uppercase() || first.is_numeric())
    };
    let before = marked.tokens.start().checked_sub(1);
    before.is_some_and(|before| text.tags[before].upos == Upos::Adp)
        && quoted.words(marked) <= LONGEST
        && marked.tokens.range().filter(is_word).all(is_capital)
}

/// Whether a quotation at `start` follows what ends at `end` and nothing but marks and a little time between,
/// in the same paragraph.
fn follows(quoted: &QuotedText, end: usize, start: usize) -> bool {
    let text = quoted.text;
    let tokens = &text.document.tokens;
    if start < end || end == 0 || start >= tokens.len() {
        return false;
    }
    if tokens[end - 1].paragraph != tokens[start].paragraph {
        return false;
    }
    let between = end..start;
    // The sentence of the attribution ends where the quotation begins: `“A,” X said when they met. “B.”`
    let next_sentence = quoted.sentence_of(end - 1).end() == start && between.len() <= 40;
    let adjunct = between.len() <= 12
        && between.clone().all(|token| {
            !matches!(text.tags[token].upos, Upos::Verb | Upos::Aux | Upos::Sconj) && text.word(token) != ":"
        });
    (next_sentence || adjunct) && between.clone().all(|token| quoted.quotation_of(token).is_none())
}

/// The open words behind a quotation.
struct Behind<'a> {
    quoted: &'a QuotedText<'a>,
    /// From behind a comma or a dash to the end of the sentence or the next quotation.
    bounds: Span<Tokens>,
    /// Whether a dash stands before them.
    is_dashed: bool,
    /// Whether the quotation and the words are of one sentence, so that they can say who said it.
    is_tag: bool,
}

/// One form in which words behind a quotation credit it.
type Pattern = fn(&Behind) -> Option<Credit>;

/// The forms, the surest first.
const PATTERNS: [Pattern; 4] = [signed, according, said_x, x_said];

/// The cue and source behind a quotation: `“…,” X said`, `“…,” said X`, `“…” — X`, `“…,” according to X`.
fn credit_behind(quoted: &QuotedText, index: usize) -> Option<Credit> {
    let behind = Behind::new(quoted, index)?;
    PATTERNS.iter().find_map(|pattern| pattern(&behind))
}

impl<'a> Behind<'a> {
    /// The words behind a quotation; `None` where there are none in its paragraph.
    fn new(quoted: &'a QuotedText, index: usize) -> Option<Self> {
        let text = quoted.text;
        let marked = &quoted.quotations[index];
        let end = marked.tokens.end();
        if text.document.tokens.get(end)?.paragraph as usize != marked.marks.paragraph {
            return None;
        }
        let mut start = end;
        while start < end + 2 && (text.word(start) == "," || is_dash(text.word(start))) {
            start += 1;
        }
        let bounds = Span::new(start, stretch_end(quoted, start));
        if bounds.is_empty() || paragraph_of(quoted, start) as usize != marked.marks.paragraph {
            return None;
        }
        let is_dashed = start > end && is_dash(text.word(end));
        Some(Behind { quoted, bounds, is_dashed, is_tag: goes_on_behind(quoted, marked) })
    }

    /// Whether the words begin with `according to`.
    fn is_according(&self) -> bool {
        let (text, start) = (self.quoted.text, self.bounds.start());
        text.word(start).eq_ignore_ascii_case("according")
            && start + 1 < self.bounds.end()
            && text.word(start + 1) == "to"
    }
}

/// Whether the sentence of a quotation goes on behind it: it is in the same sentence and does not end with a full stop, or
/// ends with a mark that a tag can follow.
fn goes_on_behind(quoted: &QuotedText, marked: &Marked) -> bool {
    let end = marked.tokens.end();
    let tokens = &quoted.text.document.tokens;
    let comma_outside = quoted.text.word(end) == ",";
    let same_sentence = tokens.get(end).is_some_and(|token| token.sentence == tokens[end - 1].sentence);
    match quoted.last_inside(marked) {
        Some('.') => {
            (same_sentence && comma_outside || goes_on_small(quoted, end)) && opens_clause(quoted, marked)
        }
        Some(',' | '?' | '!' | '—' | '–' | '…') => opens_clause(quoted, marked),
        _ => same_sentence && opens_clause(quoted, marked),
    }
}

/// Whether a sentence cannot begin at a token: its word begins with a small letter, `“It will not.” said Ana`.
fn goes_on_small(quoted: &QuotedText, token: usize) -> bool {
    quoted.text.word(token).starts_with(char::is_lowercase)
}

/// `“…” — X`, with nothing behind it.
fn signed(behind: &Behind) -> Option<Credit> {
    let source = signature(behind.quoted, behind.bounds).filter(|_| behind.is_dashed)?;
    Some(Credit {
        cue: None,
        source: Some(source),
        act: Act::Statement,
        extent: source,
        lead: None,
        form: QuoteForm::Signature,
        confidence: 0.8,
    })
}

/// `“…,” according to X`.
fn according(behind: &Behind) -> Option<Credit> {
    if !behind.is_tag || !behind.is_according() {
        return None;
    }
    let cue = Span::new(behind.bounds.start(), behind.bounds.start() + 2);
    let source = source::behind_according(behind.quoted.text, behind.bounds, cue.end())?;
    Some(Credit {
        cue: Some(cue),
        source: Some(source),
        act: Act::Statement,
        extent: cue.join(source),
        lead: None,
        form: QuoteForm::AccordingBehind,
        confidence: 0.9,
    })
}

/// `“…,” said X`.
fn said_x(behind: &Behind) -> Option<Credit> {
    let is_tag = behind.is_tag && !behind.is_according();
    is_tag.then(|| inverted(behind.quoted.text, behind.bounds)).flatten()
}

/// `“…,” X said`. Behind `according to` a verb says what X did: `according to a man who said so`.
fn x_said(behind: &Behind) -> Option<Credit> {
    let Behind { quoted, bounds, .. } = *behind;
    let is_tag = behind.is_tag && !behind.is_according();
    is_tag.then(|| upright(quoted.text, bounds, |verb| source::before(quoted, bounds, verb))).flatten()
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
