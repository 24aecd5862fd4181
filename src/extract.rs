//! JSON lines of articles in, JSON lines of annotations out: the extract command without its arguments.
//!
//! Keeps the order, holds one document at a time, and writes each line as soon as it is done, so that it can stand in
//! any pipeline. Uses one core: whoever wants more runs more of it. Never touches a database.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde_json::value::{RawValue, to_raw_value};

use crate::annotate::model::Model;
use crate::article::Article;
use crate::error::Error;
use crate::guard::guarded;
use crate::json;
use crate::pipeline::analyze;
use crate::read::{self, FieldRole, Found, RawDocument};
use crate::wire::{Extraction, Failure};

/// What to extract, and how; `..ExtractSettings::default()` stands for what may be added.
#[derive(Clone, Default)]
pub struct ExtractSettings {
    /// Files and folders, and `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// How to read them.
    pub reading: read::Options,
    /// Whether to print sentences and tokens as well.
    pub tokens: bool,
}

/// What an extraction did not take in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// Documents that could not be read.
    pub failures: u64,
    /// Links in folders that lead out of them, and were not followed.
    pub links: u64,
}

/// Extracts everything from every document; gives what was left out.
///
/// Fails only if `out` cannot be written.
pub fn run(settings: &ExtractSettings, model: &Model, out: &mut dyn Write) -> Result<LeftOut, Error> {
    let mut left_out = LeftOut::default();
    let mut written = Ok(());
    let mut emit = |found: Found| {
        let line = match found {
            Found::Document(document) => extraction(&document, settings, model),
            Found::Rejected(rejection) => Err(Failure { error: rejection.reason, line: rejection.line }),
            Found::Skipped(_) => return ControlFlow::Continue(()),
            Found::LeadsOut(_) => {
                left_out.links += 1;
                return ControlFlow::Continue(());
            }
        };
        let line = line.or_else(|failure| {
            left_out.failures += 1;
            json::to_string(&failure)
        });
        written = line.map_err(io::Error::from).and_then(|mut line| {
            line.push('\n');
            out.write_all(line.as_bytes())?;
            out.flush()
        });
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    // Whether it ended early shows in `written`.
    let _ = read::documents(&settings.inputs, &settings.reading, &mut emit);
    written.map_err(Error::output)?;
    Ok(left_out)
}

/// The line for one document.
fn extraction(document: &RawDocument, settings: &ExtractSettings, model: &Model) -> Result<String, Failure> {
    let failed = |error: String| Failure { error, line: document.line };
    let reading =
        guarded(|| document.article(&settings.reading)).and_then(|reading| reading).map_err(failed)?;
    guarded(|| {
        let analysis = analyze(&reading.article, model);
        let id = id_of(document, &reading.article, settings);
        json::to_string(&Extraction::new(id.as_deref(), &analysis, settings.tokens))
            .map_err(|error| error.to_string())
    })
    .and_then(|line| line)
    .map_err(failed)
}

/// The id of a document as it is written there: the value of the field `id`, unless the caller or the archive has
/// another name for it; of two such fields the last, as everywhere in JSON.
fn id_of(document: &RawDocument, article: &Article, settings: &ExtractSettings) -> Option<Box<RawValue>> {
    let printed = serde_json::from_slice::<BTreeMap<Cow<str>, &RawValue>>(&document.bytes)
        .ok()
        .filter(|_| !settings.reading.map.names(FieldRole::Id))
        .and_then(|fields| fields.get("id").map(|value| (*value).to_owned()));
    printed.or_else(|| to_raw_value(article.external_id.as_ref()?).ok())
}
