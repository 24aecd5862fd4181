//! What an article says of each of its entities, as far as it tells who is meant.

use crate::article::Article;
use crate::facts::offices::field;
use crate::facts::reference::names::{compare, organizations};
use crate::facts::{Entity, EntityKind, Facts, Form};
use crate::store::linking::candidates::Candidate;
use crate::store::tables::entities::key;
use crate::store::tables::traits::Traits;

/// How much more the archive must know a name as of another kind than the article and the archive know it as of
/// this one. Names of several words seldom name things of two kinds.
const ONE_SIDED: i64 = 2;
const ONE_SIDED_IF_LONG: i64 = 1;

/// An entity of an article, with what the article says of it.
pub(crate) struct Described<'a> {
    /// Its place in the facts.
    pub(crate) index: usize,
    pub(crate) entity: &'a Entity,
    /// What is printed of it that tells whom it means, folded: of a person the full names, else the name.
    pub(super) full_keys: Vec<String>,
    /// What it is taken for: what the article says, or what the archive does.
    pub(crate) kind: EntityKind,
    pub(crate) key: String,
    /// How often it is mentioned by name.
    pub(crate) mentions: i64,
    /// The nouns of the offices that the article gives it.
    pub(crate) offices: Vec<String>,
}

impl Described<'_> {
    /// Takes it for what the archive knows its name as, if that is another kind.
    pub(crate) fn settle(&mut self, named: &[Candidate]) {
        let kind = settled_kind(self, named);
        if kind != self.kind {
            self.kind = kind;
            self.full_keys = full_keys(self.entity, kind);
        }
    }

    /// The gender that the article tells of a person; none where it differs from the one that the given name shows:
    /// there a noun or a form of address beside the name was most likely somebody else's.
    pub(crate) fn gender(&self) -> Option<&'static str> {
        let told = self.entity.gender.filter(|_| self.kind == EntityKind::Person)?;
        let agrees = compare::shown_gender(&self.entity.name).is_none_or(|shown| shown == told);
        agrees.then(|| told.name())
    }

    pub(crate) fn country(&self) -> Option<&str> {
        self.entity.country.as_deref().filter(|_| self.kind == EntityKind::Place)
    }

    /// What the article tells of one of its kind.
    pub(crate) fn traits(&self) -> Traits<'_> {
        let known = self.entity.organization_kind.filter(|_| self.kind == EntityKind::Organization);
        Traits {
            gender: self.gender(),
            country: self.country(),
            organization_kind: known.map(|known| known.name()),
        }
    }
}

/// The entities of an article that some fact refers to.
pub(crate) fn described<'a>(article: &Article, facts: &'a Facts) -> Vec<Described<'a>> {
    let used = used(facts);
    let mut mentions = vec![0; facts.entities.len()];
    for mention in facts.mentions.iter().filter(|mention| mention.form == Form::Name) {
        if let Some(count) = mentions.get_mut(mention.entity.index()) {
            *count += 1;
        }
    }
    let offices = offices(article, facts);
    let all = facts.entities.iter().enumerate().zip(mentions).zip(offices);
    all.filter(|(((index, _), _), _)| used[*index])
        .map(|(((index, entity), mentions), offices)| {
            let (kind, full_keys) = (entity.kind, full_keys(entity, entity.kind));
            Described { index, entity, kind, key: key(&entity.name), full_keys, mentions, offices }
        })
        .collect()
}

/// Which entities some fact refers to, by their index.
fn used(facts: &Facts) -> Vec<bool> {
    let mut used = vec![false; facts.entities.len()];
    let mentioned = facts.mentions.iter().map(|mention| mention.entity);
    let quoted = facts.quotes.iter().flat_map(|quote| quote.about.iter().copied().chain(quote.speaker));
    let related =
        facts.relationships.iter().flat_map(|related| [related.subject].into_iter().chain(related.object));
    for entity in mentioned.chain(quoted).chain(related) {
        if let Some(used) = used.get_mut(entity.index()) {
            *used = true;
        }
    }
    used
}

/// The nouns of the offices that an article gives each entity, by its index.
fn offices(article: &Article, facts: &Facts) -> Vec<Vec<String>> {
    let mut offices = vec![Vec::new(); facts.entities.len()];
    for related in &facts.relationships {
        let is_office =
            matches!(related.predicate, "leads" | "holds_office" | "spokesperson_for" | "employed_by");
        let held = offices.get_mut(related.subject.index());
        if let (true, Some(detail), Some(held)) = (is_office, related.detail, held) {
            held.push(field::office_noun(detail.slice(&article.body)));
        }
    }
    offices
}

/// The names of an entity that tell whom it means, folded, each once.
fn full_keys(entity: &Entity, kind: EntityKind) -> Vec<String> {
    let is_person = kind == EntityKind::Person;
    let names = [&entity.name].into_iter().chain(entity.aliases.iter().filter(|_| is_person));
    let mut keys: Vec<String> =
        names.filter(|name| !is_person || compare::is_full_name(name)).map(|name| key(name)).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// What kind of thing a name names: what the article says, unless the archive knows better by far.
///
/// `named` are all that bear the name. An office or a form of address shows a person whatever the archive says.
fn settled_kind(described: &Described<'_>, named: &[Candidate]) -> EntityKind {
    if !described.offices.is_empty() || described.entity.gender.is_some() {
        return described.kind;
    }
    let uses =
        |kind: EntityKind| -> i64 { named.iter().filter(|one| one.kind == kind).map(|one| one.uses).sum() };
    let kinds = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];
    let most = kinds.into_iter().max_by_key(|kind| uses(*kind)).unwrap_or(described.kind);
    // A side and the town of its name are both known: which of them is meant, the article tells.
    let is_side = described.kind == EntityKind::Organization && most == EntityKind::Place;
    if is_side && organizations::is_place_name(&described.key) {
        return described.kind;
    }
    let here = uses(described.kind) + described.mentions;
    let ratio = if described.key.contains(' ') { ONE_SIDED_IF_LONG } else { ONE_SIDED };
    if uses(most) > here.saturating_mul(ratio) { most } else { described.kind }
}
