//! A small database of invented people and quotes, filled by hand: what questions are tested against.
//!
//! Every answer can be worked out from the tables below by eye.

use std::path::{Path, PathBuf};

use onrecord::facts::predicates::{PREDICATES, Predicate};
use onrecord::store::{Reader, Store, open_read_only};
use rusqlite::{Connection, named_params, params};
use tempfile::TempDir;

/// The golden database in a folder of its own, which goes with it.
pub(crate) struct GoldenDatabase {
    folder: TempDir,
}

impl GoldenDatabase {
    /// Writes it anew.
    pub(crate) fn new() -> GoldenDatabase {
        let golden = GoldenDatabase::empty();
        let mut db = Connection::open(golden.path()).expect("the database opens");
        fill(&mut db).expect("the golden rows fit the schema");
        drop(db);
        // Counts what triggers noted as stale.
        Store::open(&golden.path()).expect("the database opens").close();
        // Of so few rows SQLite would rather read all than any index.
        let db = Connection::open(golden.path()).expect("the database opens");
        db.execute_batch("DROP TABLE IF EXISTS sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4;")
            .expect("they go");
        golden
    }

    /// A database without an article.
    pub(crate) fn empty() -> GoldenDatabase {
        let golden = GoldenDatabase { folder: TempDir::new().expect("there is room for a folder") };
        Store::open(&golden.path()).expect("a database can be made");
        golden
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("golden.db")
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A connection as every question has it.
    pub(crate) fn reader(&self) -> Reader {
        open_read_only(&self.path()).expect("the database opens for reading")
    }
}

/// id, kind, name, description, other names
const ENTITIES: [(i64, &str, &str, Option<&str>, &[&str]); 8] = [
    (1, "person", "Ana Ruiz", Some("mayor"), &["Ruiz", "Ms Ruiz"]),
    (2, "person", "Lia Okafor", Some("spokeswoman"), &["Okafor"]),
    (3, "organization", "Harbor Bank", None, &["HB"]),
    (4, "place", "Porto Verde", None, &["Porto"]),
    (5, "person", "José Méndez", None, &["Méndez"]),
    (6, "person", "Tomás Ruiz", None, &["Ruiz"]),
    (7, "person", "Nils Quist", None, &["Quist"]),
    (8, "organization", "Verde Fishers Union", None, &["Fishers Union"]),
];

/// id, publisher, published_at, title
const ARTICLES: [(i64, Option<&str>, Option<&str>, &str); 6] = [
    (1, Some("Porto Courier"), Some("2016-03-01"), "Harbor Bank closes two branches"),
    (2, Some("Porto Courier"), Some("2016-09-20T14:05:00Z"), "Mayor asks for patience"),
    (3, Some("The Daily Anchor"), Some("2017-03-09"), "Council votes on the quay"),
    (4, Some("The Daily Anchor"), Some("2017-05-02"), "A quarrel over the quay"),
    (5, Some("The Daily Anchor"), None, "Letters"),
    (6, None, Some("2017-05-02"), "Notes from the harbor"),
];

struct GoldenQuote {
    id: i64,
    article: i64,
    speaker: Option<i64>,
    source: Option<&'static str>,
    cue: &'static str,
    act: &'static str,
    kind: &'static str,
    text: &'static str,
    about: &'static [i64],
    confidence: f64,
}

const QUOTES: [GoldenQuote; 10] = [
    GoldenQuote {
        id: 1,
        article: 1,
        speaker: Some(2),
        source: Some("Lia Okafor"),
        cue: "said",
        act: "statement",
        kind: "direct",
        text: "Harbor Bank stays in Porto Verde",
        about: &[3, 4],
        confidence: 0.9,
    },
    GoldenQuote {
        id: 2,
        article: 1,
        speaker: Some(1),
        source: Some("Ruiz"),
        cue: "denied",
        act: "denial",
        kind: "indirect",
        text: "that she had known of the closures at Harbor Bank",
        about: &[3],
        confidence: 0.7,
    },
    GoldenQuote {
        id: 3,
        article: 2,
        speaker: Some(1),
        source: Some("the mayor"),
        cue: "said",
        act: "statement",
        kind: "mixed",
        text: "the quay would be \"open to all\" by spring",
        about: &[],
        confidence: 0.6,
    },
    GoldenQuote {
        id: 4,
        article: 2,
        speaker: Some(1),
        source: Some("Ms Ruiz"),
        cue: "promised",
        act: "promise",
        kind: "direct",
        text: "Porto Verde will not pay twice",
        about: &[4],
        confidence: 0.95,
    },
    GoldenQuote {
        id: 5,
        article: 3,
        speaker: Some(5),
        source: Some("José Méndez"),
        cue: "wrote",
        act: "criticism",
        kind: "direct",
        text: "Ana Ruiz has no plan, and the price of bread shows it",
        about: &[1],
        confidence: 0.8,
    },
    GoldenQuote {
        id: 6,
        article: 3,
        speaker: None,
        source: Some("a fisherman"),
        cue: "told",
        act: "statement",
        kind: "direct",
        text: "Ana Ruiz and Harbor Bank talk too much",
        about: &[1, 3],
        confidence: 0.5,
    },
    GoldenQuote {
        id: 7,
        article: 4,
        speaker: Some(1),
        source: Some("Ruiz"),
        cue: "said",
        act: "statement",
        kind: "direct",
        text: "Harbor Bank has to answer",
        about: &[3],
        confidence: 0.9,
    },
    GoldenQuote {
        id: 8,
        article: 4,
        speaker: Some(6),
        source: Some("Tomás Ruiz"),
        cue: "asked",
        act: "question",
        kind: "indirect",
        text: "whether José Méndez had read the contract",
        about: &[5],
        confidence: 0.4,
    },
    GoldenQuote {
        id: 9,
        article: 5,
        speaker: Some(2),
        source: Some("Okafor"),
        cue: "said",
        act: "statement",
        kind: "direct",
        text: "Never again | <b>\u{1b}[31m red",
        about: &[],
        confidence: 0.9,
    },
    GoldenQuote {
        id: 10,
        article: 6,
        speaker: Some(1),
        source: Some("Ruiz"),
        cue: "said",
        act: "statement",
        kind: "direct",
        text: "Lia Okafor is right about bread",
        about: &[2],
        confidence: 0.9,
    },
];

/// article, subject, predicate, object, detail, status
const RELATIONSHIPS: [(i64, i64, &str, Option<i64>, Option<&str>, &str); 9] = [
    (1, 1, "leads", Some(4), Some("mayor"), "asserted"),
    (2, 1, "leads", Some(4), Some("mayor"), "asserted"),
    (1, 2, "spokesperson_for", Some(3), Some("spokeswoman"), "asserted"),
    (3, 2, "met_with", Some(1), None, "reported"),
    (4, 1, "accused", Some(3), Some("hiding losses"), "asserted"),
    (4, 5, "criticized", Some(1), None, "asserted"),
    (4, 6, "spouse_of", Some(1), Some("husband"), "asserted"),
    (5, 5, "met_with", Some(3), None, "denied"),
    (6, 5, "employed_by", None, Some("reporter"), "asserted"),
];

const SEEN: &str = "UPDATE entities SET seen_in = found.articles, seen_first = found.first, seen_last = found.last
    FROM (SELECT entity_id, count(DISTINCT article_id) AS articles, min(published_at) AS first, max(published_at) AS last
        FROM mentions JOIN articles ON articles.id = article_id GROUP BY entity_id) AS found
    WHERE found.entity_id = entities.id";

fn fill(db: &mut Connection) -> rusqlite::Result<()> {
    let work = db.transaction()?;
    work.execute(
        "INSERT INTO ingest_runs (id, started_at, version, model, inputs) VALUES (1, '2026-01-01T00:00:00Z', '0', '', '[]')",
        [],
    )?;
    for (id, kind, name, description, others) in ENTITIES {
        let key = onrecord::name_key::name_key(name);
        work.execute(
            "INSERT INTO entities (id, kind, name, name_key, description) VALUES (?, ?, ?, ?, ?)",
            params![id, kind, name, key, description],
        )?;
        for alias in [name].iter().chain(others) {
            let key = onrecord::name_key::name_key(alias);
            work.execute(
                "INSERT INTO aliases (entity_id, alias, alias_key, article_count) VALUES (?, ?, ?, 1)",
                params![id, alias, key],
            )?;
        }
    }
    for (id, publisher, published_at, title) in ARTICLES {
        let body =
            QUOTES.iter().filter(|quote| quote.article == id).map(|quote| quote.text).collect::<Vec<_>>();
        work.execute(
            "INSERT INTO articles (id, title, body, publisher, published_at, url, source, content_hash, body_hash,
                identity, ingested_at, run_id)
             VALUES (:id, :title, :body, :publisher, :date, 'https://news.example/' || :id, 'golden.jsonl', :id, :id,
                :id, '2026-01-01T00:00:00Z', 1)",
            named_params! {":id": id.to_string(), ":title": title, ":body": body.join("\n"), ":publisher": publisher, ":date": published_at},
        )?;
    }
    for quote in &QUOTES {
        insert_quote(&work, quote)?;
    }
    for predicate in PREDICATES {
        let Predicate { name, description, symmetric, extension, example, .. } = predicate;
        work.execute(
            "INSERT OR IGNORE INTO predicates VALUES (?, ?, ?, ?, ?)",
            params![name, description, symmetric, extension, example],
        )?;
    }
    for (article, subject, predicate, object, detail, status) in RELATIONSHIPS {
        work.execute(
            "INSERT INTO relationships (article_id, subject_id, predicate, object_id, detail, status, start, end, confidence)
             VALUES (?, ?, ?, ?, ?, ?, 0, 1, 0.8)",
            params![article, subject, predicate, object, detail, status],
        )?;
    }
    work.execute_batch(
        "UPDATE entities SET
            quote_count = (SELECT count(*) FROM quotes WHERE speaker_id = entities.id AND vouched = 1),
            mention_count = (SELECT count(*) FROM mentions WHERE entity_id = entities.id)",
    )?;
    work.execute_batch(SEEN)?;
    work.commit()
}

/// The quote, its subjects, and one mention of each subject and of the speaker.
fn insert_quote(db: &Connection, quote: &GoldenQuote) -> rusqlite::Result<()> {
    let body: String =
        db.query_row("SELECT body FROM articles WHERE id = ?", [quote.article], |row| row.get(0))?;
    let at = body.find(quote.text).expect("the body holds its quotes");
    let length = |text: &str| i64::try_from(text.chars().count()).expect("the texts are short");
    let (start, end) = (length(&body[..at]), length(&body[..at]) + length(quote.text));
    let date: Option<String> =
        db.query_row("SELECT published_at FROM articles WHERE id = ?", [quote.article], |row| row.get(0))?;
    db.execute(
        "INSERT INTO quotes (id, key, article_id, speaker_id, speaker_text, cue, act, kind, text, start, end, confidence, published_at, vouched)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        params![
            quote.id, format!("q{}", quote.id), quote.article, quote.speaker, quote.source, quote.cue, quote.act,
            quote.kind, quote.text, start, end, quote.confidence, date
        ],
    )?;
    db.execute("INSERT INTO quote_spans VALUES (?, ?, ?)", params![quote.id, start, end])?;
    for subject in quote.about {
        db.execute(
            "INSERT INTO quote_subjects (quote_id, entity_id, published_at) VALUES (?, ?, ?)",
            params![quote.id, subject, date],
        )?;
    }
    for entity in quote.about.iter().chain(&quote.speaker) {
        db.execute(
            "INSERT INTO mentions VALUES (?, ?, ?, ?, 'name')",
            params![quote.article, entity, start, start + 1 + *entity],
        )?;
    }
    Ok(())
}
