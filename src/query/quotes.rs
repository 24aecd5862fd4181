//! Questions about quotes → rows of `who_said_what`, numbers, or a page for people.
//!
//! Names become ids first. Then the narrow part runs: the ids of the quotes that fit, newest first, along
//! an index, so that an answer of fifty rows never sorts the archive. Each quote is read by its id after
//! that. Knows the tables of quotes; never formats anything.

use rusqlite::Connection;
use rusqlite::named_params;
use rusqlite::types::Value;

use crate::error::Error;

use super::names::{self, Known};
use super::output::Sink;
use super::question::{Count, CountKey, Question};
use super::statement::{Select, Statement, for_each_row, values};
use super::{Audience, Notes, Paging, read_error};

/// The columns of the view `who_said_what`, in its order.
pub const COLUMNS: [&str; 16] = [
    "quote_id",
    "speaker",
    "speaker_kind",
    "speaker_text",
    "cue",
    "quote",
    "kind",
    "about",
    "about_kind",
    "published_at",
    "publisher",
    "title",
    "url",
    "article_id",
    "act",
    "confidence",
];

/// The columns of a page for people.
const PAGE_COLUMNS: [&str; 7] = ["published", "speaker", "quote", "about", "publisher", "title", "quote_id"];

/// The rows of one quote, as the view `who_said_what` has them, but only those about `:about` where it is given.
///
/// Not the view itself: its rows do not tell which entity they are about, and two may bear one name.
const ROWS_OF_QUOTE: &str = "
    SELECT quotes.id, speaker.name, speaker.kind, quotes.speaker_text, quotes.cue, quotes.text, quotes.kind,
        subject.name, subject.kind, articles.published_at, articles.publisher, articles.title, articles.url,
        quotes.article_id, quotes.act, quotes.confidence
    FROM quotes
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
    LEFT JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
    LEFT JOIN entities AS subject ON subject.id = quote_subjects.entity_id
    WHERE quotes.id = :id
      AND (:about IS NULL OR quote_subjects.entity_id IN (SELECT value FROM json_each(:about)))
    ORDER BY quote_subjects.entity_id";

/// One quote as people read it: the source as printed where it has no name, all subjects in one cell.
const PAGE_ROW: &str = "
    SELECT substr(articles.published_at, 1, 10), coalesce(speaker.name, quotes.speaker_text), quotes.text,
        (SELECT group_concat(name, ', ') FROM (
            SELECT entities.name FROM quote_subjects JOIN entities ON entities.id = quote_subjects.entity_id
            WHERE quote_subjects.quote_id = quotes.id ORDER BY entities.id)),
        articles.publisher, articles.title, quotes.id
    FROM quotes
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
    WHERE quotes.id = :id";

/// Answers a question about quotes.
pub(super) fn answer(
    db: &Connection,
    question: &Question,
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<Notes, Error> {
    let mut notes = Notes::default();
    let sought = Sought::look_up(db, question, &mut notes)?;
    match question.count {
        Some(Count::All) => count_all(db, sought.as_ref(), sink)?,
        Some(Count::By(key)) => count_by(db, sought.as_ref(), key, question, audience, sink, &mut notes)?,
        None => {
            let paging = Paging::of(question, audience);
            match audience {
                Audience::Programs => rows(db, sought.as_ref(), paging, sink)?,
                Audience::People => page(db, sought.as_ref(), paging, sink, &mut notes)?,
            }
        }
    }
    Ok(notes)
}

/// The SELECTs that answer a question; none where a name is unknown.
pub(super) fn selects(db: &Connection, question: &Question) -> Result<Vec<Select>, Error> {
    let Some(sought) = Sought::look_up(db, question, &mut Notes::default())? else { return Ok(Vec::new()) };
    let parameters = sought.quotes.owned_parameters();
    let found = match question.count {
        None => sought.ids_sql(),
        Some(Count::All) => sought.count_sql(),
        Some(Count::By(key)) => key.counting().groups_sql(&sought.quotes),
    };
    let rows = (ROWS_OF_QUOTE.to_owned(), vec![(":id", Value::Null), (":about", Value::Null)]);
    Ok([(found, parameters)].into_iter().chain(question.count.is_none().then_some(rows)).collect())
}

/// What a question asks for, with ids instead of names. There is none where a name is unknown: nothing fits.
struct Sought {
    quotes: Statement,
    /// In which order the driving index yields the newest quotes first.
    newest_first: &'static str,
    /// The subjects asked for, as a JSON array of ids: rows about others are left out.
    about: Option<String>,
}

const SINGLE_SPEAKER: &str = "quotes.speaker_id = :speaker_id";
const ANY_SPEAKER: &str = "quotes.speaker_id IN (SELECT value FROM json_each(:speakers))";
const PHRASES: &str = "quotes.id IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH :words)";
const ANY_SUBJECT: &str = "EXISTS (SELECT 1 FROM quote_subjects WHERE quote_subjects.quote_id = quotes.id
    AND quote_subjects.entity_id IN (SELECT value FROM json_each(:about)))";
/// Of every group of ids in an array of arrays, one is a subject.
const OTHER_SUBJECTS: &str = "NOT EXISTS (SELECT 1 FROM json_each(:also_about) AS sought
    WHERE NOT EXISTS (SELECT 1 FROM quote_subjects WHERE quote_subjects.quote_id = quotes.id
        AND quote_subjects.entity_id IN (SELECT value FROM json_each(sought.value))))";
const PUBLISHED_BY: &str = "quotes.article_id IN (
    SELECT id FROM articles WHERE publisher IN (SELECT value FROM json_each(:publishers)))";

const NEWEST_QUOTES: &str = "ORDER BY quotes.published_at DESC, quotes.id DESC";
const NEWEST_SUBJECTS: &str = "ORDER BY quote_subjects.published_at DESC, quote_subjects.quote_id DESC";

impl Sought {
    fn look_up(db: &Connection, question: &Question, notes: &mut Notes) -> Result<Option<Sought>, Error> {
        let speakers = match &question.speaker {
            Some(name) => match known_speakers(db, name, notes)? {
                Some(known) => Some(known),
                None => return Ok(None),
            },
            None => None,
        };
        let mut phrases =
            question.phrases.iter().map(|phrase| fts_phrase(phrase)).collect::<Result<Vec<_>, _>>()?;
        let mut subjects = Vec::new();
        for about in &question.about {
            match known_subjects(db, about, notes)? {
                Some(groups) => subjects.extend(groups),
                None => phrases.extend(fts_words(about)?),
            }
        }
        let publishers = match &question.publisher {
            Some(publisher) => match names::known_publishers(db, publisher, notes)? {
                Some(known) => Some(known),
                None => return Ok(None),
            },
            None => None,
        };
        // The rarest subject first: it drives the search, or is checked first.
        subjects.sort_by_key(|group| mentions(group));
        let mut sought = Sought::driven(speakers.as_deref(), &subjects, &phrases)?;
        sought.narrow(question, publishers)?;
        Ok(Some(sought))
    }

    /// Begins with what leaves the fewest quotes to look at.
    fn driven(
        speakers: Option<&[Known]>,
        subjects: &[Vec<Known>],
        phrases: &[String],
    ) -> Result<Sought, Error> {
        let spoken = speakers.map(|known| known.iter().map(|one| one.quotes).sum::<i64>());
        let subject = subjects.first();
        let subject_drives =
            subject.is_some_and(|group| spoken.is_none_or(|spoken| mentions(group) < spoken));
        let about = match subject {
            Some(_) => Some(names::ids_of(subjects.iter().flatten())?),
            None => None,
        };
        let mut sought = match subject {
            Some(group) if subject_drives => Sought::about(group)?,
            _ if speakers.is_none() && !phrases.is_empty() => Sought {
                quotes: Statement::new("quotes_fts CROSS JOIN quotes ON quotes.id = quotes_fts.rowid"),
                newest_first: NEWEST_QUOTES,
                about: None,
            },
            _ => Sought { quotes: Statement::new("quotes"), newest_first: NEWEST_QUOTES, about: None },
        };
        let text_drives = !phrases.is_empty() && !subject_drives && speakers.is_none();
        match speakers {
            Some([one]) => sought.quotes.condition_with(SINGLE_SPEAKER, ":speaker_id", one.id),
            Some(several) => sought.quotes.condition_with(ANY_SPEAKER, ":speakers", names::ids_of(several)?),
            None => {}
        }
        if !phrases.is_empty() {
            let condition = if text_drives { "quotes_fts MATCH :words" } else { PHRASES };
            sought.quotes.condition_with(condition, ":words", phrases.join(" AND "));
        }
        let others = if subject_drives { subjects.get(1..).unwrap_or_default() } else { subjects };
        match others {
            [] => {}
            [group] if !subject_drives => {
                sought.quotes.condition_with(ANY_SUBJECT, ":about", names::ids_of(group)?)
            }
            groups => sought.quotes.condition_with(OTHER_SUBJECTS, ":also_about", groups_of_ids(groups)?),
        }
        sought.about = about;
        Ok(sought)
    }

    /// The quotes about one subject, along its index; about any of several bearers of a name, each quote once.
    fn about(group: &[Known]) -> Result<Sought, Error> {
        if let [one] = group {
            let mut quotes =
                Statement::new("quote_subjects CROSS JOIN quotes ON quotes.id = quote_subjects.quote_id");
            quotes.condition_with("quote_subjects.entity_id = :subject_id", ":subject_id", one.id);
            return Ok(Sought { quotes, newest_first: NEWEST_SUBJECTS, about: None });
        }
        let mut quotes = Statement::new(
            "(SELECT DISTINCT quote_id FROM quote_subjects
                WHERE entity_id IN (SELECT value FROM json_each(:about))) AS subject
            CROSS JOIN quotes ON quotes.id = subject.quote_id",
        );
        quotes.parameter(":about", names::ids_of(group)?);
        Ok(Sought { quotes, newest_first: NEWEST_QUOTES, about: None })
    }

    fn narrow(&mut self, question: &Question, publishers: Option<String>) -> Result<(), Error> {
        let by_subject = self.newest_first == NEWEST_SUBJECTS;
        let quotes = &mut self.quotes;
        if let Some(first) = question.period.lower() {
            let condition = if by_subject {
                "quote_subjects.published_at >= :first"
            } else {
                "quotes.published_at >= :first"
            };
            quotes.condition_with(condition, ":first", first);
        }
        if let Some(after) = question.period.upper() {
            let condition = if by_subject {
                "quote_subjects.published_at < :after"
            } else {
                "quotes.published_at < :after"
            };
            quotes.condition_with(condition, ":after", after);
        }
        if let Some(kind) = &question.kind {
            quotes.condition_with("quotes.kind = :kind", ":kind", kind.clone());
        }
        if let Some(act) = &question.act {
            quotes.condition_with("quotes.act = :act", ":act", act.clone());
        }
        if let Some(least) = question.min_confidence {
            quotes.condition_with("quotes.confidence >= :least", ":least", least);
        }
        if let Some(publishers) = publishers {
            quotes.condition_with(PUBLISHED_BY, ":publishers", publishers);
        }
        Ok(())
    }

    fn ids_sql(&self) -> String {
        self.quotes.sql("SELECT quotes.id", "", self.newest_first)
    }

    fn count_sql(&self) -> String {
        self.quotes.sql("SELECT count(*)", "", "")
    }

    /// Hands on the ids of the quotes that fit, newest first, until `take` has enough.
    fn for_each_id(
        &self,
        db: &Connection,
        mut take: impl FnMut(i64) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        for_each_row(db, &self.ids_sql(), &self.quotes.parameters(), |row| {
            take(row.get(0).map_err(read_error)?)
        })
    }

    fn count(&self, db: &Connection) -> Result<i64, Error> {
        let mut total = 0;
        for_each_row(db, &self.count_sql(), &self.quotes.parameters(), |row| {
            total = row.get(0).map_err(read_error)?;
            Ok(false)
        })?;
        Ok(total)
    }
}

fn mentions(group: &[Known]) -> i64 {
    group.iter().map(|one| one.mentions).sum()
}

fn groups_of_ids(groups: &[Vec<Known>]) -> Result<String, Error> {
    let groups = groups.iter().map(names::ids_of).collect::<Result<Vec<_>, _>>()?;
    Ok(format!("[{}]", groups.join(",")))
}

fn known_speakers(db: &Connection, name: &str, notes: &mut Notes) -> Result<Option<Vec<Known>>, Error> {
    let groups = names::find_all(db, name)?;
    let known: Vec<Known> = groups.into_iter().flatten().collect();
    if known.is_empty() {
        notes.add(names::note_on_unknown(db, name)?);
        return Ok(None);
    }
    notes.add_some(names::note_on_several(name, &known));
    Ok(Some(known))
}

/// One group of entities for each name in `about`; `None` where it is no known name.
fn known_subjects(db: &Connection, about: &str, notes: &mut Notes) -> Result<Option<Vec<Vec<Known>>>, Error> {
    let groups = names::find_all(db, about)?;
    if groups.iter().all(Vec::is_empty) {
        let note = names::note_on_unknown(db, about)?;
        notes.add(format!("{note}; looked for these words in the quotes"));
        return Ok(None);
    }
    match groups.as_slice() {
        [one] => notes.add_some(names::note_on_several(about, one)),
        several => notes
            .add(format!("\"{about}\" was taken for {} names: a quote has to be about all", several.len())),
    }
    Ok(Some(groups))
}

/// A phrase for FTS5: its words one after the other; `*` at the end stands for any ending.
fn fts_phrase(phrase: &str) -> Result<String, Error> {
    if !phrase.chars().any(char::is_alphanumeric) {
        return Err(Error::usage(format!("there is no word in `{phrase}`"))
            .hint("give words that the quote contains"));
    }
    let (words, ending) = match phrase.trim_end().strip_suffix('*') {
        Some(words) => (words, "*"),
        None => (phrase, ""),
    };
    Ok(format!("\"{}\"{ending}", words.replace('"', "\"\"")))
}

/// Words that say nothing about what a quote is about.
const EMPTY_WORDS: [&str; 22] = [
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "with", "and", "or", "by", "as", "about",
    "its", "his", "her", "their", "this", "that",
];

/// Words for FTS5, each as a phrase of its own; those without meaning only where there is no other.
fn fts_words(text: &str) -> Result<Vec<String>, Error> {
    let with_letters = |word: &&str| word.chars().any(char::is_alphanumeric);
    let words: Vec<&str> = text.split_whitespace().filter(with_letters).collect();
    let meaningful: Vec<&str> =
        words.iter().copied().filter(|word| !EMPTY_WORDS.contains(&word.to_lowercase().as_str())).collect();
    let chosen = if meaningful.is_empty() { words } else { meaningful };
    if chosen.is_empty() {
        return fts_phrase(text).map(|phrase| vec![phrase]);
    }
    chosen.into_iter().map(fts_phrase).collect()
}

/// Writes rows of `who_said_what`.
fn rows(db: &Connection, sought: Option<&Sought>, paging: Paging, sink: &mut dyn Sink) -> Result<(), Error> {
    sink.columns(&COLUMNS)?;
    let Some(sought) = sought else { return sink.finish() };
    let mut left = paging.limit;
    let mut skipped = paging.offset;
    if left > 0 {
        sought.for_each_id(db, |id| {
            for_each_row(db, ROWS_OF_QUOTE, named_params! {":id": id, ":about": sought.about}, |row| {
                if skipped > 0 {
                    skipped -= 1;
                    return Ok(true);
                }
                sink.row(&values(row, COLUMNS.len())?)?;
                left -= 1;
                Ok(left > 0)
            })?;
            Ok(left > 0)
        })?;
    }
    sink.finish()
}

/// Writes a page for people: a row for each quote; says how many more there are.
fn page(
    db: &Connection,
    sought: Option<&Sought>,
    paging: Paging,
    sink: &mut dyn Sink,
    notes: &mut Notes,
) -> Result<(), Error> {
    sink.columns(&PAGE_COLUMNS)?;
    let Some(sought) = sought else { return sink.finish() };
    let (mut shown, mut skipped, mut more) = (0, paging.offset, false);
    sought.for_each_id(db, |id| {
        if skipped > 0 {
            skipped -= 1;
            return Ok(true);
        }
        if shown == paging.limit {
            more = true;
            return Ok(false);
        }
        for_each_row(db, PAGE_ROW, named_params! {":id": id}, |row| {
            sink.row(&values(row, PAGE_COLUMNS.len())?)?;
            Ok(false)
        })?;
        shown += 1;
        Ok(true)
    })?;
    if more && paging.is_usual {
        notes.add(Notes::on_page(shown, sought.count(db)?));
    }
    sink.finish()
}

fn count_all(db: &Connection, sought: Option<&Sought>, sink: &mut dyn Sink) -> Result<(), Error> {
    let total = sought.map_or(Ok(0), |sought| sought.count(db))?;
    sink.columns(&["quotes"])?;
    sink.row(&[Value::Integer(total)])?;
    sink.finish()
}

/// How quotes are counted by a key: what is joined, what is grouped by, and how the groups are named and ordered.
struct Counting {
    column: &'static str,
    join: &'static str,
    select: &'static str,
    /// Names the groups of the subquery before it; unnamed ones last.
    names: &'static str,
}

const ENTITY_NAMES: &str = "
    SELECT entities.name, groups.quotes FROM groups LEFT JOIN entities ON entities.id = groups.counted_by
    ORDER BY groups.counted_by IS NULL, groups.quotes DESC, entities.name, groups.counted_by LIMIT :limit OFFSET :offset";
const OWN_NAMES: &str = "
    SELECT counted_by, quotes FROM groups ORDER BY counted_by IS NULL, quotes DESC, counted_by LIMIT :limit OFFSET :offset";
const IN_TIME: &str = "
    SELECT counted_by, quotes FROM groups ORDER BY counted_by IS NULL, counted_by LIMIT :limit OFFSET :offset";

impl Counting {
    fn groups_sql(&self, quotes: &Statement) -> String {
        quotes.sql(self.select, self.join, "GROUP BY counted_by")
    }
}

impl CountKey {
    fn counting(self) -> Counting {
        let (column, join, select, names) = match self {
            CountKey::Speaker => {
                ("speaker", "", "SELECT quotes.speaker_id AS counted_by, count(*) AS quotes", ENTITY_NAMES)
            }
            CountKey::About => (
                "about",
                "\nLEFT JOIN quote_subjects AS counted ON counted.quote_id = quotes.id",
                "SELECT counted.entity_id AS counted_by, count(*) AS quotes",
                ENTITY_NAMES,
            ),
            CountKey::Publisher => (
                "publisher",
                "\nJOIN articles AS counted ON counted.id = quotes.article_id",
                "SELECT counted.publisher AS counted_by, count(*) AS quotes",
                OWN_NAMES,
            ),
            CountKey::Year => (
                "period",
                "",
                "SELECT substr(quotes.published_at, 1, 4) AS counted_by, count(*) AS quotes",
                IN_TIME,
            ),
            CountKey::Month => (
                "period",
                "",
                "SELECT substr(quotes.published_at, 1, 7) AS counted_by, count(*) AS quotes",
                IN_TIME,
            ),
            CountKey::Act => ("act", "", "SELECT quotes.act AS counted_by, count(*) AS quotes", OWN_NAMES),
            CountKey::Kind => ("kind", "", "SELECT quotes.kind AS counted_by, count(*) AS quotes", OWN_NAMES),
        };
        Counting { column, join, select, names }
    }
}

fn count_by(
    db: &Connection,
    sought: Option<&Sought>,
    key: CountKey,
    question: &Question,
    audience: Audience,
    sink: &mut dyn Sink,
    notes: &mut Notes,
) -> Result<(), Error> {
    let counting = key.counting();
    sink.columns(&[counting.column, "quotes"])?;
    let Some(sought) = sought else { return sink.finish() };
    let paging = Paging::of(question, audience);
    let (groups, names) = (counting.groups_sql(&sought.quotes), counting.names);
    let mut parameters = sought.quotes.parameters();
    let (limit, offset) = (paging.sql_limit(), paging.sql_offset());
    parameters.extend([(":limit", &limit as &dyn rusqlite::ToSql), (":offset", &offset)]);
    let mut shown = 0;
    for_each_row(db, &format!("WITH groups AS ({groups}){names}"), &parameters, |row| {
        sink.row(&values(row, 2)?)?;
        shown += 1;
        Ok(true)
    })?;
    if paging.is_usual && shown == paging.limit {
        let mut total: i64 = 0;
        let sql = format!("WITH groups AS ({groups}) SELECT count(*) FROM groups");
        for_each_row(db, &sql, &sought.quotes.parameters(), |row| {
            total = row.get(0).map_err(read_error)?;
            Ok(false)
        })?;
        notes.add_some(
            (total > i64::try_from(shown).unwrap_or(i64::MAX)).then(|| Notes::on_page(shown, total)),
        );
    }
    sink.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_phrases_that_fts5_accepts() -> Result<(), Error> {
        for (phrase, expected) in [
            ("tax cut", "\"tax cut\""),
            ("U.S.", "\"U.S.\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("immigra*", "\"immigra\"*"),
        ] {
            assert_eq!(fts_phrase(phrase)?, expected);
        }
        assert!(fts_phrase("—?").is_err());
        assert_eq!(fts_words("the price of bread")?, ["\"price\"", "\"bread\""]);
        assert_eq!(fts_words("to be or not to be")?, ["\"be\"", "\"not\"", "\"be\""]);
        assert_eq!(fts_words("the")?, ["\"the\""]);
        assert!(fts_words("…").is_err());
        Ok(())
    }
}
