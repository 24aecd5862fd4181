//! Quotes → numbers: how many there are, and how many of each speaker, subject, publisher, year …

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::error::Error;
use crate::query::answer::counted::Counted;
use crate::query::answer::selection::{Selection, statements};
use crate::query::answer::statement::{Select, by_reference, for_each_row, number, values};
use crate::query::notes::Notes;
use crate::query::output::{Cell, Sink};
use crate::query::paging::Paging;
use crate::query::question::CountKey;

/// Writes how many quotes there are: one row, also where there are none.
pub(super) fn count_all(
    db: &Connection,
    sought: Option<&Selection>,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    let total = sought.map_or(Ok(0), |sought| sought.count(db))?;
    sink.columns(&["quotes"])?;
    sink.row(&[Cell::Integer(total)])?;
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
    ORDER BY groups.counted_by IS NULL, groups.quotes DESC, groups.counted_by";
const OWN_NAMES: &str = "
    SELECT counted_by, quotes FROM groups ORDER BY counted_by IS NULL, quotes DESC, counted_by";
const IN_TIME: &str = "
    SELECT counted_by, quotes FROM groups ORDER BY counted_by IS NULL, counted_by";
const PAGE: &str = " LIMIT :limit OFFSET :offset";

impl Counting {
    fn groups_sql(&self, sought: &Selection) -> String {
        let quotes = &sought.quotes;
        if self.column == "about" && quotes.is_whole_table() {
            // The index of subjects alone says it, without a look at any quote.
            return concat!(
                "SELECT entity_id AS counted_by, ",
                statements!(),
                " AS quotes FROM quote_subjects
                LEFT JOIN reprints AS reprint ON reprint.quote_id = quote_subjects.quote_id GROUP BY entity_id"
            )
            .into();
        }
        let join = format!("{}{}", sought.reprint_join(), self.join);
        quotes.sql(self.select, &join, "GROUP BY counted_by")
    }
}

/// The SELECT that counts the quotes of each key.
pub(super) fn groups(key: CountKey, sought: &Selection) -> Select {
    match sought.totals.as_ref().and_then(|totals| Some((totals, totals.groups(key)?))) {
        Some((totals, groups)) => (groups.sql.to_owned(), totals.parameters(groups.sql)),
        None => (key.counting().groups_sql(sought), sought.quotes.owned_parameters()),
    }
}

/// The same with the names of the keys, in their order, as far as a page goes.
pub(super) fn named(key: CountKey, sought: &Selection, paging: Paging) -> Select {
    let totals = sought.totals.as_ref();
    let first = totals.and_then(|totals| Some((totals, totals.groups(key)?.first?)));
    let (sql, mut parameters) = if let Some((totals, first)) = first {
        let end = match paging.sql_limit() {
            all @ ..0 => all,
            limit => limit.saturating_add(paging.sql_offset()),
        };
        let mut parameters = totals.parameters(first);
        parameters.push((":end", Value::from(end)));
        (format!("SELECT * FROM ({first})"), parameters)
    } else {
        let (groups, parameters) = groups(key, sought);
        (format!("WITH groups AS ({groups}){}", key.counting().names), parameters)
    };
    parameters.push((":limit", Value::from(paging.sql_limit())));
    parameters.push((":offset", Value::from(paging.sql_offset())));
    (format!("{sql}{PAGE}"), parameters)
}

impl CountKey {
    fn counting(self) -> Counting {
        let (column, join, select, names) = match self {
            CountKey::Speaker => (
                "speaker",
                "",
                concat!("SELECT quotes.speaker_id AS counted_by, ", statements!(), " AS quotes"),
                ENTITY_NAMES,
            ),
            CountKey::About => (
                "about",
                "\nJOIN quote_subjects AS counted ON counted.quote_id = quotes.id",
                concat!("SELECT counted.entity_id AS counted_by, ", statements!(), " AS quotes"),
                ENTITY_NAMES,
            ),
            CountKey::Publisher => (
                "publisher",
                "\nJOIN articles AS counted ON counted.id = quotes.article_id",
                concat!("SELECT counted.publisher AS counted_by, ", statements!(), " AS quotes"),
                OWN_NAMES,
            ),
            CountKey::Year => (
                "period",
                "",
                concat!(
                    "SELECT substr(quotes.published_at, 1, 4) AS counted_by, ",
                    statements!(),
                    " AS quotes"
                ),
                IN_TIME,
            ),
            CountKey::Month => (
                "period",
                "",
                concat!(
                    "SELECT substr(quotes.published_at, 1, 7) AS counted_by, ",
                    statements!(),
                    " AS quotes"
                ),
                IN_TIME,
            ),
            CountKey::Act => (
                "act",
                "",
                concat!("SELECT quotes.act AS counted_by, ", statements!(), " AS quotes"),
                OWN_NAMES,
            ),
            CountKey::Kind => (
                "kind",
                "",
                concat!("SELECT quotes.kind AS counted_by, ", statements!(), " AS quotes"),
                OWN_NAMES,
            ),
        };
        Counting { column, join, select, names }
    }
}

/// So many keys are counted for a remark.
const MOST_GROUPS: i64 = 10_000;

/// Writes the number of quotes for each key: most quotes first, or in the order of time.
pub(crate) fn count_by(
    db: &Connection,
    sought: Option<&Selection>,
    key: CountKey,
    paging: Paging,
    sink: &mut dyn Sink,
) -> Result<Notes, Error> {
    let counting = key.counting();
    let mut notes = Notes::default();
    sink.columns(&[counting.column, "quotes"])?;
    if let Some(sought) = sought {
        let (sql, parameters) = named(key, sought, paging);
        let mut shown = 0;
        for_each_row(db, &sql, &by_reference(&parameters), |row| {
            sink.row(&values(row, 2)?)?;
            shown += 1;
            Ok(true)
        })?;
        if paging.may_hide_rows(shown) {
            let (groups, mut parameters) = groups(key, sought);
            parameters.push((":most", Value::from(MOST_GROUPS + 1)));
            let sql = format!("SELECT count(*) FROM (SELECT 1 FROM ({groups}) LIMIT :most)");
            let number = number(db, &sql, &by_reference(&parameters))?;
            let counted = Counted { number: number.min(MOST_GROUPS), is_least: number > MOST_GROUPS };
            notes.add_some(Notes::on_long_page(shown, counted));
        }
    }
    sink.finish()?;
    Ok(notes)
}
