//! Attributes quotations: finds the content, the cue and the source of each.
//!
//! Knows the layers in `Annotations`. Never looks at files, SQL or other articles, and never decides who the
//! source is: that is `credit`'s work. Cannot fail: a quotation that is never closed ends with its paragraph
//! and leaves a `Warning`. Roles as in PARC 3.0 (Pareti 2016): source, cue, content.
//!
//! Three passes: quotations that stand beside a cue and block quotes; sentences that report (`reported`), with the
//! quotations inside them; quotations that are left, which go on with the speech before or have no source.

mod beside_cues;
mod block;
mod left_over;
mod naming;
mod unclosed;

use std::collections::BTreeSet;

use beside_cues::beside_cues;
use left_over::left_over;

use super::cues::{self, Cue};
use super::inflect::VerbForm;
use super::marks::{self, Quotation};
use super::reported::{self, TrainingCue};
use super::syntax::Syntax;
use super::{Act, Quote, QuoteForm, QuoteKind, confidence, furniture, phrase, polarity, transcript};
use crate::annotate::Annotations;
use crate::annotate::labels::{Upos, Xpos};
use crate::annotate::model::Model;
use crate::error::Warning;
use crate::span::{Byte, Span, Tokens};

/// A report that is less likely to be right than this is not worth storing: where precision and recall balanced best on
/// development data. What stands in quotation marks stays, whoever said it.
const DOUBTFUL: f32 = 0.2;

/// Returns the quotes of one article in the order of their content, and what was odd about its marks.
///
/// Spans are UTF-8 byte offsets into the body; a content keeps the quotation marks that are printed around it.
/// `source` is `None` where nobody is named; `speaker` and `about` are left empty.
pub fn attribute(text: &Annotations, model: &Model) -> (Vec<Quote>, Vec<Warning>) {
    let scene = Scene::new(text, model);
    let mut drafts = marked_by_layout(&scene);
    let reports = reported::reports(&scene, &drafts);
    drafts.extend(reports);
    let turns = transcript::turns(&scene);
    // A turn ends with its paragraph; the report at the same colon, with its sentence.
    let colons: BTreeSet<Option<usize>> = turns.iter().map(Draft::cue_start).collect();
    drafts.retain(|draft| draft.cue.is_none() || !colons.contains(&draft.cue_start()));
    // Behind the reports, which are seen inside a turn too: `RUIZ: He told us to wait.`
    drafts.extend(turns);
    left_over(&scene, &mut drafts);
    drafts.retain(|draft| !furniture::is_furniture(&scene, draft) && !naming::names_something(&scene, draft));
    drafts.iter_mut().for_each(|draft| polarity::negate(&scene, draft));
    let mut quotes: Vec<Quote> = drafts.iter().filter_map(|draft| draft.finish(&scene)).collect();
    // Of quotes with one content the likeliest stays; equal ones stand together only when sorted by content first.
    quotes.sort_by(|one, other| {
        one.content.cmp(&other.content).then(other.confidence.total_cmp(&one.confidence))
    });
    quotes.dedup_by(|later, earlier| later.content == earlier.content);
    quotes.sort_by_key(|quote| (quote.extent(), quote.cue.first().copied()));
    quotes.iter_mut().for_each(|quote| confidence::calibrate(text, model, quote));
    if model.confidence.is_trained() {
        quotes.retain(|quote| quote.confidence >= DOUBTFUL || !confidence::is_report(quote));
    }
    (quotes, scene.warnings)
}

/// Quotes that marks or paragraphs show: quotations with a cue beside them, and block quotes.
fn marked_by_layout(scene: &Scene) -> Vec<Draft> {
    let mut drafts = beside_cues(scene);
    let blocks = block::blocks(scene, &drafts);
    drafts.extend(blocks);
    drafts
}

/// Every way to read every cue outside quotations, for the trainer: the readings of one cue together.
pub fn training_candidates(text: &Annotations, model: &Model) -> Vec<TrainingCue> {
    let scene = Scene::new(text, model);
    let drafts = marked_by_layout(&scene);
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
            .map(|marks| unclosed::without_attribution(text, marks))
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
    /// The form that made it, then those that added a piece.
    pub(super) forms: Vec<QuoteForm>,
    /// Raw: by rule, or of the model of reports; `confidence` makes a probability of it.
    pub(super) confidence: f32,
    /// The quotations that are its content, by index; empty for reports.
    pub(super) quotations: Vec<usize>,
}

impl Draft {
    /// Where its cue begins.
    fn cue_start(&self) -> Option<usize> {
        self.cue.map(|cue| cue.start())
    }

    /// Whether the source is a label, which may be a mere letter: `A: Since my father stopped.`
    fn is_labeled(&self) -> bool {
        self.forms.first() == Some(&QuoteForm::Transcript)
    }

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
                .filter(|source| self.is_labeled() || names_somebody(scene, *source))
                .map(|source| document.bytes(source)),
            kind,
            act: self.act,
            forms: self.forms.clone(),
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

/// How many words a cue may have between two of its own, and one more: `raised` very serious `concerns about`.
const PARTICLE_GAP: usize = 4;

/// Whether a token may stand before a word of a cue without belonging to it: `called` loudly `for`, `paid` his
/// `tribute to`.
fn modifies(text: &Annotations, token: usize, particle: &str) -> bool {
    let word = text.word(token);
    let own = phrase::is_possessive_pronoun(word) || word.ends_with("self") || word.ends_with("selves");
    (own || matches!(text.tags[token].upos, Upos::Adj | Upos::Adv | Upos::Det | Upos::Num))
        && !word.eq_ignore_ascii_case(particle)
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
            let stop = end.min(next + PARTICLE_GAP);
            next = (next..stop).find(|token| !modifies(text, *token, particle))?;
            if !text.word(next).eq_ignore_ascii_case(particle) {
                return None;
            }
            next += 1;
        }
        Some(CueAt { cue, form: *form, tokens: Span::new(token, next) })
    };
    cues::lookup(&word).iter().filter_map(fits).collect()
}

/// The paragraph of a token.
fn paragraph_of(scene: &Scene, token: usize) -> u32 {
    scene.text.document.tokens.get(token).map_or(0, |token| token.paragraph)
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
