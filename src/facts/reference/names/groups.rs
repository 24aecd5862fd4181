//! Words for groups of people, which are no entities: believers, peoples, those who live in a state or a city.
//!
//! Knows words only. What an article itself derives from its places is for `countries::demonyms`.

use crate::annotate::lexicon;
use crate::facts::reference::party_words;

/// Believers and peoples without a country, folded.
const GROUPS: &[&str] = &[
    "arabs",
    "asians",
    "blacks",
    "buddhists",
    "catholics",
    "christians",
    "evangelicals",
    "hindus",
    "hispanics",
    "islamists",
    "jews",
    "kurds",
    "latinos",
    "mormons",
    "muslims",
    "nazis",
    "protestants",
    "shiites",
    "sikhs",
    "sunnis",
    "whites",
];

/// One who lives in a state or a city, folded; `s` makes more of them.
const INHABITANTS: &[&str] = &[
    "alabamian",
    "alaskan",
    "angeleno",
    "arizonan",
    "arkansan",
    "berliner",
    "bostonian",
    "brooklynite",
    "californian",
    "chicagoan",
    "coloradan",
    "delawarean",
    "floridian",
    "glaswegian",
    "hawaiian",
    "hoosier",
    "houstonian",
    "idahoan",
    "illinoisan",
    "iowan",
    "kansan",
    "kentuckian",
    "liverpudlian",
    "londoner",
    "louisianan",
    "louisianian",
    "mainer",
    "mancunian",
    "manhattanite",
    "marylander",
    "michigander",
    "minnesotan",
    "mississippian",
    "missourian",
    "montanan",
    "muscovite",
    "nebraskan",
    "nevadan",
    "new englander",
    "new jerseyan",
    "new mexican",
    "new yorker",
    "north carolinian",
    "north dakotan",
    "ohioan",
    "oklahoman",
    "ontarian",
    "oregonian",
    "parisian",
    "pennsylvanian",
    "philadelphian",
    "quebecer",
    "rhode islander",
    "south carolinian",
    "south dakotan",
    "southerner",
    "tennessean",
    "texan",
    "torontonian",
    "utahn",
    "vermonter",
    "virginian",
    "washingtonian",
    "west virginian",
    "wisconsinite",
    "wyomingite",
];

/// Whether a word, folded, names a group of people, or one of those who live somewhere: the Valdorans, Republicans, a Texan.
pub(super) fn is_group(key: &str) -> bool {
    GROUPS.contains(&key)
        || party_words::is_group(key)
        || INHABITANTS.contains(&key.strip_suffix('s').unwrap_or(key))
        || key.ends_with('s') && lexicon::demonym(key).is_some() && lexicon::country(key).is_none()
}
