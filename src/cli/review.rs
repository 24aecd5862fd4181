//! `onrecord review`: asks a person about what was found, one thing at a time.

use chrono::Local;

use crate::cli::asking::AskArgs;
use crate::cli::correcting::Desk;
use crate::cli::doubts;
use crate::cli::judging::Session;
use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::cli::streams::say;
use crate::error::Error;
use crate::query::question::Question;
use crate::query::review::rows;
use crate::query::sampling::Sample;

/// How many questions are asked without a question of the person's own, unless told otherwise.
const USUAL_DOUBTS: usize = 20;

/// Go through what was found and say what is right
///
/// With a question, or the flags of query, its rows are shown one at a time, each in its passage with source and id: y says that it is right, n
/// that it is none, e changes speaker, subjects, act or borders, s skips, u takes back the last answer, b goes back to
/// the row before, q ends. With --sample, so many quotes drawn at random. Each answer is a correction and holds
/// when articles are read again. What was judged before is passed over.
///
/// Without a question, it asks what settles the most, 20 questions unless --limit says otherwise: one name of two kinds, a
/// surname that fits somebody, names that differ by a title, words of uncertain origin that several articles
/// print. y makes it so, n keeps it as it is and is not asked again, s skips, q ends.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord review \"what did Ana Ruiz say about Porto?\"
  onrecord review --speaker \"Ana Ruiz\" --since 2017 --limit 100
  onrecord review --sample 50
  onrecord review
  onrecord review --limit 5
  onrecord review --list --format csv")]
pub(super) struct ReviewArgs {
    #[command(flatten)]
    asking: AskArgs,

    /// So many quotes drawn at random, as sample draws them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000), help_heading = "Review")]
    sample: Option<u32>,

    /// Another number draws other quotes; the same number the same ones
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "sample", help_heading = "Review")]
    seed: u64,

    /// Show what was judged before as well
    #[arg(long, help_heading = "Review")]
    again: bool,

    /// Without a question: print the questions that settle the most, each with the command that says yes, and ask nothing
    #[arg(long, conflicts_with_all = ["sample", "again"], help_heading = "Review")]
    list: bool,
}

/// Runs the command.
pub(crate) fn run(args: &ReviewArgs, settings: &Settings) -> Result<Outcome, Error> {
    let question = args.asking.asked(Local::now().date_naive(), settings)?;
    if question.count.is_some() {
        return Err(Error::usage("review goes through rows, and numbers are none").hint("leave --count out"));
    }
    let only_limit = Question { limit: question.limit, ..Question::default() };
    if args.sample.is_none() && question == only_limit {
        let limit = question.limit.map_or(USUAL_DOUBTS, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let limit = if limit == 0 { usize::MAX } else { limit };
        return if args.list { doubts::list(limit, settings) } else { doubts::ask_all(limit, settings) };
    }
    if args.list {
        return Err(Error::usage("--list prints questions of review itself")
            .hint("the rows of a question: onrecord query"));
    }
    let desk = Desk::open(settings)?;
    let all = match args.sample {
        Some(size) => {
            let only_all = Question { all: question.all, ..Question::default() };
            if question != only_all {
                return Err(Error::usage("--sample draws among all quotes, and takes no question")
                    .hint("--all also draws what onrecord does not vouch for"));
            }
            rows::drawn(&desk.reader, Sample { size: size as usize, seed: args.seed, all: question.all })?
        }
        None => {
            let (rows, notes) = rows::found(&desk.reader, &Question { by_subject: false, ..question })?;
            if !settings.quiet {
                notes.iter().for_each(|note| say(&format!("note: {note}")));
            }
            rows
        }
    };
    let found = all.len();
    let rows = if args.again { all } else { rows::not_judged(&desk.reader, all)? };
    if found > rows.len() && !settings.quiet {
        say(&format!("note: {} judged before, passed over (--again shows them too)", found - rows.len()));
    }
    Session::new(desk, rows).run(settings)
}
