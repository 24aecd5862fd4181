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
/// Once nobody reads `out` any more nothing is analyzed. What lies in files is read to its end all the same, to know what
/// could not be; standard input, which may have none, is left. Fails only if `out` cannot be written.
pub fn run(settings: &ExtractSettings, model: &Model, out: &mut dyn Write) -> Result<LeftOut, Error> {
    let (mut left_out, mut is_gone) = (LeftOut::default(), false);
    let may_be_endless = settings.inputs.iter().any(|input| input.as_os_str() == "-");
    let mut written = Ok(());
    let mut emit = |found: Found| {
        let line = match found {
            Found::Document(document) => article(&document, settings).and_then(|article| match is_gone {
                true => Ok(String::new()),
                false => extraction(&document, &article, settings, model),
            }),
            Found::Rejected(rejection) => Err(Failure { error: rejection.reason, line: rejection.line }),
            Found::Skipped(_) | Found::Unchanged(_) | Found::Finished(_) | Found::Opened(_) => {
                return ControlFlow::Continue(());
            }
            Found::LeadsOut(_) => {
                left_out.links += 1;
                return ControlFlow::Continue(());
            }
        };
        let line = line.or_else(|failure| {
            left_out.failures += 1;
            json::to_string(&failure)
        });
        if !is_gone {
            written = line.map_err(io::Error::from).and_then(|line| write_line(line, out));
        }
        is_gone = matches!(&written, Err(error) if error.kind() == io::ErrorKind::BrokenPipe);
        let goes_on = written.is_ok() || (is_gone && !may_be_endless);
        if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    // Whether it ended early shows in `written`.
    let _ = read::documents(&settings.inputs, &settings.reading, &mut emit);
    match written {
        Err(error) if !is_gone => Err(Error::output(error)),
        _ => Ok(left_out),
    }
}

fn write_line(mut line: String, out: &mut dyn Write) -> io::Result<()> {
    line.push('\n');
    out.write_all(line.as_bytes())?;
    out.flush()
}

/// The article that a document holds.
fn article(document: &RawDocument, settings: &ExtractSettings) -> Result<Article, Failure> {
    let reading = guarded(|| document.article(&settings.reading));
    let reading = reading.and_then(|reading| reading.map_err(|reason| reason.words));
    reading.map(|reading| reading.article).map_err(|error| Failure { error, line: document.line })
}

/// The line for one document.
fn extraction(
    document: &RawDocument,
    article: &Article,
    settings: &ExtractSettings,
    model: &Model,
) -> Result<String, Failure> {
    let failed = |error: String| Failure { error, line: document.line };
    guarded(|| {
        let analysis = analyze(article, model);
        let id = id_of(document, article, settings);
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
