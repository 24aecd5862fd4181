//! An explanation as text, for people. All of it is safe to show.

use std::io::{self, Write};

use crate::article::Article;
use crate::explain::explanation::{Explanation, FoundQuote, Speaker};
use crate::explain::passage::{Mark, marked};
use crate::facts::{EncoderScore, Form};
use crate::gear::Gear;
use crate::span::{Byte, Span};
use crate::terminal::one_line;

/// How wide the column of labels is.
const LABELS: usize = 12;

/// Writes where the quote stands, its passage with content, cue and source marked, and how it was found.
///
/// `colors` adds colors to the marks, which stand there without them too.
pub fn write_text(explanation: &Explanation, colors: bool, out: &mut dyn Write) -> io::Result<()> {
    let stored = explanation.stored;
    writeln!(out, "quote {}, key {}", stored.id, one_line(&stored.key))?;
    write_passage(&stored.article, explanation.passage, &explanation.marks, colors, out)?;
    match &explanation.found {
        Some(found) => {
            write_found(explanation, found, out)?;
            write_differences(explanation, found, out)
        }
        None => write_stored(explanation, out),
    }
}

/// Writes what the article is, and its passage with the marks.
pub(super) fn write_passage(
    article: &Article,
    passage: Span<Byte>,
    marks: &[Mark],
    colors: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (label, value) in [
        ("title", &article.title),
        ("publisher", &article.publisher),
        ("published", &article.published_at),
        ("url", &article.url),
    ] {
        line(out, label, value.as_deref().unwrap_or("–"))?;
    }
    writeln!(out)?;
    for text in marked(&article.body, passage, marks, colors) {
        writeln!(out, "{}", format!("  {text}").trim_end())?;
    }
    writeln!(out)
}

/// Writes `label   value`.
pub(super) fn line(out: &mut dyn Write, label: &str, value: &str) -> io::Result<()> {
    writeln!(out, "{label:LABELS$}{}", one_line(value))
}

fn write_found(explanation: &Explanation, found: &FoundQuote, out: &mut dyn Write) -> io::Result<()> {
    line(out, "form", &found.forms.join(", "))?;
    line(out, "act", found.act)?;
    line(out, "kind", kind_in_words(found.kind))?;
    line(out, "mode", mode_in_words(found.mode))?;
    line(out, "confidence", &confidence_in_words(f64::from(found.confidence)))?;
    line(out, "vouched", &vouched_in_words(found))?;
    for (label, reasons) in [("for it", &found.reasons.pro), ("against it", &found.reasons.contra)] {
        if !reasons.is_empty() {
            line(out, label, &reasons.join(", "))?;
        }
    }
    if explanation.stored.gear == Gear::Full {
        line(out, "encoder", &encoder_in_words(found.encoder.as_ref()))?;
    }
    line(out, "speaker", &speaker_in_words(explanation, found))?;
    line(out, "about", &names(&found.about))?;
    if found.rivals.is_empty() {
        return line(out, "not taken", "nobody else is near who could be the source");
    }
    for (number, rival) in found.rivals.iter().enumerate() {
        let label = if number == 0 { "not taken" } else { "" };
        line(out, label, &format!("{}. {} {}", number + 1, rival.name, rival.reason.description()))?;
    }
    Ok(())
}

/// What the database says otherwise: another version of the program wrote it, or a person's corrections hold.
fn write_differences(explanation: &Explanation, found: &FoundQuote, out: &mut dyn Write) -> io::Result<()> {
    let stored = explanation.stored;
    let cue = (!found.cue.is_empty()).then(|| found.cue.join(" "));
    let speaker = found.speaker.as_ref().map(|speaker| speaker.name.clone());
    let none = || "–".to_owned();
    let pairs = [
        ("speaker", stored.speaker.clone(), speaker),
        ("source", stored.source.clone(), found.source.clone()),
        ("cue", stored.cue.clone(), cue),
        ("act", Some(stored.act.clone()), Some(found.act.to_owned())),
        ("kind", Some(stored.kind.clone()), Some(found.kind.to_owned())),
        ("mode", Some(stored.mode.clone()), Some(found.mode.to_owned())),
    ];
    for (label, stored, found) in pairs.into_iter().filter(|(_, stored, found)| stored != found) {
        let (stored, found) = (stored.unwrap_or_else(none), found.unwrap_or_else(none));
        let found = match label {
            "speaker" => {
                format!("because of other articles or a correction; this article alone gives {found}")
            }
            _ => format!("where this version gives {found}"),
        };
        line(out, "stored", &format!("{label} {stored}, {found}"))?;
    }
    Ok(())
}

/// What the database has of a quote that is not found any more.
fn write_stored(explanation: &Explanation, out: &mut dyn Write) -> io::Result<()> {
    let stored = explanation.stored;
    writeln!(out, "This version of onrecord does not find the quote any more. What is stored:")?;
    line(out, "cue", stored.cue.as_deref().unwrap_or("–"))?;
    line(out, "source", stored.source.as_deref().unwrap_or("–"))?;
    line(out, "act", &stored.act)?;
    line(out, "kind", kind_in_words(&stored.kind))?;
    line(out, "mode", mode_in_words(&stored.mode))?;
    line(out, "confidence", &confidence_in_words(stored.confidence))?;
    line(out, "vouched", if stored.vouched { "yes" } else { "no" })?;
    line(out, "speaker", stored.speaker.as_deref().unwrap_or("–"))?;
    line(out, "about", &names(&stored.about))
}

fn kind_in_words(kind: &str) -> &str {
    match kind {
        "direct" => "direct: all of it is in quotation marks",
        "mixed" => "mixed: a part of it is in quotation marks",
        "indirect" => "indirect: none of it is in quotation marks",
        other => other,
    }
}

fn mode_in_words(mode: &str) -> &str {
    match mode {
        "speech" => "speech: said or written",
        "thought" => "thought: thought, believed or felt",
        "attitude" => "attitude: a stance or deed towards somebody, no words",
        other => other,
    }
}

/// Whether it is shown by default, and why.
fn vouched_in_words(found: &FoundQuote) -> String {
    let least = found.reasons.least;
    match (found.vouched, found.confidence < least) {
        (true, _) => format!("yes: at or over {least:.2}"),
        (false, true) => format!("no: under {least:.2}"),
        (false, false) if found.mode == "attitude" => "no: an attitude is no quote".to_owned(),
        (false, false) => "no: it stands in a condition".to_owned(),
    }
}

/// The probability, and what it means.
fn confidence_in_words(confidence: f64) -> String {
    let hundredths = (confidence * 100.0).round();
    format!(
        "{confidence:.2}: of 100 such quotes, about {hundredths} would be taken by an editor as they stand"
    )
}

/// How sure the encoder is, and how far it agrees with the rules.
fn encoder_in_words(encoder: Option<&EncoderScore>) -> String {
    let Some(encoder) = encoder else { return "sees no report here".to_owned() };
    let sure = format!(
        "a report by {:.2}, with these words and this source by {:.2}",
        encoder.report, encoder.spans
    );
    let agrees = match (encoder.alone, encoder.overlap >= 0.95, encoder.same_source) {
        (true, ..) => "no rule found it",
        (false, true, true) => "the rules read the same",
        (false, false, true) => "the rules have other ends of the content",
        (false, true, false) => "the rules have another source",
        (false, false, false) => "the rules have other ends of the content and another source",
    };
    format!("{sure}; {agrees}")
}

fn names(names: &[String]) -> String {
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

fn speaker_in_words(explanation: &Explanation, found: &FoundQuote) -> String {
    match (&found.speaker, &found.source) {
        (Some(speaker), source) => known_speaker(explanation, speaker, source.as_deref().unwrap_or_default()),
        (None, Some(source)) => format!("unknown: “{source}” names nobody"),
        (None, None) => "unknown: there is no source".to_owned(),
    }
}

/// `Ana Ruiz (person), by the pronoun “she”; last named 2 sentences before`
fn known_speaker(explanation: &Explanation, speaker: &Speaker, source: &str) -> String {
    let Speaker { name, kind, form, named, sentences_before } = speaker;
    let how = match form {
        Form::Name => "named in the source".to_owned(),
        Form::Nominal => format!("by the description “{source}”"),
        Form::Pronoun => format!("by the pronoun “{source}”"),
    };
    let words = |span: &Span<_>| span.slice(&explanation.stored.article.body).to_owned();
    let last = named.as_ref().map(words).map(|words| match sentences_before {
        0 => format!("; last named in the same sentence: “{words}”"),
        1 => format!("; last named one sentence before: “{words}”"),
        many => format!("; last named {many} sentences before: “{words}”"),
    });
    format!("{name} ({kind}), {how}{}", last.unwrap_or_default())
}
