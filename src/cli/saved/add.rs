//! `onrecord saved add`: keeps a question or SQL under a name.

use chrono::Local;

use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::cli::streams::say;
use crate::error::Error;
use crate::query::Archive;
use crate::query::question::in_shell;
use crate::query::question::vocabulary::Vocabulary;
use crate::query::sandbox::Sandbox;
use crate::query::saved::{self, Asks, Expectation, Parameter, ParameterKind, RowCount, SavedQuery};
use crate::store::{self, Store};

/// Keep a question or SQL under a name
///
/// A parameter is written NAME:TYPE=DEFAULT: DESCRIPTION, of which only NAME has to be there; a default that holds a colon and a
/// space stands in double quotes. Its values are text (any words), name (of a person, organization or place; SQL gets it as
/// aliases.alias_key has it, without case and accents), date (in the words that --since understands; SQL gets its first day, as
/// 2017-03-01) or number. Without a TYPE each value is what it looks like.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord saved add on_porto \"who said what about Porto since {year}?\" --parameter \"year:date=2015: from when on\"
  onrecord saved add on_bank \"what did {who} say about Harbor Bank?\" --parameter \"who:name=Ana Ruiz\" --expect-rows \">=1\"
  onrecord saved add long_quotes --sql \"SELECT speaker, quote FROM who_said_what WHERE length(quote) > :least\" --parameter least:number=200")]
pub(super) struct AddArgs {
    /// Its name: letters, digits, `_`, `-` and `.`
    name: String,

    /// A question in English, with {name} for its parameters
    #[arg(required_unless_present = "sql", conflicts_with = "sql")]
    question: Option<String>,

    /// A SELECT instead, with :name for its parameters
    #[arg(long, value_name = "SELECT")]
    sql: Option<String>,

    /// What it is for
    #[arg(long, value_name = "WORDS")]
    description: Option<String>,

    /// What is known of a parameter: NAME:TYPE=DEFAULT: DESCRIPTION; types are text, name, date and number
    #[arg(long, value_name = "PARAMETER", value_parser = parameter)]
    parameter: Vec<Parameter>,

    /// How many rows `saved test` is to find: 3, ">=1", "<=10", ">0" or "<5"
    #[arg(long, value_name = "NUMBER", value_parser = row_count)]
    expect_rows: Vec<RowCount>,

    /// Words that `saved test` is to find in a row, as they are
    #[arg(long, value_name = "WORDS")]
    expect: Vec<String>,

    /// Replace the query that has this name
    #[arg(long)]
    replace: bool,
}

/// Runs the command.
pub(super) fn run(args: &AddArgs, settings: &Settings) -> Result<Outcome, Error> {
    // A mistyped path must not make a new database.
    let sandbox = Sandbox::new(store::open_read_only(&settings.db)?)?;
    let query = args.query()?;
    let names = store::open_read_only(&settings.db)?;
    let archive = Archive::new(&names);
    let today = Local::now().date_naive();
    saved::check(&query, &sandbox, &archive, today)?;
    let store = Store::open(&settings.db)?;
    let saved = store.save_queries(&[query.to_keep()], args.replace)?;
    store.close();
    if saved.is_err() {
        return Err(Error::usage(format!("there is already a saved query named `{}`", args.name))
            .hint("replace it with --replace, or choose another name"));
    }
    if !settings.quiet {
        let run = suggestion(&query, &query.all_parameters(&sandbox)?, &archive, settings);
        say(&format!("saved; run it with: {run}"));
    }
    Ok(Outcome::Done)
}

impl AddArgs {
    fn query(&self) -> Result<SavedQuery, Error> {
        let asks = match (&self.question, &self.sql) {
            (Some(question), _) => Asks::Question(question.clone()),
            (None, Some(sql)) => Asks::Sql(sql.clone()),
            (None, None) => return Err(Error::usage("there is neither a question nor SQL")),
        };
        let rows = self.expect_rows.iter().copied().map(Expectation::Rows);
        let texts = self.expect.iter().cloned().map(Expectation::Text);
        let mut parameters = self.parameter.clone();
        parameters.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(SavedQuery {
            name: self.name.clone(),
            description: self.description.clone(),
            asks,
            parameters,
            expectations: rows.chain(texts).collect(),
            created_at: None,
            shipped: false,
        })
    }
}

/// So many parameters of which nothing is known are tried as names and as dates.
const MOST_OPEN: usize = 6;

/// Whether SQL takes a parameter for a number of rows.
fn is_limit(sql: &str, parameter: &str) -> bool {
    let words: Vec<String> = sql.split_whitespace().map(str::to_lowercase).collect();
    let named = format!(":{}", parameter.to_lowercase());
    let is_it = |word: &str| word.trim_end_matches([';', ',', ')']) == named;
    words.windows(2).any(|pair| matches!(pair[0].as_str(), "limit" | "offset") && is_it(&pair[1]))
}

/// A command that runs the query as it stands, with a value for each parameter that has no default.
fn suggestion(
    query: &SavedQuery,
    parameters: &[Parameter],
    archive: &dyn Vocabulary,
    settings: &Settings,
) -> String {
    let mut words = vec![settings.program()];
    words.extend(["saved".to_owned(), "run".to_owned(), query.name.clone()]);
    let open: Vec<&Parameter> = parameters.iter().filter(|parameter| parameter.default.is_none()).collect();
    // One of which nothing is known may stand for a name or for a date: the question says for which.
    let examples = |choice: usize| -> Vec<(String, String)> {
        let value = |(at, parameter): (usize, &&Parameter)| {
            let is_date = at < MOST_OPEN && choice >> at & 1 == 1;
            let usual = match &query.asks {
                Asks::Sql(sql) if is_limit(sql, &parameter.name) => ParameterKind::Number,
                _ if is_date => ParameterKind::Date,
                _ => ParameterKind::Name,
            };
            (parameter.name.clone(), parameter.kind.unwrap_or(usual).example().to_owned())
        };
        open.iter().enumerate().map(value).collect()
    };
    let today = Local::now().date_naive();
    // The more parts a question has, the better a value fits its place: `since 2017` is a part, `since "Ana Ruiz"` is none.
    let parts = |given: &Vec<(String, String)>| match &query.asks {
        Asks::Question(question) => saved::values(&query.parameters, given, today)
            .and_then(|values| saved::fill_in(question, &values, today, archive))
            .map_or(0, |read| read.question.to_flags().matches("--").count()),
        _ => 1,
    };
    let choices = (0..1_usize << open.len().min(MOST_OPEN)).map(examples);
    let given = choices.rev().max_by_key(parts).unwrap_or_default();
    words.extend(given.iter().map(|(name, value)| format!("{name}={}", in_shell(value))));
    words.join(" ")
}

fn parameter(text: &str) -> Result<Parameter, String> {
    Parameter::read(text).map_err(|error| with_hints(&error))
}

fn row_count(text: &str) -> Result<RowCount, String> {
    RowCount::read(text).map_err(|error| with_hints(&error))
}

/// An error with its hints in one line, as clap prints it.
fn with_hints(error: &Error) -> String {
    let parts: Vec<String> = [error.to_string()].into_iter().chain(error.hints().iter().cloned()).collect();
    parts.join("; ")
}
