//! The order of the stages, and nothing else.

use crate::annotate::model::Model;
use crate::annotate::{self, Annotations};
use crate::article::Article;
use crate::error::Warning;
use crate::facts::{Facts, attribute, beside_names, credit, relate, resolve};

/// Everything that was found in one article.
#[derive(Debug)]
#[non_exhaustive]
pub struct Analysis<'a> {
    /// The layers of language.
    pub text: Annotations<'a>,
    /// Who said what about whom, and who is who.
    pub facts: Facts,
    /// What was odd in the text.
    pub warnings: Vec<Warning>,
}

/// Analyzes one article. Pure: equal articles give equal analyses, on any thread.
pub fn analyze<'a>(article: &'a Article, model: &Model) -> Analysis<'a> {
    let text = annotate::annotate(article, model);
    let (mut quotes, warnings) = attribute(&text, model);
    let offices = beside_names(&text);
    let mut resolution = resolve(&text, &offices, &quotes, model);
    let relationships = relate(&text, &offices, &mut resolution, &quotes);
    credit(&text, &offices, &mut resolution, &mut quotes);
    let facts = Facts { entities: resolution.entities, mentions: resolution.mentions, quotes, relationships };
    Analysis { text, facts, warnings }
}
