//! All that only the trainer asks of the facts; [`crate::training`] hands it on.

use crate::annotate::Annotations;
use crate::annotate::model::Model;
use crate::facts::attribution::attribute;
pub use crate::facts::attribution::confidence::{confidence_features, joint_features};
pub use crate::facts::attribution::indirect::{TrainingCue, TrainingReading};
pub use crate::facts::attribution::neural::features::TokenRow;
pub use crate::facts::attribution::{training_candidates, training_tokens};
use crate::facts::offices::beside_names;
use crate::facts::reference::coreference;
pub use crate::facts::reference::coreference::TrainingPronoun;
use crate::facts::reference::coreference::context::Context;
pub use crate::facts::reference::coreference::pronoun::TrainingAntecedent;
use crate::facts::reference::countries::demonyms::Demonyms;
use crate::facts::reference::names::names;
use crate::facts::reference::resolution::Resolution;
pub use crate::facts::vouching::features::{mode_features, vouching_features};

/// The pronouns of an article with their candidates, for training; second who the names refer to.
pub fn training_pronouns(text: &Annotations, model: &Model) -> (Vec<TrainingPronoun>, Resolution) {
    let (quotes, _) = attribute(text, model);
    let offices = beside_names(text);
    let resolution = names(text, &offices, &Demonyms::learn(text));
    let context = Context { text, offices: &offices, quotes: &quotes, resolution: &resolution };
    (coreference::training_pronouns(context, &model.antecedents), resolution)
}
