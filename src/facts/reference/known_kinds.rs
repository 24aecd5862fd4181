//! Organizations that everybody knows and whose names do not say what they are: broadcasters, papers, agencies, armed groups.
//!
//! A table of facts; folded names.

use crate::facts::entity::OrganizationKind::{self, Agency, ArmedGroup, Medium};

/// Media, without those whose last word tells it (`Times`, `News`).
const MEDIA: &[&str] = &[
    "abc",
    "afp",
    "agence france presse",
    "al arabiya",
    "al jazeera",
    "anadolu",
    "ap",
    "associated press",
    "atlantic",
    "axios",
    "bbc",
    "bloomberg",
    "breitbart",
    "buzzfeed",
    "c span",
    "cbs",
    "cnbc",
    "cnn",
    "daily beast",
    "daily caller",
    "daily mail",
    "daily mirror",
    "daily telegraph",
    "der spiegel",
    "economist",
    "espn",
    "fox",
    "fox business",
    "fox business network",
    "guardian",
    "haaretz",
    "huffington post",
    "huffpost",
    "interfax",
    "jerusalem post",
    "kyodo",
    "le monde",
    "msnbc",
    "nbc",
    "new york post",
    "new yorker",
    "newsmax",
    "newsmax tv",
    "newsweek",
    "npr",
    "pbs",
    "politico",
    "press tv",
    "propublica",
    "reuters",
    "rolling stone",
    "telemundo",
    "univision",
    "upi",
    "usa today",
    "vanity fair",
    "voice of america",
    "vox",
    "washington examiner",
    "washington post",
    "weekly standard",
    "xinhua",
];

/// Armed groups.
const ARMED_GROUPS: &[&str] = &[
    "al qaeda",
    "al qaida",
    "al shabaab",
    "al shabab",
    "boko haram",
    "farc",
    "hamas",
    "hezbollah",
    "hizbollah",
    "houthis",
    "isis",
    "islamic state",
    "peshmerga",
    "pkk",
    "taleban",
    "taliban",
    "ypg",
];

/// Agencies that are called by their letters.
const AGENCIES: &[&str] = &[
    "cdc",
    "cia",
    "darpa",
    "dea",
    "dhs",
    "doj",
    "epa",
    "faa",
    "fbi",
    "fcc",
    "fda",
    "fec",
    "fema",
    "ftc",
    "gchq",
    "hhs",
    "hud",
    "irs",
    "mi5",
    "mi6",
    "mossad",
    "nasa",
    "nih",
    "nsa",
    "osha",
    "pentagon",
    "sec",
    "state department",
    "tsa",
    "usaid",
];

/// What an organization is by its folded name.
pub(super) fn of(key: &str) -> Option<OrganizationKind> {
    let key = key.strip_prefix("the ").unwrap_or(key);
    let is_in = |names: &[&str]| names.binary_search(&key).is_ok();
    match () {
        () if is_in(MEDIA) => Some(Medium),
        () if is_in(ARMED_GROUPS) => Some(ArmedGroup),
        () if is_in(AGENCIES) => Some(Agency),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_found() {
        assert!([MEDIA, ARMED_GROUPS, AGENCIES].iter().all(|names| names.is_sorted()));
        assert_eq!(of("the guardian"), Some(Medium));
        assert_eq!(of("northwind"), None);
    }
}
