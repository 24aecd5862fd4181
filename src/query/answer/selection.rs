//! What a question about quotes asks for, with ids in the place of names: FROM and WHERE of its answer.
//!
//! Decides which index drives the search: that of a subject, of a speaker, of words, or of dates. Knows the
//! tables of quotes; selects nothing itself.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::columns::{Columns, OF_QUOTES, OF_SUBJECT};
use crate::query::answer::counted::Counted;
use crate::query::answer::sources::{self, Sources};
use crate::query::answer::statement::{Select, Statement, by_reference, for_each_row, number};
use crate::query::answer::topics::{self, Topic};
use crate::query::answer::totals::Totals;
use crate::query::answer::{full_text, narrowing};
use crate::query::failure::read_error;
use crate::query::names;
use crate::query::notes::Notes;
use crate::query::question::Question;
use crate::query::stored_entity::StoredEntity;

/// The quotes that a question asks for.
pub(super) struct Selection {
    /// FROM and WHERE.
    pub(crate) quotes: Statement,
    /// What the driving index tells.
    columns: &'static Columns,
    /// In which order they come.
    order: &'static str,
    /// The subjects asked for: rows about others are left out.
    about: Option<HashSet<i64>>,
    /// Whether what is not vouched for is among them.
    pub(super) all: bool,
    /// Whether so many quotes have its words that none are counted for a remark.
    is_uncounted: bool,
    /// The same quotes as they are counted already, if nothing narrows them that is not counted apart.
    pub(super) totals: Option<Totals>,
}

/// How many statements there are among quotes that [`Columns::reprint`] was joined to. What copies print again counts once.
macro_rules! statements {
    () => {
        "count(*) - count(reprint.statement_id) + count(DISTINCT reprint.statement_id)"
    };
}

pub(super) use statements;

const PHRASES: &str = "quotes.id IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH :words)";
const ANY_SUBJECT: &str = "EXISTS (SELECT 1 FROM quote_subjects WHERE quote_subjects.quote_id = quotes.id
    AND quote_subjects.entity_id IN (SELECT value FROM json_each(:about)))";
/// Of every group of ids in an array of arrays, one is a subject.
const OTHER_SUBJECTS: &str = "NOT EXISTS (SELECT 1 FROM json_each(:also_about) AS sought
    WHERE NOT EXISTS (SELECT 1 FROM quote_subjects WHERE quote_subjects.quote_id = quotes.id
        AND quote_subjects.entity_id IN (SELECT value FROM json_each(sought.value))))";
/// The same for words that very many quotes have: the newest are looked at one by one, the cheap test first.
/// FTS5 takes no notice of marks on letters: what has any is tested by FTS5 alone.
const COMMON_PHRASES: &str = "(quotes.text LIKE :like OR quotes.text GLOB '*[À-ɏḀ-ỿ\u{300}-\u{36f}]*') AND EXISTS (SELECT 1 FROM quotes_fts
    WHERE quotes_fts MATCH :words AND quotes_fts.rowid = quotes.id)";
const SOURCE: &str = "quotes.id IN (SELECT rowid FROM sources_fts WHERE sources_fts MATCH :source)";
const ANY_SOURCE: &str = "quotes.id IN (
    SELECT id FROM quotes AS by_one WHERE by_one.speaker_id IN (SELECT value FROM json_each(:speakers))
    UNION SELECT rowid FROM sources_fts WHERE sources_fts MATCH :source)";
const EITHER: &str = "quotes.id IN (
    SELECT quote_id FROM quote_subjects WHERE entity_id IN (SELECT value FROM json_each(:either))
    UNION SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH :either_words)";
/// Neither the quote nor, in a copy of its article, the same statement was shown to a run of a saved query.
pub(super) const NOT_SHOWN: &str = "NOT EXISTS (SELECT 1 FROM saved_shown WHERE saved_shown.run_id = :seen AND saved_shown.row_key = quotes.key)
  AND NOT EXISTS (SELECT 1 FROM reprints AS mine
    JOIN reprints AS print ON print.statement_id = mine.statement_id
    JOIN quotes AS printed ON printed.id = print.quote_id
    JOIN saved_shown ON saved_shown.row_key = printed.key AND saved_shown.run_id = :seen
    WHERE mine.quote_id = quotes.id)";
/// The quotes about any of several entities, each once. SQLite takes their order over from inside, but only
/// where a LIMIT keeps it from being moved outside.
const ABOUT_ANY: &str = "(SELECT DISTINCT quote_id, published_at, is_vouched, said_in FROM quote_subjects
        WHERE entity_id IN (SELECT value FROM json_each(:any_subject))
        ORDER BY published_at DESC, quote_id DESC LIMIT -1) AS subject";

/// Those of them that any of several speakers said.
const ABOUT_ANY_BY: &str = "(SELECT DISTINCT quote_id, published_at, is_vouched, said_by, said_in FROM quote_subjects INDEXED BY quote_subjects_by_speaker
        WHERE entity_id IN (SELECT value FROM json_each(:any_subject)) AND said_by IN (SELECT value FROM json_each(:any_speaker))
        ORDER BY published_at DESC, quote_id DESC LIMIT -1) AS subject";

const JOIN_QUOTES: &str = "CROSS JOIN quotes ON quotes.id = subject.quote_id";

/// What leaves the fewest quotes to look at.
enum Driver<'k> {
    /// The indexes of quotes about a subject: by date, and by speaker.
    Subject(&'k [StoredEntity]),
    /// The index of quotes by a speaker.
    Speaker,
    /// The quotes that the full-text index finds, as a JSON array.
    Words(String),
    /// The index of quotes by date, each of which is likely to have the words.
    CommonWords,
    /// The index of quotes by date.
    Dates,
}

impl<'k> Driver<'k> {
    fn choose(
        db: &Connection,
        has_speakers: bool,
        subjects: &'k [Vec<StoredEntity>],
        words: Option<&str>,
    ) -> Result<Driver<'k>, Error> {
        Ok(match (subjects.first(), words) {
            (Some(group), _) => Driver::Subject(group),
            (None, _) if has_speakers => Driver::Speaker,
            (None, Some(words)) => full_text::found(db, words)?.map_or(Driver::CommonWords, Driver::Words),
            (None, None) => Driver::Dates,
        })
    }
}

impl Selection {
    /// Looks up the names of a question; `None` where one is unknown, so that nothing can fit.
    pub(crate) fn look_up(
        db: &Connection,
        question: &Question,
        notes: &mut Notes,
    ) -> Result<Option<Selection>, Error> {
        let sources = match &question.speaker {
            Some(name) => Some(sources::find(db, name, question.each, notes)?),
            None => None,
        };
        if sources.as_ref().is_some_and(Sources::is_empty) {
            return Ok(None);
        }
        for words in question.phrases.iter().chain(&question.about) {
            if !full_text::has_words(words) {
                notes.add(format!("there is no word in \"{words}\", and no quote to be found by it"));
            }
        }
        let mut phrases: Vec<String> =
            question.phrases.iter().map(|phrase| full_text::phrase(phrase)).collect();
        let (mut subjects, mut either) = (Vec::new(), None);
        for about in &question.about {
            for topic in topics::find(db, about, question.each, notes)? {
                match topic {
                    Topic::Entities(group) => subjects.push(group),
                    Topic::Words(words) => phrases.push(words),
                    Topic::Either(group, words) => {
                        if either.replace((group, words)).is_some() {
                            return Err(Error::usage(
                                "two lists of names and words with `or` are one too many",
                            )
                            .hint("ask for one of them at a time"));
                        }
                    }
                }
            }
        }
        // The rarest subject first: it drives the search, or is checked first.
        subjects.sort_by_key(|group| mentions(group));
        let mut sought = Selection::of_names(db, sources.as_ref(), &subjects, &phrases)?;
        if phrases.is_empty() && either.is_none() {
            sought.totals = Totals::of(question, sources.as_ref(), &subjects);
        }
        if !sought.narrow(db, question, notes)? {
            return Ok(None);
        }
        if let Some((group, words)) = either {
            sought.quotes.condition_with(EITHER, ":either", names::ids_of(&group)?);
            sought.quotes.parameter(":either_words", words);
            if let Some(about) = &mut sought.about {
                about.extend(group.iter().map(|one| one.id));
            }
        }
        narrowing::leave_out(db, &mut sought.quotes, question, notes)?;
        if let Some(told) = &question.told {
            narrowing::told(db, &mut sought.quotes, told, question.each, notes)?;
        }
        if let Some(verb) = &question.cue {
            narrowing::cue(&mut sought.quotes, verb)?;
        }
        Ok(Some(sought))
    }

    /// The quotes by any of the speakers, about one of each group of subjects, with all phrases.
    fn of_names(
        db: &Connection,
        sources: Option<&Sources>,
        subjects: &[Vec<StoredEntity>],
        phrases: &[String],
    ) -> Result<Selection, Error> {
        let speakers =
            sources.filter(|sources| sources.printed.is_none()).map(|sources| sources.known.as_slice());
        let words: Vec<String> = phrases.iter().map(|words| format!("({words})")).collect();
        let words = (!words.is_empty()).then(|| words.join(" AND "));
        let driver = Driver::choose(db, speakers.is_some(), subjects, words.as_deref())?;
        let (mut sought, others) = match driver {
            Driver::Subject(group) => {
                (Selection::about(group, speakers)?, subjects.get(1..).unwrap_or_default())
            }
            Driver::Words(_) => (
                Selection::over("json_each(:found) AS found CROSS JOIN quotes ON quotes.id = found.value"),
                subjects,
            ),
            Driver::Speaker | Driver::CommonWords | Driver::Dates => (Selection::over("quotes"), subjects),
        };
        let columns = sought.columns;
        let quotes = &mut sought.quotes;
        match speakers {
            Some([one]) => quotes.condition_with(columns.speaker, ":speaker_id", one.id),
            Some(several) => quotes.condition_with(columns.speakers, ":speakers", names::ids_of(several)?),
            None => {}
        }
        if let Some(Sources { known, printed: Some(printed) }) = sources {
            if known.is_empty() {
                quotes.condition_with(SOURCE, ":source", printed.clone());
            } else {
                quotes.condition_with(ANY_SOURCE, ":speakers", names::ids_of(known)?);
                quotes.parameter(":source", printed.clone());
            }
        }
        if let Some(words) = words {
            match driver {
                // Each is read for whether it is vouched for.
                Driver::Words(found) => quotes.parameter_sifted(":found", found),
                Driver::CommonWords => {
                    sought.is_uncounted = true;
                    quotes.parameter(":like", full_text::like(&words));
                    quotes.condition_beside_with(COMMON_PHRASES, ":words", words);
                }
                _ => quotes.condition_beside_with(PHRASES, ":words", words),
            }
        }
        match others {
            [] => {}
            [group] if others.len() == subjects.len() => {
                quotes.condition_beside_with(ANY_SUBJECT, ":about", names::ids_of(group)?);
            }
            groups => quotes.condition_beside_with(OTHER_SUBJECTS, ":also_about", groups_of_ids(groups)?),
        }
        if !subjects.is_empty() {
            sought.about = Some(subjects.iter().flatten().map(|one| one.id).collect());
        }
        Ok(sought)
    }

    pub(super) fn over(from: &'static str) -> Selection {
        Selection::driven(Statement::new(from), &OF_QUOTES)
    }

    fn driven(quotes: Statement, columns: &'static Columns) -> Selection {
        Selection {
            quotes,
            columns,
            order: columns.newest_first,
            about: None,
            all: false,
            is_uncounted: false,
            totals: None,
        }
    }

    /// The quotes about one entity, along its index, or about any of several bearers of a name, by these speakers.
    fn about(group: &[StoredEntity], speakers: Option<&[StoredEntity]>) -> Result<Selection, Error> {
        let mut quotes;
        // Of one speaker the index has the order of time; for several SQLite would go through all that anybody said.
        let are_several = speakers.is_some_and(|speakers| speakers.len() > 1);
        if let ([one], false) = (group, are_several) {
            quotes = Statement::joining("quote_subjects AS subject", "quotes", JOIN_QUOTES);
            quotes.condition_with("subject.entity_id = :subject_id", ":subject_id", one.id);
        } else {
            let from = if speakers.is_some() { ABOUT_ANY_BY } else { ABOUT_ANY };
            quotes = Statement::joining(from, "quotes", JOIN_QUOTES);
            quotes.parameter(":any_subject", names::ids_of(group)?);
            if let Some(speakers) = speakers {
                quotes.parameter(":any_speaker", names::ids_of(speakers)?);
            }
        }
        Ok(Selection::driven(quotes, &OF_SUBJECT))
    }

    /// Narrows it to what a question asks for besides names and topics; `false` where its outlet is unknown, which is noted.
    pub(super) fn narrow(
        &mut self,
        db: &Connection,
        question: &Question,
        notes: &mut Notes,
    ) -> Result<bool, Error> {
        self.all = question.asks_for_all();
        let (quotes, columns) = (&mut self.quotes, self.columns);
        if question.earliest {
            // What has no date is not the earliest.
            quotes.condition(columns.known);
            self.order = columns.oldest_first;
        }
        if let Some(first) = question.period.lower() {
            quotes.condition_with(columns.since, ":first", first);
        }
        if let Some(after) = question.period.upper() {
            quotes.condition_with(columns.before, ":after", after);
        }
        if let Some(kind) = &question.kind {
            quotes.condition_beside_with("quotes.kind = :kind", ":kind", kind.clone());
        }
        if let Some(act) = &question.act {
            // Of a speaker an index tells it.
            if quotes.is_along(OF_QUOTES.speaker) {
                quotes.condition_with("quotes.act = :act", ":act", act.clone());
            } else {
                quotes.condition_beside_with("quotes.act = :act", ":act", act.clone());
            }
        }
        if let Some(mode) = &question.mode {
            quotes.condition_beside_with("quotes.mode = :mode", ":mode", mode.clone());
        }
        if !self.all {
            quotes.condition(columns.vouched);
        }
        if let Some(least) = question.min_confidence {
            quotes.condition_beside_with("quotes.confidence >= :least", ":least", least);
        }
        if let Some(publisher) = &question.publisher {
            let Some(publishers) = names::known_publishers(db, publisher, notes)? else { return Ok(false) };
            let are_few = names::have_few_articles(db, &publishers)?;
            let outlet = if are_few { columns.outlet_of_few } else { columns.outlet_of_each };
            quotes.condition_beside_with(outlet, ":publishers", publishers);
        }
        if let Some(run) = question.seen {
            quotes.condition_beside_with(NOT_SHOWN, ":seen", run);
        }
        Ok(true)
    }

    /// Whether a row about this entity, or about nobody, is a part of the answer.
    pub(crate) fn is_about(&self, subject: Option<i64>) -> bool {
        self.about.as_ref().is_none_or(|about| subject.is_some_and(|subject| about.contains(&subject)))
    }

    pub(super) fn ids_sql(&self) -> String {
        self.quotes.sql(self.columns.id, self.columns.reprint, self.order)
    }

    /// The keys of all quotes that fit.
    pub(super) fn keys_sql(&self) -> String {
        self.quotes.sql("SELECT quotes.key", "", "")
    }

    /// The SELECT that counts them; a statement that copies of an article print counts once.
    pub(super) fn count_select(&self) -> Select {
        if let Some(totals) = &self.totals {
            let sql = totals.number_sql();
            return (sql.to_owned(), totals.parameters(sql));
        }
        let sql = self.quotes.sql(concat!("SELECT ", statements!()), self.columns.reprint, "");
        (sql, self.quotes.owned_parameters())
    }

    /// What joins to a quote which statement it is, if copies print it more than once.
    pub(super) fn reprint_join(&self) -> &'static str {
        self.columns.reprint
    }

    /// Hands on the ids of the quotes that fit, newest first, until `take` has enough; of a statement that copies of one
    /// article print the newest alone.
    pub(super) fn for_each_id(
        &self,
        db: &Connection,
        mut take: impl FnMut(i64) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let mut printed = HashSet::new();
        for_each_row(db, &self.ids_sql(), &self.quotes.parameters(), |row| {
            let statement: Option<i64> = row.get(1).map_err(read_error)?;
            if statement.is_some_and(|statement| !printed.insert(statement)) {
                return Ok(true);
            }
            take(row.get(0).map_err(read_error)?)
        })
    }

    /// How many quotes fit but are left out, because nobody vouches for them, as far as a remark is worth it.
    pub(super) fn left_out(&self, db: &Connection) -> Result<Counted, Error> {
        if self.all {
            return Ok(Counted::default());
        }
        let mut doubtful = self.quotes.without(self.columns.vouched);
        doubtful.condition(self.columns.doubtful);
        self.counted(db, &doubtful)
    }

    /// How many quotes fit, as far as a remark on a page is worth it.
    pub(super) fn count_for_page(&self, db: &Connection) -> Result<Counted, Error> {
        self.counted(db, &self.quotes)
    }

    /// The days of the first and the last that fit, of those with a date.
    pub(super) fn days(&self, db: &Connection) -> Result<Option<(String, String)>, Error> {
        let mut dated = self.quotes.clone();
        dated.condition(self.columns.known);
        let day = |order: &str| -> Result<Option<String>, Error> {
            let mut day = None;
            let sql = dated.sql(self.columns.day, "", &format!("{order} LIMIT 1"));
            for_each_row(db, &sql, &dated.parameters(), |row| {
                day = Some(row.get(0).map_err(read_error)?);
                Ok(false)
            })?;
            Ok(day)
        };
        Ok(day(self.columns.oldest_first)?.zip(day(self.columns.newest_first)?))
    }

    fn counted(&self, db: &Connection, quotes: &Statement) -> Result<Counted, Error> {
        if self.is_uncounted {
            return Ok(Counted { number: 0, is_least: true });
        }
        let sql = quotes.sql_of_some("SELECT reprint.statement_id", self.columns.reprint);
        Counted::up_to_enough(db, &sql, quotes)
    }

    /// How many quotes fit; those of one statement that copies of an article print count once.
    pub(crate) fn count(&self, db: &Connection) -> Result<i64, Error> {
        let (sql, parameters) = self.count_select();
        number(db, &sql, &by_reference(&parameters))
    }
}

fn mentions(group: &[StoredEntity]) -> i64 {
    group.iter().map(|one| one.mentions).sum()
}

pub(super) fn groups_of_ids(groups: &[Vec<StoredEntity>]) -> Result<String, Error> {
    let groups = groups.iter().map(names::ids_of).collect::<Result<Vec<_>, _>>()?;
    Ok(format!("[{}]", groups.join(",")))
}
