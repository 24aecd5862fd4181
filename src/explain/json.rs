//! An explanation as one JSON object, for programs. Offsets are code points into the body of the article.

use std::io::Write;

use serde::Serialize;

use crate::explain::explanation::{Explanation, FoundQuote, Speaker};
use crate::explain::passage::PassagePart;
use crate::span::{Byte, CodePoints, Span};

/// A span as `[start, end)` in code points.
type Offsets = (usize, usize);

#[derive(Serialize)]
struct Object<'a> {
    quote_id: i64,
    key: &'a str,
    article: ArticleObject<'a>,
    passage: Place<'a>,
    content: Vec<Offsets>,
    cue: Vec<Offsets>,
    source: Vec<Offsets>,
    stored: Stored<'a>,
    /// Null if this version of the program does not give the quote.
    found: Option<FoundObject<'a>>,
}

#[derive(Serialize)]
struct ArticleObject<'a> {
    id: i64,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    published_at: Option<&'a str>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Place<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// The row of the database.
#[derive(Serialize)]
struct Stored<'a> {
    text: &'a str,
    speaker: Option<&'a str>,
    speaker_text: Option<&'a str>,
    cue: Option<&'a str>,
    act: &'a str,
    kind: &'a str,
    confidence: f64,
    mode: &'a str,
    vouched: bool,
    about: &'a [String],
}

#[derive(Serialize)]
struct FoundObject<'a> {
    forms: &'a [&'static str],
    act: &'static str,
    kind: &'static str,
    confidence: f64,
    mode: &'static str,
    vouched: bool,
    /// From which confidence on a quote is vouched for.
    least: f64,
    reasons_for: &'a [String],
    reasons_against: &'a [String],
    /// Null where the encoder sees no report, or was not asked.
    encoder: Option<EncoderObject>,
    speaker: Option<SpeakerObject<'a>>,
    about: &'a [String],
    other_sources: Vec<RivalObject<'a>>,
}

/// What the encoder says.
#[derive(Serialize)]
struct EncoderObject {
    /// How likely the cue reports, 0 to 1.
    report: f64,
    /// How likely source and content are as it reads them, if it does.
    spans: f64,
    /// Whether no rule found the quote.
    alone: bool,
}

#[derive(Serialize)]
struct SpeakerObject<'a> {
    name: &'a str,
    kind: &'static str,
    /// `name`, `nominal` or `pronoun`.
    by: &'static str,
    /// Where the name is that a pronoun or a description stands for.
    named_at: Option<Offsets>,
}

#[derive(Serialize)]
struct RivalObject<'a> {
    name: &'a str,
    start: usize,
    end: usize,
    why_not: &'static str,
}

/// Writes the object; `lines` asks for a single line, as JSON lines are.
pub fn write_json(explanation: &Explanation, lines: bool, out: &mut dyn Write) -> std::io::Result<()> {
    let object = object(explanation);
    if lines {
        crate::json::to_writer(out, &object)?;
    } else {
        crate::json::to_writer_pretty(out, &object)?;
    }
    writeln!(out)
}

fn object<'a>(explanation: &'a Explanation) -> Object<'a> {
    let stored = explanation.stored;
    let article = &stored.article;
    let points = CodePoints::new(&article.body);
    let of_part = |part: PassagePart| -> Vec<Offsets> {
        let marks = explanation.marks.iter().filter(|mark| mark.part == part);
        marks.map(|mark| points.of(mark.span)).collect()
    };
    let (start, end) = points.of(explanation.passage);
    Object {
        quote_id: stored.id,
        key: &stored.key,
        article: ArticleObject {
            id: stored.article_id,
            title: article.title.as_deref(),
            publisher: article.publisher.as_deref(),
            published_at: article.published_at.as_deref(),
            url: article.url.as_deref(),
        },
        passage: Place { start, end, text: explanation.passage.slice(&article.body) },
        content: of_part(PassagePart::Content),
        cue: of_part(PassagePart::Cue),
        source: of_part(PassagePart::Source),
        stored: Stored {
            text: &stored.text,
            speaker: stored.speaker.as_deref(),
            speaker_text: stored.source.as_deref(),
            cue: stored.cue.as_deref(),
            act: &stored.act,
            kind: &stored.kind,
            confidence: stored.confidence,
            mode: &stored.mode,
            vouched: stored.vouched,
            about: &stored.about,
        },
        found: explanation.found.as_ref().map(|found| found_object(found, &points)),
    }
}

/// Four decimals.
fn round(probability: f32) -> f64 {
    (f64::from(probability) * 1e4).round() / 1e4
}

fn found_object<'a>(found: &'a FoundQuote, points: &CodePoints) -> FoundObject<'a> {
    let place = |span: Span<Byte>| points.of(span);
    let speaker = |speaker: &'a Speaker| SpeakerObject {
        name: &speaker.name,
        kind: speaker.kind,
        by: speaker.form.name(),
        named_at: speaker.named.map(place),
    };
    let rivals = found.rivals.iter().map(|rival| {
        let (start, end) = place(rival.span);
        RivalObject { name: &rival.name, start, end, why_not: rival.reason.description() }
    });
    FoundObject {
        forms: &found.forms,
        act: found.act,
        kind: found.kind,
        confidence: round(found.confidence),
        mode: found.mode,
        vouched: found.vouched,
        least: round(found.reasons.least),
        reasons_for: &found.reasons.pro,
        reasons_against: &found.reasons.contra,
        encoder: found.encoder.map(|encoder| EncoderObject {
            report: round(encoder.report),
            spans: round(encoder.spans),
            alone: encoder.alone,
        }),
        speaker: found.speaker.as_ref().map(speaker),
        about: &found.about,
        other_sources: rivals.collect(),
    }
}
