//! SQL that a person wrote → rows, in a connection that can do nothing but read this file, for so long and with so much.
//!
//! The connection has to be open read-only; what that does not forbid is added here: no other file is attached, no
//! function loads code (`permission`), no value, row or statement is larger than `limits` says, and no statement takes
//! longer than it may (`work`). SQLite looks at the clock between the steps of a statement, but not inside one step,
//! and a single call of `instr` on two long texts is one step. So a statement runs in a thread of its own, and whoever
//! waits for it leaves when the time is over, whether or not SQLite has noticed. Interrupting the program ends a
//! query at once, since nothing has been written that could be left half done.

mod limits;
mod parameters;
mod permission;
mod refusal;
mod sql;
mod statements;
mod work;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::query::audience::Audience;
use crate::query::notes::Notes;
use crate::query::output::{Cell, Sink};
use crate::query::paging::Paging;
pub use crate::query::sandbox::limits::{USUAL_MEMORY, USUAL_PATIENCE, limit_memory};
use crate::query::sandbox::permission::LastRefusal;
pub use crate::query::sandbox::sql::{Argument, Sql};
pub use crate::query::sandbox::statements::Statements;
use crate::query::sandbox::work::{Message, Task, Wanted};
use crate::store::Reader;

/// How long after the end of its time a statement may still tell by itself that it was stopped.
const GRACE: Duration = Duration::from_millis(100);

/// How many batches of rows may wait to be written.
const WAITING: usize = 4;

/// A connection that can only run a person's SELECTs.
#[derive(Debug)]
pub struct Sandbox {
    /// Brings the connection back from the thread of a statement.
    give_back: Sender<Reader>,
    /// Where the connection waits while no statement runs.
    connection: Receiver<Reader>,
    last_refusal: LastRefusal,
}

impl Sandbox {
    /// Restricts a connection, which has to be open read-only, for good.
    pub fn new(mut db: Reader) -> Result<Self, Error> {
        let cannot = |cause| Error::new("cannot restrict the connection").because(cause);
        limits::set(&db).map_err(cannot)?;
        let last_refusal = permission::restrict(&mut db).map_err(cannot)?;
        let (give_back, connection) = channel();
        // It cannot fail: the other end is in this value.
        let _ = give_back.send(db);
        Ok(Sandbox { give_back, connection, last_refusal })
    }

    /// Runs one SELECT and hands its rows on.
    ///
    /// Comes back when the time is over, even where SQLite has not: then the statement goes on in its thread until the
    /// end of the function in which it is, and the sandbox is of no use until then.
    pub fn run(&mut self, sql: &Sql, audience: Audience, sink: &mut dyn Sink) -> Result<Notes, Error> {
        let paging = Paging::new(sql.limit, sql.offset, audience);
        let (seen, shown) = self.ask(sql, Wanted::Rows(paging), sink)?;
        sink.finish()?;
        let mut notes = Notes::default();
        if paging.may_hide_rows(shown) {
            notes.add_some(Notes::on_page(shown, i64::try_from(seen).unwrap_or(i64::MAX)));
        }
        Ok(notes)
    }

    /// The names of the parameters in a SELECT, without their colons; fails where it is nothing that could be run.
    pub fn parameter_names(&self, text: &str) -> Result<Vec<String>, Error> {
        let sql = Sql {
            text: text.to_owned(),
            parameters: Vec::new(),
            limit: None,
            offset: 0,
            patience: USUAL_PATIENCE,
        };
        let mut names = Names::default();
        self.ask(&sql, Wanted::Names, &mut names)?;
        Ok(names.0)
    }

    /// A SELECT with the values of its parameters in it, as the sqlite3 shell runs it.
    pub fn expanded(&self, sql: &Sql) -> Result<String, Error> {
        let mut statement = Names::default();
        self.ask(sql, Wanted::Expanded, &mut statement)?;
        Ok(statement.0.concat())
    }

    /// Does a task in a thread and hands on what comes; how many rows were seen, and how many handed on.
    fn ask(&self, sql: &Sql, wanted: Wanted, sink: &mut dyn Sink) -> Result<(u64, u64), Error> {
        let end = Instant::now().checked_add(sql.patience);
        let Ok(mut db) = self.connection.recv_timeout(sql.patience) else {
            return Err(refusal::still_running());
        };
        let left = Left(Arc::new(AtomicBool::new(false)));
        let task = Task { sql: sql.clone(), wanted, end, left: Arc::clone(&left.0) };
        let (sender, messages) = sync_channel(WAITING);
        let (give_back, last_refusal) = (self.give_back.clone(), self.last_refusal.clone());
        let run = move || {
            let result = work::run(&mut db, &task, &last_refusal, &sender);
            // Whoever waited may have left.
            let _ = give_back.send(db);
            let _ = sender.send(Message::End(result));
        };
        std::thread::Builder::new()
            .name("sql".into())
            .stack_size(limits::STACK)
            .spawn(run)
            .map_err(|cause| Error::new("cannot start a thread for the query").because(cause))?;
        loop {
            match next(&messages, end) {
                Ok(Message::Columns(names)) => {
                    sink.columns(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
                }
                Ok(Message::Rows(rows)) => {
                    for row in rows {
                        if end.is_some_and(|end| Instant::now() > end) {
                            return Err(refusal::too_slow(sql.patience));
                        }
                        sink.row(&row.into_iter().map(Cell::from).collect::<Vec<_>>())?;
                    }
                }
                Ok(Message::End(result)) => return result,
                Err(RecvTimeoutError::Timeout) => return Err(refusal::too_slow(sql.patience)),
                Err(RecvTimeoutError::Disconnected) => return Err(refusal::no_answer()),
            }
        }
    }
}

/// Waits for a message, but not longer than a little after the end of the time.
fn next(messages: &Receiver<Message>, end: Option<Instant>) -> Result<Message, RecvTimeoutError> {
    match end {
        Some(end) => messages.recv_timeout(end.saturating_duration_since(Instant::now()) + GRACE),
        None => messages.recv().map_err(RecvTimeoutError::from),
    }
}

/// Tells a statement, when it is dropped, that nobody waits for it any more.
struct Left(Arc<AtomicBool>);

impl Drop for Left {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Keeps the names of the columns.
#[derive(Default)]
struct Names(Vec<String>);

impl Sink for Names {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.0 = names.iter().map(|name| (*name).to_owned()).collect();
        Ok(())
    }

    fn row(&mut self, _: &[Cell]) -> Result<(), Error> {
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
