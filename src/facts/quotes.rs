//! Attributes quotations: finds the content, the cue and the source of each.
//!
//! Knows the layers in `Annotations`. Never looks at files, SQL or other articles, and never decides who the
//! source is: that is `credit`'s work. Cannot fail: a quotation that is never closed ends with its paragraph
//! and leaves a `Warning`. Roles as in PARC 3.0 (Pareti 2016): source, cue, content.
//!
//! Three passes: quotations that stand beside a cue; sentences that report (`reported`), with the quotations
//! inside them; quotations that are left, which go on with the speech before or have no source.

use std::collections::HashMap;

use super::cues::{self, Cue, takes};
use super::inflect::VerbForm;
use super::marks::{self, Quotation};
use super::reported::{self, TrainingCue};
use super::syntax::Syntax;
use super::{Act, Quote, QuoteKind, furniture, phrase, sources, transcript};
use crate::annotate::Annotations;
use crate::annotate::labels::{Upos, Xpos};
use crate::annotate::model::Model;
use crate::error::Warning;
use crate::span::{Byte, Span, Tokens};

/// Returns the quotes of one article in the order of their content, and what was odd about its marks.
///
/// Spans are UTF-8 byte offsets into the body; a content keeps the quotation marks that are printed around it.
/// `source` is `None` where nobody is named; `speaker` and `about` are left empty.
pub fn attribute(text: &Annotations, model: &Model) -> (Vec<Quote>, Vec<Warning>) {
    let scene = Scene::new(text, model);
    let mut drafts = beside_cues(&scene);
    let reports = reported::reports(&scene, &drafts);
    drafts.extend(reports);
    left_over(&scene, &mut drafts);
    drafts.extend(transcript::turns(&scene));
    drafts.retain(|draft| !furniture::is_furniture(&scene, draft));
    let mut quotes: Vec<Quote> = drafts.iter().filter_map(|draft| draft.finish(&scene)).collect();
    // Of quotes with one content the likeliest stays; equal ones stand together only when sorted by content first.
    quotes.sort_by(|one, other| {
        one.content.cmp(&other.content).then(other.confidence.total_cmp(&one.confidence))
    });
    quotes.dedup_by(|later, earlier| later.content == earlier.content);
    quotes.sort_by_key(|quote| (quote.extent(), quote.cue.first().copied()));
    (quotes, scene.warnings)
}

/// Every way to read every cue outside quotations, for the trainer: the readings of one cue together.
pub fn training_candidates(text: &Annotations, model: &Model) -> Vec<TrainingCue> {
    let scene = Scene::new(text, model);
    let drafts = beside_cues(&scene);
    reported::training_candidates(&scene, &drafts)
}

/// An article with its quotations, while quotes are being found.
pub(super) struct Scene<'a> {
    pub(super) text: &'a Annotations<'a>,
    pub(super) model: &'a Model,
    pub(super) syntax: Syntax<'a>,
    pub(super) quotations: Vec<Marked>,
    /// For each token, the quotation that it is in.
    inside: Vec<Option<u32>>,
    warnings: Vec<Warning>,
}

/// A quotation and the tokens it covers, marks included.
pub(super) struct Marked {
    pub(super) marks: Quotation,
    pub(super) tokens: Span<Tokens>,
}

impl<'a> Scene<'a> {
    fn new(text: &'a Annotations<'a>, model: &'a Model) -> Self {
        let document = &text.document;
        let paragraphs: Vec<Span<Byte>> =
            document.paragraphs.iter().map(|tokens| document.bytes(*tokens)).collect();
        let (found, warnings) = marks::quotations(text.body(), &paragraphs);
        let quotations: Vec<Marked> = found
            .into_iter()
            .map(|marks| Marked { marks, tokens: document.tokens_in(marks.span) })
            .filter(|marked| !marked.tokens.is_empty())
            .collect();
        let mut inside = vec![None; document.tokens.len()];
        for (index, marked) in quotations.iter().enumerate() {
            inside[marked.tokens.range()].fill(Some(index as u32));
        }
        Scene { text, model, syntax: Syntax::new(&text.tree), quotations, inside, warnings }
    }

    /// The quotation that a token is in.
    pub(super) fn quotation_of(&self, token: usize) -> Option<usize> {
        self.inside.get(token).copied().flatten().map(|index| index as usize)
    }

    /// The sentence of a token.
    pub(super) fn sentence_of(&self, token: usize) -> Span<Tokens> {
        let document = &self.text.document;
        document
            .tokens
            .get(token)
            .map_or(Span::new(0, 0), |token| document.sentences[token.sentence as usize])
    }

    /// Name, colon and words of a quotation that is a turn of a quoted transcript: `“RUIZ: I agree.”`
    fn turn(&self, marked: &Marked) -> Option<(Span<Tokens>, Span<Tokens>, Span<Tokens>)> {
        let start = marked.tokens.start() + 1;
        let end = marked.tokens.end() - usize::from(marked.marks.closed);
        let colon = (start..end.min(start + 4)).find(|token| self.text.word(*token) == ":")?;
        let shouted = |token: usize| {
            let word = self.text.word(token);
            word == "." || word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
        };
        let named = colon > start && (start..colon).all(shouted) && colon + 1 < end;
        named.then(|| (Span::new(start, colon), Span::new(colon, colon + 1), Span::new(colon + 1, end)))
    }

    /// How many words stand inside a quotation.
    fn words(&self, marked: &Marked) -> usize {
        let is_word = |token: &usize| self.text.word(*token).starts_with(char::is_alphanumeric);
        marked.tokens.range().filter(is_word).count()
    }

    /// The last character inside a quotation.
    fn last_inside(&self, marked: &Marked) -> Option<char> {
        marked.marks.inside.slice(self.text.body()).trim_end().chars().next_back()
    }

    /// Whether a quotation reads like speech rather than a title, a nickname or a scare quote.
    fn is_speech(&self, marked: &Marked) -> bool {
        let words = self.words(marked);
        let ends = matches!(self.last_inside(marked), Some('.' | '?' | '!' | '…' | ',' | '—' | '–' | '-'));
        let begins = self.sentence_of(marked.tokens.start()).start() == marked.tokens.start();
        words >= 2 && ends && (begins || words >= 4) || words >= 6
    }
}

/// A quote while it is being put together, in tokens.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) content: Vec<Span<Tokens>>,
    pub(super) cue: Option<Span<Tokens>>,
    pub(super) source: Option<Span<Tokens>>,
    pub(super) act: Act,
    pub(super) confidence: f32,
    /// The quotations that are its content, by index; empty for reports.
    pub(super) quotations: Vec<usize>,
}

impl Draft {
    /// The quote in bytes, with its kind; `None` if no word is left in the content.
    fn finish(&self, scene: &Scene) -> Option<Quote> {
        let document = &scene.text.document;
        let (mut quoted, mut open) = (false, false);
        for token in self.content.iter().flat_map(|piece| piece.range()) {
            if scene.text.word(token).starts_with(char::is_alphanumeric) {
                *if scene.quotation_of(token).is_some() { &mut quoted } else { &mut open } = true;
            }
        }
        let kind = match (quoted, open) {
            (true, false) => QuoteKind::Direct,
            (true, true) => QuoteKind::Mixed,
            (false, true) => QuoteKind::Indirect,
            (false, false) => return None,
        };
        let mut content: Vec<Span<Byte>> = self.content.iter().map(|piece| document.bytes(*piece)).collect();
        content.sort();
        Some(Quote {
            content,
            cue: self.cue.iter().map(|cue| document.bytes(*cue)).collect(),
            source: self
                .source
                .filter(|source| names_somebody(scene, *source))
                .map(|source| document.bytes(source)),
            kind,
            act: self.act,
            confidence: self.confidence,
            speaker: None,
            about: Vec::new(),
        })
    }
}

/// Whether a source can be somebody: not a mere time or place behind a preposition, `on Tuesday`.
fn names_somebody(scene: &Scene, source: Span<Tokens>) -> bool {
    let text = scene.text;
    let filler =
        |token: usize| matches!(text.tags[token].upos, Upos::Adp | Upos::Det | Upos::Num | Upos::Punct);
    source.range().any(|token| !filler(token) && !phrase::is_time(text.word(token)))
}

/// A cue verb in the text, with the particle that belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct CueAt {
    pub(super) cue: &'static Cue,
    pub(super) form: VerbForm,
    pub(super) tokens: Span<Tokens>,
}

impl CueAt {
    /// A verb that the table does not have.
    pub(super) fn unlisted(text: &Annotations, token: usize) -> Self {
        let form = match text.tags[token].xpos {
            Xpos::Vbz => VerbForm::Third,
            Xpos::Vbd | Xpos::Vbn => VerbForm::Past,
            Xpos::Vbg => VerbForm::Ing,
            _ => VerbForm::Base,
        };
        CueAt { cue: &cues::UNLISTED, form, tokens: Span::new(token, token + 1) }
    }
}

/// The readings of a verb as a cue, the most particular first; `end` bounds the particle.
pub(super) fn cues_at(text: &Annotations, token: usize, end: usize) -> Vec<CueAt> {
    if text.tags[token].upos != Upos::Verb {
        return Vec::new();
    }
    let word = text.word(token).to_lowercase();
    let fits = |(cue, form): &(&'static Cue, VerbForm)| {
        let mut next = token + 1;
        for particle in cue.particle.split_whitespace() {
            if next >= end || !text.word(next).eq_ignore_ascii_case(particle) {
                return None;
            }
            next += 1;
        }
        Some(CueAt { cue, form: *form, tokens: Span::new(token, next) })
    };
    cues::lookup(&word).iter().filter_map(fits).collect()
}

/// What stands beside a quotation and credits it.
struct Credit {
    cue: Option<Span<Tokens>>,
    source: Option<Span<Tokens>>,
    act: Act,
    /// Cue, source and whatever belongs to them.
    extent: Span<Tokens>,
    /// Words before the source that the quotation goes on with: `When it rained,` X said, `“we went home.”`
    lead: Option<Span<Tokens>>,
    confidence: f32,
}

/// Quotes that are quotations with a cue or a name beside them, the pieces of one joined.
fn beside_cues(scene: &Scene) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    // What credited the draft before, if it stood behind it.
    let mut credit_before: Option<Span<Tokens>> = None;
    for (index, marked) in scene.quotations.iter().enumerate() {
        if let Some((name, colon, content)) = scene.turn(marked) {
            credit_before = None;
            drafts.push(Draft {
                content: vec![content],
                cue: Some(colon),
                source: Some(name),
                act: Act::Statement,
                confidence: 0.8,
                quotations: vec![index],
            });
            continue;
        }
        let behind = credit_behind(scene, index);
        // `“A,” X said. “B.”` and `“A,” X said, “B.”` are one quote in two pieces.
        let goes_on = behind.is_none()
            && credit_before.is_some_and(|extent| follows(scene, extent, marked.tokens.start()))
            && (scene.is_speech(marked) || scene.words(marked) >= 3);
        if goes_on && let Some(last) = drafts.last_mut() {
            last.content.push(marked.tokens);
            last.quotations.push(index);
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
                let before = credit_ahead(scene, index);
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
            confidence: credit.confidence,
            quotations: vec![index],
        });
    }
    drafts
}

/// Whether a quotation at `start` follows what ends with `extent` and nothing but marks and a little time between,
/// in the same paragraph.
fn follows(scene: &Scene, extent: Span<Tokens>, start: usize) -> bool {
    let text = scene.text;
    let tokens = &text.document.tokens;
    if start < extent.end() || extent.end() == 0 || start >= tokens.len() {
        return false;
    }
    if tokens[extent.end() - 1].paragraph != tokens[start].paragraph {
        return false;
    }
    let between = extent.end()..start;
    // The sentence of the attribution ends where the quotation begins: `“A,” X said when they met. “B.”`
    let next_sentence = scene.sentence_of(extent.end() - 1).end() == start && between.len() <= 40;
    let adjunct = between.len() <= 12
        && between.clone().all(|token| {
            !matches!(text.tags[token].upos, Upos::Verb | Upos::Aux | Upos::Sconj) && text.word(token) != ":"
        });
    (next_sentence || adjunct) && between.clone().all(|token| scene.quotation_of(token).is_none())
}

/// The cue and source behind a quotation: `“…,” X said`, `“…,” said X`, `“…” — X`, `“…,” according to X`.
fn credit_behind(scene: &Scene, index: usize) -> Option<Credit> {
    let text = scene.text;
    let marked = &scene.quotations[index];
    let end = marked.tokens.end();
    let document = &text.document;
    let first_token = document.tokens.get(end)?;
    if first_token.paragraph as usize != marked.marks.paragraph {
        return None;
    }
    let comma_outside = text.word(end) == ",";
    let same_sentence = document.tokens[end - 1].sentence == first_token.sentence;
    let last = scene.last_inside(marked);
    let sentence_goes_on = same_sentence && (last != Some('.') || comma_outside);
    let mut start = end;
    while start < end + 2 && (text.word(start) == "," || is_dash(text.word(start))) {
        start += 1;
    }
    let stop = stretch_end(scene, start);
    let bounds = Span::new(start, stop);
    if bounds.is_empty() || paragraph_of(scene, start) as usize != marked.marks.paragraph {
        return None;
    }
    if start > end
        && is_dash(text.word(end))
        && let Some(source) = signature(scene, bounds)
    {
        return Some(Credit {
            cue: None,
            source: Some(source),
            act: Act::Statement,
            extent: source,
            lead: None,
            confidence: 0.8,
        });
    }
    if last == Some('.') && !comma_outside && !same_sentence || !opens_clause(scene, marked) {
        return None;
    }
    let reaches = sentence_goes_on || matches!(last, Some(',' | '?' | '!' | '—' | '–' | '…'));
    if !reaches {
        return None;
    }
    if text.word(start).eq_ignore_ascii_case("according") && start + 1 < stop && text.word(start + 1) == "to"
    {
        let source = phrase::after(text, bounds, start + 2)?;
        let cue = Span::new(start, start + 2);
        return Some(Credit {
            cue: Some(cue),
            source: Some(source),
            act: Act::Statement,
            extent: cue.join(source),
            lead: None,
            confidence: 0.9,
        });
    }
    inverted(scene, bounds).or_else(|| upright(scene, bounds))
}

/// Whether a token is a dash, as it stands before a signature.
fn is_dash(word: &str) -> bool {
    matches!(word, "—" | "–" | "―" | "-" | "--" | "---")
}

/// Whether a quotation opens a sentence, or follows a mark or a conjunction: what stands before it is no part of
/// its clause.
fn opens_clause(scene: &Scene, marked: &Marked) -> bool {
    let start = marked.tokens.start();
    if scene.sentence_of(start).start() == start {
        return true;
    }
    let before = start - 1;
    matches!(scene.text.tags[before].upos, Upos::Punct | Upos::Cconj) || scene.quotation_of(before).is_some()
}

/// `said X` at the start of `bounds`.
fn inverted(scene: &Scene, bounds: Span<Tokens>) -> Option<Credit> {
    let text = scene.text;
    let at = cues_at(text, bounds.start(), bounds.end())
        .into_iter()
        .find(|at| matches!(at.form, VerbForm::Past | VerbForm::Third) && at.cue.takes(takes::QUOTE))?;
    let source = phrase::after(text, bounds, at.tokens.end())?;
    Some(Credit {
        cue: Some(at.tokens),
        source: Some(source),
        act: at.cue.act,
        extent: at.tokens.join(source),
        lead: None,
        confidence: 0.95,
    })
}

/// `X said` at the start of `bounds`.
fn upright(scene: &Scene, bounds: Span<Tokens>) -> Option<Credit> {
    let text = scene.text;
    let limit = bounds.end().min(bounds.start() + 40);
    for token in bounds.start() + 1..limit {
        let Some(at) = cues_at(text, token, bounds.end()).into_iter().find(|at| at.cue.takes(takes::QUOTE))
        else {
            continue;
        };
        let Some(source) = phrase::before(text, bounds, token) else { continue };
        let starts_here = source.start() <= bounds.start() + 1
            || (bounds.start()..source.start()).all(|token| {
                matches!(
                    text.tags[token].upos,
                    Upos::Adv | Upos::Punct | Upos::Cconj | Upos::Propn | Upos::Adp | Upos::Num
                )
            });
        if starts_here {
            let cue = with_statement(text, at.tokens, bounds.end());
            return Some(Credit {
                cue: Some(cue),
                source: Some(source),
                act: at.cue.act,
                extent: cue.join(source),
                lead: None,
                confidence: 0.95,
            });
        }
    }
    None
}

/// The cue together with `in a statement`, `in an interview` and the like behind it.
pub(super) fn with_statement(text: &Annotations, cue: Span<Tokens>, end: usize) -> Span<Tokens> {
    let start = cue.end();
    if start + 2 < end
        && text.word(start).eq_ignore_ascii_case("in")
        && matches!(text.word(start + 1), "a" | "an")
        && matches!(
            text.word(start + 2),
            "statement" | "interview" | "tweet" | "letter" | "speech" | "email" | "post"
        )
    {
        return Span::new(cue.start(), start + 3);
    }
    cue
}

/// A name that signs a quotation and fills the rest of its line.
fn signature(scene: &Scene, bounds: Span<Tokens>) -> Option<Span<Tokens>> {
    let text = scene.text;
    let named = text.tags[bounds.start()].upos == Upos::Propn;
    let source = phrase::after(text, bounds, bounds.start()).filter(|_| named)?;
    let rest = source.end()..bounds.end();
    rest.clone().all(|token| text.tags[token].upos == Upos::Punct).then_some(source)
}

/// Where the stretch of open text that begins at `start` ends: with its sentence, or at the next quotation.
fn stretch_end(scene: &Scene, start: usize) -> usize {
    let sentence = scene.sentence_of(start);
    (start..sentence.end()).find(|token| scene.quotation_of(*token).is_some()).unwrap_or(sentence.end())
}

/// The cue and source ahead of a quotation: `X said: “…”`, `X: “…”`.
fn credit_ahead(scene: &Scene, index: usize) -> Option<Credit> {
    let text = scene.text;
    let marked = &scene.quotations[index];
    let end = marked.tokens.start();
    let last = end.checked_sub(1)?;
    // `She said:` may be a paragraph of its own.
    if text.document.tokens[last].paragraph as usize != marked.marks.paragraph && text.word(last) != ":" {
        return None;
    }
    let sentence = scene.sentence_of(last);
    let start = (sentence.start()..end)
        .rev()
        .find(|token| scene.quotation_of(*token).is_some())
        .map_or(sentence.start(), |token| token + 1);
    let bounds = Span::new(start.max(end.saturating_sub(80)), end);
    if bounds.is_empty() {
        return None;
    }
    let introduced = matches!(text.word(last), ":" | ",");
    let adjacent = !cues_at(text, last, end).is_empty();
    if !introduced && !adjacent || !closes_sentence(scene, marked) {
        return None;
    }
    if !introduced && scene.words(marked) < 4 {
        return None; // `called it “a shame”` and the like are reports
    }
    if let Some(credit) = according_ahead(scene, bounds) {
        return Some(credit);
    }
    let cue = bounds.range().rev().find_map(|token| {
        cues_at(text, token, end)
            .into_iter()
            .find(|at| at.cue.takes(takes::QUOTE) && near(text, at.tokens.end(), end))
    });
    if let Some(at) = cue {
        let source = sources::subject_of(scene, bounds, &at);
        let cue = with_statement(text, at.tokens, end);
        let confidence = if source.is_some() { 0.9 } else { 0.6 };
        let lead = source.and_then(|source| lead(scene, bounds, source, marked));
        return Some(Credit { cue: Some(cue), source, act: at.cue.act, extent: bounds, lead, confidence });
    }
    if text.word(last) != ":" {
        return None;
    }
    let colon = Span::new(last, end);
    let source = phrase::before(text, bounds, last);
    let whole = source.filter(|source| source.start() <= bounds.start() + 1);
    let source = whole.or_else(|| sources::first_subject(scene, bounds));
    (source.is_some() || scene.is_speech(marked)).then_some(Credit {
        cue: Some(colon),
        source,
        act: Act::Statement,
        extent: bounds,
        lead: None,
        confidence: if whole.is_some() { 0.85 } else { 0.6 },
    })
}

/// The clause before a source in the middle, where the quotation goes on with it in lower case.
fn lead(scene: &Scene, bounds: Span<Tokens>, source: Span<Tokens>, marked: &Marked) -> Option<Span<Tokens>> {
    let text = scene.text;
    let comma =
        source.start().checked_sub(1).filter(|comma| *comma > bounds.start() && text.word(*comma) == ",")?;
    let clause = Span::new(bounds.start(), comma);
    let lower = marked.marks.inside.slice(text.body()).starts_with(char::is_lowercase);
    let verbal = clause.range().any(|token| matches!(text.tags[token].upos, Upos::Verb | Upos::Aux));
    (lower && verbal).then_some(clause)
}

/// `According to X,` and nothing else ahead of a quotation.
fn according_ahead(scene: &Scene, bounds: Span<Tokens>) -> Option<Credit> {
    let text = scene.text;
    let token =
        bounds.range().rev().take(40).find(|token| text.word(*token).eq_ignore_ascii_case("according"))?;
    if token + 2 >= bounds.end() || text.word(token + 1) != "to" {
        return None;
    }
    let source = phrase::after(text, bounds, token + 2)?;
    let cue = Span::new(token, token + 2);
    (source.end() + 1 >= bounds.end()).then_some(Credit {
        cue: Some(cue),
        source: Some(source),
        act: Act::Statement,
        extent: bounds,
        lead: None,
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
fn closes_sentence(scene: &Scene, marked: &Marked) -> bool {
    let text = scene.text;
    let next = marked.tokens.end();
    let ends = matches!(scene.last_inside(marked), Some('.' | '?' | '!' | '…' | ','));
    let same = text
        .document
        .tokens
        .get(next)
        .is_some_and(|token| token.sentence == text.document.tokens[next - 1].sentence);
    ends || !same || text.tags[next].upos == Upos::Punct
}

/// How likely a report must be that the quotation behind its sentence goes on with it.
const JOINS: f32 = 0.6;

/// Quotations that no cue and no report took: they go on with the speech before, or stand without a source.
fn left_over(scene: &Scene, drafts: &mut Vec<Draft>) {
    let taken = taken_quotations(scene, drafts);
    let free = |index: usize| {
        let marked = &scene.quotations[index];
        !taken[index] && scene.is_speech(marked) && stands_alone(scene, marked)
    };
    // Which draft holds each quotation, so that speech can go on.
    let mut holder: Vec<Option<usize>> = vec![None; scene.quotations.len()];
    for (number, draft) in drafts.iter().enumerate() {
        draft.quotations.iter().for_each(|index| holder[*index] = Some(number));
    }
    open_paragraphs(scene, drafts, &mut holder, &free);
    let reports = reports_by_sentence(scene, drafts);
    for index in (0..scene.quotations.len()).filter(|index| free(*index)) {
        if holder[index].is_some() {
            continue;
        }
        let marked = &scene.quotations[index];
        let before = index.checked_sub(1).and_then(|before| holder[before]);
        let goes_on = before.filter(|_| continues(scene, index));
        if let Some(number) = goes_on.or_else(|| report_before(scene, &reports, marked)) {
            hold(scene, &mut drafts[number], index);
            holder[index] = Some(number);
            continue;
        }
        let source = before.and_then(|before| inherited(scene, &drafts[before], marked));
        holder[index] = Some(drafts.len());
        drafts.push(Draft {
            content: vec![marked.tokens],
            cue: None,
            source,
            act: Act::Statement,
            confidence: if source.is_some() { 0.55 } else { 0.4 },
            quotations: vec![index],
        });
    }
}

/// Adds a quotation to a draft.
fn hold(scene: &Scene, draft: &mut Draft, index: usize) {
    draft.content.push(scene.quotations[index].tokens);
    draft.quotations.push(index);
}

/// Which quotations have a draft or touch the content of one.
fn taken_quotations(scene: &Scene, drafts: &[Draft]) -> Vec<bool> {
    let mut taken = vec![false; scene.quotations.len()];
    for draft in drafts {
        draft.quotations.iter().for_each(|index| taken[*index] = true);
        for piece in &draft.content {
            let from = scene.quotations.partition_point(|marked| marked.tokens.end() <= piece.start());
            let met =
                scene.quotations[from..].iter().take_while(|marked| marked.tokens.start() < piece.end());
            (from..from + met.count()).for_each(|index| taken[index] = true);
        }
    }
    taken
}

/// Gives the open first paragraphs of a quote to the draft of its last: `“One.` / `“Two,” she said.`
///
/// Comes before any speaker is inherited: the one who spoke before is not the one who begins here.
fn open_paragraphs(
    scene: &Scene,
    drafts: &mut [Draft],
    holder: &mut [Option<usize>],
    free: &dyn Fn(usize) -> bool,
) {
    // Whether the run of open paragraphs up to each quotation begins with one that has a draft.
    let mut begun = vec![false; holder.len()];
    for index in 1..holder.len() {
        begun[index] = continues(scene, index) && (begun[index - 1] || holder[index - 1].is_some());
    }
    for index in (1..holder.len()).rev() {
        let Some(number) = holder[index].filter(|_| continues(scene, index)) else { continue };
        let before = index - 1;
        if holder[before].is_none() && !begun[before] && free(before) {
            hold(scene, &mut drafts[number], before);
            holder[before] = Some(number);
        }
    }
}

/// The source of the quote before, if that stands in the same or the last paragraph.
fn inherited(scene: &Scene, before: &Draft, marked: &Marked) -> Option<Span<Tokens>> {
    let piece = before.content.last()?;
    let near = paragraph_of(scene, marked.tokens.start()) <= paragraph_of(scene, piece.start()) + 1;
    before.source.filter(|_| near)
}

/// The report of each sentence that a quotation behind it goes on with: one whose cue stands behind its content, else
/// the longest.
fn reports_by_sentence(scene: &Scene, drafts: &[Draft]) -> HashMap<u32, usize> {
    let rank = |draft: &Draft, cue: Span<Tokens>| {
        let behind = draft.content.iter().all(|piece| piece.end() <= cue.start());
        (behind, draft.content.iter().map(|piece| piece.len()).sum::<usize>())
    };
    let mut found: HashMap<u32, (usize, (bool, usize))> = HashMap::new();
    for (number, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.quotations.is_empty()) {
        let Some(cue) = draft.cue else { continue };
        let rank = rank(draft, cue);
        if !rank.0 && (draft.confidence < JOINS || draft.source.is_none()) {
            continue;
        }
        let best = found.entry(scene.text.document.tokens[cue.start()].sentence).or_insert((number, rank));
        if rank > best.1 {
            *best = (number, rank);
        }
    }
    found.into_iter().map(|(sentence, (number, _))| (sentence, number)).collect()
}

/// The report of the sentence before a quotation, in its paragraph: `It was “late,” X said. “We went home.”`
fn report_before(scene: &Scene, reports: &HashMap<u32, usize>, marked: &Marked) -> Option<usize> {
    let tokens = &scene.text.document.tokens;
    let before = tokens.get(marked.tokens.start().checked_sub(1)?)?;
    let here = tokens[marked.tokens.start()];
    let adjoins = before.paragraph == here.paragraph && before.sentence != here.sentence;
    reports.get(&before.sentence).copied().filter(|_| adjoins)
}

/// The paragraph of a token.
fn paragraph_of(scene: &Scene, token: usize) -> u32 {
    scene.text.document.tokens.get(token).map_or(0, |token| token.paragraph)
}

/// Whether a quotation goes on with the one before: that was never closed, and this opens the next paragraph.
fn continues(scene: &Scene, index: usize) -> bool {
    let (before, marked) = (&scene.quotations[index - 1], &scene.quotations[index]);
    let opens_paragraph =
        scene.text.document.paragraphs[marked.marks.paragraph].start() == marked.tokens.start();
    scene.turn(marked).is_none()
        && !before.marks.closed
        && before.marks.paragraph + 1 == marked.marks.paragraph
        && opens_paragraph
}

/// Whether a quotation fills its sentences: no words of the sentence stand outside, before or behind.
fn stands_alone(scene: &Scene, marked: &Marked) -> bool {
    let text = scene.text;
    let first = scene.sentence_of(marked.tokens.start());
    let last = scene.sentence_of(marked.tokens.end() - 1);
    let open = (first.start()..marked.tokens.start()).chain(marked.tokens.end()..last.end());
    open.take(40).all(|token| !text.word(token).starts_with(char::is_alphanumeric))
}
