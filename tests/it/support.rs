//! What the tests share: running the program and the sqlite3 shell, invented articles, facts without analysis.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use onrecord::article::Article;
use onrecord::facts::{
    Entity, EntityId, EntityKind, Facts, Form, Mention, Quote, QuoteForm, QuoteKind, Relationship, Status,
};
use onrecord::ingest::Findings;
use onrecord::span::Span;

/// What a command said, and how it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

/// Runs a command with `input` on its standard input.
pub(crate) fn run(command: &mut Command, input: &[u8]) -> Ended {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    // A program that refuses its arguments does not read its input.
    let _ = std::io::Write::write_all(&mut child.stdin.take().expect("is piped"), input);
    let output = child.wait_with_output().expect("the command ends");
    Ended {
        stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        code: output.status.code(),
    }
}

/// The program under test: another build of it where `ONRECORD_PROGRAM` names one, for long runs.
pub(crate) fn program() -> String {
    std::env::var("ONRECORD_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_onrecord").to_owned())
}

/// The program, about to run in `folder` with the database `test.db` there.
pub(crate) fn onrecord(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.current_dir(folder).env_remove("ONRECORD_DB").args(["--db", "test.db"]).args(arguments);
    command
}

/// Runs the program in `folder`.
pub(crate) fn run_onrecord(folder: &Path, arguments: &[&str]) -> Ended {
    run(&mut onrecord(folder, arguments), b"")
}

/// What the stock sqlite3 shell answers, which must not complain.
pub(crate) fn sqlite3(db: &Path, sql: &str) -> String {
    let ended = run(Command::new("sqlite3").arg(db).arg(sql), b"");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{sql}");
    ended.stdout
}

/// All rows of all tables, without the times and numbers of runs: what the same input must give again.
pub(crate) fn dump(db: &Path) -> String {
    let tables = [
        "SELECT id, external_id, title, body, author, publisher, published_at, url, language, source,
            content_hash, body_hash, identity, duplicate_of FROM articles ORDER BY id",
        "SELECT article_id, revision, external_id, title, author, publisher, published_at, url, language, source,
            content_hash, body_hash, start, end, text FROM article_revisions ORDER BY article_id, revision",
        "SELECT article_id, revision, key, speaker, speaker_text, cue, act, kind, mode, text, start, end, confidence, vouched
            FROM revision_quotes ORDER BY article_id, revision, key",
        "SELECT * FROM entities ORDER BY id",
        "SELECT * FROM aliases ORDER BY entity_id, alias",
        "SELECT * FROM mentions ORDER BY article_id, start, end, entity_id",
        "SELECT * FROM quotes ORDER BY id",
        "SELECT * FROM quote_spans ORDER BY quote_id, start",
        "SELECT * FROM quote_subjects ORDER BY quote_id, entity_id",
        "SELECT * FROM relationships ORDER BY id",
        "SELECT * FROM predicates ORDER BY name",
    ];
    sqlite3(db, &tables.join(";"))
}

/// Writes a file and gives its path.
pub(crate) fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("has a folder")).expect("the folder is made");
    std::fs::write(&path, content).expect("the file is written");
    path
}

/// Gzips bytes.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

const PEOPLE: [&str; 6] =
    ["Ana Ruiz", "Leo Brandt", "Mira Costa", "Tomás Ibarra", "June Okoro", "Pavel Novák"];
const PLACES: [&str; 4] = ["Porto Sereno", "Valdora", "Lake Brume", "Østerby"];
const ORGANIZATIONS: [&str; 4] = ["Northwind", "the Harbor Party", "Bluefin", "the Brume Water Board"];

/// One line of an invented archive.
pub(crate) fn record(number: usize) -> String {
    let person = PEOPLE[number % PEOPLE.len()];
    let other = PEOPLE[(number / 2 + 1) % PEOPLE.len()];
    let place = PLACES[number % PLACES.len()];
    let organization = ORGANIZATIONS[(number / 3) % ORGANIZATIONS.len()];
    let body = format!(
        "PORTO SERENO — Mayor {person} said on Tuesday that the ferry to {place} would run again.\n\n\
         “We have waited {number} days for {organization},” said {other}, “and we will wait no longer.”\n\n\
         {person} thanked {other}. “The boats are ready – finally,” {person} said."
    );
    serde_json::json!({
        "id": format!("story-{number}"),
        "title": format!("Ferry {number} sails"),
        "text": body,
        "published": format!("20{:02}-0{}-1{}", 10 + number % 12, 1 + number % 9, number % 10),
        "source": if number.is_multiple_of(2) { "The Courier" } else { "Harbor News" },
        "url": format!("https://news.example/{number}"),
    })
    .to_string()
}

/// An invented archive of JSON lines.
pub(crate) fn archive(numbers: std::ops::Range<usize>) -> String {
    let mut archive = String::new();
    for number in numbers {
        writeln!(archive, "{}", record(number)).expect("memory takes it");
    }
    archive
}

/// Facts of an article of [`archive`], found by its known names and curly quotation marks: enough to fill
/// every table, and independent of analysis.
pub(crate) fn known_facts(article: &Article) -> Option<Findings> {
    let kinds = [
        (EntityKind::Person, &PEOPLE[..]),
        (EntityKind::Place, &PLACES[..]),
        (EntityKind::Organization, &ORGANIZATIONS[..]),
    ];
    let mut facts = Facts::default();
    for (kind, name) in kinds.into_iter().flat_map(|(kind, names)| names.iter().map(move |name| (kind, name)))
    {
        let entity = EntityId(facts.entities.len() as u32);
        let found: Vec<_> =
            article.body.match_indices(name).map(|(at, name)| Span::new(at, at + name.len())).collect();
        if found.is_empty() {
            continue;
        }
        facts.entities.push(Entity {
            kind,
            name: (*name).to_owned(),
            aliases: Vec::new(),
            gender: None,
            country: None,
            organization_kind: None,
        });
        facts.mentions.extend(found.into_iter().map(|span| Mention { span, entity, form: Form::Name }));
    }
    facts.mentions.sort_by_key(|mention| mention.span);
    let marks = |mark: char| article.body.match_indices(mark).map(|(at, _)| at).collect::<Vec<_>>();
    let pieces =
        marks('“').into_iter().zip(marks('”')).map(|(open, close)| Span::new(open + '“'.len_utf8(), close));
    let speaker = facts
        .mentions
        .iter()
        .find(|mention| facts.entities[mention.entity.index()].kind == EntityKind::Person);
    let speaker = *speaker.expect("every invented article names a person");
    for piece in pieces {
        facts.quotes.push(Quote {
            source: Some(speaker.span),
            confidence: 0.9,
            vouched: true,
            speaker: Some(speaker.entity),
            about: facts
                .mentions
                .iter()
                .filter(|mention| piece.covers(mention.span))
                .map(|mention| mention.entity)
                .collect(),
            ..Quote::new(vec![piece], QuoteKind::Direct, QuoteForm::SaidX)
        });
    }
    let mayor = article.body.find("Mayor").expect("every invented article names a mayor");
    facts.relationships.push(Relationship {
        subject: speaker.entity,
        predicate: "holds_office",
        object: None,
        detail: Some(Span::new(mayor, mayor + "Mayor".len())),
        status: Status::Asserted,
        evidence: Span::new(mayor, speaker.span.end()),
        trigger: None,
        term: Default::default(),
        claim: None,
        confidence: 0.8,
    });
    Some(Findings { facts, ..Findings::default() })
}
