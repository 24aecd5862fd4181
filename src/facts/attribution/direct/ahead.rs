//! What stands ahead of a quotation and credits it: `X said: “…”`, `According to X, “…”`, `the sign read “…”`.
//!
//! Knows the words between the start of a sentence and the quotation. The forms are a list ([`PATTERNS`]), tried in order.

use crate::annotate::Annotations;
use crate::annotate::labels::Upos;
use crate::facts::attribution::cues::cue::takes;
use crate::facts::attribution::cues::spotted::{CueAt, cues_at, with_statement};
use crate::facts::attribution::direct::naming;
use crate::facts::attribution::quoted_text::{Marked, QuotedText};
use crate::facts::attribution::source;
use crate::facts::attribution::tag::Credit;
use crate::facts::grammar::phrase;
use crate::facts::quote::Act;
use crate::facts::quote_form::QuoteForm;
use crate::span::{Span, Tokens};

/// How few words a quotation without a comma or a colon before it may have: `called it “a shame”` and the like are reports.
const FEWEST: usize = 4;

/// Things that words stand on, and that read so: `the sign read “Keep Off.”` Whoever else reads something in quotation
/// marks reads a work.
const BEARERS: &str = "account ad advertisement article banner bill billboard board book button cap caption card chyron \
    clause cover diary document email e-mail engraving entry graffiti hat headline inscription \
    instructions it label leaflet letter line memo menu message motion motto note notice one order page \
    paper paragraph petition placard plaque post poster question record release report resolution rule \
    ruling sentence shirt sign slogan statement sticker story subject tag tattoo telegram text ticket \
    t-shirt title tweet verse will";

/// The open words ahead of a quotation, in its sentence.
pub(crate) struct Ahead<'a> {
    quoted: &'a QuotedText<'a>,
    marked: &'a Marked,
    /// From the start of the sentence, or from the quotation before, up to this one.
    bounds: Span<Tokens>,
    /// Whether a comma or a colon introduces the quotation.
    is_introduced: bool,
    /// Whether the words can credit the quotation: they introduce it or end with a cue, and it ends their sentence.
    can_credit: bool,
    /// The last cue in them, with nothing but an adjunct behind it; looked for only where they can credit.
    cue: Option<CueAt>,
}

/// One form in which words ahead of a quotation credit it.
type Pattern = fn(&Ahead) -> Option<Credit>;

/// The forms, the surest first. No two of the last three fit the same words.
const PATTERNS: [Pattern; 5] = [judged, according, written, said, colon];

/// The cue and source ahead of a quotation: `X said: “…”`, `X: “…”`, `which X called “…”`.
pub(super) fn credit_ahead(quoted: &QuotedText, index: usize) -> Option<Credit> {
    let ahead = Ahead::new(quoted, index)?;
    PATTERNS.iter().find_map(|pattern| pattern(&ahead))
}

impl<'a> Ahead<'a> {
    /// The words ahead of a quotation; `None` where there are none in its sentence.
    fn new(quoted: &'a QuotedText, index: usize) -> Option<Self> {
        let text = quoted.text;
        let marked = &quoted.quotations[index];
        let end = marked.tokens.start();
        let last = end.checked_sub(1)?;
        // `She said:` may be a paragraph of its own.
        if text.document.tokens[last].paragraph as usize != marked.marks.paragraph && text.word(last) != ":" {
            return None;
        }
        let sentence = quoted.sentence_of(last);
        let start = (sentence.start()..end)
            .rev()
            .find(|token| quoted.quotation_of(*token).is_some())
            .map_or(sentence.start(), |token| token + 1);
        let bounds = Span::new(start.max(end.saturating_sub(80)), end);
        if bounds.is_empty() {
            return None;
        }
        let is_introduced = matches!(text.word(last), ":" | ",");
        let can_credit =
            (is_introduced || !cues_at(text, last, end).is_empty()) && closes_sentence(quoted, marked);
        let cue = if can_credit { last_cue(text, bounds) } else { None };
        Some(Ahead { quoted, marked, bounds, is_introduced, can_credit, cue })
    }

    /// Whether the quotation is so short, with no mark before it, that its sentence is a report.
    fn is_bare(&self) -> bool {
        !self.is_introduced && self.quoted.words(self.marked) < FEWEST
    }

    /// Whether the words say what something reads: behind a comma or a colon somebody reads aloud.
    fn reads(&self, at: &CueAt) -> bool {
        at.cue.lemma == "read" && !self.is_introduced
    }

    /// What a cue credits a quotation with.
    fn credit(&self, at: CueAt, source: Option<Span<Tokens>>) -> Credit {
        let Ahead { quoted, marked, bounds, .. } = *self;
        Credit {
            cue: Some(with_statement(quoted.text, at.tokens, bounds.end())),
            source,
            act: at.cue.act,
            extent: bounds,
            lead: source.and_then(|source| lead(quoted, bounds, source, marked)),
            form: QuoteForm::XSaidAhead,
            confidence: if source.is_some() { 0.9 } else { 0.6 },
        }
    }
}

/// The last cue of a quotation in its bounds that stands near their end.
fn last_cue(text: &Annotations, bounds: Span<Tokens>) -> Option<CueAt> {
    let end = bounds.end();
    bounds.range().rev().find_map(|token| {
        cues_at(text, token, end)
            .into_iter()
            .find(|at| at.cue.takes(takes::QUOTE) && near(text, at.tokens.end(), end))
    })
}

/// `…, which X called “…”`.
fn judged(ahead: &Ahead) -> Option<Credit> {
    naming::judged_in_clause(ahead.quoted, ahead.bounds, ahead.marked)
}

/// `According to X, “…”`.
fn according(ahead: &Ahead) -> Option<Credit> {
    ahead.can_credit.then(|| according_ahead(ahead.quoted, ahead.bounds)).flatten()
}

/// `the sign read “…”`, `a sign that read “…”`.
fn written(ahead: &Ahead) -> Option<Credit> {
    let at = ahead.cue.filter(|at| ahead.reads(at) && ahead.quoted.words(ahead.marked) > 1)?;
    let source = source::subject_of(ahead.quoted, ahead.bounds, &at)?;
    Some(ahead.credit(at, Some(bearer(ahead.quoted, ahead.bounds, source)?)))
}

/// `X said: “…”`, `X said “…”`, and `said: “…”` of somebody who is not named there.
fn said(ahead: &Ahead) -> Option<Credit> {
    let at = ahead.cue.filter(|at| !ahead.reads(at) && !ahead.is_bare())?;
    Some(ahead.credit(at, source::subject_of(ahead.quoted, ahead.bounds, &at)))
}

/// `X: “…”`, or words without a cue before a colon and speech.
fn colon(ahead: &Ahead) -> Option<Credit> {
    let Ahead { quoted, marked, bounds, can_credit, cue, .. } = *ahead;
    let last = bounds.end() - 1;
    if !can_credit || cue.is_some() || quoted.text.word(last) != ":" {
        return None;
    }
    let source = phrase::before(quoted.text, bounds, last);
    let whole = source.filter(|source| source.start() <= bounds.start() + 1);
    let source = whole.or_else(|| source::first_subject(quoted, bounds));
    (source.is_some() || quoted.is_speech(marked)).then_some(Credit {
        cue: Some(Span::new(last, bounds.end())),
        source,
        act: Act::Statement,
        extent: bounds,
        lead: None,
        form: QuoteForm::Colon,
        confidence: if whole.is_some() { 0.85 } else { 0.6 },
    })
}

/// What the words stand on that a subject reads, if it is no reader; `signs` for the `that` of `signs that read “…”`.
fn bearer(quoted: &QuotedText, bounds: Span<Tokens>, subject: Span<Tokens>) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let is_relative = matches!(text.word(subject.start()), "that" | "which") && subject.len() == 1;
    let noun = || phrase::before(text, bounds, subject.start());
    let bearer = if is_relative { noun()? } else { subject };
    // The head hangs on nothing in its phrase: `the front` **page** `of the Gazette`.
    let is_head =
        |token: &usize| quoted.text.syntax.head(*token).is_none_or(|head| !bearer.range().contains(&head));
    let head = bearer.range().find(is_head)?;
    let (word, lemma) = (text.word(head).to_lowercase(), text.tags[head].lemma.to_lowercase());
    BEARERS.split_whitespace().any(|known| known == word || known == lemma).then_some(bearer)
}

/// The clause before a source in the middle, where the quotation goes on with it in lower case.
fn lead(
    quoted: &QuotedText,
    bounds: Span<Tokens>,
    source: Span<Tokens>,
    marked: &Marked,
) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let comma =
        source.start().checked_sub(1).filter(|comma| *comma > bounds.start() && text.word(*comma) == ",")?;
    let clause = Span::new(bounds.start(), comma);
    let lower = marked.marks.inside.slice(text.body()).starts_with(char::is_lowercase);
    let verbal = clause.range().any(|token| matches!(text.tags[token].upos, Upos::Verb | Upos::Aux));
    (lower && verbal).then_some(clause)
}

/// `According to X,` and nothing else ahead of a quotation.
fn according_ahead(quoted: &QuotedText, bounds: Span<Tokens>) -> Option<Credit> {
    let text = quoted.text;
    let token =
        bounds.range().rev().take(40).find(|token| text.word(*token).eq_ignore_ascii_case("according"))?;
    if token + 2 >= bounds.end() || text.word(token + 1) != "to" {
        return None;
    }
    let source = source::behind_according(text, bounds, token + 2)?;
    let cue = Span::new(token, token + 2);
    (source.end() + 1 >= bounds.end()).then_some(Credit {
        cue: Some(cue),
        source: Some(source),
        act: Act::Statement,
        extent: bounds,
        lead: None,
        form: QuoteForm::AccordingAhead,
        confidence: 0.9,
    })
}

/// Whether nothing but an adjunct stands between a cue's end and a quotation at `end`.
fn near(text: &Annotations, start: usize, end: usize) -> bool {
    // So near that a verb there is a misread noun: `told reporters:`.
    let adjacent = end - start <= 3;
    adjacent
        || end - start <= 20
            && (start..end).all(|token| !matches!(text.tags[token].upos, Upos::Verb | Upos::Aux))
}

/// Whether a quotation ends its sentence, or only an adjunct or another clause follows.
fn closes_sentence(quoted: &QuotedText, marked: &Marked) -> bool {
    let text = quoted.text;
    let next = marked.tokens.end();
    let ends = matches!(quoted.last_inside(marked), Some('.' | '?' | '!' | '…' | ','));
    let same = text
        .document
        .tokens
        .get(next)
        .is_some_and(|token| token.sentence == text.document.tokens[next - 1].sentence);
    ends || !same || text.tags[next].upos == Upos::Punct
}
