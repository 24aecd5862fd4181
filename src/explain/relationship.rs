//! Shows how a stored relationship came about: its article is analyzed anew, and the relationship is found in it by its key.

use std::io::{self, Write};

use serde::Serialize;

use crate::annotate::Annotations;
use crate::annotate::labels::Upos;
use crate::annotate::model::Model;
use crate::explain::passage::{self, Mark, PassagePart};
use crate::explain::text::{line, write_passage};
use crate::facts::{EntityId, Facts, Form, Relationship};
use crate::pipeline::analyze;
use crate::query::stored_relationship::StoredRelationship;
use crate::span::{Byte, CodePoints, Span};
use crate::store::relationship_keys;
use crate::terminal::one_line;

/// A stored relationship and how it came about.
pub struct ExplainedRelationship<'a> {
    stored: &'a StoredRelationship,
    /// The stretch of the body that is shown.
    passage: Span<Byte>,
    /// Who, what and whom within it, in text order.
    marks: Vec<Mark>,
    /// What analysis says now; `None` if it does not state the relationship any more.
    found: Option<Found>,
}

/// What analysis says of a relationship.
#[derive(Serialize)]
struct Found {
    /// What was seen, in plain words.
    form: String,
    subject: String,
    predicate: &'static str,
    object: Option<String>,
    status: &'static str,
    /// Why it is presented so.
    presented: String,
    claimant: Option<String>,
    since: Option<String>,
    until: Option<String>,
    confidence: f32,
}

/// Analyzes the relationship’s article and finds the relationship in it.
pub fn explain_relationship<'a>(stored: &'a StoredRelationship, model: &Model) -> ExplainedRelationship<'a> {
    let analysis = analyze(&stored.article, model);
    let (text, facts) = (&analysis.text, &analysis.facts);
    let keys = relationship_keys(&stored.identity, &stored.article, facts);
    let mut stated = keys.iter().zip(&facts.relationships);
    let stated = stated.find(|(key, _)| Some(*key) == stored.key.as_ref()).map(|(_, stated)| stated);
    let marks = stated.map_or_else(|| stored_marks(stored), |stated| marks(facts, stated));
    ExplainedRelationship {
        stored,
        passage: passage::around(text, &marks),
        marks,
        found: stated.map(|stated| found(text, facts, stated)),
    }
}

/// Subject, trigger and object where they stand in the evidence.
fn marks(facts: &Facts, stated: &Relationship) -> Vec<Mark> {
    let inside = |id: EntityId| {
        let mut mentions = facts.mentions.iter().filter(move |mention| mention.entity == id);
        mentions.find(|mention| stated.evidence.covers(mention.span)).map(|mention| mention.span)
    };
    let parts = [
        (PassagePart::Source, inside(stated.subject)),
        (PassagePart::Cue, stated.trigger),
        (PassagePart::Content, stated.object.and_then(inside)),
        (PassagePart::Content, stated.detail),
    ];
    let mut marks: Vec<Mark> =
        parts.into_iter().filter_map(|(part, span)| Some(Mark { part, span: span? })).collect();
    marks.sort_by_key(|mark| mark.span);
    marks.dedup_by_key(|mark| mark.span);
    marks
}

/// All of the evidence: the database has places of nothing else.
fn stored_marks(stored: &StoredRelationship) -> Vec<Mark> {
    let points = CodePoints::new(&stored.article.body);
    let (start, end) = stored.evidence;
    let span = Span::new(points.byte(start), points.byte(end));
    vec![Mark { part: PassagePart::Content, span }]
}

fn found(text: &Annotations, facts: &Facts, stated: &Relationship) -> Found {
    let name = |id: EntityId| facts.entities[id.index()].name.clone();
    let claim = stated.claim.as_ref();
    let claimant = claim.and_then(|claim| {
        claim.claimant.map(name).or_else(|| claim.source.map(|source| source.slice(text.body()).to_owned()))
    });
    Found {
        form: form(text, facts, stated),
        subject: name(stated.subject),
        predicate: stated.predicate,
        object: stated.object.map(name),
        status: stated.status.name(),
        presented: presented(stated.status.name(), claimant.as_deref()),
        claimant,
        since: stated.term.since.clone(),
        until: stated.term.until.clone(),
        confidence: stated.confidence,
    }
}

/// What states it, and how the words lead to its ends.
fn form(text: &Annotations, facts: &Facts, stated: &Relationship) -> String {
    let by = match stated
        .trigger
        .map(|trigger| (trigger.slice(text.body()), text.document.tokens_in(trigger).start()))
    {
        Some((word, token)) => match text.tags.get(token).map(|tag| tag.upos) {
            Some(Upos::Verb) => format!("the verb “{word}”, by its subject and what it governs"),
            Some(Upos::Adj) => format!("the adjective “{word}”"),
            _ => format!("the noun “{word}”, by whom it is of and whose name stands with it"),
        },
        None => "names that stand side by side".to_owned(),
    };
    let read = |id: EntityId| {
        let mut own = facts.mentions.iter().filter(move |mention| mention.entity == id);
        let mention = own.find(|mention| stated.evidence.covers(mention.span))?;
        let named = &facts.entities[id.index()].name;
        (mention.form != Form::Name).then(|| format!("“{}” is {named}", mention.span.slice(text.body())))
    };
    let ends = [Some(stated.subject), stated.object].into_iter().flatten().filter_map(read);
    [by].into_iter().chain(ends).collect::<Vec<_>>().join("; ")
}

/// A status in words.
fn presented(status: &str, claimant: Option<&str>) -> String {
    match (status, claimant) {
        ("asserted", _) => "asserted: in the article’s own voice".to_owned(),
        ("reported", Some(claimant)) => format!("reported: {claimant} claims it"),
        ("reported", None) => "reported: somebody’s claim, or alleged".to_owned(),
        ("denied", _) => "denied: negated, refused or failed".to_owned(),
        ("hypothetical", _) => "hypothetical: if, could, would, or asked".to_owned(),
        ("planned", _) => "planned: will, wants to, is to".to_owned(),
        ("ended", _) => "ended: former, until, or left".to_owned(),
        (other, _) => other.to_owned(),
    }
}

/// Writes where the relationship stands, its passage with subject, trigger and object marked, and how it was found.
pub fn write_relationship_text(
    explanation: &ExplainedRelationship,
    colors: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let stored = explanation.stored;
    writeln!(out, "relationship {}, key {}", stored.id, one_line(stored.key.as_deref().unwrap_or("–")))?;
    write_passage(&stored.article, explanation.passage, &explanation.marks, colors, out)?;
    let says = |subject: &str, predicate: &str, object: Option<&str>, detail: Option<&str>| {
        let detail = detail.map_or(String::new(), |detail| format!(" ({detail})"));
        format!("{subject} · {predicate} · {}{detail}", object.unwrap_or("–"))
    };
    let detail = stored.detail.as_deref();
    line(out, "stored", &says(&stored.subject, &stored.predicate, stored.object.as_deref(), detail))?;
    let Some(found) = &explanation.found else {
        line(out, "status", &presented(&stored.status, stored.claimant.as_deref()))?;
        return writeln!(out, "This version of onrecord does not find the relationship any more.");
    };
    let now = says(&found.subject, found.predicate, found.object.as_deref(), detail);
    let differs = (&stored.subject, stored.predicate.as_str(), &stored.object, stored.status.as_str())
        != (&found.subject, found.predicate, &found.object, found.status);
    if differs {
        line(out, "this article", &format!("{now}; what is stored comes of other articles or a correction"))?;
    }
    line(out, "form", &found.form)?;
    line(out, "status", &found.presented)?;
    match (&found.since, &found.until) {
        (None, None) => {}
        (since, until) => line(
            out,
            "term",
            &format!("{} – {}", since.as_deref().unwrap_or("?"), until.as_deref().unwrap_or("?")),
        )?,
    }
    line(out, "confidence", &format!("{:.2}", found.confidence))
}

/// Writes the same as one JSON object; offsets are code points into the body.
pub fn write_relationship_json(
    explanation: &ExplainedRelationship,
    lines: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let stored = explanation.stored;
    let points = CodePoints::new(&stored.article.body);
    let (start, end) = points.of(explanation.passage);
    let part = |wanted: PassagePart| {
        let of_part = explanation.marks.iter().filter(move |mark| mark.part == wanted);
        of_part.map(|mark| points.of(mark.span)).collect::<Vec<_>>()
    };
    let object = serde_json::json!({
        "relationship_id": stored.id,
        "key": stored.key,
        "article": {
            "id": stored.article_id,
            "title": stored.article.title,
            "publisher": stored.article.publisher,
            "published_at": stored.article.published_at,
            "url": stored.article.url,
        },
        "passage": { "start": start, "end": end, "text": explanation.passage.slice(&stored.article.body) },
        "subject": part(PassagePart::Source),
        "trigger": part(PassagePart::Cue),
        "object_and_detail": part(PassagePart::Content),
        "stored": {
            "subject": stored.subject,
            "predicate": stored.predicate,
            "object": stored.object,
            "detail": stored.detail,
            "status": stored.status,
            "claimant": stored.claimant,
            "since": stored.since,
            "until": stored.until,
            "confidence": stored.confidence,
        },
        "found": explanation.found,
    });
    let written = if lines { serde_json::to_string(&object) } else { serde_json::to_string_pretty(&object) };
    writeln!(out, "{}", written?)
}
