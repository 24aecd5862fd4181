//! Verbs of saying in questions: `what did S tweet about X?`, `who warned that …?`, `S's warnings about X`.
//!
//! They narrow an answer to quotes that are printed with this verb. Verbs that say no more than `say`, and those of an act
//! of speech, have no row.

use crate::facts::verb_forms;
use crate::query::question::form::Form;
use crate::query::question::forms::Means;
use crate::query::question::section::Section;

/// A verb of saying, and what it is called.
struct CueVerb {
    base: &'static str,
    /// All forms that are not regular; empty where there is none.
    irregular: &'static str,
    nouns: &'static str,
}

const fn cue(base: &'static str, irregular: &'static str, nouns: &'static str) -> CueVerb {
    CueVerb { base, irregular, nouns }
}

const VERBS: &[CueVerb] = &[
    cue("tweet", "", "tweets|tweet"),
    cue("warn", "", "warnings|warning"),
    cue("admit", "admitted|admitting", "admissions|admission"),
    cue("acknowledge", "", "acknowledgements|acknowledgement"),
    cue("concede", "", "concessions"),
    cue("announce", "", "announcements|announcement"),
    cue("predict", "", "predictions|prediction"),
    cue("insist", "", ""),
    cue("argue", "", "arguments|argument"),
    cue("suggest", "", "suggestions|suggestion"),
    cue("explain", "", "explanations|explanation"),
    cue("allege", "", "allegations|allegation"),
    cue("testify", "", "testimony|testimonies"),
    cue("joke", "", "jokes|joke"),
    cue("boast", "", "boasts|boast"),
    cue("declare", "", "declarations|declaration"),
    cue("reply", "", "replies|reply"),
    cue("respond", "", "responses|response"),
    cue("recall", "", "recollections"),
    cue("reveal", "", "revelations|revelation"),
    cue("confirm", "", "confirmations"),
    cue("estimate", "", "estimates|estimate"),
    cue("recommend", "", "recommendations|recommendation"),
    cue("propose", "", "proposals|proposal"),
    cue("stress", "", ""),
    cue("emphasize", "", ""),
    cue("swear", "swore|sworn", ""),
    cue("post", "", "posts|post"),
    cue("brag", "bragged|bragging", ""),
];

/// All forms of a verb, the base form first: what a cue is printed as.
pub(in crate::query) fn inflected(base: &str) -> Vec<String> {
    let irregular = VERBS.iter().find(|verb| verb.base == base).map_or("", |verb| verb.irregular);
    verb_forms(base, &irregular.replace('|', " "))
}

/// How every verb asks; `CUE` stands for its forms and `NOUNS` for what it is called.
const VERB_FORMS: &[&str] = &[
    "what DID {speaker} [ever|also] CUE [ABOUT|against {about}]",
    "what DID {speaker} [ever|also] CUE about|on|of|against|to",
    "what IS {speaker} CUE [ABOUT|against {about}]",
    "did|has|have|does|do {speaker} [ever] CUE [anything|something] ABOUT|against {about}",
    "who [HAS] CUE [what|anything|something] ABOUT|against {about}",
    "who [HAS] CUE that {clause}",
    "[SHOW] [me] everything|anything|all [that] {speaker} [HAS] CUE [ABOUT|against {about}]",
    "when DID {speaker} CUE [anything|something] [ABOUT|against {about}]",
];
const NOUN_FORMS: &[&str] = &[
    "[SHOW] [me] [all|any|some|every|the] [the|of] [most] [LAST] NOUNS BY {speaker} [about|on|regarding|concerning|of|to|against {about}]",
    "[SHOW] [me] [all|any|some|every|the] [the|of] [most] [LAST] NOUNS about|on|regarding|concerning|of|to|against {about} [BY {speaker}]",
    "[SHOW] [me] [all|the] {speaker}'s [most] [LAST] NOUNS [about|on|regarding|concerning|of|to|against {about}]",
    "what IS {speaker}'s [most] [LAST] NOUNS [about|on|regarding|concerning|of|to|against {about}]",
];

/// The forms of all verbs.
pub(super) fn forms() -> impl Iterator<Item = Form> {
    VERBS.iter().map(|verb| {
        let cue = inflected(verb.base).join("|");
        let mut patterns: Vec<String> = VERB_FORMS.iter().map(|form| form.replace("CUE", &cue)).collect();
        if !verb.nouns.is_empty() {
            patterns.extend(NOUN_FORMS.iter().map(|form| form.replace("NOUNS", verb.nouns)));
        }
        let example = format!("what did Ana Ruiz {} about Porto?", verb.base);
        Form::new(Section::Cues, patterns, &example, &[], Means::Cue(verb.base))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_all_their_forms() {
        for (base, forms) in [
            ("warn", "warn warns warned warning"),
            ("argue", "argue argues argued arguing"),
            ("testify", "testify testifies testified testifying"),
            ("admit", "admit admits admitted admitting"),
            ("stress", "stress stresses stressed stressing"),
            ("say", "say says said saying"),
            ("tell", "tell tells told telling"),
            ("tweet", "tweet tweets tweeted tweeting"),
        ] {
            assert_eq!(inflected(base).join(" "), forms, "{base}");
        }
    }
}
