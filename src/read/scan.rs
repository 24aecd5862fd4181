//! Where a JSON value ends, and where it can no longer be one: byte by byte, without holding it.
//!
//! Knows the grammar and no more: whether a number or a word is right, and what a value means, is for who reads it.
//! Control characters in strings are let pass, as archives leave them there. It stops at the first byte that does not
//! fit, so that a record that was cut off does not take those behind it along.

use std::ops::Range;

/// How deep values may be nested; real ones are some ten deep.
const DEEPEST: usize = 1 << 20;

/// What follows from one more byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The value goes on.
    Within,
    /// The value ends with this byte.
    End,
    /// The value, a number or a word, ended before this byte.
    EndBefore,
    /// No value goes on like this.
    Wrong,
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Value,
    /// After `[`: a value, or the end of the array.
    FirstValue,
    /// After `{`: a name, or the end of the object.
    FirstName,
    /// After a comma in an object.
    Name,
    Colon,
    /// After a value in an object or array.
    Comma,
    /// The rest of a string; whether it is the name of a field.
    String(bool),
    /// What stands behind a backslash in a string.
    Escape(bool),
    /// The rest of a number or a word.
    Bare,
}

/// Follows one value from its first byte.
#[derive(Debug)]
pub(crate) struct Scanner {
    next: Next,
    /// The brackets that are open: whether each is an object's.
    open: Vec<bool>,
    /// How many bytes were seen.
    seen: usize,
    /// The list of objects that is open: the depth of its bracket, and where its first object begins.
    list: Option<(usize, usize)>,
}

impl Default for Scanner {
    fn default() -> Self {
        Scanner { next: Next::Value, open: Vec::new(), seen: 0, list: None }
    }
}

impl Scanner {
    /// Goes on by one byte.
    pub(crate) fn step(&mut self, byte: u8) -> Step {
        let step = self.follow(byte);
        self.seen += 1;
        step
    }

    /// Goes on behind a list that lies in so many objects and has been read.
    pub(crate) fn behind_list(objects: usize) -> Self {
        Scanner { next: Next::Comma, open: vec![true; objects], seen: 0, list: None }
    }

    /// Where the first object of the list begins that was being read, and how many objects the list lies in, if it lies in
    /// objects alone, at most `depth` deep.
    pub(crate) fn list_within(&self, depth: usize) -> Option<(usize, usize)> {
        self.list.filter(|(at, _)| *at <= depth).map(|(at, start)| (start, at - 1))
    }

    /// Whether the value is a text, and no object or list.
    pub(crate) fn is_text(&self) -> bool {
        self.open.is_empty() && matches!(self.next, Next::String(_) | Next::Escape(_))
    }

    /// What would close all that is open.
    pub(crate) fn closing(&self) -> String {
        self.open.iter().rev().map(|is_object| if *is_object { '}' } else { ']' }).collect()
    }

    fn follow(&mut self, byte: u8) -> Step {
        match self.next {
            Next::String(is_name) => match byte {
                b'"' if is_name => self.next = Next::Colon,
                b'"' => return self.value_ends(),
                b'\\' => self.next = Next::Escape(is_name),
                _ => {}
            },
            Next::Escape(is_name) => match byte {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' | b'u' => {
                    self.next = Next::String(is_name)
                }
                _ => return Step::Wrong,
            },
            Next::Bare if is_bare(byte) => {}
            Next::Bare => {
                if self.value_ends() == Step::End {
                    return Step::EndBefore;
                }
                return self.follow(byte);
            }
            _ if is_space(byte) => {}
            Next::FirstValue | Next::Comma if byte == b']' => return self.close(false),
            Next::FirstName | Next::Comma if byte == b'}' => return self.close(true),
            Next::Comma if byte == b',' => {
                self.next = if self.open.last() == Some(&true) { Next::Name } else { Next::Value };
            }
            Next::Comma => return Step::Wrong,
            Next::FirstName | Next::Name if byte == b'"' => self.next = Next::String(true),
            Next::FirstName | Next::Name => return Step::Wrong,
            Next::Colon if byte == b':' => self.next = Next::Value,
            Next::Colon => return Step::Wrong,
            Next::Value | Next::FirstValue => return self.begin(byte),
        }
        Step::Within
    }

    fn begin(&mut self, byte: u8) -> Step {
        match byte {
            b'{' | b'[' if self.open.len() >= DEEPEST => return Step::Wrong,
            b'{' => {
                let in_list = self.next == Next::FirstValue && self.open.len() > 1;
                let objects = self.open.len().saturating_sub(1);
                if in_list
                    && self.list.is_none()
                    && self.open.iter().take(objects).all(|is_object| *is_object)
                {
                    self.list = Some((self.open.len(), self.seen));
                }
                self.open.push(true);
                self.next = Next::FirstName;
            }
            b'[' => {
                self.open.push(false);
                self.next = Next::FirstValue;
            }
            b'"' => self.next = Next::String(false),
            _ if is_bare(byte) => self.next = Next::Bare,
            _ => return Step::Wrong,
        }
        Step::Within
    }

    fn close(&mut self, object: bool) -> Step {
        if self.open.last() != Some(&object) {
            return Step::Wrong;
        }
        if self.list.is_some_and(|(depth, _)| depth == self.open.len()) {
            self.list = None;
        }
        self.open.pop();
        self.value_ends()
    }

    fn value_ends(&mut self) -> Step {
        self.next = Next::Comma;
        if self.open.is_empty() { Step::End } else { Step::Within }
    }
}

/// Whether a byte may stand in a number or a word.
fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

/// White space between the parts of a value.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The object that `bytes` begin with, if it is whole.
pub(crate) fn object(bytes: &[u8]) -> Option<Range<usize>> {
    let mut scanner = Scanner::default();
    let mut last = Step::Within;
    let end = bytes.iter().position(|byte| {
        last = scanner.step(*byte);
        last != Step::Within
    })?;
    (bytes.starts_with(b"{") && last == Step::End).then_some(0..end + 1)
}

/// The objects that follow each other at the start of `bytes`, apart by white space or commas; and where what is
/// none of them begins, if anything is left.
pub(crate) fn objects(bytes: &[u8]) -> (Vec<Range<usize>>, Option<usize>) {
    let mut found = Vec::new();
    let mut from = 0;
    loop {
        from += bytes[from..].iter().take_while(|byte| is_space(**byte) || **byte == b',').count();
        if from == bytes.len() {
            return (found, None);
        }
        let Some(object) = object(&bytes[from..]) else { return (found, Some(from)) };
        found.push(from..from + object.end);
        from += object.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How a value that begins a text ends: after so many bytes, and how.
    fn end(text: &str) -> (usize, Step) {
        let mut scanner = Scanner::default();
        for (at, byte) in text.bytes().enumerate() {
            let step = scanner.step(byte);
            if step != Step::Within {
                return (at, step);
            }
        }
        (text.len(), Step::Within)
    }

    #[test]
    fn a_value_ends_or_goes_wrong_as_early_as_can_be() {
        for (text, expected) in [
            (r#"{"a": [1, {"b": "}]\"{"}], "c": {}} more"#, (34, Step::End)),
            ("[[], [null, -1.5e3]]", (19, Step::End)),
            ("12, 3", (2, Step::EndBefore)),
            (r#""one\\" two"#, (6, Step::End)),
            ("{\"a\": \"line\nbreak\"}", (18, Step::End)),
            ("{bad", (1, Step::Wrong)),
            ("{\n{", (2, Step::Wrong)),
            (r#"{"a" 1}"#, (5, Step::Wrong)),
            (r#"{"a": 1 "b""#, (8, Step::Wrong)),
            (r#"{"a": [1}"#, (8, Step::Wrong)),
            (r#"{"a": "\x"}"#, (8, Step::Wrong)),
            // A string that was cut off takes in the next record as far as its first mark.
            ("{\"a\": \"cut\n{\"a\": 1}", (13, Step::Wrong)),
            (r#"{"a": ["#, (7, Step::Within)),
        ] {
            assert_eq!(end(text), expected, "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(DEEPEST + 5);
        assert_eq!(end(&deep), (DEEPEST, Step::Wrong));
    }

    #[test]
    fn objects_of_a_line_are_told_apart() {
        for (text, expected, rest) in [
            ("{} {\"a\": 1},{}", vec!["{}", "{\"a\": 1}", "{}"], None),
            ("{\"a\": 1},", vec!["{\"a\": 1}"], None),
            ("{\"a\": 1}} {}", vec!["{\"a\": 1}"], Some(8)),
            ("{} [1]", vec!["{}"], Some(3)),
            ("{\"a\": ", vec![], Some(0)),
            ("12 {}", vec![], Some(0)),
            (" ", vec![], None),
        ] {
            let (found, left) = objects(text.as_bytes());
            assert_eq!(found.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), expected);
            assert_eq!(left, rest, "{text}");
        }
    }
}
