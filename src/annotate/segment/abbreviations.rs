//! Words that carry a full stop of their own.
//!
//! Knows the closed lists. Whether a sentence ends after one is decided elsewhere.

/// What usually follows an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    /// A name or number that belongs to it (`Mr. Hall`, `No. 7`): no sentence ends here.
    Name,
    /// Anything; a sentence may end here (`Inc.`, `etc.`, `a.m.`).
    Anything,
}

/// Titles, ranks and other words that stand before a name or number, without the full stop.
const BEFORE_NAMES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Rev", "Hon", "Fr", "Sr", "Messrs", "Mme", "Mlle", "Gen", "Lt",
    "Col", "Maj", "Capt", "Cpt", "Cmdr", "Cdr", "Adm", "Sgt", "Cpl", "Pvt", "Brig", "Gov", "Sen", "Sens",
    "Rep", "Reps", "Pres", "Amb", "Supt", "Det", "Insp", "Msgr", "St", "Ste", "Mt", "Ft", "Pte", "Atty",
    "Asst", "Dist", "Fig", "Figs", "Vol", "Art", "Sec", "pp", "vs", "v", "cf", "approx", "e.g", "i.e",
    "Bros",
];

/// The same, but only where a digit follows.
const BEFORE_NUMBERS: &[&str] = &["No", "Nos", "no", "nos", "p", "c", "ca", "para", "ch"];

/// Abbreviations that may stand anywhere, without the full stop.
const ANYWHERE: &[&str] = &[
    "Inc", "Corp", "Co", "Cos", "Ltd", "Llc", "Plc", "plc", "Jr", "Esq", "etc", "al", "est", "dept", "Dept",
    "Univ", "Assn", "Ave", "Blvd", "Rd", "Jan", "Feb", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Mon",
    "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Ala", "Ariz", "Ark", "Calif", "Colo",
    "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mass", "Mich", "Minn", "Miss", "Mo",
    "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Tenn", "Tex", "Vt", "Va", "Wash", "Wis", "Wyo", "Ont", "Que",
    "Alta", "mph", "hr", "hrs", "min", "mins", "lb", "lbs", "oz", "sq", "ft", "yr", "yrs", "ed", "eds",
    "rev", "repr", "resp",
];

/// What follows `word` (without its full stop) when it is a known abbreviation; `number_next` says whether a
/// digit stands behind the full stop.
pub(crate) fn lookup(word: &str, number_next: bool) -> Option<Follows> {
    if BEFORE_NAMES.contains(&word) {
        return Some(Follows::Name);
    }
    if number_next && BEFORE_NUMBERS.contains(&word) {
        return Some(Follows::Name);
    }
    if ANYWHERE.contains(&word) || is_dotted(word) {
        return Some(Follows::Anything);
    }
    None
}

/// Whether `word` is single letters with full stops between them: `U.S`, `a.m`, `Ph.D`.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && part.chars().count() <= 2
        })
}
