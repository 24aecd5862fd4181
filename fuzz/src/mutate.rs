//! How inputs are changed, as proptest's strategies: so they are drawn from a seed, and shrunk where they fail.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One change of an input. A place is a fraction of its length, whatever that is by then.
#[derive(Clone, Debug)]
enum Change {
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    /// Says a part again, so many times.
    Repeat(Index, usize, usize),
    /// Puts a part of another input in.
    Splice(Index, Index, usize),
    Cut(Index),
}

/// Bytes at which careless programs fail: marks, brackets, parts of characters, characters of every width.
const TELLING: &[&[u8]] = &[
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"\0",
    b"\x80",
    b"\xC3",
    b"\xED\xA0\x80",
    b"\xFF",
    b"\xEF\xBB\xBF",
    b"\x1F\x8B\x08",
    "“".as_bytes(),
    "”".as_bytes(),
    "’".as_bytes(),
    "\u{200B}".as_bytes(),
    "e\u{301}".as_bytes(),
    "😀".as_bytes(),
    "İ".as_bytes(),
    "ß".as_bytes(),
    "\u{202E}".as_bytes(),
    "\u{A0}".as_bytes(),
    "…".as_bytes(),
    b"''",
    b"``",
    b" ",
    b".",
    b"-",
];

fn change(dictionary: &'static [&'static str]) -> impl Strategy<Value = Change> {
    let word = select(dictionary).prop_map(|word| word.as_bytes().to_vec());
    let telling = select(TELLING).prop_map(<[u8]>::to_vec);
    let at = any::<Index>;
    prop_oneof![
        2 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        3 => (at(), telling).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        4 => (at(), word).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        2 => (at(), 1..60_usize).prop_map(|(at, count)| Change::Remove(at, count)),
        1 => (at(), 1..60_usize, 1..40_usize).prop_map(|(at, count, times)| Change::Repeat(at, count, times)),
        3 => (at(), at(), 1..200_usize).prop_map(|(at, from, count)| Change::Splice(at, from, count)),
        1 => at().prop_map(Change::Cut),
    ]
}

/// Inputs made of one by some changes, with parts of another.
pub(crate) fn changed(
    input: Vec<u8>,
    other: Vec<u8>,
    dictionary: &'static [&'static str],
    longest: usize,
) -> impl Strategy<Value = Vec<u8>> {
    vec(change(dictionary), 1..8).prop_map(move |changes| {
        let mut bytes = changes.iter().fold(input.clone(), |bytes, change| apply(bytes, change, &other));
        bytes.truncate(longest);
        bytes
    })
}

fn apply(mut bytes: Vec<u8>, change: &Change, other: &[u8]) -> Vec<u8> {
    let place = |at: &Index| at.index(bytes.len() + 1);
    match change {
        Change::Set(at, byte) => {
            let at = place(at);
            if let Some(old) = bytes.get_mut(at) {
                *old = *byte;
            }
        }
        Change::Insert(at, new) => {
            let at = place(at);
            bytes.splice(at..at, new.iter().copied());
        }
        Change::Remove(at, count) => {
            let at = place(at);
            bytes.drain(at..(at + count).min(bytes.len()));
        }
        Change::Repeat(at, count, times) => {
            let at = place(at);
            let again = bytes[at..(at + count).min(bytes.len())].repeat(*times);
            bytes.splice(at..at, again);
        }
        Change::Splice(at, from, count) => {
            let (at, from) = (place(at), from.index(other.len() + 1));
            bytes.splice(at..at, other[from..(from + count).min(other.len())].iter().copied());
        }
        Change::Cut(at) => {
            let at = place(at);
            bytes.truncate(at);
        }
    }
    bytes
}
