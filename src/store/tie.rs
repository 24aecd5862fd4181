//! Who is who over the archive: which stored entity an entity of an article is.
//!
//! Decides when an article is saved, from what is stored by then, so that ids never change later: the same input
//! gives the same rows on any number of threads, and a run that was killed goes on as if nothing had been.
//! A full name is enough to join, unless something speaks against it; a last name, a nickname or a part of an
//! organization's name needs evidence: see [`Setting`]. What stays undecided becomes an entity of its own.

mod candidates;
mod setting;

use rusqlite::{Connection, named_params};

use super::entities::key;
use crate::article::Article;
use crate::facts::alike::{self, Likeness};
use crate::facts::{Entity, EntityKind, Facts, Form};
use candidates::{Candidate, Candidates};
use setting::Setting;

/// The evidence that a short or loose form needs at least; one rare companion that both always had gives about 1.
const ENOUGH: f64 = 0.5;

/// The evidence that turns a last name on its own, stored earlier, into the person whose full name comes later.
const ENOUGH_TO_COMPLETE: f64 = 0.8;

/// By how much the best of several people must be ahead of the next.
const AHEAD: f64 = 0.25;

/// What ten times as many mentions weigh in a choice between several: half of a rare companion.
const FAME: f64 = 0.5;

/// How much more the archive must know a name as of another kind than the article and the archive know it as of
/// this one.
const ONE_SIDED: i64 = 4;

/// How many candidates are weighed at most: those that are mentioned most.
const WEIGHED: usize = 8;

const INSERT: &str = "
INSERT INTO entities (kind, name, name_key, gender, country)
VALUES (:kind, :name, :name_key, :gender, :country)
RETURNING id";

const COMPLETE: &str = "
UPDATE entities
SET gender = coalesce(gender, :gender), country = coalesce(country, :country)
WHERE id = :id
    AND ((gender IS NULL AND :gender IS NOT NULL) OR (country IS NULL AND :country IS NOT NULL))";

/// An entity of an article, with what the article says of it.
struct Sought<'a> {
    entity: &'a Entity,
    /// What it is taken for: what the article says, or what the archive does.
    kind: EntityKind,
    key: String,
    /// How often it is mentioned by name.
    mentions: i64,
    /// The nouns of the offices that the article gives it.
    offices: Vec<String>,
}

impl Sought<'_> {
    /// Whether the name alone tells whom it means.
    fn is_full(&self) -> bool {
        self.kind != EntityKind::Person || alike::is_full_name(&self.entity.name)
    }

    fn gender(&self) -> Option<&'static str> {
        self.entity.gender.filter(|_| self.kind == EntityKind::Person).map(|gender| gender.name())
    }

    fn country(&self) -> Option<&str> {
        self.entity.country.as_deref().filter(|_| self.kind == EntityKind::Place)
    }
}

/// Ties the entities of an article to rows, by their index in the facts; none for one that nothing refers to.
///
/// First those whose name leaves no doubt, so that they are evidence for the others.
pub(super) fn tie_all(
    connection: &Connection,
    article: &Article,
    facts: &Facts,
) -> rusqlite::Result<Vec<Option<i64>>> {
    let candidates = Candidates::new(connection);
    let mut sought = sought(article, facts);
    let mut first = Vec::with_capacity(sought.len());
    for sought in &mut sought {
        let Some(sought) = sought else {
            first.push(None);
            continue;
        };
        let named = candidates.named(&sought.key)?;
        sought.kind = settled_kind(sought, &named);
        first.push(certain(sought, &named).cloned());
    }
    let known = first.iter().flatten();
    let setting = Setting::new(connection, known);
    let mut rows: Vec<Option<i64>> = Vec::with_capacity(sought.len());
    let mut taken: Vec<i64> = first.iter().flatten().map(|row| row.id).collect();
    for (sought, first) in sought.iter().zip(&first) {
        let row = match sought {
            Some(sought) => Some(tie(&candidates, &setting, sought, first.as_ref(), &taken)?),
            None => None,
        };
        taken.extend(row);
        rows.push(row);
    }
    Ok(rows)
}

/// The row of one entity; made if no stored entity is the same.
///
/// This is the one place that says which entity of the archive an entity of an article is.
fn tie(
    candidates: &Candidates<'_>,
    setting: &Setting<'_>,
    sought: &Sought<'_>,
    certain: Option<&Candidate>,
    taken: &[i64],
) -> rusqlite::Result<i64> {
    let connection = candidates.connection();
    let found = match certain {
        Some(row) if !speaks_against(setting, sought, row)? => Some(row.id),
        _ => by_evidence(candidates, setting, sought, taken)?,
    };
    match found {
        Some(id) => complete(connection, id, sought).map(|()| id),
        None => insert(connection, sought),
    }
}

/// The entities of an article that some fact refers to.
fn sought<'a>(article: &Article, facts: &'a Facts) -> Vec<Option<Sought<'a>>> {
    let mut used = vec![false; facts.entities.len()];
    let mut mentions = vec![0; facts.entities.len()];
    for mention in &facts.mentions {
        if let Some(count) = mentions.get_mut(mention.entity.index()) {
            *count += i64::from(mention.form == Form::Name);
        }
    }
    let mentioned = facts.mentions.iter().map(|mention| mention.entity);
    let quoted = facts.quotes.iter().flat_map(|quote| quote.about.iter().copied().chain(quote.speaker));
    let related =
        facts.relationships.iter().flat_map(|related| [related.subject].into_iter().chain(related.object));
    for entity in mentioned.chain(quoted).chain(related) {
        if let Some(used) = used.get_mut(entity.index()) {
            *used = true;
        }
    }
    let mut offices = vec![Vec::new(); facts.entities.len()];
    for related in &facts.relationships {
        let holds =
            matches!(related.predicate, "leads" | "holds_office" | "spokesperson_for" | "employed_by");
        if let (true, Some(detail), Some(offices)) =
            (holds, related.detail, offices.get_mut(related.subject.index()))
        {
            offices.push(alike::office_noun(detail.slice(&article.body)));
        }
    }
    let all = facts.entities.iter().zip(used).zip(mentions).zip(offices);
    all.map(|(((entity, used), mentions), offices)| {
        used.then(|| Sought { entity, kind: entity.kind, key: key(&entity.name), mentions, offices })
    })
    .collect()
}

/// What kind of thing a name names: what the article says, unless the archive knows better by far.
///
/// `named` are all that bear the name. An office or a form of address shows a person whatever the archive says.
fn settled_kind(sought: &Sought<'_>, named: &[Candidate]) -> EntityKind {
    if !sought.offices.is_empty() || sought.entity.gender.is_some() {
        return sought.kind;
    }
    let uses =
        |kind: EntityKind| -> i64 { named.iter().filter(|one| one.kind == kind).map(|one| one.uses).sum() };
    let kinds = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];
    let most = kinds.into_iter().max_by_key(|kind| uses(*kind)).unwrap_or(sought.kind);
    let here = uses(sought.kind) + sought.mentions;
    if uses(most) > ONE_SIDED.saturating_mul(here) { most } else { sought.kind }
}

/// The one stored entity that a name means without further evidence.
fn certain<'c>(sought: &Sought<'_>, named: &'c [Candidate]) -> Option<&'c Candidate> {
    if !sought.is_full() {
        return None;
    }
    let mut same = named.iter().filter(|one| one.kind == sought.kind && fits(sought, one));
    let shorter = |one: &&Candidate| like(sought, one) == Likeness::Short;
    match sought.kind {
        EntityKind::Organization if named.iter().any(|one| one.kind == sought.kind && shorter(&one)) => None,
        _ => same.next().filter(|_| same.next().is_none()),
    }
}

/// Whether nothing that is known of both differs: not the gender, not the country.
fn fits(sought: &Sought<'_>, one: &Candidate) -> bool {
    let differ = |here: Option<&str>, there: &Option<String>| match (here, there) {
        (Some(here), Some(there)) => here != there,
        _ => false,
    };
    !differ(sought.gender(), &one.gender) && !differ(sought.country(), &one.country)
}

/// How the name of an entity of an article stands to a stored one.
///
/// A full name of a person and any name of a place are as good as the name that is shown.
fn like(sought: &Sought<'_>, one: &Candidate) -> Likeness {
    let like = alike::likeness(sought.kind, &sought.entity.name, &one.name);
    let bears_it = one.bears(&sought.key) && sought.kind != EntityKind::Organization && sought.is_full();
    if bears_it { Likeness::Same } else { like }
}

/// Whether a person of the same full name is somebody else: another walk of life, and no companions in common.
fn speaks_against(setting: &Setting<'_>, sought: &Sought<'_>, one: &Candidate) -> rusqlite::Result<bool> {
    let here: Vec<alike::Field> = sought.offices.iter().filter_map(|noun| alike::field(noun)).collect();
    if sought.kind != EntityKind::Person || here.is_empty() {
        return Ok(false);
    }
    let nouns = setting.offices(one)?;
    let there: Vec<alike::Field> = nouns.iter().filter_map(|noun| alike::field(noun)).collect();
    let differ = !there.is_empty()
        && !here.iter().any(|field| there.contains(field))
        && !sought.offices.iter().any(|noun| nouns.contains(noun));
    Ok(differ && setting.companions(one)? == 0.0)
}

/// The stored entity that the evidence is for, if there is enough of it.
fn by_evidence(
    candidates: &Candidates<'_>,
    setting: &Setting<'_>,
    sought: &Sought<'_>,
    taken: &[i64],
) -> rusqlite::Result<Option<i64>> {
    let mut weighed = Vec::new();
    for one in candidates.alike(sought.kind, sought.entity)? {
        let like = like(sought, &one);
        let is_free = !taken.contains(&one.id) || like == Likeness::Same && sought.is_full();
        if like == Likeness::Other
            || !is_free
            || !fits(sought, &one)
            || speaks_against(setting, sought, &one)?
        {
            continue;
        }
        let evidence = setting.evidence(&sought.offices, &one)?;
        weighed.push(Weighed { like, evidence, one });
    }
    Ok(choose(sought, &weighed))
}

/// A candidate with what speaks for it.
struct Weighed {
    like: Likeness,
    evidence: f64,
    one: Candidate,
}

impl Weighed {
    /// By what candidates of one likeness are compared.
    fn rank(&self) -> f64 {
        self.evidence + FAME * (1.0 + self.one.mentions.max(0) as f64).log10()
    }
}

/// Chooses among candidates: by likeness first, then by evidence.
fn choose(sought: &Sought<'_>, weighed: &[Weighed]) -> Option<i64> {
    let best = |like: Likeness, enough: f64, ahead: f64| {
        let mut fit: Vec<&Weighed> =
            weighed.iter().filter(|one| one.like == like && one.evidence >= enough).collect();
        fit.sort_by(|one, other| other.rank().total_cmp(&one.rank()).then(one.one.id.cmp(&other.one.id)));
        let is_ahead = fit.get(1).is_none_or(|next| fit[0].rank() - next.rank() >= ahead);
        fit.first().filter(|_| is_ahead).map(|best| best.one.id)
    };
    let only = |like: Likeness| weighed.iter().filter(|one| one.like == like).count() == 1;
    match sought.kind {
        EntityKind::Person if !sought.is_full() => {
            best(Likeness::Short, ENOUGH, AHEAD).or_else(|| best(Likeness::Same, ENOUGH, 0.0))
        }
        EntityKind::Person => best(Likeness::Same, 0.0, 0.0)
            .or_else(|| best(Likeness::Near, if only(Likeness::Near) { 0.0 } else { ENOUGH }, 0.0))
            .or_else(|| best(Likeness::Loose, ENOUGH, AHEAD))
            .or_else(|| best(Likeness::Long, ENOUGH_TO_COMPLETE, AHEAD)),
        EntityKind::Organization => {
            let named_so = weighed.iter().filter(|one| one.like == Likeness::Short && one.one.uses > 0);
            let acronym =
                named_so.filter(|one| one.one.is_acronym(&sought.entity.name)).max_by(|one, other| {
                    one.one.uses.cmp(&other.one.uses).then(one.rank().total_cmp(&other.rank()))
                });
            acronym
                .map(|one| one.one.id)
                .or_else(|| best(Likeness::Same, 0.0, 0.0))
                .or_else(|| best(Likeness::Short, ENOUGH, AHEAD))
                .or_else(|| best(Likeness::Long, ENOUGH, 0.0))
        }
        EntityKind::Place => best(Likeness::Same, 0.0, 0.0),
    }
}

/// Adds what an article knows of a stored entity that was not known before.
fn complete(connection: &Connection, id: i64, sought: &Sought<'_>) -> rusqlite::Result<()> {
    let (gender, country) = (sought.gender(), sought.country());
    if gender.is_some() || country.is_some() {
        connection
            .prepare_cached(COMPLETE)?
            .execute(named_params! { ":id": id, ":gender": gender, ":country": country })?;
    }
    Ok(())
}

fn insert(connection: &Connection, sought: &Sought<'_>) -> rusqlite::Result<i64> {
    connection.prepare_cached(INSERT)?.query_row(
        named_params! {
            ":kind": sought.kind.name(),
            ":name": sought.entity.name,
            ":name_key": sought.key,
            ":gender": sought.gender(),
            ":country": sought.country(),
        },
        |row| row.get(0),
    )
}
