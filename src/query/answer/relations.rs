//! Questions about relationships → rows of `who_is`.
//!
//! The same rows as the view, but reached by the ids of who is asked about: the view would group the
//! relationships of everyone first. Denied, hypothetical and planned ones are left out, as in the view.

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::statement::{Select, Statement, for_each_row, number, values};
use crate::query::audience::Audience;
use crate::query::names;
use crate::query::notes::Notes;
use crate::query::output::{Cell, RELATIONSHIP_COLUMNS, Sink};
use crate::query::paging::Paging;
use crate::query::question::Question;

/// The columns of the view `who_is`, in its order.
pub const COLUMNS: [&str; 13] = [
    "entity_id",
    "name",
    "kind",
    "predicate",
    "other",
    "other_id",
    "detail",
    "first_seen",
    "last_seen",
    "articles",
    "status",
    "since",
    "until",
];

/// What shows a relationship: the newest article that states it, and its words there with those around them. No part of the view.
const EVIDENCE: [&str; 8] =
    ["relationship_id", "claimant", "evidence", "title", "publisher", "published_at", "url", "article_id"];

/// The columns for programs.
pub(crate) const COLUMNS_WITH_EVIDENCE: [&str; COLUMNS.len() + EVIDENCE.len()] = {
    let mut columns = [""; COLUMNS.len() + EVIDENCE.len()];
    let mut at = 0;
    while at < columns.len() {
        columns[at] = if at < COLUMNS.len() { COLUMNS[at] } else { EVIDENCE[at - COLUMNS.len()] };
        at += 1;
    }
    columns
};

/// How much of the paragraph is shown on each side of the words that state a relationship, in code points.
const AROUND: i64 = 300;

/// The columns of a page for people: [`COLUMNS`] without ids, and with the days of the first and the last article in one, so
/// that no word is broken on a screen of usual width.
const PAGE_COLUMNS: [&str; 9] =
    ["name", "kind", "predicate", "other", "detail", "term", "seen", "articles", "status"];

/// The lines on entities themselves: no predicate, the latest office or role as `detail`, and when they were mentioned.
const OWN_LINES: &str = "
    SELECT entities.id AS entity_id, entities.name AS name, entities.kind AS kind, NULL AS predicate, NULL AS other,
        NULL AS other_id, entities.description AS detail, min(articles.published_at) AS first_seen,
        max(articles.published_at) AS last_seen, count(articles.id) AS articles, NULL AS status,
        NULL AS since, NULL AS until, NULL AS latest
    FROM json_each(:subjects) AS asked
    JOIN entities ON entities.id = asked.value
    LEFT JOIN (SELECT DISTINCT entity_id, article_id FROM mentions
        WHERE entity_id IN (SELECT value FROM json_each(:subjects))) AS mentioned ON mentioned.entity_id = entities.id
    LEFT JOIN articles ON articles.id = mentioned.article_id
    GROUP BY entities.id";

const FORWARD: &str = "SELECT relationships.id AS id, relationships.subject_id AS entity_id, relationships.predicate AS predicate,
    relationships.object_id AS other_id, relationships.detail AS detail, relationships.detail_key AS detail_key,
    relationships.status AS status, relationships.article_id AS article_id, relationships.since AS since, relationships.until AS until";
const BACKWARD: &str = "SELECT relationships.id AS id, relationships.object_id AS entity_id, relationships.predicate AS predicate,
    relationships.subject_id AS other_id, relationships.detail AS detail, relationships.detail_key AS detail_key,
    relationships.status AS status, relationships.article_id AS article_id, relationships.since AS since, relationships.until AS until";

/// One office is one line however it is spelled, in its commonest spelling, asserted here and reported there; what has ended is
/// another line.
///
/// `asserted` sorts before `reported`: the plainest of each is shown. `latest` ends in the id of the statement in the newest
/// article that states it as plainly as any.
const GROUPED: &str = "
    SELECT stated.entity_id AS entity_id, entity.name AS name, entity.kind AS kind, stated.predicate AS predicate,
        other.name AS other, stated.other_id AS other_id,
        substr(max(printf('%010d', stated.spelled) || stated.detail), 11) AS detail,
        min(articles.published_at) AS first_seen, max(articles.published_at) AS last_seen,
        count(DISTINCT stated.article_id) AS articles, min(stated.status) AS status,
        min(stated.since) AS since, max(stated.until) AS until,
        max((stated.status = 'asserted') || coalesce(articles.published_at, '') || printf('%020d', stated.id)) AS latest
    FROM (SELECT *, count(*) OVER (PARTITION BY entity_id, predicate, other_id, detail_key, status = 'ended', detail) AS spelled
        FROM stated) AS stated
    JOIN entities AS entity ON entity.id = stated.entity_id
    JOIN articles ON articles.id = stated.article_id
    LEFT JOIN entities AS other ON other.id = stated.other_id
    GROUP BY stated.entity_id, stated.predicate, stated.other_id, stated.detail_key, stated.status = 'ended'";

/// Entities themselves first; then what most articles state.
const BY_WEIGHT: &str = "ORDER BY predicate IS NOT NULL, articles DESC, last_seen DESC, predicate, entity_id, other_id, detail, status";
const NEWEST: &str = "ORDER BY predicate IS NULL, last_seen DESC, articles DESC, predicate, entity_id, other_id, detail, status";
const OLDEST: &str = "ORDER BY predicate IS NULL, first_seen IS NULL, first_seen, articles DESC, predicate, entity_id, other_id,
    detail, status";

/// What is selected of the rows of a page, each with the statement that shows it.
const SHOWN: &str = "SELECT page.entity_id, page.name, page.kind, page.predicate, page.other, page.other_id, page.detail,
    page.first_seen, page.last_seen, page.articles, page.status, page.since, page.until, shown.id,
    coalesce(claimant.name, shown.claimant_text),
    substr(source.body, max(shown.start - :around, 0) + 1, min(shown.start, :around)),
    substr(source.body, shown.start + 1, shown.end - shown.start), substr(source.body, shown.end + 1, :around),
    source.title, source.publisher, source.published_at, source.url, source.id";
const OF_PAGE: &str =
    "LEFT JOIN relationships AS shown ON shown.id = CAST(substr(page.latest, -20) AS INTEGER)
    LEFT JOIN articles AS source ON source.id = shown.article_id
    LEFT JOIN entities AS claimant ON claimant.id = shown.claimant_id ORDER BY page.place";

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
    if let Some(sought) = Sought::look_up(db, question, &mut notes)? {
        sought.write(db, question, audience, sink, &mut notes)?;
    }
    sink.finish()?;
    Ok(notes)
}

/// The SELECT that answers a question; none where a name is unknown.
pub(crate) fn selects(db: &Connection, question: &Question) -> Result<Vec<Select>, Error> {
    let sought = Sought::look_up(db, question, &mut Notes::default())?;
    let select = sought.as_ref().and_then(|sought| {
        let (_, statement) = sought.stated.first()?;
        let sql = format!("SELECT {} FROM ({})", COLUMNS.join(", "), sought.sql());
        Some((sql, statement.owned_parameters()))
    });
    Ok(select.into_iter().collect())
}

/// What a question asks for, with ids instead of names.
struct Sought {
    /// Statements of relationships; together they are the answer.
    stated: Vec<(Direction, Statement)>,
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
            narrow(&mut statement, question, publishers.as_deref())?;
            stated.push((direction, statement));
        }
        Ok(Some(Sought { stated, own_lines: asks_for_own_lines(question) }))
    }

    /// The SQL for all rows, without an order.
    fn sql(&self) -> String {
        let stated: Vec<String> = self
            .stated
            .iter()
            .map(|(direction, statement)| statement.sql(direction.select(), "", ""))
            .collect();
        // UNION keeps apart what differs in any column, and the grouping below counts articles, not statements.
        let all = format!("WITH stated AS ({}) {GROUPED}", stated.join("\nUNION\n"));
        if self.own_lines {
            format!("SELECT * FROM ({all}) UNION ALL SELECT * FROM ({OWN_LINES})")
        } else {
            all
        }
    }

    /// The parameters of [`Sought::sql`]: every statement has the same ones.
    fn parameters(&self) -> Vec<(&str, &dyn rusqlite::ToSql)> {
        self.stated.first().map(|(_, statement)| statement.parameters()).unwrap_or_default()
    }

    fn write(
        &self,
        db: &Connection,
        question: &Question,
        audience: Audience,
        sink: &mut dyn Sink,
        notes: &mut Notes,
    ) -> Result<(), Error> {
        let paging = Paging::of(question, audience);
        let order = match (question.latest, question.earliest) {
            (true, _) => NEWEST,
            (_, true) => OLDEST,
            _ => BY_WEIGHT,
        };
        let page = format!(
            "SELECT *, row_number() OVER ({order}) AS place FROM ({}) ORDER BY place LIMIT :limit OFFSET :offset",
            self.sql()
        );
        let sql = format!("{SHOWN} FROM ({page}) AS page {OF_PAGE}");
        let (limit, offset) = (paging.sql_limit(), paging.sql_offset());
        let mut parameters = self.parameters();
        parameters.extend([
            (":limit", &limit as &dyn rusqlite::ToSql),
            (":offset", &offset),
            (":around", &AROUND),
        ]);
        let mut shown = 0;
        for_each_row(db, &sql, &parameters, |row| {
            let row = with_passage(values(row, COLUMNS.len() + EVIDENCE.len() + 2)?);
            match audience {
                Audience::Programs => sink.row(&row)?,
                Audience::People => sink.row(&arranged(&row, &PAGE_COLUMNS))?,
                Audience::Readers => sink.row(&arranged(&row, &RELATIONSHIP_COLUMNS))?,
            }
            shown += 1;
            Ok(true)
        })?;
        if paging.may_hide_rows(shown) {
            let sql = format!("SELECT count(*) FROM ({})", self.sql());
            notes.add_some(Notes::on_page(shown, number(db, &sql, &self.parameters())?));
        }
        Ok(())
    }
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

fn narrow(statement: &mut Statement, question: &Question, publishers: Option<&str>) -> Result<(), Error> {
    statement.condition("relationships.status IN ('asserted', 'reported', 'ended')");
    if !question.predicates.is_empty() {
        let predicates = serde_json::to_string(&question.predicates)
            .map_err(|cause| Error::new("cannot list predicates").because(cause))?;
        let condition = "relationships.predicate IN (SELECT value FROM json_each(:predicates))";
        statement.condition_with(condition, ":predicates", predicates);
    }
    if let Some(detail) = &question.detail {
        let condition = "relationships.detail LIKE :detail ESCAPE '\\'";
        statement.condition_with(condition, ":detail", format!("%{}%", escape_like(detail)));
    }
    if let Some(first) = question.period.lower() {
        let condition = "(SELECT published_at FROM articles WHERE id = relationships.article_id) >= :first";
        statement.condition_with(condition, ":first", first);
    }
    if let Some(after) = question.period.upper() {
        let condition = "(SELECT published_at FROM articles WHERE id = relationships.article_id) < :after";
        statement.condition_with(condition, ":after", after);
    }
    if let Some(least) = question.min_confidence {
        statement.condition_with("relationships.confidence >= :least", ":least", least);
    }
    if let Some(publishers) = publishers {
        let condition = "(SELECT publisher FROM articles WHERE id = relationships.article_id)
            IN (SELECT value FROM json_each(:publishers))";
        statement.condition_with(condition, ":publishers", publishers.to_owned());
    }
    Ok(())
}

/// The text with the wildcards of LIKE escaped.
fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// A row of [`COLUMNS_WITH_EVIDENCE`]: the words that state it are put together with those around them.
fn with_passage(mut row: Vec<Cell>) -> Vec<Cell> {
    let at = COLUMNS.len() + 2;
    let mut parts = row.drain(at..at + 3).map(|cell| match cell {
        Cell::Text(text) => text,
        _ => String::new(),
    });
    let [before, words, behind] = [(); 3].map(|()| parts.next().unwrap_or_default());
    drop(parts);
    let evidence = if words.is_empty() { Cell::Null } else { Cell::Text(passage(&before, &words, &behind)) };
    row.insert(at, evidence);
    row
}

/// Words with those around them, as far as their paragraph goes; cut between words, which is marked.
fn passage(before: &str, words: &str, behind: &str) -> String {
    let is_cut = |text: &str| text.chars().count() as i64 >= AROUND;
    let before = match before.rsplit_once('\n') {
        Some((_, line)) => line.to_owned(),
        None if is_cut(before) => {
            before.split_once(char::is_whitespace).map_or_else(String::new, |(_, rest)| format!("… {rest}"))
        }
        None => before.to_owned(),
    };
    let behind = match behind.split_once('\n') {
        Some((line, _)) => line.to_owned(),
        None if is_cut(behind) => {
            behind.rsplit_once(char::is_whitespace).map_or_else(String::new, |(rest, _)| format!("{rest} …"))
        }
        None => behind.to_owned(),
    };
    format!("{before}{words}{behind}").trim().to_owned()
}

/// A row of [`COLUMNS_WITH_EVIDENCE`] in other columns; `seen` are the days of the first and the last article, `published` is that of
/// the one shown.
fn arranged(row: &[Cell], columns: &[&str]) -> Vec<Cell> {
    let value = |column: &str| {
        let at = COLUMNS_WITH_EVIDENCE.iter().position(|name| *name == column);
        at.and_then(|at| row.get(at)).cloned().unwrap_or(Cell::Null)
    };
    let day = |column: &str| match value(column) {
        Cell::Text(date) => Some(date.chars().take(10).collect::<String>()),
        _ => None,
    };
    let seen = match (day("first_seen"), day("last_seen")) {
        (Some(first), Some(last)) if first != last => Some(format!("{first} – {last}")),
        (first, last) => first.or(last),
    };
    let term = match (day("since"), day("until")) {
        (Some(since), Some(until)) if since != until => Some(format!("{since} – {until}")),
        (Some(_), Some(day)) => Some(day),
        (Some(since), None) => Some(format!("since {since}")),
        (None, until) => until.map(|until| format!("until {until}")),
    };
    let cell = |name: &&str| match *name {
        "seen" => seen.clone().into(),
        "term" => term.clone().into(),
        "published" => day("published_at").into(),
        name => value(name),
    };
    columns.iter().map(cell).collect()
}

/// Fails where a predicate is not one of the table `predicates`, with those that are spelled
/// like it.
fn check_predicates(db: &Connection, question: &Question) -> Result<(), Error> {
    let mut known: Vec<String> = Vec::new();
    for_each_row(db, "SELECT name FROM predicates", &[], |row| {
        known.push(row.get(0).map_err(crate::query::failure::read_error)?);
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
