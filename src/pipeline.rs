//! The order of the stages, and nothing else.

use crate::annotate::model::Model;
use crate::annotate::{self, Annotations};
use crate::article::Article;
use crate::error::Warning;
use crate::facts::reference::resolution::merged;
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
    let (facts, warnings) = facts(&text, model);
    Analysis { text, facts, warnings }
}

/// What an annotated article states, and what was odd in its text. Each stage gives what it found and changes nothing
/// of the stages before it.
pub fn facts(text: &Annotations, model: &Model) -> (Facts, Vec<Warning>) {
    let (mut quotes, warnings) = attribute(text, model);
    let offices = beside_names(text);
    let resolution = resolve(text, &offices, &quotes, model);
    let relationships = relate(text, &offices, &resolution, &quotes);
    let credits = credit(text, &offices, &resolution, &quotes);
    for ((quote, speaker), about) in quotes.iter_mut().zip(credits.speakers).zip(credits.abouts) {
        (quote.speaker, quote.about) = (speaker, about);
    }
    let mentions = merged(resolution.mentions, credits.mentions);
    (Facts { entities: resolution.entities, mentions, quotes, relationships }, warnings)
}
