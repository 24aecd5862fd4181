//! Makes a large database out of copies of a small one.

use std::path::Path;
use std::time::Instant;

use onrecord::error::Error;
use rusqlite::{Connection, named_params};

/// Who is mentioned so often in the small archive is the same in all copies.
const WELL_KNOWN: i64 = 20;

/// How much of each body is kept, in characters.
const BODY: i64 = 600;

/// The tables that are copied, and the column by which a row is one of the small archive.
const TABLES: [(&str, &str); 7] = [
    ("articles", "id"),
    ("mentions", "article_id"),
    ("quotes", "id"),
    ("quote_spans", "quote_id"),
    ("quote_subjects", "quote_id"),
    ("relationships", "id"),
    ("reprints", "quote_id"),
];

/// Syllables of the names that rare people get in a copy.
const SYLLABLES: [&str; 10] = ["bra", "lo", "ken", "mi", "tor", "ves", "an", "du", "gar", "il"];

fn failed(cause: rusqlite::Error) -> Error {
    Error::new("cannot make the large database").because(cause)
}

/// The greatest ids of the small archive: what is added to those of each copy.
struct Ids {
    article: i64,
    quote: i64,
    entity: i64,
    relationship: i64,
}

/// Writes `articles` articles or a few more to the new file `to`.
pub(crate) fn make(from: &Path, to: &Path, articles: i64) -> Result<(), Error> {
    let copied = std::fs::copy(from, to);
    copied.map_err(|cause| Error::new(format!("cannot copy {}", from.display())).because(cause))?;
    let db = Connection::open(to).map_err(failed)?;
    db.execute_batch(
        "PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;
         PRAGMA temp_store = MEMORY;",
    )
    .map_err(failed)?;
    let start = Instant::now();
    let report = |what: &str| eprintln!("{what}: {:.0} s", start.elapsed().as_secs_f64());
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(failed);
    let ids = Ids {
        article: number("SELECT max(id) FROM articles")?,
        quote: number("SELECT max(id) FROM quotes")?,
        entity: number("SELECT max(id) FROM entities")?,
        relationship: number("SELECT coalesce(max(id), 0) FROM relationships")?,
    };
    let stored = number("SELECT count(*) FROM articles")?.max(1);
    let indexes = take_indexes(&db)?;
    db.execute_batch(&format!(
        "CREATE TEMP TABLE known (id INTEGER PRIMARY KEY, well INTEGER NOT NULL);
         INSERT INTO known SELECT id, mention_count >= {WELL_KNOWN} FROM entities;
         UPDATE articles SET body = substr(body, 1, {BODY});"
    ))
    .map_err(failed)?;
    for copy in 1..(articles + stored - 1) / stored {
        add_copy(&db, &ids, copy)?;
        report(&format!("copy {copy}"));
    }
    for (_, sql) in &indexes {
        db.execute_batch(sql).map_err(failed)?;
    }
    report("indexes");
    db.execute_batch(
        "UPDATE entities SET mention_count = (SELECT count(*) FROM mentions WHERE entity_id = entities.id),
            quote_count = (SELECT count(*) FROM quotes WHERE speaker_id = entities.id AND vouched = 1);
         INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
         INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild');
         INSERT INTO sources_fts (sources_fts) VALUES ('rebuild');
         PRAGMA analysis_limit = 1000; ANALYZE;",
    )
    .map_err(failed)?;
    report("full text");
    Ok(())
}

/// Drops the indexes of the copied tables, which are quicker made once at the end.
fn take_indexes(db: &Connection) -> Result<Vec<(String, String)>, Error> {
    let mut statement = db
        .prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN
                ('articles', 'entities', 'aliases', 'mentions', 'quotes', 'quote_subjects', 'relationships', 'reprints')",
        )
        .map_err(failed)?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
    let indexes: Vec<(String, String)> = rows.and_then(Iterator::collect).map_err(failed)?;
    for (name, _) in &indexes {
        db.execute_batch(&format!("DROP INDEX {name}")).map_err(failed)?;
    }
    Ok(indexes)
}

fn add_copy(db: &Connection, ids: &Ids, copy: i64) -> Result<(), Error> {
    let mark = copy.to_string().bytes().map(|digit| SYLLABLES[usize::from(digit - b'0')]).collect::<String>();
    let entity = ids.entity;
    db.execute_batch("BEGIN").map_err(failed)?;
    for (table, changed) in [
        (
            "entities",
            [
                ("id", format!("entities.id + :copy * {entity}")),
                ("name", "name || ' ' || :mark".into()),
                ("name_key", "name_key || ' ' || :mark".into()),
            ],
        ),
        (
            "aliases",
            [
                ("entity_id", format!("entity_id + :copy * {entity}")),
                ("alias", "alias || ' ' || :mark".into()),
                ("alias_key", "alias_key || ' ' || :mark".into()),
            ],
        ),
    ] {
        let columns = columns(db, table)?;
        let values: Vec<String> = columns
            .iter()
            .map(|column| {
                changed
                    .iter()
                    .find(|(name, _)| name == column)
                    .map_or(column.clone(), |(_, value)| value.clone())
            })
            .map(|value| if value == "short_key" { "NULL".to_owned() } else { value })
            .collect();
        let id = if table == "entities" { "entities.id" } else { "aliases.entity_id" };
        let sql = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {table} JOIN known ON known.id = {id} AND NOT known.well",
            columns.join(", "),
            values
                .iter()
                .map(|value| if value == "id" { "entities.id".into() } else { value.clone() })
                .collect::<Vec<_>>()
                .join(", ")
        );
        db.execute(&sql, named_params! {":copy": copy, ":mark": mark}).map_err(failed)?;
    }
    for (table, key) in TABLES {
        let columns = columns(db, table)?;
        let values: Vec<String> = columns.iter().map(|column| value(ids, table, column)).collect();
        let last = match table {
            "articles" | "mentions" => ids.article,
            "relationships" => ids.relationship,
            _ => ids.quote,
        };
        let sql = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE {key} <= {last}",
            columns.join(", "),
            values.join(", ")
        );
        db.execute(&sql, named_params! {":copy": copy}).map_err(failed)?;
    }
    db.execute_batch("COMMIT").map_err(failed)
}

fn columns(db: &Connection, table: &str) -> Result<Vec<String>, Error> {
    let mut statement =
        db.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).map_err(failed)?;
    statement.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(failed)
}

/// A column of a row in a copy, as SQL.
fn value(ids: &Ids, table: &str, column: &str) -> String {
    let Ids { article, quote, entity, relationship } = ids;
    let who = |column: &str| {
        format!("(SELECT iif(well, id, id + :copy * {entity}) FROM known WHERE known.id = {table}.{column})")
    };
    match (table, column) {
        ("articles", "id") => format!("id + :copy * {article}"),
        ("articles", "identity" | "content_hash" | "body_hash" | "external_id" | "url" | "source")
        | (_, "key") => format!("{column} || '#' || :copy"),
        ("articles", "published_at") => {
            "strftime('%Y-%m-%d', published_at, ((id * 7919 + :copy * 104729) % 1500 - 750) || ' days')"
                .into()
        }
        ("articles", "duplicate_of") | ("quotes", "within") => "NULL".into(),
        ("quotes", "id") => format!("id + :copy * {quote}"),
        ("relationships", "id") => format!("id + :copy * {relationship}"),
        ("quotes", "published_at") => {
            format!("(SELECT published_at FROM articles WHERE id = quotes.article_id + :copy * {article})")
        }
        ("quote_subjects", "published_at") => {
            format!("(SELECT published_at FROM quotes WHERE id = quote_subjects.quote_id + :copy * {quote})")
        }
        (_, "article_id") => format!("article_id + :copy * {article}"),
        (_, "quote_id" | "statement_id") => format!("{column} + :copy * {quote}"),
        (_, "entity_id" | "speaker_id" | "subject_id" | "object_id" | "claimant_id") => who(column),
        _ => column.to_owned(),
    }
}
