//! What a caller gives to a run: settings, and how an article is analyzed.

use std::path::PathBuf;

use crate::article::Article;
use crate::error::Warning;
use crate::facts::Facts;
use crate::gear::Gear;
use crate::pipeline::Analysis;
use crate::read;
use crate::span::{Byte, Span};
use crate::store::IfUnchanged;

/// What to ingest, and how; `..IngestSettings::default()` stands for what may be added.
#[derive(Clone, Default)]
pub struct IngestSettings {
    /// Files and folders, and `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// What the run is to note as its inputs, where that is not all of them.
    pub noted_inputs: Option<Vec<String>>,
    /// Do not open files that are as they were when a run took them whole.
    pub only_changed: bool,
    /// How to read them.
    pub reading: read::Options,
    /// How many threads analyze; at least one does.
    pub threads: usize,
    /// What to do with articles that are stored already.
    pub if_unchanged: IfUnchanged,
    /// The checksum of the model that analyzes.
    pub model: String,
    /// In which gear.
    pub gear: Gear,
    /// Errors of earlier runs, by their ids, that are taken away if this one does not meet them again.
    pub retried: Vec<i64>,
    /// Measure how far reading has come.
    pub measured: bool,
}

/// Analyzes an article. It may panic: that rejects the article. None if it was told to stop before the end: the article is
/// left to the next run.
pub type Analyze<'a> = &'a (dyn Fn(&Article) -> Option<Findings> + Sync);

/// What analysis found in an article.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is stored of it.
    pub facts: Facts,
    /// What was odd in the text.
    pub warnings: Vec<Warning>,
    /// The end of a body that is too long to be analyzed whole.
    pub unread: Option<Span<Byte>>,
}

impl From<Analysis<'_>> for Findings {
    fn from(analysis: Analysis<'_>) -> Self {
        Findings { facts: analysis.facts, warnings: analysis.warnings, unread: analysis.unread }
    }
}
