//! The prompt of `onrecord sql` on a terminal: editing, history and completion.

use std::path::PathBuf;

use etcetera::BaseStrategy;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use crate::cli::streams::say;
use crate::error::Error;
use crate::query::catalog::Catalog;

/// How many lines are kept.
const KEPT: usize = 1_000;

/// Reads lines.
pub(super) struct Prompt {
    editor: Editor<Names, FileHistory>,
    /// Where lines are kept, if they are.
    history: Option<PathBuf>,
}

impl Prompt {
    /// Gets ready; with the lines of earlier, if `keeps` says so.
    pub(super) fn new(catalog: Catalog, keeps: bool) -> Result<Self, Error> {
        let cannot = |cause: ReadlineError| Error::new("cannot read from the terminal").because(cause);
        let config = Config::builder()
            .max_history_size(KEPT)
            .and_then(|builder| builder.history_ignore_dups(true))
            .map_err(cannot)?
            .history_ignore_space(true)
            .completion_type(CompletionType::List)
            .auto_add_history(true)
            .build();
        let mut editor = Editor::with_config(config).map_err(cannot)?;
        editor.set_helper(Some(Names(catalog)));
        let history = keeps.then(history_file).flatten();
        if let Some(file) = history.as_ref().filter(|file| file.exists())
            && let Err(cause) = editor.load_history(file)
        {
            say(&format!("note: cannot read {}: {cause}", file.display()));
        }
        Ok(Prompt { editor, history })
    }

    /// The next line; the inner none is one that the person dropped, the outer one the end.
    pub(super) fn read(&mut self, is_first: bool) -> Result<Option<Option<String>>, Error> {
        match self.editor.readline(if is_first { "onrecord> " } else { "     ...> " }) {
            Ok(line) => Ok(Some(Some(line))),
            Err(ReadlineError::Interrupted) => Ok(Some(None)),
            Err(ReadlineError::Eof) => Ok(None),
            Err(cause) => Err(Error::new("cannot read from the terminal").because(cause)),
        }
    }

    /// Keeps the lines. Where that fails it is said: nothing else is lost.
    pub(super) fn close(mut self) {
        let Some(file) = self.history else { return };
        let folder = file.parent().map_or(Ok(()), std::fs::create_dir_all);
        let kept = folder.map_err(ReadlineError::from).and_then(|()| self.editor.append_history(&file));
        if let Err(cause) = kept {
            say(&format!("note: cannot keep the lines in {}: {cause}", file.display()));
        }
    }
}

/// `onrecord/sql_history` where the person's data belong.
fn history_file() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.data_dir().join("onrecord").join("sql_history"))
}

/// Completes what is typed.
struct Names(Catalog);

impl Completer for Names {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        // What cannot be looked up is not completed: the statement itself will say why.
        Ok(self.0.completions(line, at).unwrap_or((at, Vec::new())))
    }
}

impl Hinter for Names {
    type Hint = String;
}

impl Highlighter for Names {}

impl Validator for Names {}

impl Helper for Names {}
