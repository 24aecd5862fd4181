//! What the thread of one statement does: prepares it, and sends its rows until nobody waits for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::time::Instant;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, Statement};

use crate::error::Error;
use crate::query::failure::read_error;
use crate::query::paging::Paging;
use crate::query::sandbox::limits::ROW_MEGABYTES;
use crate::query::sandbox::permission::LastRefusal;
use crate::query::sandbox::sql::Sql;
use crate::query::sandbox::{parameters, refusal};

/// How many steps of SQLite's machine pass between two looks at the clock: much less than a millisecond, unless
/// the steps are long.
const STEPS: i32 = 1_000;

/// How much is sent at once: so many rows, or so many bytes.
const BATCH: (usize, usize) = (100, 1 << 20);

/// What is wanted of a statement.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    /// The names of its parameters, without any rows.
    Names,
    /// The statement with its values in it, in the place of a name.
    Expanded,
    /// Some of its rows.
    Rows(Paging),
}

/// What is to be done.
pub(super) struct Task {
    pub(super) sql: Sql,
    /// What is sent.
    pub(super) wanted: Wanted,
    /// When its time is over.
    pub(super) end: Option<Instant>,
    /// Whether nobody waits for it any more.
    pub(super) left: Arc<AtomicBool>,
}

/// What comes of it.
pub(super) enum Message {
    /// The names of the columns, or of the parameters, or the statement itself; before all rows.
    Columns(Vec<String>),
    /// Some rows.
    Rows(Vec<Vec<Value>>),
    /// The end: how many rows were seen, and how many sent.
    End(Result<(u64, u64), Error>),
}

/// Rows that wait to be sent.
struct Batch<'s> {
    messages: &'s SyncSender<Message>,
    rows: Vec<Vec<Value>>,
    bytes: usize,
}

/// Does a task; how many rows were seen, and how many sent.
pub(super) fn run(
    db: &mut Connection,
    task: &Task,
    last_refusal: &LastRefusal,
    messages: &SyncSender<Message>,
) -> Result<(u64, u64), Error> {
    let (end, left) = (task.end, Arc::clone(&task.left));
    let is_over = move || left.load(Ordering::Relaxed) || end.is_some_and(|end| Instant::now() > end);
    db.progress_handler(STEPS, Some(is_over))
        .map_err(|cause| Error::new("cannot limit the time").because(cause))?;
    last_refusal.take();
    let failed = |cause| refusal::cannot_run(cause, &task.sql.text, task.sql.patience, last_refusal.take());
    let mut statement = db.prepare(&task.sql.text).map_err(failed)?;
    if statement.column_count() == 0 {
        return Err(Error::usage("there is no SELECT in the SQL").hint("write one SELECT statement"));
    }
    if let Wanted::Names = task.wanted {
        let _ = messages.send(Message::Columns(parameters::names(&statement)?));
        return Ok((0, 0));
    }
    parameters::bind(&mut statement, &task.sql.parameters)?;
    if let Wanted::Rows(paging) = task.wanted {
        return send_rows(&mut statement, paging, messages, &failed);
    }
    let expanded =
        statement.expanded_sql().ok_or_else(|| Error::new("the SQL is too long with its values"))?;
    let _ = messages.send(Message::Columns(vec![expanded]));
    Ok((0, 0))
}

fn send_rows(
    statement: &mut Statement<'_>,
    paging: Paging,
    messages: &SyncSender<Message>,
    failed: &dyn Fn(rusqlite::Error) -> Error,
) -> Result<(u64, u64), Error> {
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let columns = names.len();
    let _ = messages.send(Message::Columns(names));
    let mut batch = Batch { messages, rows: Vec::new(), bytes: 0 };
    let (mut seen, mut shown) = (0_u64, 0);
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(failed)? {
        seen += 1;
        if seen <= paging.offset {
            continue;
        }
        if shown < paging.limit {
            shown += 1;
            if !batch.add(row, columns)? {
                break;
            }
        } else if !paging.is_usual {
            // Only a page that nobody asked for has to say how much it leaves out.
            break;
        }
    }
    batch.send();
    Ok((seen, shown))
}

impl Batch<'_> {
    /// Adds a row; false if nobody waits for it. Its size is looked at before it is copied.
    fn add(&mut self, row: &Row<'_>, columns: usize) -> Result<bool, Error> {
        let values: Vec<ValueRef<'_>> =
            (0..columns).map(|column| row.get_ref(column)).collect::<Result<_, _>>().map_err(read_error)?;
        let size = |value: &ValueRef<'_>| match value {
            ValueRef::Text(text) => text.len(),
            // Written as hexadecimal digits.
            ValueRef::Blob(blob) => 2 * blob.len(),
            _ => 0,
        };
        let bytes: usize = values.iter().map(size).sum();
        if bytes > ROW_MEGABYTES << 20 {
            self.send();
            return Err(refusal::row_too_large());
        }
        self.rows.push(values.into_iter().map(owned).collect());
        self.bytes += bytes;
        let is_full = self.rows.len() >= BATCH.0 || self.bytes >= BATCH.1;
        Ok(!is_full || self.send())
    }

    /// Sends what waits; false if nobody waits for it.
    fn send(&mut self) -> bool {
        self.bytes = 0;
        self.messages.send(Message::Rows(std::mem::take(&mut self.rows))).is_ok()
    }
}

/// A copy of a value. SQL can make text that is no Unicode; what is wrong in it becomes U+FFFD.
fn owned(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}
