//! A program that is killed, at random moments and before exact system calls: every reading command works on what it
//! leaves, and the same command again comes to what an undisturbed run comes to.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Ended, dump, onrecord, program, run, sqlite3, write};

/// What an article takes to analyze is not the point here: each is one sentence.
fn articles(count: usize) -> String {
    const PEOPLE: [&str; 4] = ["Ana Ruiz", "Leo Brandt", "Mira Costa", "June Okoro"];
    let line = |number: usize| {
        let text = format!("“Boat {number} sails,” {} said in Valdora.", PEOPLE[number % 4]);
        format!("{{\"id\": \"s{number}\", \"title\": \"Ferry {number}\", \"text\": \"{text}\"}}\n")
    };
    (0..count).map(line).collect()
}

/// The commands that read, each with what it needs.
const READERS: &[&[&str]] = &[
    &["query", "who said what about Valdora?"],
    &["stats"],
    &["check"],
    &["query", "--sql", "SELECT count(*) FROM who_said_what"],
    &["saved", "list"],
    &["saved", "run", "most_quoted"],
    &["review", "--list"],
    &["corrections", "list"],
    &["corrections", "export"],
];

const INGEST: [&str; 5] = ["ingest", "a.jsonl", "--threads", "4", "--quiet"];

/// How a run is ended before its end.
enum Kill {
    After(Duration),
    /// Before the system call of this number.
    Before(usize),
}

/// The system calls that change a file, or make it last.
const CALLS: &str = "pwrite64,write,fsync,fdatasync,ftruncate,unlink";

impl Kill {
    fn inflict(&self, folder: &Path) {
        match self {
            Kill::After(time) => {
                let mut child = onrecord(folder, &INGEST).stderr(Stdio::null()).spawn().expect("starts");
                std::thread::sleep(*time);
                // It may have come to its end already.
                let _ = child.kill();
                child.wait().expect("has ended");
            }
            Kill::Before(number) => {
                let inject = format!("inject={CALLS}:signal=KILL:when={number}");
                traced(folder, &["-e", &inject]);
            }
        }
    }
}

/// Runs the program under strace, which writes what it saw into `calls`.
fn traced(folder: &Path, options: &[&str]) -> Ended {
    let mut strace = Command::new("strace");
    strace.current_dir(folder).env_remove("ONRECORD_DB").args(["-f", "-o", "calls"]).args(options);
    run(strace.arg(program()).args(["--db", "test.db"]).args(INGEST), b"")
}

/// Whether system calls can be counted here; `.ci/run` sees to it that they can be there.
fn has_strace() -> bool {
    Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success())
}

/// What is ingested, into what, and what an undisturbed run comes to.
struct Undisturbed {
    folder: tempfile::TempDir,
    expected: String,
    took: Duration,
    /// How many system calls the thread that writes the database makes.
    calls: usize,
    is_filled: bool,
}

impl Undisturbed {
    fn new(count: usize, is_filled: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let start = folder.path().join("start");
        write(&start, "a.jsonl", articles(count));
        if is_filled {
            write(&start, "first.jsonl", articles(count / 3));
            assert_eq!(run(&mut onrecord(&start, &["ingest", "first.jsonl"]), b"").code, Some(0));
        }
        let end = copy(&start, folder.path(), "end");
        let began = Instant::now();
        assert_eq!(run(&mut onrecord(&end, &INGEST), b"").code, Some(0));
        let took = began.elapsed();
        let expected = dump(&end.join("test.db"));
        let mut calls = 0;
        if has_strace() {
            let counted = copy(&start, folder.path(), "counted");
            assert_eq!(traced(&counted, &["-e", &format!("trace={CALLS}")]).code, Some(0));
            let trace = std::fs::read_to_string(counted.join("calls")).expect("is written");
            let main = trace.split_whitespace().next().unwrap_or_default().to_owned();
            calls = trace.lines().filter(|line| line.split_whitespace().next() == Some(&main)).count();
        }
        Undisturbed { folder, expected, took, calls, is_filled }
    }

    /// Kills a run, reads what it leaves with `readers`, each in a copy of its own, and then completes it.
    fn survives(&self, round: usize, kill: &Kill, readers: &[&[&str]]) -> Result<(), String> {
        let above = self.folder.path();
        let folder = copy(&above.join("start"), above, "killed");
        kill.inflict(&folder);
        for reader in readers {
            let left = copy(&folder, above, "left");
            if round.is_multiple_of(3) && left.join("test.db").exists() {
                sqlite3(&left.join("test.db"), "SELECT count(*) FROM sqlite_schema; PRAGMA integrity_check");
            }
            let ended = run(&mut onrecord(&left, reader), b"");
            let is_new = ["is empty", "there is no database"].iter().any(|new| ended.stderr.contains(new));
            if ended.code != Some(0) && !is_new {
                return Err(format!("{reader:?}: {:?} {}{}", ended.code, ended.stdout, ended.stderr));
            }
            let beside: Vec<String> =
                names(&left).into_iter().filter(|name| name.contains("test.db-")).collect();
            if !is_new && !beside.is_empty() {
                return Err(format!("{reader:?} leaves {beside:?}"));
            }
        }
        let ended = run(&mut onrecord(&folder, &INGEST), b"");
        if ended.code != Some(0) {
            return Err(format!("the same command again: {:?} {}", ended.code, ended.stderr));
        }
        if dump(&folder.join("test.db")) != self.expected {
            return Err("the completed database is another".to_owned());
        }
        let checked = run(&mut onrecord(&folder, &["check"]), b"");
        if checked.code == Some(0) { Ok(()) } else { Err(format!("{}{}", checked.stdout, checked.stderr)) }
    }

    /// Kills so many times at moments, and before so many system calls; gives what went wrong.
    fn kills(
        &self,
        count: usize,
        readers: impl Fn(usize) -> &'static [&'static [&'static str]],
    ) -> Vec<String> {
        let mut wrong = Vec::new();
        for round in 0..2 * count {
            // Spread over the whole run from the beginning, should somebody lose patience.
            let share = ((round / 2 * 37 % count) as f64 + 0.5) / count as f64;
            let kill = match round % 2 {
                0 => Kill::After(self.took.mul_f64(share)),
                _ if self.calls == 0 => continue,
                _ => Kill::Before((self.calls as f64 * share) as usize + 1),
            };
            if round.is_multiple_of(25) {
                eprintln!("filled {}: {round} kills, {} wrong", self.is_filled, wrong.len());
            }
            if let Err(what) = self.survives(round, &kill, readers(round)) {
                wrong.push(match kill {
                    Kill::After(time) => format!("killed after {time:?}: {what}"),
                    Kill::Before(call) => format!("killed before call {call} of {}: {what}", self.calls),
                });
            }
        }
        wrong
    }
}

/// Copies a folder of files, in place of an earlier copy.
fn copy(folder: &Path, above: &Path, name: &str) -> PathBuf {
    let copy = above.join(name);
    let _ = std::fs::remove_dir_all(&copy);
    std::fs::create_dir_all(&copy).expect("is made");
    for file in names(folder) {
        std::fs::copy(folder.join(&file), copy.join(&file)).expect("is copied");
    }
    copy
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("is a folder");
    entries.map(|entry| entry.expect("is readable").file_name().to_string_lossy().into_owned()).collect()
}

/// Two of the readers, others each time.
fn in_turn(round: usize) -> &'static [&'static [&'static str]] {
    let first = round % (READERS.len() - 1);
    &READERS[first..first + 2]
}

#[test]
fn a_kill_at_some_moment_or_call_is_survived() {
    for is_filled in [false, true] {
        let undisturbed = Undisturbed::new(280, is_filled);
        let wrong = undisturbed.kills(5, in_turn);
        assert!(wrong.is_empty(), "filled {is_filled}: {}", wrong.join("\n"));
    }
}

fn a_hundred_kills(is_filled: bool) {
    let undisturbed = Undisturbed::new(600, is_filled);
    let wrong = undisturbed.kills(100, in_turn);
    let Undisturbed { took, calls, .. } = undisturbed;
    eprintln!("filled {is_filled}: 100 moments within {took:?}, 100 of {calls} calls, {} wrong", wrong.len());
    assert!(wrong.is_empty() && calls > 0, "{}", wrong.join("\n"));
}

/// Run as: `ONRECORD_PROGRAM=…/release/onrecord cargo test --test it a_hundred_kills -- --ignored --nocapture`
#[test]
#[ignore = "takes minutes"]
fn a_hundred_kills_at_moments_and_at_calls_on_a_new_file() {
    a_hundred_kills(false);
}

/// As the other.
#[test]
#[ignore = "takes minutes"]
fn a_hundred_kills_at_moments_and_at_calls_on_a_filled_file() {
    a_hundred_kills(true);
}
