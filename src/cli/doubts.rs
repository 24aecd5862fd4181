//! `onrecord review` without a question of the person's own: what one answer would settle most of.

use std::collections::HashSet;
use std::io::Write;

use crate::cli::answers::Answers;
use crate::cli::correcting::{Desk, give};
use crate::cli::outcome::Outcome;
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::cli::streams::{remark, standard_output};
use crate::error::Error;
use crate::query::review::doubt::Doubt;
use crate::query::review::{doubts, evidence};
use crate::query::{Notes, lookup};
use crate::store::{self, QuoteChange, Store, Verdict};
use crate::terminal::one_line;

/// What a person answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Skip,
    Quit,
}

/// Prints the questions.
pub(super) fn list(limit: usize, settings: &Settings) -> Result<Outcome, Error> {
    let db = store::open_read_only(&settings.db)?;
    print_rows(settings, |_, sink| {
        sink.columns(&["settles", "question", "yes"])?;
        for doubt in doubts(&db, limit)? {
            let command = command(&doubt, settings);
            sink.row(&[doubt.settles().into(), doubt.question().into(), command.into()])?;
        }
        sink.finish()?;
        Ok(Notes::default())
    })
}

/// The command that says yes.
fn command(doubt: &Doubt, settings: &Settings) -> String {
    let onrecord = settings.program();
    match doubt {
        Doubt::Same { keep, other, .. } => format!("{onrecord} merge {} {}", keep.id, other.id),
        Doubt::Speaker { quotes, .. } => {
            let confirm = |quote: &i64| format!("{onrecord} confirm quote {quote}");
            quotes.iter().map(confirm).collect::<Vec<_>>().join(" && ")
        }
    }
}

/// Asks the questions.
pub(super) fn ask_all(limit: usize, settings: &Settings) -> Result<Outcome, Error> {
    let mut desk = Desk::open(settings)?;
    let doubts = doubts(&desk.reader, limit)?;
    let mut answered = 0;
    // Those who are somebody else by an answer, so that there is no question of them again.
    let mut gone = HashSet::new();
    let mut answers = Answers::new();
    for doubt in &doubts {
        if doubt.entities().iter().any(|entity| gone.contains(&entity.id)) || !is_there(&desk, doubt)? {
            continue;
        }
        show(&desk, doubt)?;
        let answer = read_answer(&mut answers)?;
        let verdicts = match answer {
            Answer::Yes => yes(&desk.store, doubt)?,
            Answer::No => no(&desk.store, doubt)?,
            Answer::Skip => continue,
            Answer::Quit => break,
        };
        if answer == Answer::Yes && !desk.is_agreed_by(&verdicts, &mut answers)? {
            continue;
        }
        give(&mut desk.store, verdicts, Some("review"), settings)?;
        answered += 1;
        if let (Answer::Yes, Doubt::Same { other, .. }) = (answer, doubt) {
            gone.insert(other.id);
        }
    }
    let Desk { reader, store, .. } = desk;
    drop(reader);
    store.close();
    let done = match doubts.len() {
        0 => "there is nothing to ask".to_owned(),
        all => format!("{answered} of {all} questions answered"),
    };
    remark(settings, &done);
    Ok(Outcome::Done)
}

/// Whether an answer, or another program, has not settled it meanwhile.
fn is_there(desk: &Desk<'_>, doubt: &Doubt) -> Result<bool, Error> {
    for entity in doubt.entities() {
        if lookup::entity_with_id(&desk.reader, entity.id)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Shows a question with its evidence.
fn show(desk: &Desk<'_>, doubt: &Doubt) -> Result<(), Error> {
    let mut text = format!("\n{}\n", one_line(&doubt.question()));
    for line in evidence(&desk.reader, doubt)? {
        text.push_str(&format!("  {}\n", one_line(&line)));
    }
    let mut out = standard_output();
    out.write_all(text.as_bytes()).map_err(Error::output)
}

/// What a person answers; what is not understood is asked for again, and no more lines mean the end.
fn read_answer(answers: &mut Answers) -> Result<Answer, Error> {
    loop {
        let Some(line) = answers.ask("y, n, s(kip) or q(uit)?")? else { return Ok(Answer::Quit) };
        match line.to_lowercase().as_str() {
            "y" | "yes" => return Ok(Answer::Yes),
            "n" | "no" => return Ok(Answer::No),
            "s" | "skip" | "" => return Ok(Answer::Skip),
            "q" | "quit" => return Ok(Answer::Quit),
            _ => {}
        }
    }
}

fn yes(store: &Store, doubt: &Doubt) -> Result<Vec<Verdict>, Error> {
    match doubt {
        Doubt::Same { keep, other, .. } => {
            let (keep, other) = (store.entity_name(keep.id)?, store.entity_name(other.id)?);
            Ok(vec![Verdict::Merge { keep, other }])
        }
        Doubt::Speaker { quotes, .. } => {
            quotes.iter().map(|quote| store.as_it_is(*quote, QuoteChange::default())).collect()
        }
    }
}

fn no(store: &Store, doubt: &Doubt) -> Result<Vec<Verdict>, Error> {
    match doubt {
        Doubt::Same { keep, other, .. } => {
            Ok(vec![Verdict::Distinct(store.entity_name(keep.id)?, store.entity_name(other.id)?)])
        }
        Doubt::Speaker { quotes, .. } => {
            quotes.iter().map(|quote| Ok(Verdict::Speaker(store.quote_name(*quote)?, None))).collect()
        }
    }
}
