//! Which party people belong to, and whom they stand for: `Sen.` **Ana Ruiz** `(D-Ohio)`, `Texas Republican` **Leo Brandt**.
//!
//! Knows the names and the labels of parties beside them. A label that belongs to something else than the person says
//! nothing: `a Republican-led group`, `the Democratic Republic`.

use crate::annotate::labels::Upos;
use crate::annotate::{NameKind, offices, states};
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::grammar::phrase;
use crate::facts::offices::{OfficePlace, place};
use crate::facts::relations::scene::Scene;
use crate::facts::relationship::Relationship;
use crate::span::{Span, Tokens};

/// How many words may stand between a label and the name.
const REACH: usize = 7;

/// How many words a bracket behind a name may have: `(born 6 May 1962 in Porto Sereno)`.
const BRACKET: usize = 30;

/// The parties of people, and the places that they stand for, by what stands beside their names.
pub(super) fn sides(scene: Scene) -> Vec<Relationship> {
    let mut found = Vec::new();
    for (index, name) in scene.text.names.iter().enumerate() {
        let holder = scene.resolution.of_name[index].filter(|_| name.kind == NameKind::Person);
        if let Some(holder) = holder.filter(|holder| scene.is(*holder, EntityKind::Person)) {
            lawmaker(scene, index, holder, &mut found);
            if let Some((label, party)) = before(scene, name.tokens) {
                found.push(member(scene, holder, party, Span::new(label, name.tokens.end())));
                found.extend(origin(scene, holder, label, name.tokens));
            } else if let Some((label, party)) = behind(scene, name.tokens) {
                found.push(member(scene, holder, party, Span::new(name.tokens.start(), label + 1)));
            }
        }
    }
    found
}

/// What the letter of a party and a home behind a name say: **Ana Ruiz** `(D-Ohio)`.
fn lawmaker(scene: Scene, index: usize, holder: EntityId, found: &mut Vec<Relationship>) {
    let name = scene.text.names[index].tokens;
    let Some(home) = place::home(scene.text, name.end()) else { return };
    let letter = name.end() + 1;
    let home_tokens = home.tokens(scene.text);
    let extent = Span::new(name.start(), home_tokens.end());
    // The letter is mentioned as its party.
    let party = scene.mention_at(letter).map(|mention| mention.entity);
    if let Some(party) = party.filter(|party| scene.is(*party, EntityKind::Organization)) {
        found.push(member(scene, holder, party, extent));
    }
    let is_told = scene.offices.of_name(index).is_some_and(|office| {
        office.place.as_ref().is_some_and(|place| place.tokens(scene.text) == home_tokens)
    });
    let entity = match home {
        OfficePlace::Named(name) => scene.resolution.of_name[name],
        _ => scene.resolution.of_office_place.get(&home_tokens.start()).copied(),
    };
    if let Some(place) = entity.filter(|_| !is_told) {
        found.push(Relationship { confidence: 0.8, ..scene.stated(holder, "holds_office", place, extent) });
    }
}

/// The label of a party before a name, with nothing between but words for what the person is: **GOP** `presidential nominee`.
fn before(scene: Scene, name: Span<Tokens>) -> Option<(usize, EntityId)> {
    let text = scene.text;
    let floor = scene.sentence(name.start()).start().max(name.start().saturating_sub(REACH));
    for token in (floor..name.start()).rev() {
        let party = scene.party_at(token).filter(|_| offices::is_side(text.word(token)));
        if let Some(party) = party {
            // `anti-Republican`, `Republican-led`
            let is_joined =
                phrase::is_hyphen(text, token + 1) || token > 0 && phrase::is_hyphen(text, token - 1);
            return (!is_joined).then_some((token, party));
        }
        let describes = matches!(text.tags[token].upos, Upos::Adj | Upos::Noun | Upos::Propn);
        let is_title = describes
            && !phrase::is_time(text.word(token))
            && text.name_at(token).is_none_or(|other| {
                // `Republican Senate nominee`
                text.names[other].kind != NameKind::Person
            });
        if !is_title && !phrase::is_hyphen(text, token) && text.word(token) != "." {
            return None;
        }
    }
    None
}

/// The label behind a name: **Ana Ruiz**`, a Republican`, **Ana Ruiz** `is a lifelong Democrat`.
fn behind(scene: Scene, name: Span<Tokens>) -> Option<(usize, EntityId)> {
    let text = scene.text;
    let end = scene.sentence(name.start()).end();
    // **Ana Ruiz** `(born 6 May 1962) is a Republican`
    let opens = text.word(name.end()) == "(" && !matches!(text.word(name.end() + 1), "a" | "the" | "an");
    let closing = opens
        .then(|| (name.end()..end.min(name.end() + BRACKET)).find(|token| text.word(*token) == ")"))
        .flatten();
    let link = closing.map_or(name.end(), |closing| closing + 1);
    let article = link + 1;
    let links = matches!(text.word(link), "," | "is" | "was" | "(");
    if !links || article + 1 >= end || !matches!(text.word(article), "a" | "the" | "an") {
        return None;
    }
    let label = (article + 1..end.min(article + 4)).find(|token| {
        !matches!(text.tags[*token].upos, Upos::Adj | Upos::Noun | Upos::Propn)
            || offices::is_side(text.word(*token))
    })?;
    let party = scene.party_at(label).filter(|_| offices::is_side(text.word(label)))?;
    // `the Republican establishment’s choice`: a label of something else.
    let next = text.word(label + 1);
    let stands_alone = matches!(next, "," | "." | ";" | ")" | "from" | "who" | "and" | "in" | "of" | "on");
    let is_office = offices::rank(next).is_some()
        || matches!(next, "member" | "politician")
        || offices::is_qualifier(next)
        || is_contender(text.word(label + 1))
        || is_contender(text.word(label + 2));
    (stands_alone || is_office).then_some((label, party))
}

/// Whether a word names one who stands for election.
pub(super) fn is_contender(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(
        word.as_str(),
        "nominee"
            | "nominees"
            | "candidate"
            | "candidates"
            | "contender"
            | "contenders"
            | "hopeful"
            | "hopefuls"
            | "frontrunner"
            | "front-runner"
            | "challenger"
    )
}

/// The state that somebody stands for whom a label calls by party and state alone: **Texas** `Republican Leo Brandt`.
fn origin(scene: Scene, holder: EntityId, label: usize, name: Span<Tokens>) -> Option<Relationship> {
    if label + 1 != name.start() {
        return None;
    }
    let place = scene.text.name_ending_at(label)?;
    let printed = scene.text.names[place].tokens;
    states::state(scene.text.words(printed))?;
    let entity = scene.resolution.of_name[place].filter(|id| scene.is(*id, EntityKind::Place))?;
    let extent = Span::new(printed.start(), name.end());
    // News calls lawmakers so, and now and then somebody else.
    Some(Relationship { confidence: 0.7, ..scene.stated(holder, "holds_office", entity, extent) })
}

/// Somebody as a member of a party.
fn member(scene: Scene, holder: EntityId, party: EntityId, extent: Span<Tokens>) -> Relationship {
    Relationship { confidence: 0.8, ..scene.stated(holder, "member_of", party, extent) }
}
