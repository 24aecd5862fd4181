//! The JSON lines of the extract command: own types and conversions, so that inner types stay free to change.
//!
//! Offsets are code points into the `text` of the line that was read.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::annotate::Annotations;
use crate::annotate::tag::Tag;
use crate::facts::{Facts, Mention, Quote, Relationship};
use crate::pipeline::Analysis;
use crate::span::{Byte, CodePoints, Span};

/// A span as `[start, end)` in code points.
type Offsets = (usize, usize);

/// What is found in one article.
#[derive(Serialize)]
pub struct Extraction<'a> {
    /// The id of the line that was read, as it was written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentences: Option<Vec<Offsets>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens: Option<Vec<WireToken<'a>>>,
    entities: Vec<WireEntity<'a>>,
    mentions: Vec<WireMention>,
    attributions: Vec<WireAttribution>,
    relations: Vec<WireRelation<'a>>,
    /// The end of a text that is too long to be analyzed whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_analyzed: Option<Offsets>,
}

/// A line that could not be read.
#[derive(Serialize)]
pub struct Failure {
    /// Why, in words.
    pub error: String,
    /// Counted from 1; null where the whole input is meant.
    pub line: Option<u64>,
}

#[derive(Serialize)]
struct WireToken<'a> {
    start: usize,
    end: usize,
    lemma: &'a str,
    upos: &'static str,
    xpos: &'static str,
    head: usize,
    deprel: &'static str,
}

#[derive(Serialize)]
struct WireEntity<'a> {
    id: usize,
    r#type: &'static str,
    name: &'a str,
    aliases: &'a [String],
}

#[derive(Serialize)]
struct WireMention {
    start: usize,
    end: usize,
    r#type: &'static str,
    entity: usize,
    form: &'static str,
}

#[derive(Serialize)]
struct WireAttribution {
    source: Vec<Offsets>,
    cue: Vec<Offsets>,
    content: Vec<Offsets>,
    speaker: Option<usize>,
    kind: &'static str,
    act: &'static str,
    mode: &'static str,
    about: Vec<usize>,
    confidence: f64,
    vouched: bool,
}

#[derive(Serialize)]
struct WireRelation<'a> {
    subject: usize,
    predicate: &'static str,
    object: Option<usize>,
    detail: Option<&'a str>,
    status: &'static str,
    evidence: Offsets,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    claimant: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<&'a str>,
}

impl<'a> Extraction<'a> {
    /// Converts an analysis; `tokens` asks for sentences and tokens as well.
    pub fn new(id: Option<&'a RawValue>, analysis: &'a Analysis<'a>, tokens: bool) -> Self {
        let text = &analysis.text;
        let points = CodePoints::new(text.body());
        let facts = &analysis.facts;
        Extraction {
            id,
            sentences: tokens.then(|| {
                text.document.sentences.iter().map(|tokens| points.of(text.document.bytes(*tokens))).collect()
            }),
            tokens: tokens.then(|| wire_tokens(text, &points)),
            entities: entities(facts),
            mentions: facts.mentions.iter().map(|mention| wire_mention(facts, mention, &points)).collect(),
            attributions: facts.quotes.iter().map(|quote| attribution(quote, &points)).collect(),
            relations: facts.relationships.iter().map(|link| relation(text, link, &points)).collect(),
            not_analyzed: analysis.unread.map(|unread| points.of(unread)),
        }
    }
}

fn wire_tokens<'a>(text: &'a Annotations, points: &CodePoints) -> Vec<WireToken<'a>> {
    let wire = |(index, tag): (usize, &'a Tag)| {
        let token = &text.document.tokens[index];
        let (start, end) = points.of(token.span);
        let first = text.document.sentences[token.sentence as usize].start();
        WireToken {
            start,
            end,
            lemma: &tag.lemma,
            upos: tag.upos.as_str(),
            xpos: tag.xpos.as_str(),
            head: text.syntax.head(index).map_or(0, |head| head + 1 - first),
            deprel: text.syntax.relation(index).as_str(),
        }
    };
    text.tags.iter().enumerate().map(wire).collect()
}

fn entities(facts: &Facts) -> Vec<WireEntity<'_>> {
    let rows = facts.entities.iter().enumerate();
    rows.map(|(id, entity)| WireEntity {
        id,
        r#type: entity.kind.label(),
        name: &entity.name,
        aliases: &entity.aliases,
    })
    .collect()
}

fn wire_mention(facts: &Facts, mention: &Mention, points: &CodePoints) -> WireMention {
    let (start, end) = points.of(mention.span);
    let kind = facts.entities[mention.entity.index()].kind.label();
    WireMention { start, end, r#type: kind, entity: mention.entity.index(), form: mention.form.name() }
}

fn attribution(quote: &Quote, points: &CodePoints) -> WireAttribution {
    let offsets = |spans: &[Span<Byte>]| spans.iter().map(|span| points.of(*span)).collect();
    WireAttribution {
        source: quote.source.iter().map(|source| points.of(*source)).collect(),
        cue: offsets(&quote.cue),
        content: offsets(&quote.content),
        speaker: quote.speaker.map(|speaker| speaker.index()),
        kind: quote.kind.name(),
        act: quote.act.name(),
        mode: quote.mode.name(),
        about: quote.about.iter().map(|entity| entity.index()).collect(),
        confidence: round(quote.confidence),
        vouched: quote.vouched,
    }
}

fn relation<'a>(text: &'a Annotations, link: &'a Relationship, points: &CodePoints) -> WireRelation<'a> {
    WireRelation {
        subject: link.subject.index(),
        predicate: link.predicate,
        object: link.object.map(|object| object.index()),
        detail: link.detail.map(|detail| detail.slice(text.body())),
        status: link.status.name(),
        evidence: points.of(link.evidence),
        confidence: round(link.confidence),
        claimant: link.claim.as_ref().and_then(|claim| claim.claimant).map(|claimant| claimant.index()),
        since: link.term.since.as_deref(),
        until: link.term.until.as_deref(),
    }
}

/// Two decimals are all that a confidence means.
fn round(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}
