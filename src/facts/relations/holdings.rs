//! The offices beside names as relationships: who holds which, where, and whether still.
//!
//! Knows the offices that were found and the entities of one article. Where an office stands without its place, the article
//! may still give it: by a possessive (`its` president), by the same person's office elsewhere, by the firm that was
//! just named, or by the country that it is about. What is left open is stored once.

use std::collections::{HashMap, HashSet};

use crate::annotate::offices::{self, Rank};
use crate::facts::entity::{EntityId, EntityKind, OrganizationKind};
use crate::facts::grammar::phrase;
use crate::facts::offices::field::{Field, field, office_key, office_noun};
use crate::facts::offices::joined::{Joined, joined};
use crate::facts::offices::{Office, OfficePlace, Time};
use crate::facts::relations::homeland::{Homeland, is_house};
use crate::facts::relations::presented;
use crate::facts::relations::scene::Scene;
use crate::facts::relationship::{Relationship, Status, Term};
use crate::span::{Byte, Span};

/// The nouns that make a body of the name before them: the Ruiz **campaign**.
const BODIES: &[&str] = &["administration", "campaign"];

/// An office with its holder, while its place is looked for.
struct Holding<'a> {
    holder: EntityId,
    office: &'a Office,
    /// The verb that joins the two, where one does.
    verb: Option<usize>,
    /// Who is shown to hold it: the words of the holder where they stand elsewhere than beside the office.
    by: Option<Span<Byte>>,
    /// The noun of the office, in full and in lower case.
    noun: String,
    object: Option<EntityId>,
    /// Whether the object stands in the title.
    is_printed: bool,
}

/// The relationships of all offices to their holders.
pub(super) fn holdings(scene: Scene) -> Vec<Relationship> {
    let mut found: Vec<Holding> = Vec::new();
    for (name, office) in scene.offices.iter() {
        if let Some(holder) = scene.resolution.of_name[name] {
            let object = printed(scene, office).filter(|object| *object != holder);
            let noun = office_noun(office.noun(scene.text));
            let is_printed = object.is_some();
            found.push(Holding { holder, office, verb: None, by: None, noun, object, is_printed });
        }
    }
    let joined = joined(scene.text);
    for joined in &joined {
        found.extend(by_verb(scene, joined));
    }
    take_from_elsewhere(&mut found);
    let homeland = Homeland::new(scene);
    for holding in found.iter_mut().filter(|holding| holding.object.is_none()) {
        // A place that is printed and is no entity here is still not another one.
        if holding.office.place.is_none() {
            let object = meant(scene, &homeland, holding);
            holding.object = object.filter(|object| *object != holding.holder);
        }
    }
    let mut open = HashSet::new();
    found.retain(|holding| {
        holding.object.is_some() || open.insert((holding.holder, holding.noun.clone(), holding.office.time))
    });
    found.iter().filter_map(|holding| relationship(scene, holding)).collect()
}

/// Those to whom a verb joins an office.
fn by_verb<'a>(scene: Scene<'a>, joined: &'a Joined) -> impl Iterator<Item = Holding<'a>> + 'a {
    let Joined { verb, name, office } = joined;
    let subjects = scene.participants(scene.subject(*verb), false);
    // **Northwind** `named Leo Brandt as its chief executive`: who names somebody has the office to give.
    let is_body = |id: EntityId| !scene.is(id, EntityKind::Person);
    let giver = name.and_then(|_| subjects.iter().map(|(id, _)| *id).find(|id| is_body(*id)));
    let holders = match name {
        Some(name) => {
            let mention = scene.mention_at(scene.text.names[*name].tokens.start());
            mention.map(|mention| (mention.entity, mention.span)).into_iter().collect()
        }
        None => subjects,
    };
    let holders = holders.into_iter().filter(move |(holder, _)| scene.is(*holder, EntityKind::Person));
    holders.map(move |(holder, by)| {
        let object = printed(scene, office).or(giver.filter(|_| office.place.is_none()));
        let object = object.filter(|object| *object != holder);
        let (noun, is_printed) = (office_noun(office.noun(scene.text)), object.is_some());
        Holding { holder, office, verb: Some(*verb), by: Some(by), noun, object, is_printed }
    })
}

/// The place that the words of an office give, if it can have such an office.
fn printed(scene: Scene, office: &Office) -> Option<EntityId> {
    let place =
        campaign(scene, office).or_else(|| scene.place_of(office)).or_else(|| possessor(scene, office))?;
    // `Senate Historical Office`: a lawmaker is of a house, a state or a party.
    let noun = office_noun(office.noun(scene.text));
    let is_lawmaker = matches!(noun.as_str(), "senator" | "representative" | "congressman" | "congresswoman");
    if is_lawmaker && scene.is(place, EntityKind::Organization) && !is_house(&scene.entity(place).name) {
        return None;
    }
    // `the Polish owner` owns something else than Poland.
    let is_trade = field(&noun) == Some(Field::Business) || office.rank == Rank::Staff;
    if is_trade && matches!(office.place, Some(OfficePlace::Adjective(_))) {
        return None;
    }
    let serves_people = match office.rank {
        Rank::Voice => true,
        Rank::Head => false,
        Rank::Office | Rank::Staff => serves(office_noun(office.noun(scene.text)).as_str()),
    };
    (!scene.is(place, EntityKind::Person) || serves_people).then_some(place)
}

/// Whether the holder of an office can serve a person.
fn serves(noun: &str) -> bool {
    matches!(
        noun,
        "adviser"
            | "advisor"
            | "attorney"
            | "counsel"
            | "chief"
            | "secretary"
            | "deputy"
            | "strategist"
            | "manager"
    )
}

/// Whether an office is that of a lawyer, who acts in somebody’s name.
fn is_lawyer(noun: &str) -> bool {
    matches!(noun, "attorney" | "counsel")
}

/// Whether an office is that of somebody who helps a person with counsel.
fn is_close(noun: &str) -> bool {
    matches!(noun, "adviser" | "advisor" | "strategist" | "aide" | "assistant")
}

/// The body that is called after a person and stands where an office has its place: the **Ruiz campaign** manager.
fn campaign(scene: Scene, office: &Office) -> Option<EntityId> {
    let Some(OfficePlace::Named(index)) = office.place else { return None };
    let name = scene.text.names[index].tokens;
    if !BODIES.contains(&scene.text.word(name.end())) {
        return None;
    }
    let mention = scene.mention_at(name.end())?;
    let is_body = scene.is(mention.entity, EntityKind::Organization);
    is_body.then_some(mention.entity)
}

/// Whose office it is, by a possessive before it: `its` president, `the company’s` chief executive.
fn possessor(scene: Scene, office: &Office) -> Option<EntityId> {
    if office.place.is_some() {
        return None;
    }
    let owner = office.words.start().checked_sub(1)?;
    let word = scene.text.word(owner);
    let owner = if phrase::is_possessive_mark(word) { owner.checked_sub(1)? } else { owner };
    if owner + 1 == office.words.start() && !phrase::is_possessive_pronoun(word) {
        return None;
    }
    let owner = scene.mention_at(owner)?.entity;
    // `his attorney general` is a country’s.
    let speaks = office.rank == Rank::Voice || is_lawyer(&office_noun(office.noun(scene.text)));
    (speaks || !scene.is(owner, EntityKind::Person)).then_some(owner)
}

/// Gives an office without its place the place of the same person's same office elsewhere.
fn take_from_elsewhere(found: &mut [Holding]) {
    let mut known: HashMap<(EntityId, String), EntityId> = HashMap::new();
    for holding in found.iter() {
        if let Some(object) = holding.object {
            known.entry((holding.holder, holding.noun.clone())).or_insert(object);
        }
    }
    for holding in found.iter_mut().filter(|holding| holding.object.is_none()) {
        if holding.office.place.is_none() {
            holding.object = known.get(&(holding.holder, holding.noun.clone())).copied();
        }
    }
}

/// What an office is of that says no place, as the article lets a reader know.
fn meant(scene: Scene, homeland: &Homeland, holding: &Holding) -> Option<EntityId> {
    let words: Vec<String> =
        holding.office.words.range().map(|token| plain(scene.text.word(token))).collect();
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| {
            !word.is_empty() && !offices::is_past(word) && !matches!(*word, "-" | "elect" | "designate")
        })
        .collect();
    let is_capital = office_is_capital(scene, holding.office);
    if words == ["president"] {
        return homeland.of_president().filter(|_| is_capital);
    }
    homeland.of_office(&words, is_capital).or_else(|| firm(scene, holding))
}

/// A word in lower case without its full stop.
fn plain(word: &str) -> String {
    word.trim_end_matches('.').to_lowercase()
}

fn office_is_capital(scene: Scene, office: &Office) -> bool {
    office.noun(scene.text).starts_with(char::is_uppercase)
}

/// The only organization that was named in the sentence before an office and in the one before that: those who run a firm
/// or speak for it are its own.
fn firm(scene: Scene, holding: &Holding) -> Option<EntityId> {
    let is_business = field(&holding.noun) == Some(Field::Business) || holding.noun == "executive";
    let runs = holding.office.rank == Rank::Head && is_business;
    if !runs && !holding.noun.starts_with("spokes") {
        return None;
    }
    let start = holding.office.extent.start();
    let sentence = scene.sentence(start);
    let earlier = sentence.start().checked_sub(1).map_or(sentence, |token| scene.sentence(token));
    let since = scene.text.document.tokens[earlier.start()].span.start();
    let until = scene.text.document.tokens[start].span.start();
    let mentions = &scene.resolution.mentions;
    let first = mentions.partition_point(|mention| mention.span.start() < since);
    let last = mentions.partition_point(|mention| mention.span.start() < until);
    let mut firms = mentions[first..last].iter().map(|mention| mention.entity).filter(|id| {
        scene.is(*id, EntityKind::Organization) && !scene.is_organization(*id, OrganizationKind::Medium)
    });
    let firm = firms.next()?;
    firms.all(|other| other == firm).then_some(firm)
}

/// The relationship of an office to its holder; `None` where nothing but the office is known of ordinary staff.
fn relationship(scene: Scene, holding: &Holding) -> Option<Relationship> {
    let Holding { holder, office, object, .. } = *holding;
    let employs = |id: EntityId| scene.is(id, EntityKind::Organization);
    if office.rank == Rank::Staff && !object.is_some_and(employs) {
        return None;
    }
    // `civil rights leader` says of nobody what she leads.
    if holding.noun == "leader" && object.is_none() {
        return None;
    }
    // A film director: without a body this is a trade.
    let is_trade = matches!(holding.noun.as_str(), "director" | "lawyer" | "manager" | "producer");
    if is_trade && object.is_none() && !office_is_capital(scene, office) {
        return None;
    }
    // Who speaks at an event leads no house.
    if holding.noun == "speaker" && object.is_none() && !office_is_capital(scene, office) {
        return None;
    }
    // A strategist of a party’s colour is no employee of the party.
    let party = object.filter(|id| scene.is_organization(*id, OrganizationKind::Party));
    if office.rank == Rank::Staff && party.is_some() {
        return None;
    }
    let evidence = scene.text.document.bytes(office.extent);
    let acts_for = object.is_some_and(|id| scene.is(id, EntityKind::Person)) && is_lawyer(&holding.noun);
    Some(Relationship {
        subject: holder,
        predicate: match () {
            () if acts_for => Rank::Voice.predicate(),
            () if heads(scene, holding) => Rank::Head.predicate(),
            // Who advises a person holds no office in her.
            () if is_close(&holding.noun) && object.is_some_and(|id| scene.is(id, EntityKind::Person)) => {
                "associate_of"
            }
            () => office.rank.predicate(),
        },
        object,
        detail: Some(scene.text.document.bytes(office.words)),
        status: match holding.verb.map(|verb| presented::status(scene.text, verb)) {
            // What the verb says is not so is not over either.
            Some(status @ (Status::Denied | Status::Hypothetical | Status::Planned | Status::Reported)) => {
                status
            }
            _ => status(office.time),
        },
        evidence: holding.by.map_or(evidence, |by| by.join(evidence)),
        trigger: {
            let word = holding.verb.unwrap_or_else(|| office.noun_token(scene.text));
            Some(scene.text.document.tokens[word].span)
        },
        term: Term::default(),
        claim: None,
        confidence: match object {
            Some(_) if holding.is_printed => 0.85,
            Some(_) => 0.75,
            None => 0.6,
        },
    })
}

/// Whether an office that one of several may have is the first of its body: **the director** `of the Harbor Institute`, but **a
/// director** `of Northwind`.
fn heads(scene: Scene, holding: &Holding) -> bool {
    const FIRST: &[&str] = &[
        "administrator",
        "commissioner",
        "director",
        "director general",
        "executive director",
        "general secretary",
        "secretary general",
        "superintendent",
    ];
    let Some(body) = holding.object.filter(|id| scene.is(*id, EntityKind::Organization)) else {
        return false;
    };
    let key = office_key(scene.text.words(holding.office.words));
    // `the Secretary of the Harbor Department`
    let of_department = key == "secretary" && {
        let name = &scene.entity(body).name;
        ["Department", "Ministry"].iter().any(|word| name.starts_with(word) || name.ends_with(word))
    };
    let before = holding.office.extent.start().min(holding.office.words.start());
    let before = before.checked_sub(1).map_or("", |before| scene.text.word(before));
    let is_one_of_many = matches!(before, "a" | "an" | "another" | "A");
    (FIRST.contains(&key.as_str()) || of_department) && !is_one_of_many
}

/// How an office is presented by what is said of its time.
pub(super) fn status(time: Time) -> Status {
    match time {
        Time::Now => Status::Asserted,
        Time::Past => Status::Ended,
        Time::Coming => Status::Planned,
    }
}
