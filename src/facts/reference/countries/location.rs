//! In which country the places of an article lie: where the word lists and the article agree on it.
//!
//! Knows word lists and the words of one article. A name that the lists know in one country only lies there, unless
//! the article puts it elsewhere (`Lisbon, Ohio`). A name that several countries have (Georgia, Birmingham) needs the
//! article's word: the state or country behind it, or the company of other places and of adjectives of one of them and
//! of none of the others. A far smaller namesake (Paris in Texas) is meant where its state is printed, and only there.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotate::lexicon::{IsoCode, PlaceCountry};
use crate::annotate::{Annotations, Name, lexicon};
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::reference::resolution::Resolution;
use crate::name_key::name_key;
use crate::span::Span;

/// How many words the name of a state or country behind a comma has at most: the United Arab Emirates.
const LONGEST: usize = 4;

/// What an article says of where one of its places lies.
#[derive(Default)]
struct Place {
    /// The countries in which the lists know its name.
    listed: Vec<PlaceCountry>,
    /// The countries that are printed behind it: `Birmingham, Alabama`.
    printed: BTreeSet<IsoCode>,
}

impl Place {
    /// The country that needs no further word of the article.
    fn certain(&self) -> Option<IsoCode> {
        let mut printed = self.printed.iter().copied();
        match (&self.listed[..], printed.next(), printed.next()) {
            ([only], None, _) => Some(only.country),
            (listed, Some(said), None) => listed.iter().any(|one| one.country == said).then_some(said),
            _ => None,
        }
    }

    /// Whether other places and adjectives may tell.
    fn is_open(&self) -> bool {
        self.listed.len() > 1 && self.printed.is_empty()
    }
}

/// Says of each place in which country it lies, if anything tells.
pub(crate) fn locate(text: &Annotations, resolution: &mut Resolution) {
    let places = places(text, resolution);
    let mut company: BTreeSet<IsoCode> = BTreeSet::new();
    if places.values().any(Place::is_open) {
        company.extend(places.values().filter_map(Place::certain).chain(adjectives(text)));
    }
    for (entity, place) in places {
        let country = if place.is_open() { accompanied(&place.listed, &company) } else { place.certain() };
        resolution.entities[entity.index()].country = country.map(|country| country.as_str().to_owned());
    }
}

fn places(text: &Annotations, resolution: &Resolution) -> BTreeMap<EntityId, Place> {
    let mut places: BTreeMap<EntityId, Place> = BTreeMap::new();
    for (name, entity) in text.names.iter().zip(&resolution.of_name) {
        let Some(entity) = *entity else { continue };
        if resolution.entities[entity.index()].kind != EntityKind::Place {
            continue;
        }
        let printed = text.words(name.tokens);
        let place = places.entry(entity).or_default();
        if place.listed.is_empty() {
            place.listed = lexicon::countries_of_place(printed);
        }
        // Behind a state or a country stands the next one of a list, not where it lies.
        if lexicon::country_of_region(printed).is_none() && lexicon::country(printed).is_none() {
            place.printed.extend(country_behind(text, name));
        }
    }
    places
}

/// The country of the state or country that is printed behind a town: `Paris, Texas`, `Paris (France)`.
fn country_behind(text: &Annotations, name: &Name) -> Option<IsoCode> {
    let mark = name.tokens.end();
    if !matches!(text.word(mark), "," | "(") {
        return None;
    }
    let last = text.document.tokens.len().min(mark + 1 + LONGEST);
    (mark + 2..=last).rev().find_map(|end| {
        let words = text.words(Span::new(mark + 1, end));
        let is_name = words.starts_with(char::is_uppercase);
        let country = || lexicon::country(words).map(|country| country.iso2);
        is_name.then(|| lexicon::country_of_region(words).or_else(country)).flatten()
    })
}

/// The countries whose adjectives the article uses. The plural may mean the people of a state.
fn adjectives(text: &Annotations) -> Vec<IsoCode> {
    let tokens = text.document.tokens.iter();
    let words = tokens.map(|token| token.span.slice(&text.article.body));
    let words: BTreeSet<String> = words
        .filter(|word| word.starts_with(char::is_uppercase) && !word.ends_with('s'))
        .map(name_key)
        .collect();
    words.iter().filter_map(|word| lexicon::demonym(word)).map(|country| country.iso2).collect()
}

/// The only one of several countries that the article's other places lie in; a minor place is not meant by company.
fn accompanied(listed: &[PlaceCountry], company: &BTreeSet<IsoCode>) -> Option<IsoCode> {
    let major = listed.iter().filter(|one| !one.is_minor).map(|one| one.country);
    let mut found = major.filter(|country| company.contains(country));
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use crate::annotate::given;
    use crate::article::Article;
    use crate::facts::entity::EntityKind;
    use crate::facts::offices::Offices;
    use crate::facts::reference::resolve;

    /// The country of the place of this name in a text; `-` for none, and nothing where there is no such place.
    fn country_of(name: &str, body: &str) -> Option<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let resolution = resolve(&given::annotations(&article), &Offices::default(), &[], given::untrained());
        let is_it =
            |entity: &&crate::facts::entity::Entity| entity.kind == EntityKind::Place && entity.name == name;
        let place = resolution.entities.iter().find(is_it)?;
        Some(place.country.clone().unwrap_or_else(|| "-".to_owned()))
    }

    #[test]
    fn lists_and_article_agree_on_the_country_of_a_place() {
        for (name, body, country) in [
            ("Lisbon", "Ana Ruiz flew to Lisbon on Monday.", "PT"),
            ("Lisbon", "Ana Ruiz lives in Lisbon, Ohio, with her sister.", "-"),
            ("Georgia", "Ana Ruiz flew to Georgia on Monday.", "-"),
            ("Georgia", "Ana Ruiz flew from Moscow to Georgia. Russian troops had left Tbilisi.", "GE"),
            ("Georgia", "Ana Ruiz won in Georgia, Florida and Alabama, and lost in Ohio.", "US"),
            ("Georgia", "Ana Ruiz met officials from Ohio in Georgia. Leo Brandt stayed in Tbilisi.", "-"),
            ("Paris", "Ana Ruiz moved to Paris, Texas, last year.", "US"),
            ("Paris", "Ana Ruiz moved to Paris last year. The French minister was glad.", "FR"),
            ("Paris", "Ana Ruiz moved to Paris last year.", "-"),
            ("Paris", "Ana Ruiz moved from Ohio to Paris last year.", "-"),
            ("Paris", "Ana Ruiz moved from Ohio to Paris last year and learned French.", "FR"),
            ("Cambridge", "Ana Ruiz taught in Cambridge, Massachusetts.", "US"),
            ("Cambridge", "Ana Ruiz left Cambridge for London. The British press was glad.", "GB"),
            ("Birmingham", "Ana Ruiz spoke in Birmingham on Monday.", "-"),
            ("Birmingham", "Ana Ruiz spoke in Birmingham, Ala., on Monday.", "US"),
            ("Paris", "Ana Ruiz left Paris, Texas, and went to Paris, France.", "-"),
        ] {
            assert_eq!(country_of(name, body).as_deref(), Some(country), "{name}: {body}");
        }
    }
}
