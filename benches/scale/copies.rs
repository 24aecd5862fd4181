//! Makes a large database out of copies of a small one.

use std::path::Path;
use std::time::Instant;

use onrecord::error::Error;
use onrecord::store::Store;
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
    let indexes = take(&db, "index")?;
    let triggers = take(&db, "trigger")?;
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
    for sql in &indexes {
        db.execute_batch(sql).map_err(failed)?;
    }
    report("indexes");
    db.execute_batch(COUNT).map_err(failed)?;
    for sql in &triggers {
        db.execute_batch(sql).map_err(failed)?;
    }
    report("counts");
    db.execute_batch(
        "INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
         INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild');
         INSERT INTO sources_fts (sources_fts) VALUES ('rebuild');
         PRAGMA analysis_limit = 1000; ANALYZE;",
    )
    .map_err(failed)?;
    report("full text");
    drop(db);
    // Relationships are counted as after a run that was stopped.
    Store::open(to)?.close();
    report("relationships");
    Ok(())
}

/// What triggers count otherwise.
const COUNT: &str = "
    UPDATE entities SET mention_count = found.mentions, seen_in = found.articles, seen_first = found.first, seen_last = found.last
    FROM (SELECT entity_id, sum(mentions) AS mentions, count(*) AS articles, min(published_at) AS first, max(published_at) AS last
        FROM (SELECT entity_id, article_id, count(*) AS mentions FROM mentions GROUP BY 1, 2)
        JOIN articles INDEXED BY articles_dated ON articles.id = article_id GROUP BY entity_id) AS found
    WHERE found.entity_id = entities.id;
    UPDATE entities SET quote_count = (SELECT count(*) FROM quotes WHERE speaker_id = entities.id AND vouched = 1);
    DELETE FROM spoke_about;
    INSERT INTO spoke_about
    SELECT entity_id, coalesce(said_by, 0), count(*) FROM quote_subjects WHERE is_vouched = 1 AND is_again = 0 GROUP BY 1, 2;
    DELETE FROM quoted;
    INSERT INTO quoted
    SELECT coalesce(speaker_id, 0), substr(coalesce(published_at, ''), 1, letters), count(*) FROM quotes
    JOIN (SELECT 0 AS letters UNION ALL SELECT 4 UNION ALL SELECT 7)
    WHERE vouched = 1 AND again = 0 AND (letters = 0 OR length(published_at) >= 7) GROUP BY 1, 2;
    INSERT OR IGNORE INTO stale_ties SELECT subject_id, predicate, coalesce(object_id, 0) FROM relationships;
    INSERT OR IGNORE INTO stale_ties
    SELECT said_by, CASE said_as WHEN 'criticism' THEN 'criticized' WHEN 'praise' THEN 'praised' ELSE 'threatened' END, entity_id
    FROM quote_subjects WHERE is_vouched = 1 AND said_by IS NOT NULL AND said_as IN ('criticism', 'praise', 'threat');";

/// Drops the indexes or the triggers of the copied tables, which are quicker made once at the end, and gives their SQL.
fn take(db: &Connection, kind: &str) -> Result<Vec<String>, Error> {
    let mut statement = db
        .prepare(
            "SELECT name, sql FROM sqlite_schema WHERE type = :kind AND sql IS NOT NULL AND tbl_name IN ('articles', 'entities',
                'aliases', 'mentions', 'quotes', 'quote_subjects', 'relationships', 'reprints', 'spoke_about', 'quoted')",
        )
        .map_err(failed)?;
    let rows = statement.query_map(named_params! {":kind": kind}, |row| Ok((row.get(0)?, row.get(1)?)));
    let taken: Vec<(String, String)> = rows.and_then(Iterator::collect).map_err(failed)?;
    for (name, _) in &taken {
        db.execute_batch(&format!("DROP {kind} {name}")).map_err(failed)?;
    }
    Ok(taken.into_iter().map(|(_, sql)| sql).collect())
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
        let mut insert = db.prepare(&sql).map_err(failed)?;
        if let Some(place) = insert.parameter_index(":mark").map_err(failed)? {
            insert.raw_bind_parameter(place, &mark).map_err(failed)?;
        }
        if let Some(place) = insert.parameter_index(":copy").map_err(failed)? {
            insert.raw_bind_parameter(place, copy).map_err(failed)?;
        }
        insert.raw_execute().map_err(failed)?;
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
        // The same words in many articles are rare.
        ("quotes", "text") => ":mark || ' ' || text".into(),
        (_, "article_id" | "said_in") => format!("{column} + :copy * {article}"),
        (_, "quote_id" | "statement_id") => format!("{column} + :copy * {quote}"),
        (_, "entity_id" | "speaker_id" | "said_by" | "subject_id" | "object_id" | "claimant_id") => {
            who(column)
        }
        _ => column.to_owned(),
    }
}
