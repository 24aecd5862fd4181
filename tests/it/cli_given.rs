//! What the caller says of articles beside their files: flags, paths, a table; and which inputs are read at all.

use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::support::{Ended, archive, dump, onrecord, run, run_onrecord, sqlite3, write};

/// Ingests in `folder`; it has to end with this code.
fn ingest(folder: &Path, code: i32, arguments: &[&str]) -> Ended {
    let ended = run_onrecord(folder, &[&["ingest", "--fast"], arguments].concat());
    assert_eq!(ended.code, Some(code), "{arguments:?}: {}", ended.stderr);
    ended
}

/// What is stored of each article: source, publisher, date, title, author, id.
fn stored(folder: &Path) -> String {
    let sql = "SELECT source, publisher, published_at, title, author, external_id FROM articles ORDER BY source, id";
    sqlite3(&folder.join("test.db"), sql)
}

const TEXT: &str = "Mayor Ana Ruiz said on Tuesday that the ferry would run again.";

/// A page that says what it is.
fn page() -> String {
    format!(
        "<html><head><title>Ferry runs</title><meta property=\"og:site_name\" content=\"Harbor News\">\
         <meta property=\"article:published_time\" content=\"2019-01-02\"></head><body><article><h1>Ferry runs</h1>\
         <p>{TEXT} It had been out of service since March, when its engine failed in a storm off the coast.</p>\
         <p>Tickets cost four euros, and the boat holds ninety people with their luggage and their bicycles.</p>\
         </article></body></html>"
    )
}

#[test]
fn flags_fill_what_is_missing_and_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "in/a.txt", TEXT);
    write(folder.path(), "in/b.html", page());
    ingest(folder.path(), 0, &["in", "--publisher", "The Courier", "--published", "9 March 2020"]);
    let expected = "in/a.txt|The Courier|2020-03-09|||\nin/b.html|Harbor News|2019-01-02|Ferry runs||\n";
    assert_eq!(stored(folder.path()), expected);
    // The other way round, if that is said.
    ingest(folder.path(), 0, &["in", "--publisher", "The Courier", "--override"]);
    let expected = "in/a.txt|The Courier||||\nin/b.html|The Courier|2019-01-02|Ferry runs||\n";
    assert_eq!(stored(folder.path()), expected);
}

#[test]
fn a_wrong_date_or_nothing_to_come_first_is_wrong_usage() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.txt", TEXT);
    for (arguments, what) in [
        (&["a.txt", "--published", "some day"][..], "the date “some day” cannot be read"),
        (&["a.txt", "--published", "3/4/2016"], "--date-order mdy or dmy says which"),
        (&["a.txt", "--override"], "--override has nothing that could come first"),
        (
            &["a.txt", "--path-pattern", "{outlet}/{title}"],
            "there is no field {outlet}, only {title}, {author}, {publisher}",
        ),
        (&["a.txt", "--path-pattern", "{title"], "a brace has no partner"),
        (&["a.txt", "--metadata", "none.csv"], "cannot take metadata from none.csv"),
        (&["a.txt", "--null"], "--files-from"),
        (&["a.txt", "--only-changed", "--reanalyze"], "cannot be used with"),
    ] {
        let ended = ingest(folder.path(), 2, arguments);
        assert!(ended.stderr.contains(what), "{arguments:?}: {}", ended.stderr);
    }
    assert!(!folder.path().join("test.db").exists());
    ingest(folder.path(), 0, &["a.txt", "--published", "3/4/2016", "--date-order", "dmy"]);
    assert_eq!(stored(folder.path()), "a.txt||2016-04-03|||\n");
}

#[test]
fn paths_tell_publisher_date_and_title() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "in/The Courier/2020-03-09-Ferry runs again.txt", TEXT);
    write(folder.path(), "in/harbor/20190102-Page.html", page());
    write(folder.path(), "in/harbor/no date.txt", TEXT.replace("ferry", "bus"));
    write(folder.path(), "in/2020-03-09-loose.txt", TEXT.replace("ferry", "train"));
    write(folder.path(), "in/records/2018-05-06-many.jsonl", archive(0..2).replace("\"source\"", "\"x\""));
    let ended = ingest(folder.path(), 0, &["in", "--path-pattern", "{publisher}/{published}-{title}"]);
    let expected = "in/2020-03-09-loose.txt|||||\n\
        in/The Courier/2020-03-09-Ferry runs again.txt|The Courier|2020-03-09|Ferry runs again||\n\
        in/harbor/20190102-Page.html|Harbor News|2019-01-02|Ferry runs||\n\
        in/harbor/no date.txt|||||\n\
        in/records/2018-05-06-many.jsonl|records|2010-01-10|Ferry 0 sails||story-0\n\
        in/records/2018-05-06-many.jsonl|records|2011-02-11|Ferry 1 sails||story-1\n";
    assert_eq!(stored(folder.path()), expected);
    assert!(ended.stderr.contains("2 files do not match --path-pattern\n"), "{}", ended.stderr);
    // A file that is named counts with the path that it is named by, and in an archive the path goes on.
    let other = tempfile::tempdir().expect("a folder");
    write(other.path(), "in/The Courier/2020-03-09-Ferry.txt", TEXT);
    let named = "in/The Courier/2020-03-09-Ferry.txt";
    let ended = ingest(other.path(), 0, &[named, "--path-pattern", "{publisher}/{published}-{title}"]);
    assert_eq!(stored(other.path()), format!("{named}|The Courier|2020-03-09|Ferry||\n"));
    assert!(!ended.stderr.contains("--path-pattern"), "{}", ended.stderr);
}

#[test]
fn a_table_beside_the_files_gives_their_fields() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "in/a.txt", TEXT);
    write(folder.path(), "in/deep/b.txt", format!("First line\n\n{}", TEXT.replace("ferry", "bus")));
    write(folder.path(), "in/c.txt", TEXT.replace("ferry", "train"));
    write(folder.path(), "in/d.html", page());
    write(
        folder.path(),
        "in/index.csv",
        "filename;Headline;By;pub_date;newspaper;uuid\n\
         a.txt;Ferry, again;June Okoro;9 March 2020;The Courier;7\n\
         deep\\b.txt;Bus;;some day;;\n\
         d.html;Another;June Okoro;2001-01-01;Other;\n\
         gone.txt;Gone;;;;\n\
         a.txt;Twice;;;;\n",
    );
    let arguments = ["in", "--metadata", "in/index.csv", "--publisher", "All"];
    let ended = ingest(folder.path(), 0, &arguments);
    let expected = "in/a.txt|The Courier|2020-03-09|Ferry, again|June Okoro|7\n\
        in/c.txt|All||||\n\
        in/d.html|Harbor News|2019-01-02|Ferry runs|June Okoro|\n\
        in/deep/b.txt|All||First line||\n";
    assert_eq!(stored(folder.path()), expected);
    for said in [
        "1 file has no row in --metadata\n",
        "1 row of --metadata names a file that was not read\n",
        "1 row of --metadata names no file, or one that a row before it names\n",
        "1 oddities",
        "4 new, 0 unchanged, 0 replaced, 0 rejected",
    ] {
        assert!(ended.stderr.contains(said), "{said}: {}", ended.stderr);
    }
    let verbose = ingest(folder.path(), 0, &[&arguments[..], &["-v"]].concat()).stderr;
    assert!(verbose.contains("passed over: in/index.csv"), "{verbose}");
    assert!(
        verbose.contains("odd: in/deep/b.txt: in in/index.csv: the date “some day” cannot be read"),
        "{verbose}"
    );
    // Before what the files say: no word of a text is lost by that.
    ingest(folder.path(), 0, &[&arguments[..], &["--override"]].concat());
    let sql = "SELECT title, publisher, body FROM articles WHERE source LIKE '%b.txt'";
    let bus = TEXT.replace("ferry", "bus");
    assert_eq!(sqlite3(&folder.path().join("test.db"), sql), format!("Bus|All|First line\n\n{bus}\n"));
    assert!(stored(folder.path()).contains("in/d.html|Other|2001-01-01|Another|June Okoro|\n"));
}

#[test]
fn a_headline_that_gives_way_goes_back_to_the_text_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "in/a.txt", format!("Ferry runs again\n\n{TEXT}"));
    write(folder.path(), "in/b.md", format!("# Bus runs again\n\n{TEXT}"));
    write(folder.path(), "in/c.md", format!("---\ntitle: Tram\n---\n\n{TEXT}"));
    write(folder.path(), "in/d.txt", format!("Boat runs again\nBy Leo Brandt\n\n{TEXT}"));
    write(folder.path(), "index.csv", "file,title\na.txt,Given\nb.md,Given\nc.md,Given\nd.txt,Given\n");
    ingest(folder.path(), 0, &["in", "--metadata", "index.csv", "--override"]);
    let sql = "SELECT title, body FROM articles ORDER BY source";
    let headed = |headline: &str| format!("Given|{headline} runs again\n\n{TEXT}\n");
    let expected = format!("{}{}Given|{TEXT}\n{}", headed("Ferry"), headed("Bus"), headed("Boat"));
    assert_eq!(sqlite3(&folder.path().join("test.db"), sql), expected);
}

#[test]
fn a_table_may_begin_below_other_lines_and_a_broken_one_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "in/a.txt", TEXT);
    write(folder.path(), "index.csv", "Exported on 6 May 2024\n\nfile;title\nin/a.txt;Ferry\n");
    ingest(folder.path(), 0, &["in", "--metadata", "index.csv"]);
    assert_eq!(stored(folder.path()), "in/a.txt|||Ferry||\n");
    write(folder.path(), "index.csv", "file,title\nin/a.txt,\"Ferry\nin/b.txt,\"Bus\"\nin/c.txt,Train\n");
    let ended = ingest(folder.path(), 2, &["in", "--metadata", "index.csv"]);
    let said = "cannot take metadata from index.csv: line 2: a mark of quotation in it is never closed\n";
    assert!(ended.stderr.contains(said), "{}", ended.stderr);
}

#[test]
fn a_table_may_be_json_lines_and_lie_elsewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "in/may/a.txt", TEXT);
    let rows =
        "{\"path\": \"may/a.txt\", \"title\": \"Ferry\", \"authors\": [\"June Okoro\", \"Leo Brandt\"]}\n";
    for (name, table) in [
        ("tables/index.jsonl", rows.to_owned()),
        (
            "tables/index.tsv",
            "file\ttitle\tbyline\n../in/may/a.txt\tFerry\tJune Okoro, Leo Brandt\n".to_owned(),
        ),
        ("tables/index.json", format!("[{}]", rows.trim())),
    ] {
        write(folder.path(), name, table);
        let ended = ingest(folder.path(), 0, &["in", "--metadata", name]);
        assert_eq!(stored(folder.path()), "in/may/a.txt|||Ferry|June Okoro, Leo Brandt|\n", "{name}");
        assert!(!ended.stderr.contains("--metadata"), "{name}: {}", ended.stderr);
    }
    write(folder.path(), "tables/none.csv", "headline,date\nFerry,2020-03-09\n");
    let ended = ingest(folder.path(), 2, &["in", "--metadata", "tables/none.csv"]);
    assert!(
        ended.stderr.contains("none of its columns names the files, only headline, date"),
        "{}",
        ended.stderr
    );
}

#[test]
fn a_text_has_the_fields_that_stand_before_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let fields =
        "---\ntitle: Ferry *runs*\nauthor: June Okoro\ndate: 2020-03-09\npublisher: The Courier\n---\n";
    write(
        folder.path(),
        "a.txt",
        format!("{fields}\nFerry *runs*\n\n{TEXT} It costs 5 * 2 euros, not_more_than that."),
    );
    write(folder.path(), "b.txt", format!("{fields}A dateline\n\n{TEXT}"));
    ingest(folder.path(), 0, &["a.txt", "b.txt"]);
    let rest = "|The Courier|2020-03-09|Ferry *runs*|June Okoro|\n";
    assert_eq!(stored(folder.path()), format!("a.txt{rest}b.txt{rest}"));
    assert_eq!(
        sqlite3(&folder.path().join("test.db"), "SELECT body FROM articles ORDER BY source"),
        format!("{TEXT} It costs 5 * 2 euros, not_more_than that.\nA dateline\n\n{TEXT}\n")
    );
}

#[test]
fn a_dry_run_says_what_would_be_taken_and_stores_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "in/a.jsonl", format!("{}{{\"id\": 3}}\n", archive(0..3)));
    write(folder.path(), "in/b.txt", TEXT);
    write(folder.path(), "in/.hidden.txt", TEXT);
    let ended = ingest(folder.path(), 3, &["in", "--dry-run"]);
    assert_eq!(ended.stdout, "");
    for said in [
        "rejected: in/a.jsonl:4: it has no field with a text",
        "would take 4 articles (3 jsonl, 1 plain), 1 rejected in ",
        "1 hidden files",
        "nothing was stored\n",
    ] {
        assert!(ended.stderr.contains(said), "{said}: {}", ended.stderr);
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("is a folder").count(), 1, "no database is made");
    write(folder.path(), "in/a.jsonl", archive(0..3));
    ingest(folder.path(), 0, &["in/a.jsonl"]);
    let before = dump(&folder.path().join("test.db"));
    let ended = ingest(folder.path(), 0, &["in", "--dry-run", "--path-pattern", "{published}-{title}"]);
    assert!(
        ended
            .stderr
            .contains("would take 4 articles (3 jsonl, 1 plain), 3 of them stored already, 0 rejected"),
        "{}",
        ended.stderr
    );
    assert!(ended.stderr.contains("2 files do not match --path-pattern\n"), "{}", ended.stderr);
    assert_eq!(dump(&folder.path().join("test.db")), before);
    assert_eq!(sqlite3(&folder.path().join("test.db"), "SELECT count(*) FROM ingest_runs"), "1\n");
    assert_eq!(
        ingest(folder.path(), 2, &["none", "--dry-run"]).stderr,
        "error: there is no file or folder none\n"
    );
}

#[test]
fn inputs_may_be_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.txt", TEXT);
    write(folder.path(), "with space.txt", TEXT.replace("ferry", "bus"));
    write(folder.path(), "more/c.txt", TEXT.replace("ferry", "train"));
    write(folder.path(), "list", "a.txt\r\n\nmore\nmissing.txt\n");
    let ended = ingest(folder.path(), 3, &["--files-from", "list"]);
    assert!(ended.stderr.contains("rejected: missing.txt: there is no such file"), "{}", ended.stderr);
    let piped = |arguments: &[&str], list: &[u8]| {
        run(
            &mut onrecord(folder.path(), &[&["ingest", "--fast", "--files-from", "-"], arguments].concat()),
            list,
        )
    };
    assert_eq!(piped(&["-0"], b"with space.txt\0a.txt\0").code, Some(0));
    let db = folder.path().join("test.db");
    assert_eq!(
        sqlite3(&db, "SELECT source FROM articles ORDER BY id"),
        "a.txt\nmore/c.txt\nwith space.txt\n"
    );
    assert_eq!(
        sqlite3(&db, "SELECT inputs FROM ingest_runs ORDER BY id"),
        "[\"--files-from list\"]\n[\"--files-from -\"]\n"
    );
    // A list that names nothing, of a search that found nothing, is no failure.
    let nothing = piped(&[], b"");
    assert_eq!(nothing.code, Some(0));
    assert!(nothing.stderr.contains("the list names no file"), "{}", nothing.stderr);
    assert_eq!(piped(&["-"], b"a.txt\n").code, Some(2));
    assert_eq!(piped(&[], b"a.txt\0b.txt\0").code, Some(2));
}

#[test]
fn files_that_were_taken_whole_are_not_opened_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = ["ferry", "bus", "train"].map(|what| TEXT.replace("ferry", what));
    write(folder.path(), "in/a.txt", &texts[0]);
    write(folder.path(), "in/b.txt", &texts[1]);
    write(folder.path(), "in/c.jsonl", format!("{}{{}}\n", archive(0..1)));
    ingest(folder.path(), 3, &["in"]);
    // What was rejected in part is read again.
    let again = ingest(folder.path(), 3, &["in", "--only-changed", "-v"]).stderr;
    for said in [
        "not opened: in/a.txt\n",
        "not opened: in/b.txt\n",
        "2 files were not opened",
        "0 new, 1 unchanged, 0 replaced, 1 rejected",
    ] {
        assert!(again.contains(said), "{said}: {again}");
    }
    // Unless that is asked, all are read.
    assert!(ingest(folder.path(), 3, &["in"]).stderr.contains("0 new, 3 unchanged"));
    // Read in another way, they are other articles.
    let said = ingest(folder.path(), 3, &["in", "--only-changed", "--publisher", "The Courier"]).stderr;
    assert!(said.contains("0 new, 1 unchanged, 2 replaced"), "{said}");
    // A change of size or of time is a change.
    let said = ingest(folder.path(), 3, &["in", "--only-changed", "--publisher", "The Courier"]).stderr;
    assert!(said.contains("2 files were not opened"), "{said}");
    let changed = write(folder.path(), "in/a.txt", TEXT.replace("Tuesday", "Monday "));
    let file = std::fs::File::options().write(true).open(&changed).expect("opens");
    file.set_modified(SystemTime::now() + Duration::from_secs(5)).expect("is set");
    write(folder.path(), "in/b.txt", format!("{} It is full.", texts[1]));
    let said = ingest(folder.path(), 3, &["in", "--only-changed", "--publisher", "The Courier"]).stderr;
    assert!(said.contains("0 new, 1 unchanged, 2 replaced") && !said.contains("not opened"), "{said}");
    assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
    // From another folder it is the same file.
    let inside = onrecord(&folder.path().join("in"), &[]).get_program().to_owned();
    let mut command = std::process::Command::new(inside);
    command.current_dir(folder.path().join("in")).args([
        "--db",
        "../test.db",
        "ingest",
        "--fast",
        "b.txt",
        "--only-changed",
        "--publisher",
        "The Courier",
        "--dry-run",
    ]);
    let ended = run(&mut command, b"");
    assert!(ended.stderr.contains("would take 0 articles"), "{}", ended.stderr);
    assert!(ended.stderr.contains("1 files were not opened"), "{}", ended.stderr);
}

#[test]
fn a_member_that_is_broken_has_its_archive_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    for (member, whole) in [("broken.jsonl", false), ("good.txt", true)] {
        let content = if whole { TEXT.to_owned() } else { "{\"text\":\n".to_owned() };
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        let mut archive = tar::Builder::new(Vec::new());
        archive.append_data(&mut header, member, content.as_bytes()).expect("memory takes it");
        let bytes = archive.into_inner().expect("memory takes it");
        let name = if whole { "whole.tar" } else { "cut.tar" };
        write(folder.path(), name, bytes);
    }
    ingest(folder.path(), 3, &["cut.tar", "whole.tar"]);
    let said = ingest(folder.path(), 3, &["cut.tar", "whole.tar", "--only-changed", "-v"]).stderr;
    assert!(said.contains("not opened: whole.tar\n") && !said.contains("not opened: cut.tar"), "{said}");
}
