//! Who is meant: groups the mentions of one article by whom they refer to.
//!
//! Names first (`names`), then pronouns and descriptions (`coreference`), countries known by their people (`countries`),
//! parties known by a label, campaigns named after a person, what kind each organization is; all fill one `resolution`. Knows the layers of one article and
//! the word lists. Never looks at other articles: tying an entity to a stored one is for `store::linking`. Two people of
//! one surname stay apart, and a pronoun without a fitting person stays unresolved. Start reading at [`resolve`].

mod campaigns;
pub(super) mod coreference;
pub(super) mod countries;
mod gender;
mod known_kinds;
pub(crate) mod names;
mod organization_kind;
mod parties;
mod party_words;
pub(crate) mod resolution;
#[cfg(test)]
mod tests;

use crate::annotate::Annotations;
use crate::annotate::model::Model;
use crate::facts::offices::Offices;
use crate::facts::quote::Quote;
use crate::facts::reference::coreference::context::Context;
use crate::facts::reference::countries::demonyms::Demonyms;
use crate::facts::reference::countries::{adjectives, of_offices};
use crate::facts::reference::names::names;
use crate::facts::reference::resolution::{Resolution, merged};

/// Groups the names of an article, then ties its pronouns and descriptions to people.
///
/// `offices` are those beside names, from which `the mayor` is known.
pub fn resolve(text: &Annotations, offices: &Offices, quotes: &[Quote], model: &Model) -> Resolution {
    let demonyms = Demonyms::learn(text);
    let mut resolution = names(text, offices, &demonyms);
    let context = Context { text, offices, quotes, resolution: &resolution };
    let found = coreference::anaphora(context, &model.antecedents);
    resolution.mentions.extend(found);
    adjectives::add_countries(text, quotes, &demonyms, &mut resolution);
    parties::add_parties(text, &mut resolution);
    campaigns::add_campaigns(text, &mut resolution);
    organization_kind::add_kinds(text, &mut resolution);
    // The places of offices come last: their ids stand behind all others.
    of_offices::add_places(text, offices, &mut resolution);
    resolution.mentions = merged(resolution.mentions, []);
    resolution
}
