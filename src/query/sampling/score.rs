//! The marks of a sheet → shares with their intervals.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _};

use crate::error::Error;
use crate::query::failure::read_error;
use crate::query::notes::Notes;
use crate::query::output::{Cell, Sink};
use crate::query::sampling::interval::Share;
use crate::query::sampling::marks::{self, Mark, Marks};

/// The columns of a score. `share` is `right` by `judged`, and lies between `from` and `to` in the whole database with a
/// probability of 95 %; all three are in percent.
pub const COLUMNS: [&str; 7] = ["what", "item", "judged", "right", "share", "from", "to"];

/// Where bands of confidence begin, the surest first.
const BANDS: [(f64, &str); 4] =
    [(0.9, ".90 and above"), (0.8, ".80 to .90"), (0.6, ".60 to .80"), (0.0, "below .60")];

/// Fewer marks than these say little.
const FEW: usize = 30;

/// What the database knows of a quote.
struct Known {
    vouched: bool,
    confidence: f64,
    kind: String,
}

/// Counts the marks in the bytes of a sheet: in all, of the quotes that are shown and of those that are left out, by
/// confidence and by kind, and how often each fault was named.
pub fn score(db: &Connection, sheet: &[u8], sink: &mut dyn Sink) -> Result<Notes, Error> {
    let marks = marks::read(sheet)?;
    if marks.by_key.is_empty() {
        return Err(Error::usage("no row of the sheet has a mark")
            .hint("write y into the column right of each quote that could be printed as it stands, n into those of others"));
    }
    let mut known = Vec::new();
    let mut unknown = 0;
    for (key, mark) in &marks.by_key {
        match look_up(db, key)? {
            Some(quote) => known.push((quote, mark)),
            None => unknown += 1,
        }
    }
    sink.columns(&COLUMNS)?;
    let all = share(marks.by_key.values().map(|mark| mark.is_right));
    write(sink, "quotes", "all that were judged", all)?;
    let of = |wanted: &dyn Fn(&Known) -> bool| {
        share(known.iter().filter(|(quote, _)| wanted(quote)).map(|(_, mark)| mark.is_right))
    };
    let (shown, left_out) = (of(&|quote| quote.vouched), of(&|quote| !quote.vouched));
    // A sheet of shown quotes alone, the usual one, says no more by telling them apart.
    if left_out.judged > 0 {
        write(sink, "quotes", "shown", shown)?;
        write(sink, "quotes", "left out", left_out)?;
        let kept = share(known.iter().filter(|(_, mark)| mark.is_right).map(|(quote, _)| quote.vouched));
        write(sink, "right quotes", "shown", kept)?;
    }
    let mut above = f64::INFINITY;
    for (from, name) in BANDS {
        write(sink, "confidence", name, of(&|quote| (from..above).contains(&quote.confidence)))?;
        above = from;
    }
    for kind in ["direct", "mixed", "indirect"] {
        write(sink, "kind", kind, of(&|quote| quote.kind == kind))?;
    }
    for (why, times) in faults(&marks) {
        sink.row(&[
            Cell::Text("wrong".to_owned()),
            Cell::Text(why),
            Cell::Integer(times),
            Cell::Null,
            Cell::Null,
            Cell::Null,
            Cell::Null,
        ])?;
    }
    sink.finish()?;
    Ok(remarks(&marks, unknown))
}

fn look_up(db: &Connection, key: &str) -> Result<Option<Known>, Error> {
    let mut select = db
        .prepare_cached("SELECT vouched, confidence, kind FROM quotes WHERE key = ?1")
        .map_err(read_error)?;
    let found = select.query_row([key], |row| {
        Ok(Known { vouched: row.get(0)?, confidence: row.get(1)?, kind: row.get(2)? })
    });
    found.optional().map_err(read_error)
}

fn share(marks: impl Iterator<Item = bool>) -> Share {
    let mut share = Share::default();
    marks.for_each(|is_right| share.add(is_right));
    share
}

/// Writes a row, unless nothing was counted.
fn write(sink: &mut dyn Sink, what: &str, item: &str, share: Share) -> Result<(), Error> {
    let (Some(value), Some((from, to))) = (share.value(), share.interval()) else { return Ok(()) };
    let percent = |share: f64| Cell::Integer((share * 100.0).round() as i64);
    sink.row(&[
        Cell::Text(what.to_owned()),
        Cell::Text(item.to_owned()),
        Cell::Integer(share.judged.into()),
        Cell::Integer(share.right.into()),
        percent(value),
        percent(from),
        percent(to),
    ])
}

/// The faults that were named, the most frequent first.
fn faults(marks: &Marks) -> Vec<(String, i64)> {
    let mut times: BTreeMap<String, i64> = BTreeMap::new();
    for Mark { is_right, why } in marks.by_key.values() {
        if !is_right && !why.is_empty() {
            *times.entry(why.to_lowercase()).or_default() += 1;
        }
    }
    let mut times: Vec<_> = times.into_iter().collect();
    times.sort_by_key(|(_, times)| -times);
    times
}

fn remarks(marks: &Marks, unknown: u32) -> Notes {
    let rows = |number: u32| if number == 1 { "1 row".to_owned() } else { format!("{number} rows") };
    let mut notes = Notes::default();
    if marks.open > 0 {
        notes.add(format!("{} without a mark left out", rows(marks.open)));
    }
    if marks.repeated > 0 {
        notes.add(format!(
            "{} for a quote that was judged before: the last mark counts",
            rows(marks.repeated)
        ));
    }
    if unknown > 0 {
        notes.add(format!(
            "{} for quotes that this database does not hold, or not any more: counted in all, and nowhere else",
            rows(unknown)
        ));
    }
    if marks.by_key.len() < FEW {
        notes.add(format!("{} marks say little: judge {FEW} or more", marks.by_key.len()));
    }
    notes
}
