//! Where people are from and where they live, as words beside their names tell it: the **Valdoran** novelist **Mira Costa**,
//! **Leo Brandt**`, 45, of` **Porto Sereno**.
//!
//! Knows names, adjectives of countries and the nouns for trades. Of a country one is a citizen, in a town one lives; whoever has
//! an office there is told of by it.

use crate::annotate::labels::{Relation, Upos};
use crate::annotate::{NameKind, lexicon, offices};
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::grammar::describing::{self, Described};
use crate::facts::grammar::phrase;
use crate::facts::relations::scene::Scene;
use crate::facts::relationship::Relationship;
use crate::span::{Span, Tokens};

/// Where people are from and where they live.
pub(super) fn origins(scene: Scene) -> Vec<Relationship> {
    let mut found = Vec::new();
    for mention in &scene.resolution.mentions {
        let token = scene.token_at(mention.span.start());
        if let Some(adjective) = token.filter(|token| scene.country_of_adjective(*token).is_some()) {
            found.extend(by_adjective(scene, adjective, mention.entity));
        }
    }
    for (index, name) in scene.text.names.iter().enumerate() {
        match name.kind {
            NameKind::Place => {
                if let Some(place) = scene.named(index, EntityKind::Place) {
                    found.extend(by_place(scene, name.tokens, place));
                }
            }
            NameKind::Person => found.extend(behind(scene, index)),
            _ => {}
        }
    }
    found
}

/// What one is of a place by being from there: of a country its citizen, of a town who lives there.
fn home(scene: Scene, place: EntityId) -> &'static str {
    if scene.is_country(place) { "citizen_of" } else { "lives_in" }
}

/// The **Valdoran** novelist **Mira Costa**, **Valdoran**-born **Mira Costa**.
fn by_adjective(scene: Scene, adjective: usize, country: EntityId) -> Option<Relationship> {
    born(scene, Span::new(adjective, adjective + 1), country)
        .or_else(|| of_trade(scene, adjective, adjective, country, "citizen_of"))
}

/// What the name of a place says of the person behind it.
fn by_place(scene: Scene, place: Span<Tokens>, id: EntityId) -> Option<Relationship> {
    if let Some(born) = born(scene, place, id) {
        return Some(born);
    }
    let (text, end) = (scene.text, place.end());
    let is_country = scene.is_country(id);
    // `Valdora’s` **Mira Costa**; a town’s may be of its team.
    if is_country && phrase::is_possessive_mark(text.word(end)) {
        let name = text.name_at(end + 1).filter(|name| text.names[*name].tokens.start() == end + 1)?;
        let person = scene.named(name, EntityKind::Person)?;
        let extent = Span::new(place.start(), text.names[name].tokens.end());
        let goes_on = text.tags.get(extent.end()).is_some_and(|tag| tag.upos == Upos::Noun);
        let is_office = scene.offices.of_name(name).is_some();
        return (!goes_on && !is_office).then(|| scene.stated(person, "citizen_of", id, extent));
    }
    // `U.S. novelist`, but `Valdora veteran`: a country in full says what somebody knows or was in.
    let printed = text.words(place);
    let is_short = printed.chars().all(|letter| letter.is_ascii_uppercase() || letter == '.');
    let is_town = || match lexicon::place(printed) {
        Some(listed) => listed.country.is_some(),
        None => true,
    };
    let says_home = if is_country { is_short } else { is_town() };
    let before = place.start().checked_sub(1).map_or("", |before| text.word(before));
    let is_joined = matches!(before, "in" | "-" | "–") || phrase::is_hyphen(text, end);
    let found = (says_home && !is_joined)
        .then(|| of_trade(scene, place.start(), end - 1, id, home(scene, id)))
        .flatten()?;
    let noun = describing::described(text, end - 1).map(|described| described.noun)?;
    // `Porto shooter`, `Ohio quarterback`: where a deed was done and for whom one plays.
    let lemma = text.tags[noun].lemma.to_lowercase();
    (is_country || !ELSEWHERE.contains(&lemma.as_str())).then_some(found)
}

/// Nouns that say of the town or state before them only that somebody did something there, or is of its team; sorted.
const ELSEWHERE: &[&str] = &[
    "attacker",
    "back",
    "baseman",
    "bomber",
    "catcher",
    "center",
    "coach",
    "cornerback",
    "defender",
    "defenseman",
    "end",
    "fielder",
    "fighter",
    "forward",
    "goalkeeper",
    "goaltender",
    "guard",
    "gunman",
    "hijacker",
    "kicker",
    "killer",
    "linebacker",
    "lineman",
    "midfielder",
    "murderer",
    "outfielder",
    "pitcher",
    "player",
    "protester",
    "quarterback",
    "receiver",
    "safety",
    "shooter",
    "shortstop",
    "skipper",
    "sniper",
    "star",
    "striker",
    "survivor",
    "swimmer",
    "tackle",
    "terrorist",
    "winger",
];

/// Whom a trade with a place before it is said of.
fn of_trade(
    scene: Scene,
    start: usize,
    last: usize,
    place: EntityId,
    predicate: &'static str,
) -> Option<Relationship> {
    let Described { noun, of } = describing::described(scene.text, last)?;
    if !describing::is_trade(&scene.text.tags[noun].lemma.to_lowercase()) {
        return None;
    }
    let (person, words) = person_at(scene, of)?;
    let extent = words.join(Span::new(start, noun + 1));
    Some(scene.stated(person, predicate, place, extent))
}

/// The person whom a token names or stands for.
fn person_at(scene: Scene, token: usize) -> Option<(EntityId, Span<Tokens>)> {
    if let Some(name) = scene.text.name_at(token) {
        return Some((scene.named(name, EntityKind::Person)?, scene.text.names[name].tokens));
    }
    let (person, words) = scene.participant(token, false)?;
    let first = scene.token_at(words.start())?;
    let last = scene.token_at(words.end().checked_sub(1)?)?;
    scene.is(person, EntityKind::Person).then_some((person, Span::new(first, last + 1)))
}

/// **Valdora**-`born` **Mira Costa**, the **Valdoran**-`born novelist` **Mira Costa**.
fn born(scene: Scene, place: Span<Tokens>, id: EntityId) -> Option<Relationship> {
    let (text, end) = (scene.text, place.end());
    let is_dash = phrase::is_hyphen(text, end) || matches!(text.word(end), "–" | "-");
    if !is_dash || text.word(end + 1) != "born" {
        return None;
    }
    let beside = text.name_at(end + 2).filter(|name| text.names[*name].tokens.start() == end + 2);
    let of = beside.map(|name| text.names[name].tokens.start()).or_else(|| {
        let Described { noun, of } = describing::described(text, end + 1)?;
        let lemma = text.tags[noun].lemma.to_lowercase();
        (describing::is_trade(&lemma) || offices::rank(&lemma).is_some()).then_some(of)
    })?;
    let (person, words) = person_at(scene, of)?;
    Some(scene.stated(person, "born_in", id, words.join(place)))
}

/// What stands behind the name of a person: **Leo Brandt**`, 45, of` **Porto Sereno**, **Mira Costa** `is from` **Valdora**.
fn behind(scene: Scene, index: usize) -> Option<Relationship> {
    let text = scene.text;
    let name = text.names[index].tokens;
    let person = scene.named(index, EntityKind::Person)?;
    let mut at = name.end();
    let aged = text.word(at) == "," && is_age(text.word(at + 1));
    if aged {
        at += 2;
    }
    let comma = text.word(at) == ",";
    at += usize::from(comma);
    let is = matches!(text.word(at), "is" | "was" | "comes" | "hails");
    let link = at + usize::from(is);
    match text.word(link) {
        // Kings and saints are called by what they rule and where they lived: `Elizabeth of Valdora`.
        "of" if !is && (name.len() > 1 || aged) => {}
        "from" => {}
        _ => return None,
    }
    let first = text.word(name.start());
    // `the Leo Brandt of Valdora`, `Karl V of Valdora`
    let before = name.start().checked_sub(1).map_or("", |before| text.word(before));
    let is_numeral = text.word(name.end() - 1).chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'));
    let is_likened = ["the", "a", "saint", "st."].iter().any(|word| before.eq_ignore_ascii_case(word));
    if is_numeral || is_likened || matches!(first, "Saint" | "St.") {
        return None;
    }
    let rules = offices::rank(first).is_some() || offices::stands_before_names(&first.to_lowercase());
    if rules || scene.offices.of_name(index).is_some() {
        return None;
    }
    let (place, words) = scene.place_behind(link + 1)?;
    // `saved Leo Brandt from Valdora`
    let hangs = || text.syntax.head(words.end() - 1).is_some_and(|head| name.range().contains(&head));
    let is_said = text.word(link) == "of" || is || comma || hangs();
    let is_subject = !is || text.syntax.relation(name.end() - 1) != Relation::Obj;
    (is_said && is_subject).then(|| scene.stated(person, home(scene, place), place, name.join(words)))
}

/// Whether a word is somebody’s age.
fn is_age(word: &str) -> bool {
    word.parse().is_ok_and(|age: u32| (1..120).contains(&age))
}
