//! The trained model: read once, shared by all threads.
//!
//! Knows the file's layout ([`mod@file`]) and which part belongs to which stage. Refuses a file that
//! was made for other features, is damaged, or is no model at all.

pub mod file;

use std::sync::LazyLock;

use super::features::{self, Clusters};
use super::linear::Linear;
use super::network::{Head, Layer};
use super::reports::Reports;
use super::segment::boundaries;
use super::{lemma, parse, recognize, tag};
use crate::error::Error;
use file::ModelFile;

/// The model that the binary carries.
static EMBEDDED: &[u8] = include_bytes!("../../model/english.bin");

/// Everything that the trained stages need.
#[derive(Debug)]
pub struct Model {
    pub(crate) clusters: Clusters,
    pub(crate) splitter: boundaries::Splitter,
    pub(crate) tagger: tag::Tagger,
    pub(crate) lemmas: lemma::Lemmas,
    pub(crate) recognizer: recognize::Recognizer,
    pub(crate) parser: parse::Parser,
    /// Which words are cues and which reading of one is a report; asked by the facts.
    pub(crate) reports: Reports,
    /// Whom a pronoun stands for; asked by the facts.
    pub(crate) antecedents: Linear,
    checksum: String,
}

impl Model {
    /// The model that the binary carries, read at the first call.
    ///
    /// # Panics
    /// If the binary was built with a model file that it cannot use, which a test rules out.
    pub fn embedded() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| match Model::read(EMBEDDED) {
            Ok(model) => model,
            Err(error) => panic!("the embedded model is unusable: {error}"),
        });
        &MODEL
    }

    /// Reads a model from the bytes of its file.
    pub fn read(bytes: &[u8]) -> Result<Model, Error> {
        let file = ModelFile::read(bytes)?;
        if file.features != features::VERSION {
            return Err(Error::new(format!(
                "the model was made for version {} of the features, and this program has version {}",
                file.features,
                features::VERSION
            ))
            .hint("train it anew: cargo run --release -p trainer -- train --data DIR"));
        }
        Model::from_file(&file)
    }

    /// Takes the parts of a file apart by stage. A stage whose parts are missing is left empty.
    pub fn from_file(file: &ModelFile) -> Result<Model, Error> {
        Ok(Model {
            clusters: Clusters::new(&file.numbers("clusters.words"), file.numbers("clusters.codes")),
            splitter: boundaries::Splitter::from_file(file)?,
            tagger: tag::Tagger::from_file(file)?,
            lemmas: lemma::Lemmas::from_file(file)?,
            recognizer: recognize::Recognizer::from_file(file)?,
            parser: parse::Parser::from_file(file)?,
            reports: Reports::from_file(file),
            antecedents: Linear::from_file(file, "coref"),
            checksum: file.checksum(),
        })
    }

    /// What tells this model from any other: 32 hexadecimal digits.
    pub fn checksum(&self) -> &str {
        &self.checksum
    }
}

/// The hidden layer whose parts are called `name.keys`, `name.rows` and `name.bias`.
pub(crate) fn layer(file: &ModelFile, name: &str) -> Result<Layer, Error> {
    let keys: Vec<u32> = file.numbers(&format!("{name}.keys"));
    let rows: Vec<i8> = file.numbers(&format!("{name}.rows"));
    let bias: Vec<i16> = file.numbers(&format!("{name}.bias"));
    if rows.len() != keys.len() * bias.len() {
        return Err(Error::new(format!("the model's layer {name} has parts that do not fit together")));
    }
    Ok(Layer::new(&keys, rows, bias))
}

/// The head `name.head` over a layer of `width` units.
pub(crate) fn head(file: &ModelFile, name: &str, head: &str, width: usize) -> Result<Head, Error> {
    let weights: Vec<i16> = file.numbers(&format!("{name}.{head}.weights"));
    let bias: Vec<i32> = file.numbers(&format!("{name}.{head}.bias"));
    let unit = file.numbers::<f32>(&format!("{name}.{head}.unit")).first().copied().unwrap_or(1.0);
    if weights.len() != width * bias.len() {
        return Err(Error::new(format!("the model's head {name}.{head} has parts that do not fit together")));
    }
    Ok(Head::new(weights, bias, unit))
}
