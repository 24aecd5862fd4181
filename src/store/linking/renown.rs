//! Who is so well known by a name in the archive that the name alone tells who is meant.
//!
//! Knows candidates and how many articles call each by the name that was looked up; reads nothing.

use crate::facts::EntityKind;
use crate::facts::reference::names::compare;
use crate::facts::reference::names::likeness::Likeness;
use crate::store::linking::candidates::Candidate;
use crate::store::linking::described::Described;

/// How many articles must call somebody by a last name for it to be theirs without further evidence, and how many
/// times as many as call anybody else so: half of that where the whole archive is known.
const LAST_NAME: Renown = Renown { articles: 6, ahead: 8 };

/// The same of a given name, which strangers share far more often.
const GIVEN_NAME: Renown = Renown { articles: 12, ahead: 24 };

/// How many articles are enough where a whole archive holds the last name in one full name only.
const ONLY_BEARER: i64 = 2;

/// From how many mentions on a full name is known so well that one article which tells the other gender is
/// rather wrong than about a namesake.
const WELL_KNOWN: i64 = 12;

struct Renown {
    articles: i64,
    ahead: i64,
}

/// The person whom a single name means wherever nothing speaks against it: nearly all articles of the archive that
/// print it mean the same one.
pub(super) fn well_known<'c>(
    described: &Described<'_>,
    open: &'c [(Likeness, Candidate)],
) -> Option<&'c Candidate> {
    if described.kind != EntityKind::Person || !described.full_keys.is_empty() {
        return None;
    }
    let bearers = || open.iter().filter(|(like, _)| *like == Likeness::Short).map(|(_, one)| one);
    let best = bearers().max_by_key(|one| (one.uses, one.mentions, std::cmp::Reverse(one.id)))?;
    let next = bearers().filter(|one| one.id != best.id).map(|one| one.uses).max();
    needed(&described.key, &best.name).is_met(best.uses, next).then_some(best)
}

/// The same of a whole archive, where all are known: whether nobody else is meant by a single name, folded. `uses`
/// articles call the best known so, whose full name is `name`, and `next` the one who is next, if there is anybody.
pub(super) fn is_alone(key: &str, name: &str, uses: i64, next: Option<i64>) -> bool {
    let needed = needed(key, name);
    let only = needed.ahead == LAST_NAME.ahead && next.is_none() && uses >= ONLY_BEARER;
    only || Renown { ahead: needed.ahead / 2, ..needed }.is_met(uses, next)
}

/// What a single name of somebody needs. A rare given name tells as much as a last name.
fn needed(key: &str, name: &str) -> Renown {
    let is_last = compare::short_key(EntityKind::Person, name).is_some_and(|last| last == key);
    if is_last || compare::is_rare(key) { LAST_NAME } else { GIVEN_NAME }
}

impl Renown {
    /// Who is known by the full name alone may be called by a part of it as well.
    fn is_met(&self, uses: i64, next: Option<i64>) -> bool {
        uses >= self.articles && next.is_none_or(|next| uses >= next.max(1).saturating_mul(self.ahead))
    }
}

/// Whether somebody is well known by the full name that an article prints.
pub(super) fn is_known_in_full(described: &Described<'_>, one: &Candidate) -> bool {
    one.mentions >= WELL_KNOWN && described.full_keys.iter().any(|key| one.bears(key))
}
