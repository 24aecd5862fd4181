//! Questions about quotes → rows of `who_said_what`, numbers, or a page for people.
//!
//! Names become ids first. Then the narrow part runs: the ids of the quotes that fit, newest first, along
//! an index, so that an answer of fifty rows never sorts the archive. Each quote is read by its id after
//! that. Knows the tables of quotes; never formats anything.

use std::collections::{BTreeSet, HashSet};

use rusqlite::types::Value;
use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::name_key::name_key;
use crate::query::answer::selection::Selection;
use crate::query::answer::statement::{Select, for_each_row, values};
use crate::query::answer::{compared, context, counts};
use crate::query::audience::Audience;
use crate::query::failure::read_error;
use crate::query::notes::Notes;
use crate::query::output::{Cell, LIST_COLUMNS, Sink};
use crate::query::paging::Paging;
use crate::query::question::{Count, Question};

/// The columns of the view `all_attributions`, in its order, and last how many outlets printed the statement.
pub const ALL_COLUMNS: [&str; 19] = [
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
    "mode",
    "vouched",
    "outlets",
];

/// Where `vouched` stands among them.
const VOUCHED: usize = 17;

/// The columns of the view `who_said_what` and the number of outlets: the same without `vouched`, which holds for all of them.
pub const COLUMNS: [&str; 18] = {
    let mut columns = [""; 18];
    let mut at = 0;
    while at < columns.len() {
        columns[at] = ALL_COLUMNS[if at < VOUCHED { at } else { at + 1 }];
        at += 1;
    }
    columns
};

/// The columns of a page for people.
const PAGE_COLUMNS: [&str; 8] =
    ["published", "speaker", "cue", "quote", "about", "publisher", "title", "quote_id"];

/// How many outlets print a statement, in copies of one article; one where nothing is known of any.
macro_rules! outlets {
    () => {
        "(SELECT max(1, count(DISTINCT other.publisher))
            FROM reprints AS mine
            JOIN reprints ON reprints.statement_id = mine.statement_id
            JOIN quotes AS printed ON printed.id = reprints.quote_id
            JOIN articles AS other ON other.id = printed.article_id
            WHERE mine.quote_id = quotes.id)"
    };
}

pub(super) use outlets;

/// One quote, as the view `all_attributions` has it, but for the subjects.
const QUOTE: &str = concat!(
    "
    SELECT quotes.id, speaker.name, speaker.kind, quotes.speaker_text, quotes.cue, quotes.text, quotes.kind,
        articles.published_at, articles.publisher, articles.title, articles.url, quotes.article_id, quotes.act,
        quotes.confidence, quotes.mode, quotes.vouched, ",
    outlets!(),
    "
    FROM quotes
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
    WHERE quotes.id = :id"
);

/// Where the two columns of subjects stand among those of [`QUOTE`].
const SUBJECT_COLUMNS: usize = 7;

/// The subjects of a quote. Not the view itself: its rows do not tell which entity they are about, and two may bear one name.
const SUBJECTS_OF_QUOTE: &str = "
    SELECT entities.name, entities.kind, entities.id
    FROM quote_subjects JOIN entities ON entities.id = quote_subjects.entity_id
    WHERE quote_subjects.quote_id = :id ORDER BY entities.id";

/// One quote as people read it: the source as printed where it has no name, all subjects in one cell.
const PAGE_ROW: &str = concat!(
    "
    SELECT substr(articles.published_at, 1, 10), coalesce(speaker.name, quotes.speaker_text), quotes.cue,
        quotes.text,
        (SELECT group_concat(name, '; ') FROM (
            SELECT entities.name FROM quote_subjects JOIN entities ON entities.id = quote_subjects.entity_id
            WHERE quote_subjects.quote_id = quotes.id ORDER BY entities.id)),
        nullif(trim(coalesce(articles.publisher, '') || coalesce((
            SELECT ' (printed by ' || outlets || ' outlets)' FROM (SELECT ",
    outlets!(),
    " AS outlets) WHERE outlets > 1), '')), ''),
        articles.title, quotes.id
    FROM quotes
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
    WHERE quotes.id = :id"
);

/// One quote in the columns of the list, and its speaker.
const LIST_ROW: &str = concat!(
    "
    SELECT substr(articles.published_at, 1, 10), articles.publisher, articles.title,
        coalesce(speaker.name, quotes.speaker_text), quotes.cue, quotes.text,
        (SELECT group_concat(name, '; ') FROM (
            SELECT entities.name FROM quote_subjects JOIN entities ON entities.id = quote_subjects.entity_id
            WHERE quote_subjects.quote_id = quotes.id ORDER BY entities.id)),
        quotes.id, quotes.mode, quotes.confidence, quotes.vouched, quotes.speaker_id, ",
    outlets!(),
    " AS outlets
    FROM quotes
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
    WHERE quotes.id = :id"
);

/// What the same speaker is quoted with in other articles than copies of this one, if it begins in the same way: text and outlet of each.
const SAME_BEGINNING: &str = "
    SELECT quotes.text, coalesce(articles.publisher, '')
    FROM quotes AS asked
    CROSS JOIN quotes INDEXED BY quotes_by_beginning ON quotes.speaker_id = asked.speaker_id
        AND lower(substr(ltrim(quotes.text, ' \"''“”‘’'), 1, 24)) = lower(substr(ltrim(asked.text, ' \"''“”‘’'), 1, 24))
        AND quotes.vouched = 1 AND quotes.speaker_id IS NOT NULL AND quotes.article_id <> asked.article_id
    JOIN articles ON articles.id = quotes.article_id
    WHERE asked.id = :id
        AND NOT EXISTS (SELECT 1 FROM reprints AS here JOIN reprints AS there ON there.statement_id = here.statement_id
            WHERE here.quote_id = :id AND there.quote_id = quotes.id)
    LIMIT 1000";

/// Answers a question about quotes.
pub(crate) fn answer(
    db: &Connection,
    question: &Question,
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<Notes, Error> {
    let mut notes = Notes::default();
    let paging = Paging::of(question, audience);
    if question.compare && question.count.is_some() {
        return Err(Error::usage("numbers are not compared side by side")
            .hint("ask how often of each, or leave the comparison out: … by speaker"));
    }
    if question.compare {
        let questions = compared::questions(db, question)?;
        if audience == Audience::Programs {
            let one = |(_, question): &(String, Question)| Selection::look_up(db, question, &mut notes);
            let sought = questions.iter().map(one).collect::<Result<Vec<_>, _>>()?;
            let sought: Vec<&Selection> = sought.iter().flatten().collect();
            rows(db, question, &sought, None, paging, sink)?;
            for sought in sought {
                notes.add_some(Notes::on_left_out(sought.left_out(db)?));
            }
        } else {
            compared::side_by_side(db, &questions, paging, sink, &mut notes)?;
        }
        return Ok(notes);
    }
    let sought = Selection::look_up(db, question, &mut notes)?;
    let sought = sought.as_ref();
    let broad =
        if asks_broadly(question, audience) { Selection::in_articles_about(db, question)? } else { None };
    let each: Vec<&Selection> = sought.into_iter().collect();
    match question.count {
        Some(Count::All) => counts::count_all(db, sought, sink)?,
        Some(Count::By(key)) => notes.extend(counts::count_by(db, sought, key, paging, sink)?),
        None => match audience {
            Audience::Programs => rows(db, question, &each, broad.as_ref(), paging, sink)?,
            Audience::People => notes.extend(page(db, question, sought, paging, sink)?),
            Audience::Readers => notes.extend(list(db, question, sought, broad.as_ref(), paging, sink)?),
        },
    }
    if let Some(sought) = sought {
        notes.add_some(Notes::on_left_out(sought.left_out(db)?));
    }
    Ok(notes)
}

/// Whether quotes in articles about what is asked for belong to the answer: where that is said, and where a person reads what
/// somebody said about something, behind the quotes that name it.
fn asks_broadly(question: &Question, audience: Audience) -> bool {
    let by_somebody = question.speaker.is_some() && !question.latest && !question.earliest;
    // What is new is new whoever reads it.
    let is_for_readers = audience == Audience::Readers && question.seen.is_none();
    // In articles about a topic, what was said to somebody or in these words is no nearer to it.
    let is_narrow = question.told.is_some() || !question.phrases.is_empty();
    !question.about.is_empty() && !is_narrow && (question.broad || is_for_readers && by_somebody)
}

/// The SELECTs that answer a question; none where a name is unknown.
pub(crate) fn selects(db: &Connection, question: &Question) -> Result<Vec<Select>, Error> {
    let Some(sought) = Selection::look_up(db, question, &mut Notes::default())? else {
        return Ok(Vec::new());
    };
    let found = match question.count {
        None => (sought.ids_sql(), sought.quotes.owned_parameters()),
        Some(Count::All) => sought.count_select(),
        Some(Count::By(key)) => counts::groups(key, &sought),
    };
    let rows = (QUOTE.to_owned(), vec![(":id", Value::Null)]);
    Ok([found].into_iter().chain(question.count.is_none().then_some(rows)).collect())
}

/// The columns that a question adds to those of the views.
fn more_columns(question: &Question) -> Vec<&'static str> {
    let broad = question.broad.then_some("in_article_about");
    broad.into_iter().chain(question.context.then_some("context")).collect()
}

/// Writes rows of `who_said_what`, those of each selection after those of the one before: one for each quote, or one for each of
/// its subjects; then those of `broad`, marked as such.
fn rows(
    db: &Connection,
    question: &Question,
    sought: &[&Selection],
    broad: Option<&Selection>,
    paging: Paging,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    // By the question alone: the columns are the same whether or not its names are known.
    let is_all = question.asks_for_all();
    let columns = if is_all { &ALL_COLUMNS[..] } else { &COLUMNS[..] };
    sink.columns(&[columns, &more_columns(question)].concat())?;
    let mut seen = HashSet::new();
    let mut rest = paging;
    for sought in sought {
        rest = rows_of(db, question, sought, is_all, None, &mut seen, paging, sink)?;
    }
    if let Some(broad) = broad {
        let about = question.about.join(" and ");
        rows_of(db, question, broad, is_all, Some(&about), &mut seen, rest, sink)?;
    }
    sink.finish()
}

/// Writes the rows of one selection, and gives what is left of the page; `about` is what its articles are about, where the quotes
/// do not name it.
#[expect(clippy::too_many_arguments, reason = "what a row is made of, and where it goes")]
fn rows_of(
    db: &Connection,
    question: &Question,
    sought: &Selection,
    is_all: bool,
    about: Option<&str>,
    seen: &mut HashSet<i64>,
    paging: Paging,
    sink: &mut dyn Sink,
) -> Result<Paging, Error> {
    for_each_on_page(db, sought, paging, |id, shows| {
        if about.is_some() && seen.contains(&id) {
            return Ok(false);
        }
        if question.broad {
            seen.insert(id);
        }
        if !shows {
            return Ok(true);
        }
        let mut more = Vec::new();
        if question.broad {
            more.push(about.map(str::to_owned).into());
        }
        if question.context {
            more.push(context::passage(db, id)?.into());
        }
        let mut subjects = Vec::new();
        for_each_row(db, SUBJECTS_OF_QUOTE, named_params! {":id": id}, |row| {
            let get = |column| row.get::<_, String>(column).map_err(read_error);
            if !question.by_subject || sought.is_about(Some(row.get(2).map_err(read_error)?)) {
                subjects.push((get(0)?, get(1)?));
            }
            Ok(true)
        })?;
        for_each_row(db, QUOTE, named_params! {":id": id}, |row| {
            let mut cells = values(row, ALL_COLUMNS.len() - 2)?;
            if !is_all {
                cells.remove(VOUCHED - 2);
            }
            cells.append(&mut more);
            let mut write = |about: Cell, kind: Cell| {
                let mut cells = cells.clone();
                cells.splice(SUBJECT_COLUMNS..SUBJECT_COLUMNS, [about, kind]);
                sink.row(&cells)
            };
            if !question.by_subject {
                let (names, kinds) = subjects.drain(..).unzip();
                write(Cell::List(names), Cell::List(kinds))?;
            } else if subjects.is_empty() {
                write(Cell::Null, Cell::Null)?;
            }
            subjects.drain(..).try_for_each(|(name, kind)| write(name.into(), kind.into()))?;
            Ok(false)
        })?;
        Ok(true)
    })
}

/// Hands on the ids of the quotes up to the end of a page, newest first, and whether each is behind the offset, so that it is
/// shown; one of which `write` says `false` does not count. Gives what is left of the page.
fn for_each_on_page(
    db: &Connection,
    sought: &Selection,
    paging: Paging,
    mut write: impl FnMut(i64, bool) -> Result<bool, Error>,
) -> Result<Paging, Error> {
    let mut rest = paging;
    if paging.limit == 0 {
        return Ok(rest);
    }
    sought.for_each_id(db, |id| {
        let shows = rest.offset == 0;
        if write(id, shows)? {
            *(if shows { &mut rest.limit } else { &mut rest.offset }) -= 1;
        }
        Ok(rest.limit > 0)
    })?;
    Ok(rest)
}

/// Writes a page for people: a row for each quote; says how many more there are.
fn page(
    db: &Connection,
    question: &Question,
    sought: Option<&Selection>,
    paging: Paging,
    sink: &mut dyn Sink,
) -> Result<Notes, Error> {
    let context = question.context.then_some("context");
    sink.columns(&[&PAGE_COLUMNS[..], context.as_slice()].concat())?;
    let mut notes = Notes::default();
    if let Some(sought) = sought {
        let rest = for_each_on_page(db, sought, paging, |id, shows| {
            if !shows {
                return Ok(true);
            }
            for_each_row(db, PAGE_ROW, named_params! {":id": id}, |row| {
                let mut cells = values(row, PAGE_COLUMNS.len())?;
                if question.context {
                    cells.push(context::passage(db, id)?.into());
                }
                sink.row(&cells)?;
                Ok(false)
            })?;
            Ok(true)
        })?;
        let shown = paging.limit - rest.limit;
        if paging.may_hide_rows(shown) {
            notes.add_some(Notes::on_long_page(shown, sought.count_for_page(db)?));
        }
    }
    sink.finish()?;
    Ok(notes)
}

/// Writes a page to be read: a statement once, and so equal words of one speaker, with how many outlets printed them; then,
/// as far as the page goes, quotes in articles about what is asked for, marked as such.
fn list(
    db: &Connection,
    question: &Question,
    sought: Option<&Selection>,
    broad: Option<&Selection>,
    paging: Paging,
    sink: &mut dyn Sink,
) -> Result<Notes, Error> {
    sink.columns(&LIST_COLUMNS)?;
    let mut notes = Notes::default();
    let mut seen = Seen::default();
    let mut rest = paging;
    if let Some(sought) = sought {
        rest = list_of(db, question, sought, None, &mut seen, paging, sink)?;
        let shown = paging.limit - rest.limit;
        if paging.may_hide_rows(shown) {
            let counted = sought.count_for_page(db)?;
            let equal = if counted.is_least { 0 } else { seen.equal };
            notes.add_some(Notes::on_long_page(shown, counted.less(equal)));
        }
    }
    if let Some(broad) = broad.filter(|_| paging.offset == 0 && rest.limit > 0) {
        let about = question.about.join(" and ");
        list_of(db, question, broad, Some(&about), &mut seen, rest, sink)?;
    }
    sink.finish()?;
    Ok(notes)
}

/// What a list has shown.
#[derive(Default)]
struct Seen {
    ids: HashSet<i64>,
    statements: HashSet<(Option<i64>, String)>,
    /// How many quotes had words that stood there already.
    equal: i64,
}

fn list_of(
    db: &Connection,
    question: &Question,
    sought: &Selection,
    about: Option<&str>,
    seen: &mut Seen,
    paging: Paging,
    sink: &mut dyn Sink,
) -> Result<Paging, Error> {
    for_each_on_page(db, sought, paging, |id, shows| {
        let mut is_new = false;
        if !seen.ids.insert(id) {
            return Ok(false);
        }
        for_each_row(db, LIST_ROW, named_params! {":id": id}, |row| {
            let text: String = row.get("text").map_err(read_error)?;
            let speaker: Option<i64> = row.get("speaker_id").map_err(read_error)?;
            is_new = speaker.is_none() || seen.statements.insert((speaker, name_key(&text)));
            if is_new && shows {
                let mut cells = values(row, LIST_COLUMNS.len() - 3)?;
                let outlets: i64 = row.get("outlets").map_err(read_error)?;
                let printed = (outlets > 1).then(|| format!("printed by {outlets} outlets"));
                let printed = [printed, elsewhere(db, id, speaker, &text)?];
                let printed = printed.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                cells.push((!printed.is_empty()).then_some(printed).into());
                cells.push(about.map(str::to_owned).into());
                let context = if question.context { context::passage(db, id)? } else { None };
                cells.push(context.into());
                sink.row(&cells)?;
            }
            Ok(false)
        })?;
        seen.equal += i64::from(!is_new);
        Ok(is_new)
    })
}

/// `also in 3 other outlets`, where a named speaker is quoted with the same words elsewhere.
fn elsewhere(db: &Connection, id: i64, speaker: Option<i64>, text: &str) -> Result<Option<String>, Error> {
    /// Fewer words may be equal by chance.
    const FEWEST_WORDS: usize = 3;
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    if speaker.is_none() || text.split_whitespace().filter(is_word).count() < FEWEST_WORDS {
        return Ok(None);
    }
    let (key, mut outlets, mut unnamed) = (name_key(text), BTreeSet::new(), 0);
    for_each_row(db, SAME_BEGINNING, named_params! {":id": id}, |row| {
        let (other, publisher): (String, String) =
            (row.get(0).map_err(read_error)?, row.get(1).map_err(read_error)?);
        if name_key(&other) == key {
            unnamed += u32::from(publisher.is_empty());
            outlets.extend((!publisher.is_empty()).then_some(publisher));
        }
        Ok(true)
    })?;
    Ok(match (outlets.len(), unnamed) {
        (0, 0) => None,
        (0, 1) => Some("also in 1 other article".to_owned()),
        (0, articles) => Some(format!("also in {articles} other articles")),
        (1, _) => outlets.pop_first().map(|outlet| format!("also in {outlet}")),
        (several, _) => Some(format!("also in {several} other outlets")),
    })
}
