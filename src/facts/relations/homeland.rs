//! Where an office is that the article names without a place: the **President** of the country that the article is
//! about, a **Senator** in its Senate.
//!
//! Knows the entities of one article and closed lists of offices and houses. What the article does not name is nobody's.

use std::collections::HashMap;

use crate::annotate::{lexicon, offices, states};
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::relations::scene::Scene;

/// The United States, by their code.
const AMERICA: &str = "US";

/// Bodies that show which country an article is about, by any name of them.
const BODIES: &[(&str, &str)] = &[
    ("Bundestag", "DE"),
    ("Capitol Hill", AMERICA),
    ("Congress", AMERICA),
    ("Democratic Party", AMERICA),
    ("Downing Street", "GB"),
    ("House of Commons", "GB"),
    ("House of Representatives", AMERICA),
    ("Knesset", "IL"),
    ("Kremlin", "RU"),
    ("Pentagon", AMERICA),
    ("Republican Party", AMERICA),
    ("Senate", AMERICA),
    ("State Department", AMERICA),
    ("White House", AMERICA),
];

/// What an article has that offices without a place can be of.
pub(super) struct Homeland {
    /// The country that the article is about, and whether it is the United States.
    country: Option<(EntityId, bool)>,
    /// The one house of parliament in it.
    only_house: Option<EntityId>,
    /// The American state that most is told of.
    state: Option<EntityId>,
    /// Its organizations, by name.
    bodies: HashMap<String, EntityId>,
}

impl Homeland {
    pub(super) fn new(scene: Scene) -> Self {
        let mut states = Vec::new();
        let mut bodies = HashMap::new();
        for (index, entity) in scene.resolution.entities.iter().enumerate() {
            let id = EntityId(index as u32);
            match entity.kind {
                EntityKind::Place if is_state(&entity.name) => states.push(id),
                EntityKind::Organization => {
                    // `Senate`, short for the `Senate Historical Office`, is not the Senate.
                    let is_whole = |name: &&String| !is_house(name) || is_house(&entity.name);
                    for name in [&entity.name].into_iter().chain(&entity.aliases).filter(is_whole) {
                        bodies.entry(name.clone()).or_insert(id);
                    }
                }
                _ => {}
            }
        }
        let houses = ["House", "Senate"].map(|name| bodies.get(name).copied());
        let only_house = match houses {
            [Some(house), None] | [None, Some(house)] => Some(house),
            _ => None,
        };
        Homeland { country: country(scene), only_house, state: most_mentioned(scene, &states), bodies }
    }

    /// Where an office is whose words, in lower case, say no place.
    pub(super) fn of_office(&self, words: &[&str], is_capital: bool) -> Option<EntityId> {
        let noun = noun(words)?;
        let has = |word: &str| words.contains(&word);
        match noun {
            "senator" | "sen" if !has("state") => {
                self.house(&["Senate", "U.S. Senate", "United States Senate"])
            }
            "representative" | "rep" | "congressman" | "congresswoman" if !has("state") && is_capital => self
                .house(&["House", "House of Representatives", "U.S. House", "U.S. House of Representatives"]),
            "speaker" if is_capital => self.house(&["House", "House of Representatives", "U.S. House"]),
            "leader" | "whip" if has("majority") || has("minority") => self.only_house,
            "governor" | "gov" => self.state,
            "secretary" if has("press") => self.body("White House"),
            "chief" | "adviser" | "advisor" if has("staff") || has("security") => {
                self.body("White House").or_else(|| self.of_country(true))
            }
            _ => self.of_country(is_american(words, is_capital)?),
        }
    }

    /// The country, if its being America fits what the office tells.
    fn of_country(&self, american: bool) -> Option<EntityId> {
        let (country, is_america) = self.country?;
        (american == is_america).then_some(country)
    }

    /// A house of parliament, or the Congress that it belongs to.
    fn house(&self, names: &[&str]) -> Option<EntityId> {
        let house = names.iter().find_map(|name| self.body(name));
        house.or_else(|| self.country.filter(|(_, is_america)| *is_america).and(self.body("Congress")))
    }

    fn body(&self, name: &str) -> Option<EntityId> {
        self.bodies.get(name).copied()
    }

    /// The United States, where the article is about them: a president elsewhere is first called by the country.
    pub(super) fn of_president(&self) -> Option<EntityId> {
        self.of_country(true)
    }
}

/// Whether an office is one of the United States (`true`) or of those that they do not have; `None` for offices that
/// towns and companies have too.
fn is_american(words: &[&str], is_capital: bool) -> Option<bool> {
    let has = |word: &str| words.contains(&word);
    match noun(words)? {
        "secretary" if has("foreign") || has("home") => Some(false),
        "secretary" if has("general") => None,
        "secretary" if is_capital || words.len() > 1 => Some(true),
        "president" if has("vice") && is_capital => Some(true),
        "counsel" if has("special") => Some(true),
        "director" if has("budget") => Some(true),
        "general" if has("attorney") || has("solicitor") || has("surgeon") => Some(true),
        "minister" | "chancellor" | "king" | "queen" if is_capital => Some(false),
        "minister" if has("prime") => Some(false),
        _ => None,
    }
}

/// The noun of an office: **secretary** `of state`.
fn noun<'a>(words: &[&'a str]) -> Option<&'a str> {
    words.iter().rev().copied().find(|word| offices::rank(word).is_some())
}

/// Whether a name is that of a house of parliament, or of both together.
pub(super) fn is_house(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    matches!(last, "House" | "Senate" | "Congress" | "Representatives" | "Parliament" | "Assembly")
}

/// Whether a name is that of an American state in full.
fn is_state(name: &str) -> bool {
    // The town of Washington is named far more often than the state.
    states::state(name) == Some(name) && name != "Washington"
}

/// Which of some states is mentioned more often than the others together.
fn most_mentioned(scene: Scene, states: &[EntityId]) -> Option<EntityId> {
    let mut counts: HashMap<EntityId, usize> = states.iter().map(|state| (*state, 0)).collect();
    for mention in &scene.resolution.mentions {
        if let Some(count) = counts.get_mut(&mention.entity) {
            *count += 1;
        }
    }
    let all: usize = counts.values().sum();
    counts.into_iter().find(|(_, count)| count * 2 > all).map(|(state, _)| state)
}

/// The country that most of what is mentioned lies in, if the article names it; one that is not the United States only
/// where no other is spoken of, since many a president abroad is met by one who needs no country.
fn country(scene: Scene) -> Option<(EntityId, bool)> {
    let mut votes: HashMap<&str, usize> = HashMap::new();
    let codes: Vec<Option<&str>> =
        (0..scene.resolution.entities.len()).map(|index| code(scene, index)).collect();
    for mention in &scene.resolution.mentions {
        if let Some(code) = codes[mention.entity.index()] {
            *votes.entry(code).or_default() += 1;
        }
    }
    let all: usize = votes.values().sum();
    let (most, count) = votes.into_iter().max_by_key(|(code, count)| (*count, *code))?;
    let is_it = |index: &usize| {
        let entity = &scene.resolution.entities[*index];
        entity.kind == EntityKind::Place
            && lexicon::country(&entity.name).is_some_and(|country| country.iso2.as_str() == most)
    };
    let index = (0..scene.resolution.entities.len()).find(is_it)?;
    let is_enough = most == AMERICA || count * 10 > all * 9;
    is_enough.then_some((EntityId(index as u32), most == AMERICA))
}

/// The country that an entity shows an article to be about.
fn code<'a>(scene: Scene<'a>, index: usize) -> Option<&'a str> {
    let entity = &scene.resolution.entities[index];
    match entity.kind {
        EntityKind::Place => entity.country.as_deref(),
        EntityKind::Organization => {
            let mut names = [&entity.name].into_iter().chain(&entity.aliases);
            let body = names.find_map(|name| BODIES.iter().find(|(body, _)| body == name));
            body.map(|(_, code)| *code)
        }
        EntityKind::Person => None,
    }
}
