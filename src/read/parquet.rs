//! Parquet: an article a row, its fields named by the columns.
//!
//! The crate that reads it may panic over a damaged file, and holds what it pleases: it works in a thread of its own, on a
//! file of bounded size, and hands on a row at a time.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::{Field, Row};
use serde_json::{Map, Value};

use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::record;
use crate::read::rejection::{MAX_DOCUMENT, Reason, Rejection, broken, no_articles, too_large};
use crate::read::rejection_kind::RejectionKind;

/// The format.
pub(crate) struct Parquet;

/// The largest file, in bytes: its list of columns is at its end, so that it has to be held.
const LARGEST: u64 = 256 << 20;

/// How many rows may wait to be taken.
const WAITING: usize = 16;

/// The name of the thread: a panic in one that is called so is no fault of the program, and told as a rejection.
const THREAD: &str = "onrecord-worker-parquet";

impl InputFormat for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        head.bytes.starts_with(b"PAR1")
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let Stream { source, input } = stream;
        let rejected = |line, reason: Reason| Found::Rejected(Rejection::new(&source, line, reason));
        let mut bytes = Vec::new();
        match input.take(LARGEST + 1).read_to_end(&mut bytes) {
            Err(error) => return emit(rejected(None, broken(&error))),
            Ok(_) if bytes.len() as u64 > LARGEST => {
                let words = format!("it is longer than {} MB: write it as several files", LARGEST >> 20);
                return emit(rejected(None, Reason::new(RejectionKind::TooLong, words)));
            }
            Ok(_) => {}
        }
        let (sender, rows) = sync_channel(WAITING);
        let reader = thread::Builder::new()
            .name(THREAD.to_owned())
            .stack_size(STACK)
            .spawn(move || read(bytes, &sender));
        let reader = match reader {
            Ok(reader) => reader,
            Err(error) => return emit(rejected(None, format!("cannot start a thread: {error}").into())),
        };
        let flow = self.rows(&source, &rows, emit);
        // One that waits to hand on a row ends when nobody takes it any more.
        drop(rows);
        if reader.join().is_err() && flow.is_continue() {
            return emit(rejected(None, "it is damaged in a way that its reader fails over".into()));
        }
        flow
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        record::article(document, options)
    }
}

impl Parquet {
    fn rows(
        &'static self,
        source: &str,
        rows: &Receiver<Result<Vec<u8>, String>>,
        emit: Emit<'_>,
    ) -> ControlFlow<()> {
        let mut count = 0_u64;
        while let Ok(row) = rows.recv() {
            count += 1;
            let line = Some(count);
            emit(match row {
                Ok(bytes) if bytes.len() > MAX_DOCUMENT => {
                    Found::Rejected(Rejection::new(source, line, too_large()))
                }
                Ok(bytes) => Found::Document(RawDocument {
                    source: source.to_owned(),
                    line,
                    bytes,
                    format: self,
                    address: None,
                    doubts: Vec::new(),
                }),
                Err(reason) => Found::Rejected(Rejection::new(source, line, reason)),
            })?;
        }
        if count == 0 {
            emit(Found::Rejected(Rejection::new(source, None, no_articles())))
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// The stack of the thread that reads, in bytes: groups of columns in each other, as many as a footer can name, fit.
const STACK: usize = 256 << 20;

/// How long what a file says of itself may be, in bytes.
const LONGEST_FOOTER: u32 = 4 << 20;

/// How long what a file says of itself is: it stands right before its last mark.
fn length_of_footer(bytes: &[u8]) -> Option<u32> {
    let mark = bytes.len().checked_sub(4)?;
    let length = bytes.get(mark.checked_sub(4)?..mark)?;
    length.try_into().ok().map(u32::from_le_bytes)
}

/// Reads all rows, each as an object of JSON.
fn read(bytes: Vec<u8>, sender: &SyncSender<Result<Vec<u8>, String>>) {
    let failed =
        |error: ::parquet::errors::ParquetError| Err(format!("it cannot be read as Parquet: {error}"));
    // What the file says of itself is read by recursion, without a limit of its own.
    if length_of_footer(&bytes).is_some_and(|length| length > LONGEST_FOOTER) {
        let _ = sender.send(Err(format!(
            "it cannot be read as Parquet: what it says of itself is longer than {} MB",
            LONGEST_FOOTER >> 20
        )));
        return;
    }
    let reader = match SerializedFileReader::new(::bytes::Bytes::from(bytes)) {
        Ok(reader) => reader,
        Err(error) => {
            let _ = sender.send(failed(error));
            return;
        }
    };
    let rows = match reader.get_row_iter(None) {
        Ok(rows) => rows,
        Err(error) => {
            let _ = sender.send(failed(error));
            return;
        }
    };
    for row in rows {
        let is_last = row.is_err();
        let row = row.map(|row| serde_json::to_vec(&fields(&row)).unwrap_or_default()).or_else(failed);
        if sender.send(row).is_err() || is_last {
            return;
        }
    }
}

fn fields(row: &Row) -> Map<String, Value> {
    row.get_column_iter().filter_map(|(name, field)| Some((name.clone(), value(field)?))).collect()
}

/// The value of a field; none where there is none.
fn value(field: &Field) -> Option<Value> {
    Some(match field {
        Field::Null => return None,
        Field::Bool(truth) => (*truth).into(),
        Field::Int(number) => (*number).into(),
        Field::Long(number) => (*number).into(),
        Field::UInt(number) => (*number).into(),
        Field::ULong(number) => (*number).into(),
        Field::Str(text) => text.as_str().into(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into(),
        Field::TimestampMillis(time) => (*time).into(),
        Field::TimestampMicros(time) => (time / 1000).into(),
        Field::ListInternal(list) => list.elements().iter().filter_map(value).collect(),
        Field::Group(row) => Value::Object(fields(row)),
        other => other.to_string().into(),
    })
}
