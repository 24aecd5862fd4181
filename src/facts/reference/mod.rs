//! Who is meant: groups the mentions of one article by whom they refer to.
//!
//! Names first (`names`), then pronouns and descriptions (`coreference`), countries known by their people (`countries`),
//! parties known by a label, campaigns named after a person; all fill one `resolution`. Knows the layers of one article and
//! the word lists. Never looks at other articles: tying an entity to a stored one is for `store::linking`. Two people of
//! one surname stay apart, and a pronoun without a fitting person stays unresolved. Start reading at [`resolve`].

pub(crate) mod campaigns;
pub(crate) mod coreference;
pub(crate) mod countries;
pub(crate) mod gender;
pub(crate) mod names;
pub(crate) mod parties;
pub(crate) mod resolution;
#[cfg(test)]
mod tests;

use crate::annotate::Annotations;
use crate::annotate::model::Model;
use crate::facts::grammar::syntax::Syntax;
use crate::facts::offices::Office;
use crate::facts::quote::Quote;
use crate::facts::reference::coreference::context::Context;
use crate::facts::reference::countries::adjectives;
use crate::facts::reference::countries::demonyms::Demonyms;
use crate::facts::reference::names::names;
use crate::facts::reference::resolution::Resolution;

/// Groups the names of an article, then ties its pronouns and descriptions to people.
///
/// `offices` are those beside names, from which `the mayor` is known.
pub fn resolve(
    text: &Annotations,
    offices: &[(usize, Office)],
    quotes: &[Quote],
    model: &Model,
) -> Resolution {
    let syntax = Syntax::new(&text.tree);
    let demonyms = Demonyms::learn(text);
    let mut resolution = names(text, &syntax, offices, &demonyms);
    let context = Context { text, syntax: &syntax, offices, quotes, resolution: &resolution };
    let found = coreference::anaphora(context, &model.antecedents);
    resolution.mentions.extend(found);
    adjectives::add_countries(text, &syntax, quotes, &demonyms, &mut resolution);
    parties::add_parties(text, &mut resolution);
    campaigns::add_campaigns(text, &mut resolution);
    resolution.mentions.sort_by_key(|mention| mention.span);
    resolution.mentions.dedup_by_key(|mention| mention.span);
    resolution
}
