//! Entity linking: which stored entity an entity of an article is, over the whole archive.
//!
//! Decides when an article is saved, from what is stored by then, so that ids never change later: the same input
//! gives the same rows on any number of threads, and a run that was killed goes on as if nothing had been.
//! A full name is enough to join, unless something speaks against it; a last name, a nickname or a part of an
//! organization's name needs evidence: see [`Company`]. What stays undecided becomes an entity of its own. Never looks at
//! the text, only at what the facts say of it. Start reading at [`link_all`].

pub(super) mod acronyms;
mod candidates;
mod company;
mod described;
pub(super) mod own_bodies;
pub(super) mod remembered;
mod renown;
pub(super) mod twins;

use std::collections::HashMap;

use rusqlite::{Connection, named_params};

use crate::article::Article;
use crate::facts::offices::field;
use crate::facts::reference::names::likeness::Likeness;
use crate::facts::reference::names::{compare, organizations};
use crate::facts::{EntityKind, Facts};
use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::{newcomers, shown};
use crate::store::linking::candidates::{Candidate, Candidates};
use crate::store::linking::company::Company;
use crate::store::linking::described::{Described, described};
use crate::store::place::ArticleSlot;
use crate::store::tables::{entities, traits};

/// The evidence that a short or loose form needs at least; one rare companion that both always had gives about 1.
const ENOUGH: f64 = 0.5;

/// The evidence that turns a last name on its own, stored earlier, into the person whose full name comes later.
const ENOUGH_TO_COMPLETE: f64 = 0.8;

/// By how much the best of several people must be ahead of the next.
const AHEAD: f64 = 0.25;

/// What ten times as many mentions weigh in a choice between several: half of a rare companion.
const FAME: f64 = 0.5;

/// What a companion tells that may be somebody else, against one that is certain.
const PRESUMED: f64 = 0.5;

/// How many candidates are weighed at most: those that are mentioned most.
const WEIGHED: usize = 5;

const INSERT: &str = "
INSERT INTO entities (kind, name, name_key, gender, country)
VALUES (:kind, :name, :name_key, :gender, :country)
RETURNING id";

const COMPLETE: &str = "
UPDATE entities
SET gender = coalesce(gender, :gender), country = coalesce(country, :country)
WHERE id = :id
    AND ((gender IS NULL AND :gender IS NOT NULL) OR (country IS NULL AND :country IS NOT NULL))";

/// What a first look at the names alone gives.
enum FirstLook {
    /// The one that the name means.
    Certain(Candidate),
    /// Those that it may mean, the most mentioned first, each with how the names compare.
    Open(Vec<(Likeness, Candidate)>),
}

/// Ties the entities of an article to rows, by their index in the facts; none for one that nothing refers to.
///
/// First those whose name leaves no doubt, so that they are evidence for the others.
pub(super) fn link_all(
    connection: &Connection,
    rulings: &Rulings,
    place: &ArticleSlot,
    article: &Article,
    facts: &Facts,
) -> rusqlite::Result<Vec<Option<i64>>> {
    let mut described = described(article, facts);
    if let Some(rows) =
        place.remembered.as_ref().and_then(|remembered| remembered.of(article, facts, &described))
    {
        for described in &mut described {
            let Some(id) = rows[described.index] else { continue };
            // What the archive took it for then, whatever the article says.
            described.kind =
                entities::kind_and_name(connection, id)?.map_or(described.kind, |(kind, _)| kind);
            complete(connection, id, described)?;
            note_traits(connection, place, id, described)?;
        }
        return Ok(rows);
    }
    let candidates = Candidates::new(connection);
    let mut looks = Vec::with_capacity(described.len());
    for described in &mut described {
        looks.push(first_look(&candidates, described)?);
    }
    let company = described.iter().zip(&looks).filter_map(|(described, look)| match look {
        FirstLook::Certain(row) => Some((described.index, row, 1.0)),
        FirstLook::Open(rows) => rows.first().map(|(_, row)| (described.index, row, PRESUMED)),
    });
    let company = Company::new(connection, company);
    let mut taken = Taken::default();
    for (described, look) in described.iter().zip(&looks) {
        if let Some(row) = look.certain() {
            taken.note(row.id, described);
        }
    }
    let mut rows = vec![None; facts.entities.len()];
    for (described, look) in described.iter().zip(looks) {
        let id = match link(&candidates, &company, described, look, &taken)? {
            Some(id) => complete(connection, id, described).map(|()| id)?,
            None => insert(connection, rulings, place, described)?,
        };
        note_traits(connection, place, id, described)?;
        taken.note(id, described);
        rows[described.index] = Some(id);
    }
    Ok(rows)
}

/// Which rows entities of the article have, and under which names, folded.
#[derive(Default)]
struct Taken(HashMap<i64, Vec<String>>);

impl Taken {
    fn note(&mut self, id: i64, described: &Described<'_>) {
        self.0.entry(id).or_default().push(described.key.clone());
    }

    /// Whether an entity of the article may have a row beside those that have it: an article keeps two people apart, but cannot
    /// know that the given name and the last name that it prints by themselves are one person's, nor whose name it is that it
    /// took for another kind of thing.
    fn leaves_room(&self, described: &Described<'_>, one: &Candidate) -> bool {
        let Some(names) = self.0.get(&one.id) else { return true };
        described.kind == EntityKind::Person
            && (described.kind != described.entity.kind
                || names.iter().all(|name| compare::are_parts_of_one(&described.key, name, &one.name)))
    }
}

impl FirstLook {
    fn certain(&self) -> Option<&Candidate> {
        match self {
            FirstLook::Certain(row) => Some(row),
            FirstLook::Open(_) => None,
        }
    }
}

/// Looks up the name of an entity, and settles what kind of thing it names.
fn first_look(candidates: &Candidates<'_>, described: &mut Described<'_>) -> rusqlite::Result<FirstLook> {
    let named = candidates.named(&described.key)?;
    described.settle(&named);
    match certain(described, &named) {
        Some(row) => Ok(FirstLook::Certain(row.clone())),
        None => open(candidates, described, named).map(FirstLook::Open),
    }
}

/// Those that a name may mean, beside those that bear it.
fn open(
    candidates: &Candidates<'_>,
    described: &Described<'_>,
    named: Vec<Candidate>,
) -> rusqlite::Result<Vec<(Likeness, Candidate)>> {
    let all = candidates.alike(described.kind, described.entity, named)?;
    let all = all.into_iter().filter(|one| fits(described, one)).map(|one| (like(described, &one), one));
    Ok(all.filter(|(like, _)| *like != Likeness::Other).take(WEIGHED).collect())
}

/// The row of one entity; none if no stored entity is the same.
///
/// This is the one place that says which entity of the archive an entity of an article is.
fn link(
    candidates: &Candidates<'_>,
    company: &Company<'_>,
    described: &Described<'_>,
    look: FirstLook,
    taken: &Taken,
) -> rusqlite::Result<Option<i64>> {
    Ok(match look {
        FirstLook::Certain(row) if !speaks_against(company, described, &row)? => Some(row.id),
        FirstLook::Certain(_) => None,
        FirstLook::Open(rows) => by_evidence(candidates, company, described, &rows, taken)?,
    })
}

/// The one stored entity that a name means without further evidence.
fn certain<'c>(described: &Described<'_>, named: &'c [Candidate]) -> Option<&'c Candidate> {
    if described.full_keys.len() != 1 {
        return None;
    }
    let mut same = named.iter().filter(|one| one.kind == described.kind && fits(described, one));
    let shorter = |one: &&Candidate| like(described, one) == Likeness::Short;
    match described.kind {
        EntityKind::Organization if named.iter().any(|one| one.kind == described.kind && shorter(&one)) => {
            None
        }
        _ => same.next().filter(|_| same.next().is_none()),
    }
}

/// Whether nothing that is known of both differs: not the gender, not the country.
///
/// The gender of somebody well known by this full name is weighed later, against the company.
fn fits(described: &Described<'_>, one: &Candidate) -> bool {
    let agrees =
        !differ(described.gender(), one.gender.as_deref()) || renown::is_known_in_full(described, one);
    agrees && !differ(described.country(), one.country.as_deref())
}

/// Whether both are known, and are not the same.
fn differ(here: Option<&str>, there: Option<&str>) -> bool {
    here.is_some_and(|here| there.is_some_and(|there| here != there))
}

/// How the name of an entity of an article stands to a stored one.
///
/// A full name of a person and any name of a place are as good as the name that is shown.
fn like(described: &Described<'_>, one: &Candidate) -> Likeness {
    let like = compare::likeness(described.kind, &described.entity.name, &one.name);
    let bears_it =
        described.kind != EntityKind::Organization && described.full_keys.iter().any(|key| one.bears(key));
    if bears_it { Likeness::Same } else { like }
}

/// Whether a person of the same full name is somebody else: of the other gender and nothing in common, or another
/// walk of life and no companions in common.
fn speaks_against(
    company: &Company<'_>,
    described: &Described<'_>,
    one: &Candidate,
) -> rusqlite::Result<bool> {
    if differ(described.gender(), one.gender.as_deref())
        && company.evidence(described.index, &described.offices, one)? == 0.0
    {
        return Ok(true);
    }
    if described.kind != EntityKind::Person || described.offices.is_empty() {
        return Ok(false);
    }
    let differ = field::are_other_walks_of_life(&described.offices, &company.offices(one)?);
    Ok(differ && company.companions(described.index, one)? == 0.0)
}

/// What a candidate of some likeness needs: so much evidence, and to be so far ahead of the next.
struct Demand {
    like: Likeness,
    enough: f64,
    ahead: f64,
}

const fn demand(like: Likeness, enough: f64, ahead: f64) -> Demand {
    Demand { like, enough, ahead }
}

/// What is tried for a person's full name, in this order.
const FULL_PERSON: &[Demand] = &[
    demand(Likeness::Same, 0.0, 0.0),
    demand(Likeness::Near, 0.0, 0.0),
    demand(Likeness::Loose, ENOUGH, AHEAD),
    demand(Likeness::Long, ENOUGH_TO_COMPLETE, AHEAD),
];

/// A last name alone is never enough, not even for the same last name alone.
const SHORT_PERSON: &[Demand] =
    &[demand(Likeness::Short, ENOUGH, AHEAD), demand(Likeness::Same, ENOUGH, 0.0)];

const ORGANIZATION: &[Demand] = &[
    demand(Likeness::Same, 0.0, 0.0),
    demand(Likeness::Near, ENOUGH, 0.0),
    demand(Likeness::Short, ENOUGH, AHEAD),
    demand(Likeness::Long, ENOUGH, 0.0),
];

const PLACE: &[Demand] = &[demand(Likeness::Same, 0.0, 0.0)];

/// The stored entity that the evidence is for, if there is enough of it.
fn by_evidence(
    candidates: &Candidates<'_>,
    company: &Company<'_>,
    described: &Described<'_>,
    open: &[(Likeness, Candidate)],
    taken: &Taken,
) -> rusqlite::Result<Option<i64>> {
    if let Some(long) = long_form(described, open) {
        return Ok(Some(long.id));
    }
    if let Some(known) = renown::well_known(described, open)
        && is_possible(candidates, company, described, (Likeness::Short, known), taken)?
    {
        return Ok(Some(known.id));
    }
    let demands = match described.kind {
        EntityKind::Person if described.full_keys.is_empty() => SHORT_PERSON,
        EntityKind::Person => FULL_PERSON,
        EntityKind::Organization => ORGANIZATION,
        EntityKind::Place => PLACE,
    };
    for demand in demands {
        let mut left = Vec::new();
        for (like, one) in open.iter().filter(|(like, _)| *like == demand.like) {
            if is_possible(candidates, company, described, (*like, one), taken)? {
                left.push(one);
            }
        }
        if let Some(id) = choose(company, described, &left, demand)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The organization that articles call by this acronym beside its long name, most of them.
fn long_form<'c>(described: &Described<'_>, open: &'c [(Likeness, Candidate)]) -> Option<&'c Candidate> {
    let is_organization = described.kind == EntityKind::Organization;
    let longer =
        open.iter().filter(|(like, _)| is_organization && *like == Likeness::Short).map(|(_, one)| one);
    longer
        .filter(|one| one.uses > 0 && organizations::is_acronym(&described.entity.name, &one.name))
        .max_by_key(|one| (one.uses, one.mentions))
}

/// Whether an entity can be a candidate at all, for all that is known of both.
fn is_possible(
    candidates: &Candidates<'_>,
    company: &Company<'_>,
    described: &Described<'_>,
    (like, one): (Likeness, &Candidate),
    taken: &Taken,
) -> rusqlite::Result<bool> {
    let is_full = like == Likeness::Same && !described.full_keys.is_empty();
    if !is_full && !taken.leaves_room(described, one) {
        return Ok(false);
    }
    let is_variant = matches!(like, Likeness::Near | Likeness::Loose) || described.full_keys.len() > 1;
    let contradicted = described.kind == EntityKind::Person
        && is_variant
        && candidates.has_other_middle_names(one, &described.full_keys)?;
    Ok(!contradicted && !speaks_against(company, described, one)?)
}

/// Chooses among candidates of one likeness, by evidence and by how often they are mentioned.
///
/// Where no evidence is demanded and there is no choice, none is looked for.
fn choose(
    company: &Company<'_>,
    described: &Described<'_>,
    left: &[&Candidate],
    demand: &Demand,
) -> rusqlite::Result<Option<i64>> {
    if let ([one], true) = (left, demand.enough == 0.0) {
        return Ok(Some(one.id));
    }
    // Several of one first and last name: which of them is not to be told without evidence.
    let enough = if demand.like == Likeness::Near { ENOUGH } else { demand.enough };
    let mut ranks = Vec::new();
    for one in left {
        let evidence = company.evidence(described.index, &described.offices, one)?;
        if evidence >= enough {
            ranks.push((evidence + FAME * libm::log10(1.0 + one.mentions.max(0) as f64), one.id));
        }
    }
    ranks.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let is_ahead = ranks.get(1).is_none_or(|next| ranks[0].0 - next.0 >= demand.ahead);
    Ok(ranks.first().filter(|_| is_ahead).map(|best| best.1))
}

/// Adds what an article knows of a stored entity that was not known before.
fn complete(connection: &Connection, id: i64, described: &Described<'_>) -> rusqlite::Result<()> {
    let (gender, country) = (described.gender(), described.country());
    if gender.is_some() || country.is_some() {
        connection
            .prepare_cached(COMPLETE)?
            .execute(named_params! { ":id": id, ":gender": gender, ":country": country })?;
        shown::complete(connection, id, gender, country)?;
    }
    Ok(())
}

/// Notes what an article tells of the entity of a row, and sees to it that the row is shown.
fn note_traits(
    connection: &Connection,
    place: &ArticleSlot,
    id: i64,
    described: &Described<'_>,
) -> rusqlite::Result<()> {
    traits::insert(connection, place.article_id, id, described.traits())?;
    shown::show_again(connection, id)
}

/// Makes a row; or takes that of somebody whom only corrections know so far.
fn insert(
    connection: &Connection,
    rulings: &Rulings,
    place: &ArticleSlot,
    described: &Described<'_>,
) -> rusqlite::Result<i64> {
    let newcomer = newcomers::Newcomer {
        kind: described.kind,
        name: &described.entity.name,
        gender: described.gender(),
        country: described.country(),
        article: &place.identity,
    };
    if let Some(id) = newcomers::meet(connection, rulings, &newcomer)? {
        return Ok(id);
    }
    let id = connection.prepare_cached(INSERT)?.query_row(
        named_params! {
            ":kind": described.kind.name(),
            ":name": described.entity.name,
            ":name_key": described.key,
            ":gender": described.gender(),
            ":country": described.country(),
        },
        |row| row.get(0),
    )?;
    newcomers::attach(connection, rulings, id, Some(&place.identity))?;
    Ok(id)
}
