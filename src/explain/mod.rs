//! Shows how a stored quote, or a relationship, came about: its article is analyzed anew, and the quote is found in it by its key.
//!
//! ```text
//! StoredQuote ─ analyze ─▶ Explanation ─ text, json ─▶ for people, for programs
//! ```
//!
//! Knows what analysis gives and what the database has. Writes nothing to the database, and makes no quote of its
//! own: if this version of the program does not find the quote any more, that is what it says. Start reading at
//! [`explain`].

mod explanation;
mod json;
pub(crate) mod passage;
mod relationship;
mod rivals;
mod text;

use crate::annotate::Annotations;
use crate::annotate::model::Model;
pub use crate::explain::explanation::Explanation;
use crate::explain::explanation::{FoundQuote, NamedRival, Speaker};
pub use crate::explain::json::write_json;
use crate::explain::passage::{Mark, PassagePart};
pub use crate::explain::relationship::{
    ExplainedRelationship, explain_relationship, write_relationship_json, write_relationship_text,
};
use crate::explain::rivals::rivals;
pub use crate::explain::text::write_text;
use crate::facts::{EntityId, Facts, Form, Mention, Quote, reasons};
use crate::pipeline::analyze;
use crate::query::stored_quote::StoredQuote;
use crate::span::{Byte, CodePoints, Span};
use crate::store::quote_keys;

/// Analyzes the quote's article and finds the quote in it.
pub fn explain<'a>(stored: &'a StoredQuote, model: &Model) -> Explanation<'a> {
    let body = stored.article.body.as_str();
    let analysis = analyze(&stored.article, model);
    let (text, facts) = (&analysis.text, &analysis.facts);
    let keys = quote_keys(&stored.identity, body, &facts.quotes);
    let quote = keys.iter().zip(&facts.quotes).find(|(key, _)| **key == stored.key).map(|(_, quote)| quote);
    let marks = quote.map_or_else(|| stored_marks(stored), marks);
    Explanation {
        stored,
        passage: passage::around(text, &marks),
        marks,
        found: quote.map(|quote| found(text, model, facts, quote)),
    }
}

/// The parts of a quote in text order.
fn marks(quote: &Quote) -> Vec<Mark> {
    let mark = |part: PassagePart| move |span: &Span<Byte>| Mark { part, span: *span };
    let mut marks: Vec<Mark> = quote.content.iter().map(mark(PassagePart::Content)).collect();
    marks.extend(quote.cue.iter().map(mark(PassagePart::Cue)));
    marks.extend(quote.source.iter().map(mark(PassagePart::Source)));
    marks.sort_by_key(|mark| mark.span);
    marks
}

/// The pieces of the content: all that the database has places of.
fn stored_marks(stored: &StoredQuote) -> Vec<Mark> {
    let body = stored.article.body.as_str();
    let points = CodePoints::new(body);
    let pieces = stored.pieces.iter().map(|(start, end)| Span::new(points.byte(*start), points.byte(*end)));
    pieces.map(|span| Mark { part: PassagePart::Content, span }).collect()
}

fn found(text: &Annotations, model: &Model, facts: &Facts, quote: &Quote) -> FoundQuote {
    let body = text.body();
    let name = |id: EntityId| facts.entities[id.index()].name.clone();
    let words = |span: &Span<Byte>| span.slice(body).to_owned();
    FoundQuote {
        forms: quote.forms.iter().map(|form| form.description()).collect(),
        act: quote.act.name(),
        kind: quote.kind.name(),
        confidence: quote.confidence,
        mode: quote.mode.name(),
        vouched: quote.vouched,
        reasons: reasons(text, model, &facts.entities, quote),
        encoder: quote.encoder,
        source: quote.source.as_ref().map(words),
        cue: quote.cue.iter().map(words).collect(),
        speaker: quote.speaker.zip(quote.source).map(|(id, source)| speaker(text, facts, id, source)),
        about: quote.about.iter().map(|id| name(*id)).collect(),
        rivals: rivals(text, facts, quote)
            .into_iter()
            .map(|rival| NamedRival { span: rival.span, name: name(rival.entity), reason: rival.reason })
            .collect(),
    }
}

/// How the source leads to its entity.
fn speaker(text: &Annotations, facts: &Facts, id: EntityId, source: Span<Byte>) -> Speaker {
    let mut own = facts.mentions.iter().filter(|mention| mention.entity == id);
    let inside = own.clone().filter(|mention| source.covers(mention.span));
    // A name tells more than a pronoun beside it.
    let form = inside.map(|mention| mention.form).min().unwrap_or(Form::Name);
    let is_before = |mention: &&Mention| mention.form == Form::Name && mention.span.end() <= source.start();
    let named = own.rfind(is_before).filter(|_| form != Form::Name).map(|mention| mention.span);
    let sentence = |span: Span<Byte>| {
        let token = text.document.tokens_in(span).start();
        text.document.tokens.get(token).map_or(0, |token| token.sentence)
    };
    let entity = &facts.entities[id.index()];
    Speaker {
        name: entity.name.clone(),
        kind: entity.kind.name(),
        form,
        named,
        sentences_before: named.map_or(0, |named| sentence(source).saturating_sub(sentence(named))),
    }
}
