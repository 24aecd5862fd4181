//! What the trainer alone needs of the analysis, in one place. No part of the public interface: it changes as training
//! does.
//!
//! Features and labels are worked out by the same code when a model is trained and when it is used; so the trainer calls
//! into the stages, deeper than anybody else has to.

pub use crate::annotate::model::cue_model::word;
pub use crate::annotate::model::file::ModelFile;
pub use crate::annotate::model::linear::BUCKETS;
pub use crate::annotate::model::network::KeyIndex;
pub use crate::annotate::names::nonlocal::evidence;
pub use crate::annotate::names::page::Page;
pub use crate::annotate::parse::{Move, State};
pub use crate::annotate::segment::{Boundary, segment, tokens_and_verdicts};
pub use crate::facts::training::{
    TokenRow, TrainingAntecedent, TrainingCue, TrainingPronoun, TrainingReading, confidence_features,
    joint_features, mode_features, training_candidates, training_pronouns, training_tokens,
    vouching_features,
};

/// Keys of words and their neighbors, and the layers they are taken from.
pub mod features {
    pub use crate::annotate::features::*;
}

/// Dictionary forms.
pub mod lemma {
    pub use crate::annotate::lemma::*;
}

/// Parts of speech.
pub mod tag {
    pub use crate::annotate::tag::*;
}

/// Ends of sentences.
pub mod boundaries {
    pub use crate::annotate::segment::boundaries::*;
}

/// The labels of names.
pub mod recognize {
    pub use crate::annotate::names::recognize::*;
}

/// What the encoder of names sees.
pub mod encoded {
    pub use crate::annotate::names::encoded::*;
}

/// What is mended of recognized names.
pub mod repair {
    pub use crate::annotate::names::repair::*;
}
