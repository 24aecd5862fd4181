//! What would be taken from a file, and why, without a database.
//!
//! Reads as `ingest` does and stores nothing. Where each value was found the readers say themselves; a reader that does
//! not is named as the place. Knows no format. Start reading at [`inspect`]; `text` and `json` write what comes of it.

mod inspected;
mod json;
mod text;

use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::error::Error;
use crate::guard::guarded;
pub use crate::inspect::inspected::{Inspected, Inspection};
pub use crate::inspect::json::{write_json, write_jsonl};
pub use crate::inspect::text::{rows, write_text};
use crate::read::{self, Found, Opened, Options, RawDocument, ReadArticle, Reason, RejectionKind};

/// Looks at the first documents of a file, at most `limit`.
pub fn inspect(input: PathBuf, options: &Options, limit: usize) -> Result<Inspection, Error> {
    if input.as_os_str() != "-" && !input.exists() {
        return Err(Error::usage(format!("there is no file or folder {}", input.display())));
    }
    let options = Options { evidence: true, ..options.clone() };
    let mut inspection = Inspection::default();
    let mut opened: Option<Opened> = None;
    let mut emit = |found: Found| {
        let (source, line, format, outcome) = match found {
            Found::Opened(found) => {
                opened = Some(found);
                return ControlFlow::Continue(());
            }
            Found::Skipped(_) | Found::LeadsOut(_) | Found::Unchanged(_) | Found::Finished(_) => {
                return ControlFlow::Continue(());
            }
            // To know that there is one more is enough.
            _ if inspection.documents.len() == limit => {
                inspection.has_more = true;
                return ControlFlow::Break(());
            }
            Found::Document(document) => {
                let outcome = understood(&document, &options).map_err(|reason| document.rejected(reason));
                (document.source, document.line, Some(document.format.name()), outcome)
            }
            Found::Rejected(rejection) => (rejection.source.clone(), rejection.line, None, Err(rejection)),
        };
        let opened = opened.clone().filter(|opened| opened.source == source);
        inspection.documents.push(Inspected { source, line, opened, format, outcome });
        ControlFlow::Continue(())
    };
    // Whether it ended early shows in `has_more`.
    let _ = read::documents(&[input], &options, &mut emit);
    Ok(inspection)
}

fn understood(document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
    let fault = |words| Err(Reason::new(RejectionKind::Analysis, words));
    guarded(|| document.article(options)).unwrap_or_else(fault)
}
