//! Damaged input never panics, and every line of it is an article or a rejection.

use std::ops::ControlFlow;
use std::path::Path;

use onrecord::read::{self, Found, Options};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use crate::support::{archive, gzip, write};

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
                    assert!(!reason.is_empty());
                    rejections += 1;
                }
            },
            Found::Rejected(_) => rejections += 1,
            Found::Skipped(name) => panic!("{name} is no hidden file"),
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
        cases: 300,
        rng_seed: RngSeed::Fixed(20_161_108),
        failure_persistence: None,
        ..Config::default()
    }
}

#[test]
fn a_gzip_that_expands_beyond_reason_is_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let bomb = [archive(0..3).into_bytes(), vec![b'\n'; 120 << 20], archive(3..6).into_bytes()].concat();
    assert_eq!(read(&write(folder.path(), "a.jsonl.gz", gzip(&bomb))), (3, 1));
}

proptest! {
    #![proptest_config(config())]

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
