//! Where the rows of a table in text end, also where a mark of quotation is missing.
//!
//! A row ends at a line end that stands in no marks of quotation. A mark that is never closed would take in the rows behind it;
//! it shows in the next mark, which opens a field and stands within one. Then the row is given up, and reading goes on at the
//! next line that begins a row of as many fields as there are columns. What the fields of a row are is for the crate `csv`.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use csv::{ByteRecord, ReaderBuilder};

use crate::read::rejection::{MAX_DOCUMENT, Reason, broken, too_large};

/// How far a row is followed whose marks of quotation are to be mended, in bytes.
const LONGEST_MENDED: usize = 1 << 20;

/// How many lines a row may have.
const MOST_LINES: usize = 200_000;

/// Why most rows are given up.
const UNCLOSED: &str = "a mark of quotation in it is never closed";

/// What is said besides where rows behind it are read; who gives up the whole table leaves it out.
pub(crate) const GOES_ON: &str = ": reading goes on at the next line that is a row";

/// How the rows of a table are written.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) delimiter: u8,
    /// Whether marks of quotation hold fields together.
    pub(crate) quotes: bool,
    /// How many columns there are.
    pub(crate) fields: usize,
}

/// A row, and the line that it begins in.
pub(crate) enum Row {
    /// A row as it stands, its marks of quotation as they should be.
    Whole(u64, Vec<u8>),
    /// One that cannot be read, and why.
    Broken(u64, Reason),
}

/// The rows of a stream, one after the other.
pub(crate) struct Rows<'a> {
    input: Box<dyn BufRead + 'a>,
    form: Form,
    /// What ends a line.
    end: u8,
    /// Lines that were read and belong to no row yet.
    ahead: VecDeque<Vec<u8>>,
    /// The line of the first of them, or of the next one.
    line: u64,
    /// The line before which no mark closes a field that begins behind where this was found.
    unclosed_before: u64,
    ended: bool,
    failure: Option<io::Error>,
}

impl<'a> Rows<'a> {
    /// The rows of a stream; `old` if its lines end as on old systems, with a carriage return alone.
    pub(crate) fn new(input: Box<dyn BufRead + 'a>, form: Form, old: bool) -> Self {
        let end = if old { b'\r' } else { b'\n' };
        Rows {
            input,
            form,
            end,
            ahead: VecDeque::new(),
            line: 1,
            unclosed_before: 0,
            ended: false,
            failure: None,
        }
    }

    /// Skips the first bytes, which are whole lines.
    pub(crate) fn skip(&mut self, bytes: usize) -> io::Result<()> {
        let mut skipped = Vec::new();
        (&mut self.input).take(bytes as u64).read_to_end(&mut skipped)?;
        self.line += memchr::memchr_iter(self.end, &skipped).count() as u64;
        Ok(())
    }

    /// Reads one more line; false at the end. One beyond the limit is held as an empty one, which no other is.
    fn fill(&mut self) -> bool {
        if self.ended {
            return false;
        }
        let mut line = Vec::new();
        let limit = MAX_DOCUMENT as u64 + 1;
        match (&mut self.input).take(limit).read_until(self.end, &mut line) {
            Ok(0) => self.ended = true,
            Ok(_) if line.len() > MAX_DOCUMENT => {
                self.ended = self.pass_over_line().is_err();
                self.ahead.push_back(Vec::new());
                return true;
            }
            Ok(_) => self.ahead.push_back(line),
            Err(error) => {
                self.failure = Some(error);
                self.ended = true;
            }
        }
        !self.ended
    }

    fn pass_over_line(&mut self) -> io::Result<()> {
        loop {
            let ready = self.input.fill_buf()?;
            let end = memchr::memchr(self.end, ready);
            let length = end.map_or(ready.len(), |at| at + 1);
            self.input.consume(length);
            if end.is_some() || length == 0 {
                return Ok(());
            }
        }
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Option<Row> {
        if self.ahead.is_empty() && !self.fill() {
            let error = self.failure.take()?;
            return Some(Row::Broken(self.line, broken(&error)));
        }
        let line = self.line;
        if self.ahead.front().is_some_and(Vec::is_empty) {
            self.take(1);
            return Some(Row::Broken(line, too_large()));
        }
        let mut scan = Scan::default();
        let (mut count, mut bytes) = (0, 0);
        loop {
            if count == self.ahead.len() && !self.fill() {
                break;
            }
            let Some(next) = self.ahead.get(count) else { break };
            scan.line(next, self.form);
            bytes += next.len();
            count += 1;
            if !scan.in_quotes || scan.is_odd && count > 1 || bytes > MAX_DOCUMENT || count == MOST_LINES {
                break;
            }
        }
        if !scan.in_quotes && !scan.is_odd {
            return Some(Row::Whole(line, self.take(count)));
        }
        // A mark stands where none may: it opens the field of another row, or it is part of the text.
        let mended = self.mended();
        let reach = mended.as_ref().map_or(count, |mended| mended.lines.max(count));
        if let Some(next) = (1..reach).find(|at| self.fits(*at)) {
            self.take(next);
            return Some(Row::Broken(line, format!("{UNCLOSED}{GOES_ON}").into()));
        }
        if let Some(mended) = mended.filter(|mended| mended.fields == self.form.fields) {
            self.take(mended.lines);
            return Some(Row::Whole(line, mended.bytes));
        }
        if !scan.in_quotes && (count == 1 || scan.fields == self.form.fields) {
            return Some(Row::Whole(line, self.take(count)));
        }
        let is_long = bytes > MAX_DOCUMENT || count == MOST_LINES;
        self.take(if is_long { count } else { 1 });
        Some(Row::Broken(line, UNCLOSED.into()))
    }

    /// Takes the first lines that were read as one row.
    fn take(&mut self, count: usize) -> Vec<u8> {
        self.line += count as u64;
        self.ahead.drain(..count).collect::<Vec<_>>().concat()
    }

    /// Whether a line that was read begins a row of the right number of fields.
    fn fits(&self, at: usize) -> bool {
        let mut scan = Scan::default();
        for line in self.ahead.iter().skip(at) {
            scan.line(line, self.form);
            if !scan.in_quotes || scan.is_odd {
                break;
            }
        }
        scan.fields == self.form.fields && !scan.is_odd && self.form.fields > 1
    }

    /// The row if a mark closes a field only where the field may end: those in a text that are not doubled are doubled. None
    /// if none closes it for long.
    fn mended(&mut self) -> Option<Mended> {
        if self.line < self.unclosed_before {
            return None;
        }
        let mut scan = Scan { is_lenient: true, ..Scan::default() };
        let mut mended = Mended { bytes: Vec::new(), lines: 0, fields: 0 };
        loop {
            let at_end = mended.lines == self.ahead.len() && !self.fill();
            if at_end || mended.bytes.len() > LONGEST_MENDED {
                self.unclosed_before = self.line + mended.lines as u64;
                return None;
            }
            scan.mend(self.ahead.get(mended.lines)?, self.form, &mut mended.bytes);
            mended.lines += 1;
            if !scan.in_quotes {
                mended.fields = scan.fields;
                return Some(mended);
            }
        }
    }
}

/// A row whose marks of quotation were mended.
struct Mended {
    bytes: Vec<u8>,
    lines: usize,
    fields: usize,
}

/// Follows marks of quotation and delimiters.
#[derive(Default)]
struct Scan {
    in_quotes: bool,
    /// Whether the field has begun.
    in_field: bool,
    fields: usize,
    /// Whether a mark stood where none may: behind one that closed its field, something goes on.
    is_odd: bool,
    /// Whether such a mark is part of the text.
    is_lenient: bool,
}

impl Scan {
    fn line(&mut self, line: &[u8], form: Form) {
        self.follow(line, form, None);
    }

    fn mend(&mut self, line: &[u8], form: Form, mended: &mut Vec<u8>) {
        self.follow(line, form, Some(mended));
    }

    fn follow(&mut self, line: &[u8], form: Form, mut copy: Option<&mut Vec<u8>>) {
        if !self.in_quotes {
            (self.in_field, self.fields) = (false, 1);
        }
        let mut at = 0;
        while let Some(byte) = line.get(at).copied() {
            let next = line.get(at + 1).copied();
            let ends = |byte: Option<u8>| {
                byte.is_none_or(|byte| byte == form.delimiter || matches!(byte, b'\r' | b'\n'))
            };
            let mut length = 1;
            if self.in_quotes {
                if byte == b'"' {
                    if next == Some(b'"') {
                        length = 2;
                    } else if ends(next) {
                        self.in_quotes = false;
                    } else {
                        self.is_odd = true;
                        if self.is_lenient {
                            copy.iter_mut().for_each(|copy| copy.push(b'"'));
                        } else {
                            self.in_quotes = false;
                        }
                    }
                }
            } else if byte == form.delimiter {
                self.fields += 1;
                self.in_field = false;
            } else if byte == b'"' && form.quotes && !self.in_field {
                self.in_quotes = true;
                self.in_field = true;
            } else {
                self.in_field = true;
            }
            if let Some(copy) = copy.as_mut() {
                copy.extend_from_slice(&line[at..at + length]);
            }
            at += length;
        }
    }
}

/// The fields of a row.
pub(crate) fn fields_of(row: &[u8], delimiter: u8, quotes: bool) -> Option<ByteRecord> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(quotes)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(row.len().clamp(64, 1 << 16))
        .from_reader(row);
    let mut fields = ByteRecord::new();
    reader.read_byte_record(&mut fields).ok().filter(|found| *found)?;
    Some(fields)
}
