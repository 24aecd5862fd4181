//! What narrows the quotes of a question besides names: whom it was said to, by which verb, and what is left out.

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::sources;
use crate::query::answer::statement::Statement;
use crate::query::answer::topics::{self, Topic};
use crate::query::names;
use crate::query::notes::Notes;
use crate::query::question::Question;
use crate::query::question::cues::inflected;

const NOT_SPEAKERS: &str =
    "(quotes.speaker_id IS NULL OR quotes.speaker_id NOT IN (SELECT value FROM json_each(:not_speakers)))";
const NOT_SOURCES: &str =
    "quotes.id NOT IN (SELECT rowid FROM sources_fts WHERE sources_fts MATCH :not_source)";
const NOT_SUBJECTS: &str =
    "NOT EXISTS (SELECT 1 FROM quote_subjects WHERE quote_subjects.quote_id = quotes.id
    AND quote_subjects.entity_id IN (SELECT value FROM json_each(:not_about)))";
const NOT_WORDS: &str = "quotes.id NOT IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH :not_words)";

/// The verb as printed, alone or with what belongs to it: `tweeted`, `said in a statement`.
const CUE: &str = "EXISTS (SELECT 1 FROM json_each(:cues) AS cue
    WHERE lower(quotes.cue) = cue.value OR substr(lower(quotes.cue), 1, length(cue.value) + 1) = cue.value || ' ')";

/// How far from a quote the words stand that tell to whom it was said, in code points.
macro_rules! reach {
    () => {
        "160"
    };
}

/// A mention right behind `told` or `to`, near the quote and outside of it.
const TOLD_SOMEBODY: &str = concat!(
    "EXISTS (SELECT 1 FROM mentions AS hearer JOIN articles AS told_in ON told_in.id = hearer.article_id
    WHERE hearer.article_id = quotes.article_id AND hearer.entity_id IN (SELECT value FROM json_each(:told))
    AND hearer.start BETWEEN quotes.start - ",
    reach!(),
    " AND quotes.end + ",
    reach!(),
    "
    AND NOT EXISTS (SELECT 1 FROM quote_spans AS piece
        WHERE piece.quote_id = quotes.id AND hearer.start >= piece.start AND hearer.start < piece.end)
    AND (lower(quotes.cue) GLOB '*t[eo]l[dl]*'
            AND lower(substr(told_in.body, max(1, hearer.start - 29), min(30, hearer.start))) GLOB '*t[eo]l[dl]*'
        OR lower(quotes.cue) GLOB '*s[pa][oei]*' AND lower(substr(told_in.body, max(1, hearer.start - 11), min(12, hearer.start))) GLOB '*s[pa][oi]*d* to *'))"
);

/// The same for a hearer that is no known name.
const TOLD_WORDS: &str = concat!(
    "lower(quotes.cue) GLOB '*t[eo]l[dl]*' AND EXISTS (SELECT 1 FROM articles AS told_in WHERE told_in.id = quotes.article_id AND (
        lower(substr(told_in.body, max(1, quotes.start - ",
    reach!(),
    "), min(quotes.start, ",
    reach!(),
    ")) || ' … ' || substr(told_in.body, quotes.end + 1, ",
    reach!(),
    ")) GLOB '*t[eo]l[dl]*' || :told || '*'))"
);

/// Leaves out what a question excepts: speakers and topics.
pub(super) fn leave_out(
    db: &Connection,
    quotes: &mut Statement,
    question: &Question,
    notes: &mut Notes,
) -> Result<(), Error> {
    let (mut speakers, mut printed) = (Vec::new(), Vec::new());
    for name in &question.not_speaker {
        let sources = sources::find(db, name, question.each, notes)?;
        speakers.extend(sources.known);
        printed.extend(sources.printed);
    }
    if !speakers.is_empty() {
        quotes.condition_beside_with(NOT_SPEAKERS, ":not_speakers", names::ids_of(&speakers)?);
    }
    if !printed.is_empty() {
        quotes.condition_beside_with(NOT_SOURCES, ":not_source", printed.join(" OR "));
    }
    let (mut subjects, mut words) = (Vec::new(), Vec::new());
    for about in &question.not_about {
        for topic in topics::find(db, about, question.each, notes)? {
            match topic {
                Topic::Entities(known) => subjects.extend(known),
                Topic::Words(expression) => words.push(format!("({expression})")),
                Topic::Either(known, expression) => {
                    subjects.extend(known);
                    words.push(format!("({expression})"));
                }
            }
        }
    }
    if !subjects.is_empty() {
        quotes.condition_beside_with(NOT_SUBJECTS, ":not_about", names::ids_of(&subjects)?);
    }
    if !words.is_empty() {
        quotes.condition_beside_with(NOT_WORDS, ":not_words", words.join(" OR "));
    }
    Ok(())
}

/// Narrows to what was said to somebody, as the sentence around the quote has it.
pub(super) fn told(
    db: &Connection,
    quotes: &mut Statement,
    hearer: &str,
    each: bool,
    notes: &mut Notes,
) -> Result<(), Error> {
    let known = names::meant(db, hearer, each, notes)?;
    if known.is_empty() {
        // Its words as they are: in a pattern each stands for itself.
        let lower = hearer.to_lowercase();
        let literal = lower.chars().map(|character| match character {
            '*' | '?' | '[' => format!("[{character}]"),
            other => other.to_string(),
        });
        quotes.condition_beside_with(TOLD_WORDS, ":told", format!("*{}", literal.collect::<String>()));
    } else {
        quotes.condition_beside_with(TOLD_SOMEBODY, ":told", names::ids_of(&known)?);
    }
    Ok(())
}

/// Narrows to what is printed with a verb, in any of its forms.
pub(super) fn cue(quotes: &mut Statement, verb: &str) -> Result<(), Error> {
    let forms = serde_json::to_string(&inflected(&verb.trim().to_lowercase()));
    let forms = forms.map_err(|cause| Error::new("cannot list words for SQL").because(cause))?;
    quotes.condition_beside_with(CUE, ":cues", forms);
    Ok(())
}
