//! What `query` and `review` ask: words and flags → one question.

use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;

use crate::cli::settings::Settings;
use crate::cli::streams::say;
use crate::dates::{Bound, Dates, Period};
use crate::error::Error;
use crate::query::Archive;
use crate::query::question::vocabulary::NoArchive;
use crate::query::question::{ACTS, Count, CountKey, KINDS, MODES, Question, STATUSES, parse};
use crate::store;

/// A question in English, and the same by flags.
#[derive(clap::Args)]
pub(super) struct AskArgs {
    /// A question in English; `onrecord query --help` lists the forms
    #[arg(value_name = "QUESTION")]
    question: Vec<String>,

    #[command(flatten)]
    quotes: QuoteArgs,

    #[command(flatten)]
    relationships: RelationshipArgs,

    #[command(flatten)]
    dates: DateArgs,

    #[command(flatten)]
    rows: RowArgs,
}

#[derive(clap::Args)]
#[command(next_help_heading = "Quotes")]
struct QuoteArgs {
    /// Who said it
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,

    /// Whom or what it is about; given several times, all of them at once
    #[arg(long, value_name = "NAME")]
    about: Vec<String>,

    /// Who must not have said it; given several times, none of them
    #[arg(long, value_name = "NAME")]
    not_speaker: Vec<String>,

    /// What it must not be about; given several times, nothing of it
    #[arg(long, value_name = "NAME")]
    not_about: Vec<String>,

    /// Whom it was said to, as printed beside the quote: `told reporters`
    #[arg(long, value_name = "NAME")]
    told: Option<String>,

    /// The verb that it is printed with, in the base form: warn, tweet, admit
    #[arg(long, value_name = "VERB")]
    cue: Option<String>,

    /// Of several speakers each by itself, one after the other: --speaker "Ana Ruiz and Lia Okafor"
    #[arg(long)]
    compare: bool,

    /// Also quotes that do not name what they are about, in articles that are about it; marked as such
    #[arg(long)]
    broad: bool,

    /// With the words around each quote in its article
    #[arg(long)]
    context: bool,

    /// Words of the quote, in this order; `immigra*` stands for any ending
    #[arg(long = "match", value_name = "WORDS")]
    phrases: Vec<String>,

    /// Wholly, partly or not in quotation marks
    #[arg(long, value_parser = PossibleValuesParser::new(KINDS))]
    kind: Option<String>,

    /// What kind of act it is
    #[arg(long, value_parser = PossibleValuesParser::new(ACTS))]
    act: Option<String>,

    /// Said or written, thought or felt, or a stance towards somebody
    #[arg(long, value_parser = PossibleValuesParser::new(MODES))]
    mode: Option<String>,

    /// Also what onrecord does not vouch for: what is doubtful, and stances without words
    #[arg(long)]
    all: bool,

    /// For programs: a row for each subject, and not one for each quote
    #[arg(long)]
    by_subject: bool,

    /// Only count them
    #[arg(long, conflicts_with_all = ["count_by", "latest", "earliest"])]
    count: bool,

    /// Count them for each speaker, subject, year …
    #[arg(long, value_name = "KEY", conflicts_with_all = ["latest", "earliest"], value_parser = PossibleValuesParser::new(CountKey::ALL.map(CountKey::name)))]
    count_by: Option<String>,
}

#[derive(clap::Args)]
#[command(next_help_heading = "Relationships")]
struct RelationshipArgs {
    /// Who somebody is: office, employer, spouse, …
    #[arg(long, value_name = "NAME")]
    who: Option<String>,

    /// The kind of relationship: leads, spokesperson_for, met_with, accused, …; any of several
    #[arg(long, value_name = "PREDICATE", value_delimiter = ',')]
    predicate: Vec<String>,

    /// Who acts, or holds the office
    #[arg(long, value_name = "NAME")]
    subject: Option<String>,

    /// Whom it is done to, or where the office is
    #[arg(long, value_name = "NAME")]
    object: Option<String>,

    /// Words of the office, as printed: mayor, spokeswoman
    #[arg(long, value_name = "WORDS")]
    detail: Option<String>,

    /// How the article presents it, any of several: asserted, reported, denied, hypothetical, planned, ended; without it asserted, reported
    /// and ended
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = PossibleValuesParser::new(STATUSES))]
    status: Vec<String>,

    /// How two entities are related, in either direction
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"])]
    between: Option<Vec<String>>,
}

#[derive(clap::Args)]
#[command(next_help_heading = "Dates of publication")]
struct DateArgs {
    /// On or after this date
    #[arg(long, value_name = "DATE")]
    since: Option<String>,

    /// On or before this date
    #[arg(long, value_name = "DATE")]
    until: Option<String>,

    /// Before this date
    #[arg(long, value_name = "DATE")]
    before: Option<String>,

    /// After this date
    #[arg(long, value_name = "DATE")]
    after: Option<String>,

    /// On this day
    #[arg(long, value_name = "DATE")]
    on: Option<String>,

    /// In this year or month
    #[arg(long = "in", value_name = "DATE")]
    within: Option<String>,

    /// From the first date to the second, both included
    #[arg(long, num_args = 2, value_names = ["DATE", "DATE"])]
    between_dates: Option<Vec<String>>,
}

#[derive(clap::Args)]
#[command(next_help_heading = "Rows")]
struct RowArgs {
    /// Who published it
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,

    /// Only rows of at least this confidence, 0 to 1
    #[arg(long, value_name = "NUMBER", value_parser = confidence)]
    min_confidence: Option<f64>,

    /// For all bearers of a name, also where the archive mentions one far more than the rest
    #[arg(long)]
    each: bool,

    /// Only the newest quote, or row of relationships
    #[arg(long, conflicts_with = "earliest")]
    latest: bool,

    /// Only the oldest
    #[arg(long)]
    earliest: bool,

    /// How many rows at most; 0 means all. Tables show 50 unless told otherwise
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u64>,

    /// How many rows to leave out at the start
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    offset: u64,
}

impl AskArgs {
    /// What words and flags ask together; what was read otherwise than typed is said.
    pub(super) fn asked(&self, today: NaiveDate, settings: &Settings) -> Result<Question, Error> {
        let words = self.question.join(" ");
        if words.trim().is_empty() {
            return self.flags(today);
        }
        // Without a database the words alone tell whether it is a question.
        let reading = match store::open_read_only(&settings.db) {
            Ok(db) => parse::read(&words, today, &Archive::new(&db))?,
            Err(_) => parse::read(&words, today, &NoArchive)?,
        };
        if !settings.quiet {
            reading.remarks.iter().for_each(|read| say(&format!("note: {read}")));
        }
        reading.question.and(self.flags(today)?)
    }

    fn flags(&self, today: NaiveDate) -> Result<Question, Error> {
        let AskArgs { quotes, relationships, dates, rows, .. } = self;
        let key = quotes.count_by.as_deref();
        let count_by = key.and_then(|name| CountKey::ALL.into_iter().find(|key| key.name() == name));
        Ok(Question {
            speaker: quotes.speaker.clone(),
            about: quotes.about.clone(),
            not_speaker: quotes.not_speaker.clone(),
            not_about: quotes.not_about.clone(),
            told: quotes.told.clone(),
            cue: quotes.cue.clone(),
            compare: quotes.compare,
            broad: quotes.broad,
            context: quotes.context,
            phrases: quotes.phrases.clone(),
            kind: quotes.kind.clone(),
            act: quotes.act.clone(),
            mode: quotes.mode.clone(),
            all: quotes.all,
            by_subject: quotes.by_subject,
            who: relationships.who.clone(),
            predicates: relationships.predicate.clone(),
            subject: relationships.subject.clone(),
            object: relationships.object.clone(),
            detail: relationships.detail.clone(),
            statuses: relationships.status.clone(),
            between: match relationships.between.as_deref() {
                Some([one, other]) => Some((one.clone(), other.clone())),
                _ => None,
            },
            period: dates.period(today)?,
            publisher: rows.publisher.clone(),
            min_confidence: rows.min_confidence,
            count: count_by.map(Count::By).or(quotes.count.then_some(Count::All)),
            each: rows.each,
            latest: rows.latest,
            earliest: rows.earliest,
            limit: rows.limit,
            offset: rows.offset,
            seen: None,
        })
    }
}

impl DateArgs {
    /// The days that all flags leave.
    fn period(&self, today: NaiveDate) -> Result<Period, Error> {
        let bounds = [
            (&self.since, Bound::Since),
            (&self.until, Bound::Until),
            (&self.before, Bound::Before),
            (&self.after, Bound::After),
            (&self.on, Bound::Within),
            (&self.within, Bound::Within),
        ];
        let mut period = Period::of(&bounds, today)?;
        if let Some([from, to]) = self.between_dates.as_deref() {
            period = period.within(&Bound::Since.around(Dates::parse(from, today)?));
            period = period.within(&Bound::Until.around(Dates::parse(to, today)?));
        }
        Ok(period)
    }
}

fn confidence(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "it has to be a number from 0 to 1".to_owned())
}
