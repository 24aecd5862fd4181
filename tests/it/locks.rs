//! Other programs at work on the same file, and programs that are told to stop: waiting, reading meanwhile, signals.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::cli_check::filled;
use crate::support::{archive, onrecord, program, run, run_onrecord, sqlite3, write};

/// How long another program holds what it holds: longer than any command waits that does not wait.
const HELD: Duration = Duration::from_secs(1);

/// Another program that has begun with `begin`.
fn other(db: &Path, begin: &str) -> rusqlite::Connection {
    let other = rusqlite::Connection::open(db).expect("opens");
    other.execute_batch(begin).expect("begins");
    other
}

const WRITES: &str = "BEGIN IMMEDIATE; UPDATE saved_queries SET name = name";
const STANDARD_INPUT: &[&str] = &["--db", "test.db", "ingest", "-"];
const READS: &str = "BEGIN; SELECT count(*) FROM articles";

/// A database with a saved query, in the mode that earlier programs left files in, or in ours.
fn database(folder: &Path, mode: &str) -> PathBuf {
    let db = filled(folder, 1);
    sqlite3(&db, &format!("PRAGMA journal_mode = {mode}"));
    db
}

#[test]
fn every_command_that_writes_waits_for_others() {
    let commands: &[&[&str]] = &[
        &["ingest", "more.jsonl"],
        &["ingest", "archive.jsonl"],
        &["saved", "add", "mine", "who said what about Northwind?"],
        &["saved", "remove", "mine"],
        &["rename", "Ana Ruiz", "Ana M. Ruiz"],
        &["undo", "1"],
        &["merge", "Leo Brandt", "June Okoro", "--yes"],
        &["corrections", "import", "corrections.jsonl"],
        &["check"],
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(folder.path(), "wal");
    write(folder.path(), "more.jsonl", archive(50..52));
    write(folder.path(), "corrections.jsonl", run_onrecord(folder.path(), &["corrections", "export"]).stdout);
    for (command, mode) in commands.iter().flat_map(|command| [(command, "wal"), (command, "delete")]) {
        for begin in [WRITES, READS] {
            // Each command is given twice, so the second may find its work done.
            let _ = run_onrecord(folder.path(), &["saved", "add", "mine", "who said what about Northwind?"]);
            sqlite3(&db, &format!("PRAGMA journal_mode = {mode}"));
            let other = other(&db, begin);
            let began = Instant::now();
            let child = onrecord(folder.path(), command)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("starts");
            std::thread::sleep(HELD);
            drop(other);
            let ended = child.wait_with_output().expect("ends");
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            let has_waited = !said.contains("locked") && began.elapsed() >= HELD;
            let is_known =
                said.contains("already") || said.contains("there is no") || said.contains("undone");
            assert!(has_waited && (ended.status.success() || is_known), "{mode} {begin} {command:?}: {said}");
        }
    }
}

#[test]
fn an_ingest_is_not_stopped_by_a_reader() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(folder.path(), "wal");
    write(folder.path(), "more.jsonl", archive(50..52));
    let other = other(&db, READS);
    let ended = run_onrecord(folder.path(), &["ingest", "more.jsonl"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let ended = run_onrecord(folder.path(), &["rename", "Ana Ruiz", "Ana M. Ruiz"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    drop(other);
    assert_eq!(sqlite3(&db, "SELECT count(*) FROM articles"), "42\n");
}

#[test]
fn others_read_while_a_program_waits_and_it_may_be_stopped() {
    for (mode, begin) in [("wal", WRITES), ("delete", WRITES), ("delete", READS)] {
        let folder = tempfile::tempdir().expect("a folder");
        let db = database(folder.path(), mode);
        let other = other(&db, begin);
        let mut waiting = onrecord(folder.path(), &["ingest", "archive.jsonl"])
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        std::thread::sleep(HELD);
        let mut longest = Duration::ZERO;
        for _ in 0..20 {
            let began = Instant::now();
            let reader = onrecord::store::open_read_only(&db).expect("opens");
            let articles = reader.query_row("SELECT count(*) FROM articles", [], |row| row.get::<_, i64>(0));
            assert_eq!(articles, Ok(40));
            longest = longest.max(began.elapsed());
        }
        assert!(longest < Duration::from_secs(1), "{mode} {begin}: a reader waited {longest:?}");
        assert!(waiting.try_wait().expect("is asked").is_none(), "{mode} {begin}: it does not wait");
        assert_eq!(stopped(&mut waiting, "TERM"), Some(130), "{mode} {begin}");
        drop(other);
        assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
    }
}

/// Sends a signal; the exit code, which must come soon.
fn stopped(child: &mut Child, signal: &str) -> Option<i32> {
    send(child, signal);
    let began = Instant::now();
    // Below `nohup`, a hangup ends neither this test nor what it starts.
    while child.try_wait().expect("is a child").is_none() && began.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let _ = child.kill();
    let code = child.wait().expect("has ended").code();
    // A second is promised; a machine that is busy with other tests may take another.
    assert!(began.elapsed() < Duration::from_secs(2), "{signal} was answered after {:?}", began.elapsed());
    code
}

fn send(child: &Child, signal: &str) {
    let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()));
}

/// An ingest of standard input that has stored what it was given and waits for more, begun by `starter`.
fn at_work(folder: &Path, starter: &[&str], arguments: &[&str]) -> Child {
    let program = program();
    let words = [starter, &[&program], arguments].concat();
    let mut child = Command::new(words[0])
        .args(&words[1..])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    child.stdin.as_mut().expect("is piped").write_all(archive(0..2).as_bytes()).expect("it listens");
    let deadline = Instant::now() + Duration::from_secs(60);
    let stored = || {
        let db = rusqlite::Connection::open(folder.join("test.db"))?;
        db.query_row("SELECT count(*) FROM articles", [], |row| row.get::<_, i64>(0))
    };
    while stored().unwrap_or(0) < 2 {
        assert!(Instant::now() < deadline, "nothing is stored");
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}

#[test]
fn a_pipe_that_is_full_and_that_nobody_reads_holds_no_exit_up() {
    let folder = tempfile::tempdir().expect("a folder");
    // More is said of these than a pipe holds.
    for number in 0..1500 {
        write(folder.path(), &format!("rejected/{number}/{}.jsonl", "long".repeat(20)), "{bad\n");
    }
    let mut child = onrecord(folder.path(), &["-v", "ingest", "rejected", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    std::thread::sleep(Duration::from_secs(2));
    assert!(child.try_wait().expect("is asked").is_none(), "it waits for its input, or for its pipe");
    assert_eq!(stopped(&mut child, "TERM"), Some(130));
}

#[test]
fn signals_end_an_ingest_soon_and_cleanly() {
    for signal in ["INT", "TERM", "HUP"] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut child = at_work(folder.path(), &[], STANDARD_INPUT);
        // The pipe stays open: the end of the input does not end it.
        let pipe = child.stdin.take();
        assert_eq!(stopped(&mut child, signal), Some(130), "{signal}");
        drop(pipe);
        let said = std::io::read_to_string(child.stderr.take().expect("is piped")).expect("is text");
        assert!(said.contains("the same command goes on from there"), "{signal}: {said}");
        assert_eq!(std::fs::read_dir(folder.path()).expect("is a folder").count(), 1, "{signal}");
        assert_eq!(sqlite3(&folder.path().join("test.db"), "SELECT count(*) FROM articles"), "2\n");
    }
}

/// By POSIX, closing a file takes away all locks that the process has on it, those of SQLite too: the next program to
/// close the database would then take it for the last one, and unlink the log that is written to.
#[cfg(unix)]
#[test]
fn the_database_is_never_opened_as_input() {
    use std::os::unix::fs::symlink;

    let beside: &[&str] = &["test.db-wal", "./test.db-shm", "in/link-wal", "in/link-shm"];
    let cases: &[(&str, &[&str])] = &[
        ("test.db", &["test.db", "in/../test.db", "link", "hard"]),
        ("test.db", beside),
        // SQLite names what lies beside a database after the file that a link leads to.
        ("link", &["test.db", "link", "hard"]),
        ("link", beside),
        ("test.db", &["--follow", "in"]),
    ];
    for (db, inputs) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        write(folder.path(), "a.jsonl", archive(0..1));
        assert_eq!(run_onrecord(folder.path(), &["ingest", "a.jsonl"]).code, Some(0));
        std::fs::create_dir(at("in")).expect("is made");
        for (target, link) in [
            ("test.db", "link"),
            ("../test.db", "in/link"),
            ("../test.db-wal", "in/link-wal"),
            ("../test.db-shm", "in/link-shm"),
        ] {
            symlink(target, at(link)).expect("is made");
        }
        std::fs::hard_link(at("test.db"), at("hard")).expect("is made");

        let arguments = [&["--db", *db, "ingest", "-v"], *inputs, &["-"]].concat();
        let mut child = at_work(folder.path(), &[], &arguments);
        // The test has looked at the database and closed it: where locks were lost, as the last one who had it open.
        assert!(at("test.db-wal").exists(), "{inputs:?}: the log was taken away");
        drop(child.stdin.take());
        let ended = child.wait_with_output().expect("ends");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        let expected = if inputs.contains(&"in") { 3 } else { inputs.len() };
        assert_eq!(said.matches("passed over: ").count(), expected, "{inputs:?}: {said}");
        assert!(ended.status.success() && said.contains(" 0 rejected "), "{inputs:?}: {said}");
        assert_eq!(sqlite3(&at("test.db"), "SELECT count(*) FROM articles"), "2\n");
        assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
    }
}

#[test]
fn a_hangup_that_is_ignored_stays_ignored() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = at_work(folder.path(), &["nohup"], STANDARD_INPUT);
    send(&child, "HUP");
    std::thread::sleep(Duration::from_secs(1));
    let mut pipe = child.stdin.take().expect("is piped");
    pipe.write_all(archive(2..4).as_bytes()).expect("it listens still");
    drop(pipe);
    assert_eq!(child.wait().expect("has ended").code(), Some(0));
    assert_eq!(sqlite3(&folder.path().join("test.db"), "SELECT count(*) FROM articles"), "4\n");
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = at_work(folder.path(), &["nohup"], STANDARD_INPUT);
    assert_eq!(stopped(&mut child, "TERM"), Some(130), "others are not");
}

#[test]
fn two_ingests_and_corrections_at_once_all_succeed() {
    let folder = tempfile::tempdir().expect("a folder");
    let children: Vec<Child> = (0..2)
        .map(|number| {
            let name = format!("{number}.jsonl");
            write(folder.path(), &name, archive(number * 40..number * 40 + 45));
            onrecord(folder.path(), &["ingest", &name]).stderr(Stdio::piped()).spawn().expect("starts")
        })
        .collect();
    let mut given = 0;
    let deadline = Instant::now() + Duration::from_secs(60);
    while given < 5 && Instant::now() < deadline {
        let name = format!("Porto Sereno {given}");
        let ended = run_onrecord(folder.path(), &["saved", "add", &format!("q{given}"), "who is Ana Ruiz?"]);
        let is_new = ["is empty", "there is no database"].iter().any(|new| ended.stderr.contains(new));
        assert!(ended.code == Some(0) || is_new, "{name}: {}", ended.stderr);
        given += usize::from(!is_new);
    }
    for child in children {
        let output = child.wait_with_output().expect("ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let db = folder.path().join("test.db");
    let counts = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM saved_queries)";
    assert_eq!(sqlite3(&db, counts), "85|5\n");
    assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
}

/// The program as somebody who may read and not write: a copy that he may run, as nobody where this is root.
fn as_reader(folder: &Path, arguments: &[&str]) -> Command {
    let copy = folder.join("onrecord");
    if !copy.exists() {
        std::fs::copy(program(), &copy).expect("is copied");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    let is_root = run(Command::new("id").arg("-u"), b"").stdout.trim() == "0";
    let mut command = if is_root { command } else { Command::new("env") };
    command.arg(copy).current_dir(folder.join("data")).args(["--db", "test.db"]).args(arguments);
    command
}

fn set_mode(path: &Path, mode: u32) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
    std::fs::set_permissions(path, mode).expect("is set");
}

#[test]
fn a_file_is_read_where_nothing_may_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    set_mode(folder.path(), 0o755);
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("is made");
    let db = filled(&data, 1);
    let readers: &[&[&str]] = &[
        &["query", "who said what about Northwind?"],
        &["stats"],
        &["check"],
        &["query", "--sql", "SELECT count(*) FROM articles"],
        &["saved", "run", "most_quoted"],
        &["corrections", "export"],
        &["review", "--list"],
        &["explain", "1"],
        &["cite", "1"],
    ];
    let files = std::fs::read_dir(&data).expect("is a folder").count();
    for (mode, file, place) in
        [("wal", 0o444, 0o555), ("wal", 0o666, 0o555), ("wal", 0o444, 0o777), ("delete", 0o444, 0o555)]
    {
        sqlite3(&db, &format!("PRAGMA journal_mode = {mode}"));
        set_mode(&db, file);
        set_mode(&data, place);
        for reader in readers {
            let ended = run(&mut as_reader(folder.path(), reader), b"");
            assert_eq!(ended.code, Some(0), "{mode} {file:o} {place:o} {reader:?}: {}", ended.stderr);
        }
        assert_eq!(
            std::fs::read_dir(&data).expect("is a folder").count(),
            files,
            "{mode} {file:o} {place:o}"
        );
        let ended = run(&mut as_reader(folder.path(), &["rename", "Ana Ruiz", "Ana M. Ruiz"]), b"");
        assert_eq!(ended.code, Some(1), "{}", ended.stderr);
        assert!(ended.stderr.contains("may not be written to"), "{}", ended.stderr);
        set_mode(&data, 0o755);
        set_mode(&db, 0o644);
    }
    // What a stopped program left is not passed over in silence.
    let kept = rusqlite::Connection::open(&db).expect("opens");
    let keep_log = rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    kept.set_db_config(keep_log, true).expect("is set");
    kept.execute_batch("PRAGMA journal_mode = WAL; INSERT INTO saved_queries (name, sql, created_at) VALUES ('mine', 'SELECT 1', '2026-01-01')")
        .expect("is written");
    drop(kept);
    let _ = std::fs::remove_file(data.join("test.db-shm"));
    set_mode(&data, 0o555);
    let ended = run(&mut as_reader(folder.path(), &["stats"]), b"");
    set_mode(&data, 0o755);
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert!(ended.stderr.contains("copy both files into a folder that you may write to"), "{}", ended.stderr);
    assert_eq!(run_onrecord(&data, &["stats"]).code, Some(0));
}

#[test]
fn a_correction_that_is_stored_is_not_reported_as_failed() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = filled(folder.path(), 1);
    // No file may grow beyond this, so that the log takes the correction, and the file, being larger, takes nothing
    // any more: as on a full disk.
    let size = std::fs::metadata(&db).expect("is there").len();
    let program = program();
    let limited = |arguments: &str| {
        let line =
            format!("trap '' XFSZ; exec prlimit --fsize={} {program} --db test.db {arguments}", size / 2);
        run(Command::new("sh").args(["-c", &line]).current_dir(folder.path()), b"")
    };
    let ended = limited("rename 'Ana Ruiz' 'Ana M. Ruiz'");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let ended = limited("query --format csv --sql \"SELECT name FROM people WHERE name LIKE 'Ana%'\"");
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "name\nAna M. Ruiz\n"), "{}", ended.stderr);
    assert_eq!(sqlite3(&db, "SELECT name FROM people WHERE name LIKE 'Ana%'"), "Ana M. Ruiz\n");
    assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
}
