//! Asks what is otherwise in a row than it is shown: → verdicts.

use crate::cli::answers::Answers;
use crate::cli::correcting::Desk;
use crate::cli::streams::say_error;
use crate::error::{Error, ErrorKind};
use crate::facts::predicates::PREDICATES;
use crate::query::borders::pieces_between;
use crate::query::question::{ACTS, STATUSES};
use crate::query::review::rows::ReviewRow;
use crate::query::stored_quote::StoredQuote;
use crate::query::{stored_quote, stored_relationship};
use crate::store::{EntityName, QuoteChange, RelationshipChange, Verdict, kind_named};

/// What a person changes of a row.
pub(super) struct Edited {
    /// Speaker and subjects of a quote, or the parts of a relationship.
    pub(super) verdicts: Vec<Verdict>,
    /// The act and the words of a quote.
    pub(super) change: QuoteChange,
}

/// What nobody is called.
const NOBODY: &str = "-";

/// Asks for each part of a row in turn; an empty answer leaves it as it is. None where nothing is changed.
pub(super) fn edit(desk: &Desk<'_>, row: ReviewRow, answers: &mut Answers) -> Result<Option<Edited>, Error> {
    let edited = match row {
        ReviewRow::Quote(id) => edit_quote(desk, id, answers),
        ReviewRow::Relationship(id) => edit_relationship(desk, id, answers),
    };
    match edited {
        Err(error) if error.kind() == ErrorKind::Usage => {
            say_error(&error);
            Ok(None)
        }
        edited => Ok(Some(edited?).filter(|edited| !edited.verdicts.is_empty() || !edited.change.is_empty())),
    }
}

fn edit_quote(desk: &Desk<'_>, id: i64, answers: &mut Answers) -> Result<Edited, Error> {
    let quote = stored_quote::quote(&desk.reader, &id.to_string())?;
    let name = desk.store.quote_name(id)?;
    let mut verdicts = Vec::new();
    let prompt = format!(
        "speaker [{}] (- nobody; new person NAME, who is not known yet):",
        quote.speaker.as_deref().unwrap_or("nobody")
    );
    let speaker = until_understood(answers, &prompt, |answer| match answer {
        NOBODY => Ok(None),
        who => entity(desk, who).map(Some),
    })?;
    verdicts.extend(speaker.map(|speaker| Verdict::Speaker(name.clone(), speaker)));
    let prompt = format!("about [{}] (+NAME adds, -NAME takes away; parted by ;):", quote.about.join("; "));
    let subjects = until_understood(answers, &prompt, |answer| {
        answer
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| match (part.strip_prefix('+'), part.strip_prefix('-')) {
                (Some(who), _) => Ok(Verdict::AddSubject(name.clone(), entity(desk, who.trim())?)),
                (_, Some(who)) => Ok(Verdict::RemoveSubject(name.clone(), desk.entity(who.trim())?)),
                _ => Err(Error::usage("a name needs + or - before it")),
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    verdicts.extend(subjects.unwrap_or_default());
    let act = until_understood(answers, &format!("act [{}]:", quote.act), |answer| one_of(&ACTS, answer))?;
    let pieces = edit_borders(&quote, answers)?;
    Ok(Edited { verdicts, change: QuoteChange { act, pieces } })
}

/// Asks for the first and the last words, until the article prints them.
fn edit_borders(quote: &StoredQuote, answers: &mut Answers) -> Result<Option<Vec<String>>, Error> {
    let words = |text: &str, from_end: bool| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let shown = words.len().min(4);
        if from_end { words[words.len() - shown..].join(" ") } else { words[..shown].join(" ") }
    };
    let first =
        until_understood(answers, &format!("first words [{}]:", words(&quote.text, false)), |answer| {
            pieces_between(quote, Some(answer), None).map(|_| answer.to_owned())
        })?;
    let last = until_understood(answers, &format!("last words [{}]:", words(&quote.text, true)), |answer| {
        pieces_between(quote, first.as_deref(), Some(answer)).map(|_| answer.to_owned())
    })?;
    match (first.as_deref(), last.as_deref()) {
        (None, None) => Ok(None),
        (first, last) => pieces_between(quote, first, last).map(Some),
    }
}

fn edit_relationship(desk: &Desk<'_>, id: i64, answers: &mut Answers) -> Result<Edited, Error> {
    let related = stored_relationship::relationship(&desk.reader, &id.to_string())?;
    let name = desk.store.relationship_name(id)?;
    let subject =
        until_understood(answers, &format!("subject [{}]:", related.subject), |who| entity(desk, who))?;
    let predicates: Vec<&str> = PREDICATES.iter().map(|predicate| predicate.name).collect();
    let prompt = format!("predicate [{}]:", related.predicate);
    let predicate = until_understood(answers, &prompt, |answer| one_of(&predicates, answer))?;
    let prompt = format!("object [{}] (- nobody):", related.object.as_deref().unwrap_or("nobody"));
    let object = until_understood(answers, &prompt, |answer| match answer {
        NOBODY => Ok(None),
        who => entity(desk, who).map(Some),
    })?;
    let status = until_understood(answers, &format!("status [{}]:", related.status), |answer| {
        one_of(&STATUSES, answer)
    })?;
    let change = RelationshipChange {
        subject,
        predicate,
        without_object: object == Some(None),
        object: object.flatten(),
        status,
    };
    let verdicts = if change == RelationshipChange::default() {
        Vec::new()
    } else {
        vec![Verdict::Relationship(name, change)]
    };
    Ok(Edited { verdicts, change: QuoteChange::default() })
}

/// Asks until the answer is understood; none where it is empty, or nobody answers.
fn until_understood<T>(
    answers: &mut Answers,
    prompt: &str,
    read: impl Fn(&str) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    loop {
        let Some(answer) = answers.ask(prompt)?.filter(|answer| !answer.is_empty()) else { return Ok(None) };
        match read(&answer) {
            Err(error) if error.kind() == ErrorKind::Usage => say_error(&error),
            understood => return understood.map(Some),
        }
    }
}

/// Whoever is named: somebody known, or `new person NAME`.
fn entity(desk: &Desk<'_>, who: &str) -> Result<EntityName, Error> {
    let new = who.strip_prefix("new ").and_then(|rest| rest.trim_start().split_once(' '));
    match new.and_then(|(kind, name)| Some((kind_named(kind)?, name.trim()))) {
        Some((kind, name)) if !name.is_empty() => Ok(EntityName::new(kind, name)),
        _ => desk.entity(who),
    }
}

/// The word itself, if it is one of these.
fn one_of(known: &[&str], word: &str) -> Result<String, Error> {
    match known.iter().find(|known| **known == word) {
        Some(known) => Ok((*known).to_owned()),
        None => Err(Error::usage(format!("it has to be one of {}", known.join(", ")))),
    }
}
