//! Damaged input never panics, and every line of it is an article or a rejection.

use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord::read::{self, Found, Options};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use crate::support::{archive, gzip, record, write};

/// Reads a file to its end; gives how many articles and how many rejections there were.
fn read(path: &Path) -> (usize, usize) {
    let options = Options::default();
    let (mut articles, mut rejections) = (0, 0);
    let flow = read::documents(&[path.to_owned()], &options, &mut |found| {
        match found {
            Found::Document(document) => match document.article(&options) {
                Ok(reading) => {
                    assert!(!reading.article.body.contains('\0'));
                    articles += 1;
                }
                Err(reason) => {
                    assert!(!reason.words.is_empty());
                    rejections += 1;
                }
            },
            Found::Rejected(_) => rejections += 1,
            Found::Finished(_) | Found::Opened(_) => {}
            Found::Skipped(name) | Found::LeadsOut(name) | Found::Unchanged(name) => {
                panic!("{name} is no hidden file")
            }
        }
        ControlFlow::Continue(())
    });
    assert_eq!(flow, ControlFlow::Continue(()));
    (articles, rejections)
}

/// What is done to the bytes of a file.
#[derive(Clone, Debug)]
enum Damage {
    Set(usize, u8),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Cut(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = 0..4000_usize;
    let telling = prop::sample::select(b"\"\\{}[]:,\n\r\0\x80\xC3\xED\xFF".to_vec());
    prop_oneof![
        (at.clone(), prop_oneof![telling, any::<u8>()]).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (at.clone(), prop::collection::vec(any::<u8>(), 1..20))
            .prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (at.clone(), Just(&b"\\ud800"[..])).prop_map(|(at, bytes)| Damage::Insert(at, bytes.to_vec())),
        (at.clone(), 1..300_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        at.prop_map(Damage::Cut),
    ]
}

fn damaged(mut bytes: Vec<u8>, all: &[Damage]) -> Vec<u8> {
    for damage in all {
        let place = |at: usize| at % bytes.len().max(1);
        match damage {
            Damage::Set(at, byte) => {
                let at = place(*at);
                bytes.splice(at..(at + 1).min(bytes.len()), [*byte]);
            }
            Damage::Insert(at, new) => {
                let at = place(*at).min(bytes.len());
                bytes.splice(at..at, new.iter().copied());
            }
            Damage::Remove(at, count) => {
                let at = place(*at).min(bytes.len());
                bytes.drain(at..(at + count).min(bytes.len()));
            }
            Damage::Cut(at) => bytes.truncate(place(*at)),
        }
    }
    bytes
}

fn config() -> Config {
    Config {
        cases: 100,
        rng_seed: RngSeed::Fixed(20_161_108),
        failure_persistence: None,
        ..Config::default()
    }
}

#[test]
fn nothing_is_passed_over_in_silence() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.jsonl", "a.json", "a.txt", "a", "a.html", "a.jsonl.gz"] {
        for content in ["", " ", "\n", " \n\t\r\n", "\u{FEFF}", "\u{FEFF}\n", "[]", "[", "{}", "{", "\0"] {
            let bytes = if name.ends_with("gz") { gzip(content.as_bytes()) } else { content.into() };
            let (articles, rejections) = read(&write(folder.path(), name, bytes));
            assert_eq!((articles, rejections > 0), (0, true), "{content:?} in {name}");
        }
    }
}

#[test]
fn a_gzip_that_expands_beyond_reason_is_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let bomb = [archive(0..3).into_bytes(), vec![b'\n'; 120 << 20], archive(3..6).into_bytes()].concat();
    assert_eq!(read(&write(folder.path(), "a.jsonl.gz", gzip(&bomb))), (3, 1));
}

#[test]
fn what_stands_before_the_damage_in_a_packed_file_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = archive(0..2000);
    // Blocks of what is not compressed: 10 bytes, then for each block 1 byte, its length, the same inverted, the content.
    let mut packed = Vec::new();
    GzEncoder::new(&mut packed, Compression::none()).write_all(lines.as_bytes()).expect("is packed");
    let length = usize::from(u16::from_le_bytes([packed[11], packed[12]]));
    let second = 10 + 5 + length;
    packed[second + 3] ^= 1;
    let whole = lines[..length].matches('\n').count();
    assert!(whole > 10, "{whole} records in the first block");
    // The damage at several places of the pieces in which the file is read.
    for before in [0, 20, 40, 60] {
        let packed = [gzip(archive(2000..2000 + before).as_bytes()), packed.clone()].concat();
        assert_eq!(read(&write(folder.path(), "a.jsonl.gz", packed)).0, before + whole);
    }
}

#[test]
fn no_record_is_lost_to_one_that_takes_in_more_than_a_document_may_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = "{\"title\": \"Open\", \"text\": \"A text.\", \"tags\": [\"x\"";
    let good = |number: usize| {
        format!("{{\"title\": \"{number}\", \"text\": \"{}\"}}", "A text of a million bytes. ".repeat(38_000))
    };
    for (count, indent) in [(10, ""), (70, "  ")] {
        let records: Vec<String> = (0..count).map(|number| format!("{indent}{}", good(number))).collect();
        let array = format!("[\n{indent}{open},\n{}\n]\n", records.join(",\n"));
        assert_eq!(read(&write(folder.path(), "a.json", array)), (count, 1), "{count} in an array");
        let answer = format!("{{\"count\": 3, \"docs\": [\n{}\n], \"more\": {{}}}}\n", records.join(",\n"));
        assert_eq!(read(&write(folder.path(), "a.json", answer)), (count, 0), "{count} in an answer");
    }
}

#[test]
fn what_follows_a_broken_answer_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = "[{\"text\": \"One.\"}, {\"text\": \"Two.\"}]";
    let broken = "{\"n\": 3, \"docs\": [{\"text\": \"Zero.\"}, {bad}";
    for (what, text, articles, rejections) in [
        ("a list and a record", format!("{broken}\n{list} {{\"text\": \"Three.\"}}\n"), 4, 1),
        (
            "two of them",
            format!("{broken}\n{list} {{\"text\": \"3.\"}}\n{list} {{\"text\": \"4.\"}}\n"),
            7,
            1,
        ),
        (
            "the end of it",
            format!("{broken},\n{{\"text\": \"1.\"}}], \"m\": 1}} {{\"text\": \"2.\"}}\n{list}\n"),
            5,
            1,
        ),
        // That the list has no end is said too: it may have been cut off.
        ("another answer", format!("{broken}]}}\n{{\"docs\": {list}, \"n\": 2}}\n"), 3, 2),
        ("nothing", "{\"n\": 3, \"docs\": [{\"text\": \"Zero.\"}".to_owned(), 1, 1),
    ] {
        let read = read(&write(folder.path(), "a.json", &text));
        assert_eq!(read, (articles, rejections), "{what}: {text}");
    }
}

#[test]
fn the_list_of_an_answer_is_the_one_that_holds_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    let docs = "\"docs\": [{\"id\": 1, \"text\": \"One.\"}, {\"id\": 2, \"text\": \"Two.\"}]";
    let facets = "\"facets\": [{\"value\": 1}, {\"value\": 2}, {\"value\": 3}]";
    let small: Vec<String> = (0..30).map(|number| format!("\"list{number}\": [{{\"value\": 1}}]")).collect();
    // What is no JSON: a number of one article, or of something else.
    let odd = [
        ("whole", docs.to_owned(), ""),
        ("a fault within", docs.replace("\"id\": 1", "\"id\": nil"), ""),
        ("a fault beside", docs.to_owned(), ", \"score\": NaN"),
    ];
    for (what, docs, end) in odd {
        for before in [facets.to_owned(), small.join(", "), format!("\"inner\": {{{facets}}}")] {
            for text in [format!("{{{before}, {docs}{end}}}"), format!("{{{docs}, {before}{end}}}")] {
                let articles = if what == "a fault within" { 1 } else { 2 };
                let read = read(&write(folder.path(), "a.json", &text));
                assert_eq!(read, (articles, 2 - articles), "{what}: {text}");
            }
        }
    }
}

/// What may stand between good records.
#[derive(Clone, Debug)]
enum Between {
    /// A record that was cut off after this part of it, in thousandths.
    CutOff(usize),
    Line(Vec<u8>),
    /// So many KB without a line feed.
    Long(usize),
    Blank(&'static str),
}

fn between() -> impl Strategy<Value = Between> {
    let lines: Vec<&[u8]> = vec![
        b"{bad",
        b"{",
        b"}",
        b"[",
        b"[[",
        b"]",
        b"\"",
        b"\"a\": \"b",
        b"{\"text\": [",
        b"{\"text\": [\"",
        b"{\"text\":",
        b"{\"text\": \"a\\",
        b"{\"text\": \"\"}",
        b"{\"id\": 1}",
        b"}{",
        b"He said \"no\" [sic].",
        b"\xFF\xFEa\0b\0",
        b"\0\0\0\0\0\0",
        b"caf\xE9 \xC3",
        b"{\"text\": \"a\xE9",
        b"\"\\ud800\"",
        b"null",
        b"12",
        b"<html>",
    ];
    let noise = prop::collection::vec(any::<u8>().prop_filter("no line feed", |byte| *byte != b'\n'), 1..60);
    prop_oneof![
        4 => (1..1000_usize).prop_map(Between::CutOff),
        4 => prop::sample::select(lines).prop_map(|line| Between::Line(line.to_vec())),
        1 => noise.prop_map(|mut noise| {
            noise.insert(0, b'?');
            Between::Line(noise)
        }),
        1 => (1..4_usize).prop_map(|size| Between::Long(size * 70)),
        1 => prop::sample::select(vec!["", " \t", "\r"]).prop_map(Between::Blank),
    ]
}

/// A good record, odd in ways that cost it nothing.
fn good(number: usize) -> Vec<u8> {
    let odd: &[u8] = match number % 8 {
        1 => b"\\ud800",
        2 => b"\0",
        3 => b"\xE9\xFF",
        4 => b"\t",
        5 => br#"{\"text\": [\""#,
        _ => b"",
    };
    let text = record(number);
    let at = text.find("PORTO").expect("every record has it");
    [&text.as_bytes()[..at], odd, &text.as_bytes()[at..]].concat()
}

/// Lines of good records and of what stands between them, and how many of each; `None` is a good one.
fn mixed(lines: &[Option<Between>]) -> (Vec<u8>, usize, usize) {
    let (mut bytes, mut good_ones, mut bad_ones) = (Vec::new(), 0, 0);
    for (number, line) in lines.iter().enumerate() {
        match line {
            None => bytes.extend(good(number)),
            Some(Between::CutOff(part)) => {
                let whole = good(number);
                bytes.extend(&whole[..1 + (whole.len() - 2) * part / 1000]);
            }
            Some(Between::Line(line)) => bytes.extend(line),
            Some(Between::Long(size)) => bytes.extend(b"a line without an end. ".repeat(size * 45)),
            Some(Between::Blank(blank)) => bytes.extend(blank.as_bytes()),
        }
        match line {
            None => good_ones += 1,
            Some(Between::Blank(_)) => {}
            Some(_) => bad_ones += 1,
        }
        bytes.push(b'\n');
    }
    (bytes, good_ones, bad_ones)
}

/// How many runs of bad lines there are that are no brackets, which may stand around a list.
fn stretches(lines: &[Option<Between>]) -> usize {
    let is_bracket =
        |line: &Between| matches!(line, Between::Line(line) if b"[[".starts_with(line) || line == b"]");
    let told = lines.iter().filter(|line| match line {
        Some(Between::Blank(_)) => false,
        Some(line) => !is_bracket(line),
        None => true,
    });
    let is_good: Vec<bool> = told.map(Option::is_none).collect();
    is_good.split(|good| *good).filter(|run| !run.is_empty()).count()
}

/// An array of records, each over several lines or in one, some of them broken; and how many of each.
fn mixed_array(elements: &[Option<usize>], indent: Option<usize>) -> (Vec<u8>, usize, usize) {
    let (mut texts, mut good_ones, mut bad_ones) = (Vec::new(), 0, 0);
    for (number, cut) in elements.iter().enumerate() {
        let mut value: serde_json::Value = serde_json::from_str(&record(number)).expect("is JSON");
        value["tags"] = serde_json::json!([{"text": "ferry"}, {"text": "harbor"}]);
        let text = match indent {
            None => value.to_string(),
            Some(width) => {
                let margin = " ".repeat(width);
                let lines = serde_json::to_string_pretty(&value).expect("is JSON");
                lines.lines().map(|line| format!("{margin}{line}")).collect::<Vec<_>>().join("\n")
            }
        };
        match cut {
            None => {
                good_ones += 1;
                texts.push(text);
            }
            Some(part) => {
                bad_ones += 1;
                let start = text.find('{').expect("an object begins so");
                let mut end = start + 1 + (text.len() - start - 2) * part / 1000;
                while !text.is_char_boundary(end) {
                    end += 1;
                }
                texts.push(text[..end].to_owned());
            }
        }
    }
    (format!("[\n{}\n]\n", texts.join(",\n")).into_bytes(), good_ones, bad_ones)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_good_record_is_lost_to_what_stands_beside_it(
        lines in prop::collection::vec(prop::option::weighted(0.6, between()), 1..30)
    ) {
        let (bytes, good, bad) = mixed(&lines);
        prop_assume!(good > 0);
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.jsonl", "a.ndjson", "a.jsonl.gz"] {
            let content = if name.ends_with("gz") { gzip(&bytes) } else { bytes.clone() };
            prop_assert_eq!(read(&write(folder.path(), name, content)), (good, bad), "{}", name);
        }
        // Whatever is no record may be the beginning of something else where the name does not tell.
        let (articles, rejections) = read(&write(folder.path(), "a.json", &bytes));
        prop_assert_eq!(articles, good);
        prop_assert!(rejections >= stretches(&lines) && rejections <= bad + 1, "{} of {}", rejections, bad);
        let told = lines.iter().find(|line| !matches!(line, Some(Between::Blank(_))));
        for name in ["a.txt", "a", "a.str"] {
            if told.is_some_and(Option::is_none) {
                prop_assert_eq!(read(&write(folder.path(), name, &bytes)), (good, bad), "{}", name);
            }
        }
    }

    #[test]
    fn no_element_of_an_array_is_lost_to_another(
        elements in prop::collection::vec(prop::option::weighted(0.4, 0..1000_usize), 1..20),
        indent in prop::option::of(0..5_usize),
    ) {
        let (bytes, good, bad) = mixed_array(&elements, indent);
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.json", "a", "a.jsonl"] {
            let (articles, rejections) = read(&write(folder.path(), name, &bytes));
            prop_assert_eq!(articles, good, "{}", name);
            // Where the name speaks for lines, the brackets of the list may be lines of their own.
            let most = if name == "a.jsonl" { usize::MAX } else { bad + 1 };
            prop_assert!((bad.min(1)..=most).contains(&rejections), "{}: {} of {}", name, rejections, bad);
        }
        let answer = [b"{\"status\": \"ok\", \"items\": ", bytes.trim_ascii(), b", \"count\": 12}\n"].concat();
        let (articles, rejections) = read(&write(folder.path(), "answer.json", answer));
        prop_assert_eq!(articles, good);
        prop_assert!((bad.min(1)..=bad + 1).contains(&rejections), "{} of {}", rejections, bad);
    }

    #[test]
    fn damaged_json_lines_are_read(damages in prop::collection::vec(damage(), 1..6)) {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = damaged(archive(0..4).into_bytes(), &damages);
        let (articles, rejections) = read(&write(folder.path(), "a.jsonl", bytes));
        prop_assert!(articles + rejections > 0);
    }

    #[test]
    fn a_damaged_array_is_read(damages in prop::collection::vec(damage(), 1..6)) {
        let folder = tempfile::tempdir().expect("a folder");
        let array = format!("[\n{}]", archive(0..4).trim_end().replace('\n', ",\n"));
        let bytes = damaged(array.into_bytes(), &damages);
        let (articles, rejections) = read(&write(folder.path(), "a.json", bytes));
        prop_assert!(articles + rejections > 0);
    }

    #[test]
    fn a_damaged_gzip_is_read(damages in prop::collection::vec(damage(), 1..4)) {
        let folder = tempfile::tempdir().expect("a folder");
        let bytes = damaged(gzip(archive(0..40).as_bytes()), &damages);
        let (articles, rejections) = read(&write(folder.path(), "a.jsonl.gz", bytes));
        prop_assert!(articles + rejections > 0);
    }

    #[test]
    fn any_bytes_are_read_as_text_or_rejected(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.txt", "a.json", "a.jsonl", "a"] {
            let (articles, rejections) = read(&write(folder.path(), name, &bytes));
            prop_assert!(articles + rejections > 0);
        }
    }

    #[test]
    fn a_line_that_is_damaged_costs_no_other(at in 0..4000_usize, byte in any::<u8>()) {
        // A line feed makes two lines of one, and a mark in the first bytes another format of all.
        prop_assume!(byte != b'\n');
        let folder = tempfile::tempdir().expect("a folder");
        let mut bytes = archive(0..4).into_bytes();
        let at = at % bytes.len();
        prop_assume!(at > 0 && bytes[at] != b'\n');
        bytes[at] = byte;
        let (articles, rejections) = read(&write(folder.path(), "a.jsonl", bytes));
        prop_assert_eq!(articles + rejections, 4);
        prop_assert!(articles >= 3);
    }
}
