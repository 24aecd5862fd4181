//! Questions about relationships → rows of `who_is`.
//!
//! The same rows as the view, but reached by the ids of who is asked about: the view would group the
//! relationships of everyone first. Denied, hypothetical and planned ones are left out, as in the view, unless they are asked
//! for. Deeds that are done by speaking are also looked for among the quotes. `sql` has the statements, `narrow` what narrows them,
//! `offices` those whom a question means by an office, `between` what two have in common, `rows` the columns.

mod between;
mod counted;
mod narrow;
mod offices;
mod rows;
mod sql;

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::relations::rows::{
    AROUND, COLUMNS_WITH_EVIDENCE, EVIDENCE, PAGE_COLUMNS, arranged, with_passage,
};
use crate::query::answer::relations::sql::{
    BACKWARD, BY_WEIGHT, DEEDS_IN_SPEECH, FORWARD, GROUPED, GROUPS, HOLDERS, KEYS, NEWEST, OF_PAGE, OLDEST,
    OWN_LINES, SHOWN, STATEMENTS,
};
use crate::query::answer::statement::{Select, Statement, for_each_row, number, values};
use crate::query::audience::Audience;
use crate::query::failure::read_error;
use crate::query::names;
use crate::query::notes::Notes;
use crate::query::output::{RELATIONSHIP_COLUMNS, Sink};
use crate::query::paging::Paging;
use crate::query::question::Question;

pub use crate::query::answer::relations::rows::COLUMNS;

/// Which way round a stored relationship is read.
#[derive(Clone, Copy)]
enum Direction {
    /// As it is stored.
    Stored,
    /// What holds both ways, from its object's side.
    Symmetric,
    /// As it is stored, but subject and object asked for the other way round.
    Exchanged,
}

impl Direction {
    fn select(self) -> &'static str {
        match self {
            Direction::Stored | Direction::Exchanged => FORWARD,
            Direction::Symmetric => BACKWARD,
        }
    }

    fn from(self) -> &'static str {
        match self {
            Direction::Stored | Direction::Exchanged => "relationships",
            Direction::Symmetric => {
                "relationships JOIN predicates ON predicates.name = relationships.predicate"
            }
        }
    }

    fn subject_condition(self) -> &'static str {
        match self {
            Direction::Stored => "relationships.subject_id IN (SELECT value FROM json_each(:subjects))",
            Direction::Symmetric | Direction::Exchanged => {
                "relationships.object_id IN (SELECT value FROM json_each(:subjects))"
            }
        }
    }

    fn object_condition(self) -> &'static str {
        match self {
            Direction::Stored => "relationships.object_id IN (SELECT value FROM json_each(:objects))",
            Direction::Symmetric | Direction::Exchanged => {
                "relationships.subject_id IN (SELECT value FROM json_each(:objects))"
            }
        }
    }
}

/// Answers a question about relationships.
pub(crate) fn answer(
    db: &Connection,
    question: &Question,
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<Notes, Error> {
    let mut notes = Notes::default();
    sink.columns(match audience {
        Audience::Programs => &COLUMNS_WITH_EVIDENCE[..],
        Audience::People => &PAGE_COLUMNS[..],
        Audience::Readers => &RELATIONSHIP_COLUMNS[..],
    })?;
    check_predicates(db, question)?;
    let office = offices::meant(db, question, &mut notes)?;
    let question = office.as_ref().unwrap_or(question);
    if let Some(sought) = Sought::look_up(db, question, &mut notes)? {
        let shown = sought.write(db, question, audience, sink, &mut notes)?;
        if question.between.is_some() && question.seen.is_some() {
            notes.add("what two have in common is no news; asked without --new, it is shown");
        } else if question.between.is_some() && question.offset == 0 {
            between::write(db, &sought, shown, audience, sink, &mut notes)?;
        }
    }
    sink.finish()?;
    Ok(notes)
}

/// The SELECT that answers a question; none where a name is unknown.
pub(crate) fn selects(db: &Connection, question: &Question) -> Result<Vec<Select>, Error> {
    let office = offices::meant(db, question, &mut Notes::default())?;
    let question = office.as_ref().unwrap_or(question);
    let sought = Sought::look_up(db, question, &mut Notes::default())?;
    let select = sought.as_ref().and_then(|sought| {
        let statement = sought.first()?;
        let sql = format!("SELECT {} FROM ({})", COLUMNS.join(", "), sought.sql());
        Some((sql, statement.owned_parameters()))
    });
    Ok(select.into_iter().collect())
}

/// The SELECT that answers a question with its rows in their order; none where a name is unknown.
pub(crate) fn whole(db: &Connection, question: &Question) -> Result<Vec<Select>, Error> {
    let office = offices::meant(db, question, &mut Notes::default())?;
    let question = office.as_ref().unwrap_or(question);
    let Some(sought) = Sought::look_up(db, question, &mut Notes::default())? else { return Ok(Vec::new()) };
    let Some(statement) = sought.first() else { return Ok(Vec::new()) };
    let paging = Paging::of(question, Audience::Programs);
    let (limit, offset) = (paging.sql_limit(), paging.sql_offset());
    let sql = format!(
        "SELECT {} FROM ({}) {} LIMIT {limit} OFFSET {offset}",
        COLUMNS.join(", "),
        sought.sql(),
        order(question)
    );
    Ok(vec![(sql, statement.owned_parameters())])
}

/// The keys of all statements that an answer is made of, those of relationships and those of quotes.
pub(crate) fn keys(db: &Connection, question: &Question) -> Result<Vec<String>, Error> {
    let office = offices::meant(db, question, &mut Notes::default())?;
    let question = office.as_ref().unwrap_or(question);
    let mut keys = Vec::new();
    let sought = Sought::look_up(db, question, &mut Notes::default())?;
    if let Some((sought, (_, statement))) =
        sought.as_ref().and_then(|sought| Some((sought, sought.stated.first()?)))
    {
        let sql = format!("WITH groups AS ({}) {KEYS}", sought.grouped(STATEMENTS));
        for_each_row(db, &sql, &statement.parameters(), |row| {
            keys.push(row.get(0).map_err(read_error)?);
            Ok(true)
        })?;
    }
    Ok(keys)
}

/// In which order rows come.
fn order(question: &Question) -> &'static str {
    match (question.latest, question.earliest) {
        (true, _) => NEWEST,
        (_, true) => OLDEST,
        _ if question.detail.is_some() && question.subject.is_none() => HOLDERS,
        _ => BY_WEIGHT,
    }
}

/// What a question asks for, with ids instead of names.
struct Sought {
    /// What is selected of statements of relationships, and of quotes that are a deed; together they are the answer. The first
    /// has all parameters.
    stated: Vec<(&'static str, Statement)>,
    /// The same of what is counted already; empty where the question asks for less than that counts.
    counted: Vec<Statement>,
    /// The condition on groups.
    having: String,
    /// The two that are asked about together, each as a JSON array of ids.
    pair: Option<(String, String)>,
    /// Whether the subjects themselves have lines in the answer.
    own_lines: bool,
}

impl Sought {
    /// `None` where a name is unknown: nothing fits.
    fn look_up(db: &Connection, question: &Question, notes: &mut Notes) -> Result<Option<Sought>, Error> {
        let pair = question.between.as_ref();
        let subject = question.who.as_ref().or(question.subject.as_ref()).or(pair.map(|pair| &pair.0));
        let object = question.object.as_ref().or(pair.map(|pair| &pair.1));
        let (subjects, objects) = (
            Side::look_up(db, subject, question.each, notes)?,
            Side::look_up(db, object, question.each, notes)?,
        );
        let publishers = match &question.publisher {
            Some(publisher) => names::known_publishers(db, publisher, notes)?,
            None => None,
        };
        let unknown_publisher = question.publisher.is_some() && publishers.is_none();
        if matches!(subjects, Side::Unknown) || matches!(objects, Side::Unknown) || unknown_publisher {
            return Ok(None);
        }
        let backward = if pair.is_some() { Direction::Exchanged } else { Direction::Symmetric };
        let office = match &question.detail {
            Some(detail) => narrow::office(db, detail)?,
            None => None,
        };
        let mut stated = Vec::new();
        for direction in [Direction::Stored, backward] {
            let mut statement = Statement::new(direction.from());
            if let Direction::Symmetric = direction {
                statement.condition("predicates.symmetric = 1 AND relationships.object_id IS NOT NULL");
            }
            if let Side::Ids(ids) = &subjects {
                statement.condition_with(direction.subject_condition(), ":subjects", ids.clone());
            }
            if let Side::Ids(ids) = &objects {
                statement.condition_with(direction.object_condition(), ":objects", ids.clone());
            }
            narrow::relationships(&mut statement, question, office.as_deref(), publishers.as_deref())?;
            stated.push((direction.select(), statement));
        }
        let is_deed = |predicate: &str| question.predicates.iter().any(|asked| asked == predicate);
        for (_, act, select) in DEEDS_IN_SPEECH.iter().filter(|(predicate, ..)| is_deed(predicate)) {
            if question.detail.is_none() && question.statuses.is_empty() {
                let mut statement = quotes(&subjects, &objects);
                statement.condition(act);
                narrow::quotes(&mut statement, question, publishers.as_deref());
                stated.push((select, statement));
            }
        }
        let is_pair = pair.is_some();
        let counted = if counted::can_answer(db, question, office.as_deref())? {
            counted::statements(question, &subjects, &objects, office.as_deref(), is_pair)?
        } else {
            Vec::new()
        };
        let pair = match (pair, subjects, objects) {
            (Some(_), Side::Ids(one), Side::Ids(other)) => Some((one, other)),
            _ => None,
        };
        Ok(Some(Sought {
            stated,
            counted,
            having: narrow::having(question),
            pair,
            own_lines: asks_for_own_lines(question),
        }))
    }

    /// The SQL for all rows, without an order.
    fn sql(&self) -> String {
        self.with_own_lines(if self.counted.is_empty() {
            self.grouped(GROUPED)
        } else {
            counted::sql(&self.counted)
        })
    }

    fn with_own_lines(&self, all: String) -> String {
        if self.own_lines {
            format!("SELECT * FROM ({all}) UNION ALL SELECT * FROM ({OWN_LINES})")
        } else {
            all
        }
    }

    /// The SQL for something of each group of statements.
    fn grouped(&self, select: &str) -> String {
        let stated: Vec<String> =
            self.stated.iter().map(|(select, statement)| statement.sql(select, "", "")).collect();
        // UNION keeps apart what differs in any column, and the grouping counts articles, not statements.
        format!("WITH stated AS ({}) {select}{GROUPS}{}", stated.join("\nUNION\n"), self.having)
    }

    /// The parameters of [`Sought::sql`]: every statement has the same ones.
    fn parameters(&self) -> Vec<(&str, &dyn rusqlite::ToSql)> {
        self.first().map(Statement::parameters).unwrap_or_default()
    }

    /// The first of the statements of [`Sought::sql`].
    fn first(&self) -> Option<&Statement> {
        self.counted.first().or_else(|| self.stated.first().map(|(_, statement)| statement))
    }

    fn write(
        &self,
        db: &Connection,
        question: &Question,
        audience: Audience,
        sink: &mut dyn Sink,
        notes: &mut Notes,
    ) -> Result<u64, Error> {
        let paging = Paging::of(question, audience);
        let order = order(question);
        let all = if self.counted.is_empty() {
            self.sql()
        } else {
            self.with_own_lines(counted::first_sql(&self.counted, order))
        };
        let page = format!(
            "SELECT *, row_number() OVER ({order}) AS place FROM ({all}) ORDER BY place LIMIT :limit OFFSET :offset"
        );
        let sql = format!("{SHOWN} FROM ({page}) AS page {OF_PAGE}");
        let (limit, offset) = (paging.sql_limit(), paging.sql_offset());
        let end = if limit < 0 { limit } else { limit.saturating_add(offset) };
        let mut parameters = self.parameters();
        if !self.counted.is_empty() {
            parameters.push((":end", &end));
        }
        parameters.extend([
            (":limit", &limit as &dyn rusqlite::ToSql),
            (":offset", &offset),
            (":around", &AROUND),
        ]);
        let shown = write_rows(db, &sql, &parameters, audience, sink)?;
        if paging.may_hide_rows(shown) {
            let rows = match (self.counted.as_slice(), self.own_lines) {
                ([], _) => self.sql(),
                (counted, false) => counted::rows_sql(counted),
                (counted, true) => {
                    format!("{} UNION ALL SELECT 1 FROM json_each(:subjects)", counted::rows_sql(counted))
                }
            };
            let sql = format!("SELECT count(*) FROM ({rows})");
            notes.add_some(Notes::on_page(shown, number(db, &sql, &self.parameters())?));
        }
        Ok(shown)
    }
}

/// Quotes with their subjects, by those who speak and those who are spoken of.
fn quotes(subjects: &Side, objects: &Side) -> Statement {
    let mut statement = Statement::new("quotes JOIN quote_subjects ON quote_subjects.quote_id = quotes.id");
    if let Side::Ids(_) = subjects {
        statement.condition("quotes.speaker_id IN (SELECT value FROM json_each(:subjects))");
    }
    if let Side::Ids(_) = objects {
        statement.condition("quote_subjects.entity_id IN (SELECT value FROM json_each(:objects))");
    }
    statement
}

/// Writes the rows of [`SHOWN`] that SQL gives; says how many.
fn write_rows(
    db: &Connection,
    sql: &str,
    parameters: &[(&str, &dyn rusqlite::ToSql)],
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<u64, Error> {
    let mut shown = 0;
    for_each_row(db, sql, parameters, |row| {
        let row = with_passage(values(row, COLUMNS.len() + EVIDENCE.len() + 2)?);
        match audience {
            Audience::Programs => sink.row(&row)?,
            Audience::People => sink.row(&arranged(&row, &PAGE_COLUMNS))?,
            Audience::Readers => sink.row(&arranged(&row, &RELATIONSHIP_COLUMNS))?,
        }
        shown += 1;
        Ok(true)
    })?;
    Ok(shown)
}

/// One side of the relationships asked for.
enum Side {
    /// It is left open.
    Anyone,
    /// A JSON array of ids.
    Ids(String),
    /// A name that nobody bears.
    Unknown,
}

impl Side {
    fn look_up(db: &Connection, name: Option<&String>, each: bool, notes: &mut Notes) -> Result<Side, Error> {
        let Some(name) = name else { return Ok(Side::Anyone) };
        let known = names::meant(db, name, each, notes)?;
        if known.is_empty() {
            notes.add(names::note_on_unknown(db, name)?);
            return Ok(Side::Unknown);
        }
        names::ids_of(&known).map(Side::Ids)
    }
}

/// `who is S?` asks for S; any word on relationships, dates or publishers asks for those alone.
fn asks_for_own_lines(question: &Question) -> bool {
    let alone = Question {
        who: question.who.clone(),
        limit: question.limit,
        offset: question.offset,
        each: question.each,
        latest: question.latest,
        earliest: question.earliest,
        ..Question::default()
    };
    question.who.is_some() && *question == alone
}

/// Fails where a predicate is not one of the table `predicates`, with those that are spelled
/// like it.
fn check_predicates(db: &Connection, question: &Question) -> Result<(), Error> {
    let mut known: Vec<String> = Vec::new();
    for_each_row(db, "SELECT name FROM predicates", &[], |row| {
        known.push(row.get(0).map_err(read_error)?);
        Ok(true)
    })?;
    let Some(asked) = question.predicates.iter().find(|asked| !known.contains(asked)) else { return Ok(()) };
    let failure = format!("there is no predicate `{asked}`");
    let likeness = |name: &String| strsim::jaro_winkler(asked, name);
    known.sort_by(|one, other| likeness(other).total_cmp(&likeness(one)));
    known.truncate(3);
    Err(Error::usage(failure)
        .hint(format!("near it: {}", known.join(", ")))
        .hint("list all with: onrecord query --sql \"SELECT name, description FROM predicates\""))
}
