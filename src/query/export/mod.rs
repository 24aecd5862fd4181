//! What the database holds, for other programs: tables, the network of who talks about whom, notes, entities.
//!
//! Knows the formats of others, and no file: each part writes to what it is handed, row by row. Which file may be replaced
//! is for the command line. Start reading at [`network`] or [`TABLES`].

mod attributes;
mod datasette;
mod each_row;
mod ftm;
mod gexf;
mod graphml;
pub mod network;
mod notes;
mod tables;
mod xml;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use crate::error::Error;
pub use crate::query::export::datasette::datasette;
pub use crate::query::export::ftm::ftm;
pub use crate::query::export::gexf::gexf;
pub use crate::query::export::graphml::graphml;
pub use crate::query::export::network::Narrowing;
pub use crate::query::export::notes::notes;
pub use crate::query::export::tables::{TABLES, Table};
use crate::query::failure::read_error;

/// How many steps of SQLite's machine pass between two looks at the flag: about a millisecond.
const STEPS: i32 = 20_000;

/// Prepares a connection for reading all of an archive: everything that is read is of one moment, whoever writes meanwhile;
/// what has to be sorted is sorted in files, where memory would not do; and it ends when `stop` is set.
pub fn settle(db: &mut Connection, stop: &Arc<AtomicBool>) -> Result<(), Error> {
    let stop = Arc::clone(stop);
    db.execute_batch("PRAGMA temp_store = FILE; BEGIN")
        .and_then(|()| db.progress_handler(STEPS, Some(move || stop.load(Ordering::Relaxed))))
        .map_err(read_error)
}
