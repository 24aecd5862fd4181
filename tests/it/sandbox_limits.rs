//! Hostile SQL ends in time, in little memory, and is told why.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::golden_database::GoldenDatabase;
use crate::support::{onrecord, run_onrecord};

/// How long each may run: less than a fast machine needs to fill the memory or to come to an end.
const PATIENCE: f64 = 0.15;

/// What each may use at most, in megabytes.
const MOST_MEMORY: u64 = 500;

/// How a statement ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// The time is over.
    Slow,
    /// A value is too long.
    Value,
    /// A row of the answer is too large.
    Row,
    /// The table would be too large.
    Table,
    /// Any of them, or the memory, whichever is first on this machine.
    Stopped,
    /// It is refused before it runs.
    Refused,
    /// It is answered; whatever it was meant to do.
    Answered,
}

impl End {
    /// What standard error says.
    fn is_told(self, stderr: &str) -> bool {
        let told =
            |words: &[&str]| words.iter().any(|words| stderr.contains(words)) && stderr.contains("hint: ");
        let slow = ["ran longer than"];
        let memory = ["needs more memory"];
        let value = ["a value in the query is longer than 65 MB"];
        let row = ["a row of the answer is larger than 8 MB"];
        let table = ["the table would be larger than 8 MB"];
        match self {
            // On a slow machine the time may be over first.
            End::Slow => told(&slow),
            End::Value => told(&[value, slow].concat()),
            End::Row => told(&[row, slow].concat()),
            End::Table => told(&[table, slow].concat()),
            End::Stopped => told(&[slow, memory, value, row, table].concat()),
            End::Refused => told(&["cannot be run", "only SELECT", "longer than 1 MB"]),
            End::Answered => !stderr.contains("error") || told(&slow),
        }
    }
}

/// A text of so many millions of letters.
fn letters(millions: u32) -> String {
    format!("replace(hex(zeroblob({millions}000000 / 2)), '0', 'a')")
}

/// SQL, format, how it ends.
fn statements() -> Vec<(String, &'static str, End)> {
    let endless = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n)";
    let (a30, a60) = (letters(30), letters(60));
    let nested =
        |open: &str, close: &str, depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    let doubling: Vec<String> =
        (1..25).map(|level| format!("v{level} AS (SELECT * FROM v{0}, v{0})", level - 1)).collect();
    let many_joins = (0..60).map(|number| format!("quotes AS q{number}")).collect::<Vec<_>>().join(", ");
    let terms = vec!["SELECT 1"; 400].join(" UNION ");
    let columns = |count: usize| (0..count).map(|number| format!("{number}")).collect::<Vec<_>>().join(", ");
    vec![
        // One step that takes minutes: a search for what is nearly everywhere.
        (format!("SELECT instr({a60}, {a30} || 'b')"), "csv", End::Slow),
        (format!("SELECT instr(CAST({a60} AS BLOB), CAST({a30} || 'b' AS BLOB))"), "csv", End::Slow),
        (format!("SELECT length(replace({a60}, {a30} || 'b', 'c'))"), "csv", End::Slow),
        (format!("SELECT length(trim({a60}, hex(zeroblob(10000000)) || 'a'))"), "csv", End::Slow),
        (format!("SELECT {a60} LIKE '%a%a%a%a%a%a%a%a%a%b'"), "csv", End::Stopped),
        (format!("SELECT {a60} LIKE '%' || substr({a30}, 1, 40000) || 'b%'"), "csv", End::Slow),
        (format!("SELECT {a60} GLOB '*' || substr({a30}, 1, 40000) || 'b*'"), "csv", End::Slow),
        (format!("SELECT {a60} GLOB '*[a-z]*[a-z]*[a-z]*[0-9]'"), "csv", End::Stopped),
        // Endless.
        (format!("{endless} SELECT count(*) FROM n"), "csv", End::Slow),
        (format!("{endless} SELECT n FROM n"), "jsonl", End::Slow),
        (format!("{endless} SELECT n FROM n WHERE n < 0"), "table", End::Slow),
        (format!("{endless} SELECT n, {} FROM n", letters(1)), "json", End::Stopped),
        (format!("{endless} SELECT sum(length(upper({a60}))) FROM n"), "csv", End::Slow),
        ("SELECT count(*) FROM quotes a, quotes b, quotes c, quotes d, quotes e, quotes f, quotes g, quotes h, quotes i, quotes j".into(), "csv", End::Slow),
        ("SELECT count(*) FROM (SELECT DISTINCT a.text || b.text || c.text || d.text || e.text || f.text || g.text FROM quotes a, quotes b, quotes c, quotes d, quotes e, quotes f, quotes g)".into(), "csv", End::Stopped),
        // Memory.
        (format!("{endless} SELECT n, randomblob(10000) AS b FROM n ORDER BY b"), "csv", End::Stopped),
        (format!("{endless} SELECT count(DISTINCT randomblob(100000)) FROM n"), "csv", End::Stopped),
        (format!("{endless} SELECT group_concat(n) FROM n"), "csv", End::Stopped),
        (format!("{endless} SELECT group_concat(hex(randomblob(1000000))) FROM n"), "csv", End::Stopped),
        (format!("{endless} SELECT json_group_array(hex(zeroblob(1000000))) FROM n"), "csv", End::Stopped),
        ("WITH RECURSIVE x (s) AS (SELECT 'ab' UNION ALL SELECT s || s FROM x) SELECT length(s) FROM x".into(), "csv", End::Stopped),
        ("WITH RECURSIVE x (s) AS (SELECT randomblob(1000000) UNION SELECT randomblob(1000000) FROM x) SELECT 1 FROM x WHERE s IS NULL".into(), "csv", End::Stopped),
        (format!("SELECT count(*) FROM json_each('[' || replace({a30}, 'a', '1,') || '1]')"), "csv", End::Stopped),
        (format!("SELECT json_patch('{{}}', '[' || replace({a30}, 'a', '1,') || '1]')"), "csv", End::Stopped),
        (format!("SELECT {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}", a60), "csv", End::Stopped),
        // Values, rows and tables that are too large.
        ("SELECT zeroblob(1000000000)".into(), "csv", End::Value),
        ("SELECT printf('%.200000000c', 'x') FROM quotes a, quotes b LIMIT 20".into(), "table", End::Value),
        ("SELECT hex(zeroblob(60000000))".into(), "csv", End::Value),
        (format!("SELECT {a30} FROM quotes a, quotes b LIMIT 20"), "table", End::Row),
        (format!("SELECT {0}, {0}, {0}", letters(3)), "jsonl", End::Row),
        (format!("SELECT {} FROM quotes a, quotes b LIMIT 40", letters(7)), "table", End::Stopped),
        (format!("{endless} SELECT n FROM n LIMIT 10000000"), "table", End::Stopped),
        ("SELECT replace(hex(zeroblob(3000000)), '0', char(8238)) AS x".into(), "json", End::Row),
        ("SELECT replace(hex(zeroblob(1200000)), '0', char(8238)) AS x".into(), "table", End::Table),
        // One word, and many short ones, of almost as much as a row may hold.
        (format!("SELECT {}", letters(2)), "table", End::Answered),
        (format!("SELECT replace({}, 'a', 'b ')", letters(1)), "table", End::Answered),
        (format!("SELECT replace({}, 'a', 'b |')", letters(1)), "markdown", End::Answered),
        (format!("SELECT {} FROM quotes a, quotes b LIMIT 100", columns(490)), "table", End::Answered),
        // What takes long, or much, to prepare.
        (format!("SELECT {}", nested("(SELECT ", ")", 900)), "csv", End::Refused),
        (format!("SELECT {}", nested("abs(", ")", 990)), "csv", End::Refused),
        (format!("SELECT {}", nested("(", ")", 5000)), "csv", End::Refused),
        (format!("SELECT * FROM {}", nested("(SELECT * FROM (SELECT ", "))", 300)), "csv", End::Refused),
        (format!("WITH v0 AS (SELECT 1), {} SELECT count(*) FROM v24", doubling.join(", ")), "csv", End::Refused),
        (format!("SELECT count(*) FROM {many_joins}"), "csv", End::Slow),
        (format!("SELECT {}", columns(501)), "csv", End::Refused),
        (format!("SELECT count(*) FROM ({terms}) a, ({terms}) b, ({terms}) c"), "csv", End::Answered),
        (format!("SELECT '{}'", "x".repeat(100_000)), "csv", End::Answered),
        // Full text.
        (format!("SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH '{}'", "a* OR ".repeat(2000) + "a*"), "csv", End::Answered),
        (format!("{endless} SELECT highlight(quotes_fts, 0, {0}, {0}) FROM quotes_fts, n WHERE quotes_fts MATCH 'bread'", letters(1)), "csv", End::Stopped),
    ]
}

/// How many seconds of the processors a process has used so far, as Linux counts them: in hundredths.
fn processor_time(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, in brackets, may hold spaces.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// The highest use of memory of a process so far, in megabytes, as Linux counts it.
fn most_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

#[test]
fn hostile_sql_ends_in_time_and_in_little_memory() {
    let golden = GoldenDatabase::new();
    std::fs::copy(golden.path(), golden.folder().join("test.db")).expect("is copied");
    let mut wrong = Vec::new();
    for (sql, format, end) in statements() {
        let begin: String = sql.chars().take(110).collect();
        let start = Instant::now();
        let mut child =
            onrecord(golden.folder(), &["query", "--format", format, "--timeout", &PATIENCE.to_string()])
                .args(["--limit", "0", "--sql", &sql])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the program starts");
        let (mut memory, mut worked) = (0, 0.0);
        while child.try_wait().expect("is ours").is_none() {
            memory = memory.max(most_memory(child.id()).unwrap_or(0));
            worked = processor_time(child.id()).unwrap_or(worked);
            std::thread::sleep(Duration::from_millis(5));
        }
        let took = start.elapsed();
        let ended = child.wait_with_output().expect("has ended");
        let stderr = String::from_utf8_lossy(&ended.stderr);
        let told =
            end.is_told(&stderr) && ended.status.code().is_some_and(|code| code != 0 || end == End::Answered);
        // Where others keep the processors busy it takes longer, but it does not work longer.
        let is_in_time =
            took.as_secs_f64() < PATIENCE + 1.0 || worked < PATIENCE + 1.0 && took < Duration::from_secs(30);
        if !told || !is_in_time || memory > MOST_MEMORY {
            wrong.push(format!(
                "{begin}: {end:?} after {took:?} ({worked} s) with {memory} MB, {}: {stderr}",
                ended.status
            ));
        }
        if std::env::var_os("SHOW").is_some() {
            println!(
                "{took:>8.2?} {memory:>4} MB {end:?} {} | {begin}",
                stderr.lines().next().unwrap_or_default()
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_query_that_needs_too_much_memory_is_told_so() {
    let golden = GoldenDatabase::new();
    std::fs::copy(golden.path(), golden.folder().join("test.db")).expect("is copied");
    let sorted = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 10000)
        SELECT n FROM n ORDER BY randomblob(10000)";
    let ended = |memory: &str| {
        run_onrecord(golden.folder(), &["query", "--memory", memory, "--format", "csv", "--sql", sorted])
    };
    let small = ended("32");
    assert_eq!(small.code, Some(1), "{}", small.stderr);
    assert!(
        small.stderr.contains("needs more memory") && small.stderr.contains("--memory"),
        "{}",
        small.stderr
    );
    assert_eq!(ended("400").stdout.lines().count(), 10_001);
}
