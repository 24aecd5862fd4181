//! Word lists: given names, surnames, places, countries and who belongs to them, organizations.
//!
//! Knows what the lists in `model/lexicon` say of a name, whatever its case, accents and full
//! stops ([`name_key`]). Never decides what a name in a text is: many places are also surnames.
//! The lists are compiled into finite-state maps by `build.rs` and read where they lie in the
//! binary.

use std::sync::LazyLock;

use fst::{IntoStreamer, Map, Streamer};

use crate::name_key::name_key;

/// What is known of a given name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct GivenName {
    /// The share of women among its bearers, from 0 to 1; near 0.5 the name says nothing.
    pub female: f32,
    /// How many bearers were counted.
    pub count: u32,
}

/// What is known of a place name; of several places with one name the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListedPlace {
    /// The country that it is or lies in; none for seas and continents.
    pub country: Option<IsoCode>,
    /// Whether the name is that of a country.
    pub is_country: bool,
    /// How many people live there; 0 if the lists do not say.
    pub population: u64,
}

/// A country in which there is a place of some name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlaceCountry {
    /// Which.
    pub country: IsoCode,
    /// Whether the place there has less than a twentieth of the people of the largest of the name.
    pub is_minor: bool,
}

/// A country or territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Country {
    /// Its ISO 3166-1 alpha-2 code.
    pub iso2: IsoCode,
    /// The short English name.
    pub name: &'static str,
}

/// An ISO 3166-1 alpha-2 code in capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct IsoCode([u8; 2]);

impl IsoCode {
    /// The two letters.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn from_bits(bits: u64) -> Option<Self> {
        (bits != 0).then_some(IsoCode([(bits >> 8) as u8, bits as u8]))
    }
}

impl std::fmt::Debug for IsoCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

type List = LazyLock<Map<&'static [u8]>>;

/// Declares a map that `build.rs` has written.
macro_rules! list {
    ($name:ident, $file:literal) => {
        static $name: List =
            LazyLock::new(|| open(include_bytes!(concat!(env!("OUT_DIR"), "/", $file, ".fst"))));
    };
}

list!(GIVEN_NAMES, "given_names");
list!(SURNAMES, "surnames");
list!(NICKNAMES, "nicknames");
list!(PEOPLE, "people");
list!(ORGANIZATIONS, "organizations");
list!(COUNTRIES, "countries");
list!(DEMONYMS, "demonyms");
list!(PLACES, "places");
list!(REGIONS, "regions");
list!(SHARED_NAMES, "shared_names");

/// The names of all countries, one behind the other; the maps hold offsets into it.
static COUNTRY_NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/country_names.txt"));

/// Reads the head of a map; an empty one stands in for bytes that are no map, which the tests rule out.
fn open(bytes: &'static [u8]) -> Map<&'static [u8]> {
    Map::new(bytes).unwrap_or_else(|_| open(EMPTY))
}

/// A finite-state map without keys, as the `fst` crate writes it.
const EMPTY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/empty.fst"));

/// Who bears `name` as a given name; `None` if it is not known as one.
pub(crate) fn given_name(name: &str) -> Option<GivenName> {
    let value = GIVEN_NAMES.get(name_key(name))?;
    let count = u32::try_from(value >> 10).unwrap_or(u32::MAX);
    Some(GivenName { female: (value & 0x3FF) as f32 / 1000.0, count })
}

/// Whether `name` is one of the 20,000 most frequent surnames of the United States.
pub(crate) fn is_surname(name: &str) -> bool {
    SURNAMES.contains_key(name_key(name))
}

/// About how many Americans bear `name` as their surname; 0 if it is not among the 20,000 most frequent.
///
/// The list holds ranks alone. After Zipf's law their bearers fall with the rank; the numerator fits the 1990 census
/// within a factor of two.
pub(crate) fn surname_bearers(name: &str) -> u32 {
    const MOST: u64 = 25_000_000;
    SURNAMES.get(name_key(name)).map_or(0, |rank| u32::try_from(MOST / (rank + 10)).unwrap_or(u32::MAX))
}

/// The given names that `nickname` is short for, in alphabetic order and lower case; most often one or none.
pub(crate) fn nickname(nickname: &str) -> Vec<String> {
    let start = name_key(nickname) + "\t";
    let mut keys = NICKNAMES.range().ge(&start).into_stream();
    let mut names = Vec::new();
    while let Some((key, _)) = keys.next() {
        match key.strip_prefix(start.as_bytes()) {
            Some(name) => names.push(String::from_utf8_lossy(name).into_owned()),
            None => break,
        }
    }
    names
}

/// What is known of the place `name`, which may have several words.
pub(crate) fn place(name: &str) -> Option<ListedPlace> {
    place_by_key(&name_key(name))
}

/// The country that `name` means: by its name, an older or official one, or an abbreviation (`UK`, `U.S.`).
pub(crate) fn country(name: &str) -> Option<Country> {
    COUNTRIES.get(name_key(name)).map(unpack_country)
}

/// The country that the state or province `name` lies in, which may be abbreviated: `Ontario`, `Tex.`
pub(crate) fn country_of_region(name: &str) -> Option<IsoCode> {
    REGIONS.get(name_key(name)).and_then(IsoCode::from_bits)
}

/// The countries in which the lists know a place of this name; none for unknown names, for seas and continents.
pub(crate) fn countries_of_place(name: &str) -> Vec<PlaceCountry> {
    // As `shared_names` in `build.rs` packs them.
    const MINOR: u64 = 1 << 15;
    let key = name_key(name);
    if let Some(packed) = SHARED_NAMES.get(&key) {
        let codes = (0..4).map(|place| packed >> (16 * place) & 0xFFFF);
        let unpack = |code: u64| {
            IsoCode::from_bits(code & !MINOR)
                .map(|country| PlaceCountry { country, is_minor: code & MINOR != 0 })
        };
        return codes.filter_map(unpack).collect();
    }
    let country = COUNTRIES.get(&key).map(|value| unpack_country(value).iso2);
    let country = country.or_else(|| place_by_key(&key)?.country);
    country.into_iter().map(|country| PlaceCountry { country, is_minor: false }).collect()
}

/// The country whose people or things `word` means: `Israeli`, `Swedes`, `British`.
pub(crate) fn demonym(word: &str) -> Option<Country> {
    DEMONYMS.get(name_key(word)).map(unpack_country)
}

/// Whether `name` is the full name of an office holder in the lists.
pub(crate) fn is_person(name: &str) -> bool {
    PEOPLE.contains_key(name_key(name))
}

/// Whether `name` is that of an organization in the lists.
pub(crate) fn is_organization(name: &str) -> bool {
    ORGANIZATIONS.contains_key(name_key(name))
}

fn place_by_key(key: &str) -> Option<ListedPlace> {
    let value = PLACES.get(key)?;
    Some(ListedPlace {
        country: IsoCode::from_bits(value & 0xFFFF),
        is_country: value >> 16 & 1 == 1,
        population: value >> 17,
    })
}

/// Reads what `pack_country` in `build.rs` wrote.
fn unpack_country(value: u64) -> Country {
    let (offset, len) = ((value >> 8 & 0xFF_FFFF) as usize, (value & 0xFF) as usize);
    Country {
        iso2: IsoCode([(value >> 40) as u8, (value >> 32) as u8]),
        name: COUNTRY_NAMES.get(offset..offset + len).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_can_be_read() {
        let lists =
            [&GIVEN_NAMES, &SURNAMES, &NICKNAMES, &PEOPLE, &ORGANIZATIONS, &COUNTRIES, &DEMONYMS, &PLACES];
        for list in lists {
            assert!(list.len() > 200, "{}", list.len());
        }
    }

    #[test]
    fn fewer_bear_a_rarer_surname() {
        assert!(surname_bearers("Smith") > surname_bearers("wilson"));
        assert!(surname_bearers("wilson") > 100_000);
        assert_eq!(surname_bearers("Qqxz"), 0);
    }

    #[test]
    fn given_names_tell_women_from_men() {
        assert!(given_name("Maria").is_some_and(|name| name.female > 0.9));
        assert!(given_name("JOHN").is_some_and(|name| name.female < 0.1 && name.count > 1_000_000));
        assert_eq!(given_name("Qqxz"), None);
    }

    #[test]
    fn countries_by_any_name() {
        for (name, iso2) in [
            ("U.S.", "US"),
            ("USA", "US"),
            ("the United States", "US"),
            ("UK", "GB"),
            ("Britain", "GB"),
            ("Ivory Coast", "CI"),
            ("Côte d'Ivoire", "CI"),
            ("Burma", "MM"),
            ("TURKEY", "TR"),
        ] {
            assert_eq!(
                country(name).map(|country| country.iso2.as_str().to_owned()).as_deref(),
                Some(iso2),
                "{name}"
            );
        }
        assert_eq!(country("Atlantis"), None);
    }

    #[test]
    fn demonyms_in_singular_and_plural() {
        for (word, name) in [
            ("Israeli", "Israel"),
            ("Israelis", "Israel"),
            ("British", "United Kingdom"),
            ("Swedes", "Sweden"),
            ("Dutch", "Netherlands"),
            ("Frenchmen", "France"),
            ("French", "France"),
            ("Indians", "India"),
            ("Americans", "United States"),
            ("Chinese", "China"),
        ] {
            assert_eq!(demonym(word).map(|country| country.name), Some(name), "{word}");
        }
        assert_eq!(demonym("table"), None);
    }

    #[test]
    fn places_of_several_words() {
        let place_of = |name| {
            place(name).map(|place| (place.country.map(|iso| iso.as_str().to_owned()), place.is_country))
        };
        assert_eq!(place_of("New York City"), Some((Some("US".into()), false)));
        assert_eq!(place_of("Saudi Arabia"), Some((Some("SA".into()), true)));
        assert_eq!(place_of("Black Sea"), Some((None, false)));
        assert!(place("London").is_some_and(|place| place.population > 5_000_000));
        assert_eq!(place("Nowhereville"), None);
    }

    #[test]
    fn a_shared_name_has_several_countries() {
        let written = |one: &PlaceCountry| {
            format!("{}{}", one.country.as_str(), if one.is_minor { " (minor)" } else { "" })
        };
        let countries = |name| countries_of_place(name).iter().map(written).collect::<Vec<_>>().join(", ");
        for (name, expected) in [
            ("Georgia", "GE, US"),
            ("Birmingham", "GB, US"),
            ("Lisbon", "PT"),
            ("Paris", "FR, US (minor)"),
            ("Lebanon", "LB"),
            ("U.K.", "GB"),
            ("Black Sea", ""),
            ("Nowhereville", ""),
        ] {
            assert_eq!(countries(name), expected, "{name}");
        }
        assert_eq!(country_of_region("Ala.").map(|iso| iso.as_str().to_owned()), Some("US".to_owned()));
        assert_eq!(country_of_region("France"), None);
    }

    #[test]
    fn nicknames_give_full_names() {
        assert!(nickname("Bill").contains(&"william".to_owned()));
        assert!(nickname("zzz").is_empty());
    }
}
