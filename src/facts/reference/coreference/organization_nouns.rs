//! Ties `the company`, `the ministry`, `the country` to an organization or place in mind.
//!
//! Knows classes of nouns: a noun inside a name tells what its bearer is, and what it cannot be.

use crate::annotate::lexicon;
use crate::facts::entity::{Entity, EntityId, EntityKind, OrganizationKind};
use crate::facts::reference::coreference::context::Context;
use crate::facts::reference::coreference::referent::{Memory, Referent};
use crate::name_key::name_key;
use crate::span::{Span, Tokens};

/// What organizations are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// In business.
    Company,
    /// Of a government.
    Agency,
    /// A court.
    Court,
    /// A body of representatives.
    Assembly,
    /// Armed, political, charitable: whatever people join.
    Group,
    /// A place of learning.
    School,
    /// In sports.
    Team,
    /// A paper, a channel.
    Outlet,
}

/// Nouns for organizations, in lower case, sorted; each with what it says its bearer is, and the kind that nearly all
/// are whose names end with it.
const NOUNS: &[(&str, Class, Option<OrganizationKind>)] = &[
    ("administration", Class::Agency, Some(OrganizationKind::Agency)),
    ("agency", Class::Agency, Some(OrganizationKind::Agency)),
    ("airline", Class::Company, Some(OrganizationKind::Company)),
    ("alliance", Class::Group, None),
    ("army", Class::Agency, Some(OrganizationKind::ArmedGroup)),
    ("assembly", Class::Assembly, None),
    ("association", Class::Group, None),
    ("authority", Class::Agency, Some(OrganizationKind::Agency)),
    ("bank", Class::Company, Some(OrganizationKind::Company)),
    ("board", Class::Agency, None),
    ("broadcaster", Class::Outlet, Some(OrganizationKind::Medium)),
    ("bureau", Class::Agency, Some(OrganizationKind::Agency)),
    ("carmaker", Class::Company, Some(OrganizationKind::Company)),
    ("carrier", Class::Company, Some(OrganizationKind::Company)),
    ("center", Class::Group, None),
    ("centre", Class::Group, None),
    ("channel", Class::Outlet, None),
    ("charity", Class::Group, None),
    ("club", Class::Team, None),
    ("coalition", Class::Group, None),
    ("college", Class::School, None),
    ("commission", Class::Agency, Some(OrganizationKind::Agency)),
    ("committee", Class::Agency, None),
    ("company", Class::Company, Some(OrganizationKind::Company)),
    ("congress", Class::Assembly, None),
    ("corporation", Class::Company, Some(OrganizationKind::Company)),
    ("council", Class::Assembly, None),
    ("court", Class::Court, Some(OrganizationKind::Court)),
    ("daily", Class::Outlet, None),
    ("department", Class::Agency, Some(OrganizationKind::Agency)),
    ("federation", Class::Group, None),
    ("firm", Class::Company, Some(OrganizationKind::Company)),
    ("force", Class::Agency, None),
    ("foundation", Class::Group, None),
    ("fund", Class::Group, None),
    ("group", Class::Group, None),
    ("hospital", Class::School, None),
    ("institute", Class::School, None),
    ("league", Class::Team, None),
    ("magazine", Class::Outlet, Some(OrganizationKind::Medium)),
    ("maker", Class::Company, Some(OrganizationKind::Company)),
    ("manufacturer", Class::Company, Some(OrganizationKind::Company)),
    ("ministry", Class::Agency, Some(OrganizationKind::Agency)),
    ("movement", Class::Group, None),
    ("network", Class::Outlet, None),
    ("newspaper", Class::Outlet, Some(OrganizationKind::Medium)),
    ("office", Class::Agency, None),
    ("organisation", Class::Group, None),
    ("organization", Class::Group, None),
    ("outlet", Class::Outlet, None),
    ("paper", Class::Outlet, None),
    ("parliament", Class::Assembly, None),
    ("party", Class::Group, Some(OrganizationKind::Party)),
    ("police", Class::Agency, Some(OrganizationKind::Agency)),
    ("publication", Class::Outlet, None),
    ("retailer", Class::Company, Some(OrganizationKind::Company)),
    ("school", Class::School, None),
    ("senate", Class::Assembly, None),
    ("service", Class::Agency, None),
    ("station", Class::Outlet, None),
    ("tabloid", Class::Outlet, Some(OrganizationKind::Medium)),
    ("team", Class::Team, None),
    ("think-tank", Class::Group, None),
    ("tribunal", Class::Court, Some(OrganizationKind::Court)),
    ("union", Class::Group, Some(OrganizationKind::Union)),
    ("university", Class::School, Some(OrganizationKind::University)),
    ("utility", Class::Company, Some(OrganizationKind::Company)),
    ("weekly", Class::Outlet, None),
];

/// Suffixes of companies' names.
const COMPANIES: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "co",
    "ltd",
    "limited",
    "llc",
    "plc",
    "holdings",
    "ag",
    "sa",
    "nv",
    "airlines",
    "motors",
];

/// How many sentences back a thing may have been mentioned that is described by its class alone.
const REACH: u32 = 2;

/// What a noun for an organization says.
fn class(word: &str) -> Option<Class> {
    NOUNS.binary_search_by_key(&word, |(noun, _, _)| noun).ok().map(|index| NOUNS[index].1)
}

/// Whether a noun, in lower case, is one for organizations.
pub(crate) fn is_noun(word: &str) -> bool {
    class(word).is_some()
}

/// The kind that nearly all organizations are whose names end with a noun, in lower case.
pub(crate) fn kind(word: &str) -> Option<OrganizationKind> {
    NOUNS.binary_search_by_key(&word, |(noun, _, _)| noun).ok().and_then(|index| NOUNS[index].2)
}

/// Whether a noun, in lower case, is one for organizations or places.
pub(super) fn is_class(word: &str) -> bool {
    class(word).is_some() || place_noun(word).is_some()
}

/// Whether a noun means a country (`true`) or a town.
fn place_noun(word: &str) -> Option<bool> {
    match word {
        "country" | "nation" | "kingdom" | "republic" => Some(true),
        "city" | "town" | "village" => Some(false),
        _ => None,
    }
}

/// The organization or place that a description means: one that has the noun in its name, or else the most salient
/// one near by that can be what the noun says.
pub(crate) fn described(
    context: Context,
    tokens: Span<Tokens>,
    word: &str,
    memory: &Memory,
) -> Option<EntityId> {
    let noun = tokens.end() - 1;
    let sentence = context.text.document.tokens[noun].sentence;
    let entity = |referent: &&Referent| &context.resolution.entities[referent.last.entity.index()];
    let fits_modifiers = |referent: &&Referent| {
        (tokens.start() + 1..noun).all(|token| has_word(context, entity(referent), token))
    };
    let named = |referent: &&Referent| {
        class(word).is_some() && ends_with(entity(referent), word) && fits_modifiers(referent)
    };
    let near = |referent: &&Referent| sentence - referent.last.sentence <= REACH && tokens.len() == 2;
    let able = |referent: &&Referent| near(referent) && can_be(entity(referent), word);
    let best = |test: &dyn Fn(&&Referent) -> bool| {
        let fitting = memory.latest_first().filter(test);
        fitting.max_by(|one, other| one.salience(sentence).total_cmp(&other.salience(sentence)))
    };
    best(&named).or_else(|| best(&able)).map(|referent| referent.last.entity)
}

/// Whether a token that qualifies a description is among the words of an entity's names.
fn has_word(context: Context, entity: &Entity, token: usize) -> bool {
    let word = name_key(context.text.word(token));
    let same = |other: &str| other == word || word.strip_suffix('s') == Some(other);
    let in_name = |name: &str| name_key(name).split(' ').any(same);
    names(entity).any(in_name)
}

/// All names of an entity.
fn names(entity: &Entity) -> impl Iterator<Item = &str> {
    entity.aliases.iter().map(String::as_str).chain([entity.name.as_str()])
}

/// Whether a name ends with a noun, or has it before `of` and the like: the International Monetary **Fund**, the
/// **Ministry** of Health.
fn ends_with(entity: &Entity, noun: &str) -> bool {
    entity.kind == EntityKind::Organization
        && names(entity).any(|name| {
            let key = name_key(name);
            let head = key.split(" of ").next().unwrap_or_default();
            let head = head.split(" for ").next().unwrap_or_default();
            key.contains(' ') && head.rsplit(' ').next() == Some(noun)
        })
}

/// Whether an entity can be what a noun says.
fn can_be(entity: &Entity, noun: &str) -> bool {
    if let Some(wants_country) = place_noun(noun) {
        let is_country = lexicon::country(&entity.name).is_some();
        let is_town =
            lexicon::place(&entity.name).is_some_and(|place| !place.is_country && place.population > 0);
        return entity.kind == EntityKind::Place
            && if wants_country { is_country } else { is_town && !is_country };
    }
    let Some(wanted) = class(noun) else { return false };
    entity.kind == EntityKind::Organization
        && known_class(entity).map_or(says_little(noun), |known| known == wanted)
}

/// What the words of its names say an organization is.
fn known_class(entity: &Entity) -> Option<Class> {
    names(entity).find_map(|name| {
        let key = name_key(name);
        let suffix = key.rsplit(' ').next().filter(|last| COMPANIES.contains(last)).map(|_| Class::Company);
        suffix.or_else(|| key.split(' ').find_map(class))
    })
}

/// Whether a noun can be said of an organization of which nothing is known.
fn says_little(noun: &str) -> bool {
    matches!(
        noun,
        "company"
            | "firm"
            | "group"
            | "organization"
            | "organisation"
            | "agency"
            | "team"
            | "club"
            | "newspaper"
            | "broadcaster"
            | "channel"
            | "daily"
            | "station"
            | "tabloid"
            | "weekly"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organization(name: &str) -> Entity {
        Entity {
            kind: EntityKind::Organization,
            name: name.to_owned(),
            aliases: Vec::new(),
            gender: None,
            country: None,
            organization_kind: None,
        }
    }

    #[test]
    fn nouns_are_sorted_for_the_search() {
        assert!(NOUNS.is_sorted_by_key(|(noun, _, _)| noun));
    }

    #[test]
    fn a_noun_in_a_name_tells_what_it_is() {
        assert!(ends_with(&organization("Harbor Relief Fund"), "fund"));
        assert!(ends_with(&organization("Ministry of Health"), "ministry"));
        assert!(!ends_with(&organization("Fund"), "ministry"));
        assert!(can_be(&organization("Northwind Inc."), "company"));
        assert!(can_be(&organization("Northwind"), "company"));
        assert!(!can_be(&organization("Ministry of Health"), "company"));
        assert!(can_be(&organization("Department of Parks"), "agency"));
        assert!(!can_be(&organization("Northwind"), "court"));
    }

    #[test]
    fn countries_and_towns() {
        let place = |name: &str| Entity { kind: EntityKind::Place, ..organization(name) };
        assert!(can_be(&place("France"), "country"));
        assert!(!can_be(&place("France"), "city"));
        assert!(can_be(&place("Lyon"), "city"));
    }
}
