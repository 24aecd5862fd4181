//! All that only the trainer asks.

use crate::annotate::Annotations;
use crate::annotate::model::Model;
use crate::facts::attribution::attribute;
use crate::facts::offices::beside_names;
use crate::facts::reference::coreference::context::Context;
use crate::facts::reference::coreference::{self, TrainingPronoun};
use crate::facts::reference::countries::demonyms::Demonyms;
use crate::facts::reference::names::names;
use crate::facts::reference::resolution::Resolution;

/// The pronouns of an article with their candidates, for training; second who the names refer to.
pub fn training_pronouns(text: &Annotations, model: &Model) -> (Vec<TrainingPronoun>, Resolution) {
    let (quotes, _) = attribute(text, model);
    let offices = beside_names(text);
    let resolution = names(text, &offices, &Demonyms::learn(text));
    let context = Context { text, offices: &offices, quotes: &quotes, resolution: &resolution };
    (coreference::training_pronouns(context, &model.antecedents), resolution)
}
