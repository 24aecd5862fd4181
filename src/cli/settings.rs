//! [`Settings`]: what every command is told by the flags that all of them have.

use std::path::PathBuf;

use crate::query::output::OutputFormat;
use crate::query::question::in_shell;

/// The database where neither `--db` nor the environment names one.
pub(super) const DEFAULT_DB: &str = "onrecord.db";

/// The environment variable that names the database.
pub(super) const DB_VARIABLE: &str = "ONRECORD_DB";

/// What every command is told.
#[derive(Clone)]
pub(super) struct Settings {
    /// The database file.
    pub(crate) db: PathBuf,
    /// How rows are printed.
    pub(crate) format: OutputFormat,
    /// A template that rows are printed by instead.
    pub(crate) template: Option<String>,
    /// Say nothing but errors.
    pub(super) quiet: bool,
    /// Say more.
    pub(super) verbose: bool,
    /// Print long answers as well as short ones.
    pub(super) no_pager: bool,
}

impl Settings {
    /// The same with another format.
    pub(super) fn with_format(&self, format: OutputFormat) -> Settings {
        Settings { format, ..self.clone() }
    }

    /// How this program is called for this database, in a shell.
    pub(super) fn program(&self) -> String {
        let usual = std::env::var_os(DB_VARIABLE).unwrap_or_else(|| DEFAULT_DB.into());
        if usual == *self.db.as_os_str() {
            return "onrecord".to_owned();
        }
        format!("onrecord --db {}", in_shell(&self.db.to_string_lossy()))
    }
}

/// This program itself, which reads PDF in a process of its own.
pub(super) fn own_program() -> Option<PathBuf> {
    std::env::current_exe().ok()
}
