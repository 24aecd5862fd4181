//! The trained model: read once, shared by all threads.
//!
//! Knows the file's layout ([`mod@file`]), the kinds of model in it (`network`, `linear`, `cue_model`) and which part
//! belongs to which stage. Knows no text and no stage's features. Refuses a file that was made for other features, is
//! damaged, or is no model at all. Start reading at [`Model`].

pub(crate) mod cue_model;
pub(crate) mod encoder;
pub(crate) mod file;
pub(crate) mod linear;
pub(crate) mod network;
pub(crate) mod vouching;

use std::sync::LazyLock;

use crate::annotate::features::Clusters;
use crate::annotate::model::cue_model::CueModel;
use crate::annotate::model::encoder::reports::ReportEncoder;
use crate::annotate::model::file::{ModelFile, ModelVersion};
use crate::annotate::model::linear::{Linear, Weighted};
use crate::annotate::model::vouching::Vouching;
use crate::annotate::names::recognize;
use crate::annotate::segment::boundaries;
use crate::annotate::{features, lemma, parse, tag};
use crate::error::Error;
use crate::gear::Gear;

/// The model that the binary carries.
static EMBEDDED: &[u8] = include_bytes!("../../../model/english.bin");

/// Everything that the trained stages need.
#[derive(Debug)]
pub struct Model {
    /// Which words stand where others do.
    pub clusters: Clusters,
    /// Where sentences end.
    pub splitter: boundaries::Splitter,
    /// Parts of speech.
    pub tagger: tag::Tagger,
    /// Dictionary forms.
    pub lemmas: lemma::Lemmas,
    /// Names.
    pub recognizer: recognize::Recognizer,
    /// Trees.
    pub parser: parse::Parser,
    /// Which words are cues and which reading of one is a report; asked by the facts.
    pub cues: CueModel,
    /// Which words report what of whom; asked by the facts.
    pub reports: ReportEncoder,
    /// Whom a pronoun stands for; asked by the facts.
    pub antecedents: Linear,
    /// How likely a quote of the rules is right; asked by the facts.
    pub confidence: Weighted,
    /// How likely a quote is right of which the encoder has its say; asked by the facts.
    pub joint_confidence: Weighted,
    /// Which quotes an editor would take; asked by the facts.
    pub vouching: Vouching,
    checksum: String,
}

impl Model {
    /// The model that the binary carries, read at the first call.
    ///
    /// # Panics
    /// If the binary was built with a model file that it cannot use, which a test rules out.
    pub fn embedded() -> &'static Model {
        Model::embedded_in(Gear::Full)
    }

    /// Which model the binary carries; its weights are not read for that.
    pub fn embedded_version() -> Option<ModelVersion> {
        ModelVersion::of(EMBEDDED)
    }

    /// The same in a gear.
    ///
    /// # Panics
    /// As [`Model::embedded`].
    pub fn embedded_in(gear: Gear) -> &'static Model {
        static FULL: LazyLock<Model> = LazyLock::new(|| usable(Gear::Full));
        static FAST: LazyLock<Model> = LazyLock::new(|| usable(Gear::Fast));
        fn usable(gear: Gear) -> Model {
            match ModelFile::read_unchecked(EMBEDDED).and_then(|file| Model::fitting(&file, gear)) {
                Ok(model) => model,
                Err(error) => panic!("the embedded model is unusable: {error}"),
            }
        }
        match gear {
            Gear::Full => &FULL,
            Gear::Fast => &FAST,
        }
    }

    /// Reads a model from the bytes of its file, with all that is in it.
    pub fn read(bytes: &[u8]) -> Result<Model, Error> {
        Model::read_in(bytes, Gear::Full)
    }

    /// Reads from the bytes of a model file what a gear needs.
    pub fn read_in(bytes: &[u8], gear: Gear) -> Result<Model, Error> {
        Model::fitting(&ModelFile::read(bytes)?, gear)
    }

    /// The model of a file, if that belongs to this version of the features.
    fn fitting(file: &ModelFile<'_>, gear: Gear) -> Result<Model, Error> {
        if file.features != features::VERSION {
            return Err(Error::new(format!(
                "the model was made for version {} of the features, and this program has version {}",
                file.features,
                features::VERSION
            ))
            .hint("train it anew: cargo run --release -p trainer -- train --data DIR"));
        }
        Model::from_file(file, gear)
    }

    /// Takes the parts of a file apart by stage. A stage whose parts are missing is left empty.
    pub fn from_file(file: &ModelFile, gear: Gear) -> Result<Model, Error> {
        let reports = match gear {
            Gear::Full => ReportEncoder::from_file(file)?,
            Gear::Fast => ReportEncoder::default(),
        };
        let joint = Weighted::from_file(file, "encoder.confidence")?;
        Ok(Model {
            clusters: Clusters::new(&file.numbers("clusters.words"), file.numbers("clusters.codes")),
            splitter: boundaries::Splitter::from_file(file)?,
            tagger: tag::Tagger::from_file(file)?,
            lemmas: lemma::Lemmas::from_file(file)?,
            recognizer: recognize::Recognizer::from_file(file, gear)?,
            parser: parse::Parser::from_file(file)?,
            cues: CueModel::from_file(file),
            antecedents: Linear::from_file(file, "coref"),
            confidence: Weighted::from_file(file, "confidence")?,
            joint_confidence: if reports.is_trained() { joint } else { Weighted::default() },
            vouching: Vouching::from_file(file, if reports.is_trained() { Gear::Full } else { Gear::Fast })?,
            reports,
            checksum: file.checksum(),
        })
    }

    /// What is in it.
    pub fn gear(&self) -> Gear {
        if self.reports.is_trained() { Gear::Full } else { Gear::Fast }
    }

    /// What tells this model from any other: 32 hexadecimal digits.
    pub fn checksum(&self) -> &str {
        &self.checksum
    }
}
