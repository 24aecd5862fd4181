//! Acts of speech in questions: `what did S promise?`, `who denied X?`, `S's criticism of X`.
//!
//! One row for each act; how acts are asked for is the same for all.

use crate::query::question::form::Form;
use crate::query::question::forms::Means;
use crate::query::question::section::Section;

/// The words for an act, as alternatives of a pattern.
struct ActWords {
    act: &'static str,
    /// Its verbs in the base form, with the preposition that they need.
    base: &'static str,
    /// The other forms in which somebody is said to do it.
    past: &'static str,
    /// What it is called; empty where the verbs alone ask for it.
    nouns: &'static str,
    /// What the verb leads to: `to sue`, `that it was closed`.
    leads_to: &'static str,
    /// What S did, who did it, and both as a noun.
    examples: [&'static str; 3],
}

const ACTS: &[ActWords] = &[
    ActWords {
        act: "promise",
        base: "promise|vow|pledge|guarantee",
        past: "promised|promises|vowed|vows|pledged|pledges|guaranteed|guarantees",
        nouns: "promises|promise|vows|vow|pledges|pledge|guarantees",
        leads_to: "[to|that]",
        examples: [
            "what did Ana Ruiz promise?",
            "who promised to rebuild the quay?",
            "promises by Ana Ruiz about Porto",
        ],
    },
    ActWords {
        act: "denial",
        base: "deny|dispute|refute",
        past: "denied|denies|disputed|disputes|refuted|refutes",
        nouns: "denials|denial",
        leads_to: "[that]",
        examples: ["what did Ana Ruiz deny?", "who denied that the quay was closed?", "denials by Ana Ruiz"],
    },
    ActWords {
        act: "threat",
        base: "threaten",
        past: "threatened|threatens",
        nouns: "threats|threat",
        leads_to: "to|that",
        examples: ["what did Ana Ruiz threaten?", "who threatened to sue?", "Ana Ruiz's threats"],
    },
    ActWords {
        act: "request",
        base: "demand|request|(ask|call|plead|appeal for)",
        past: "demanded|demands|requested|requests|(called|calls|asked|asks|pleaded|pleads|appealed|appeals for)",
        nouns: "demands|demand|requests|request|appeals|appeal|calls|call",
        leads_to: "[that|for]",
        examples: ["what did Ana Ruiz demand?", "who called for a new vote?", "Ana Ruiz's demands"],
    },
    ActWords {
        act: "question",
        base: "ask|wonder|inquire",
        past: "asked|asks|wondered|wonders|inquired|inquires",
        nouns: "questions|question",
        leads_to: "if|whether|why|how",
        examples: [
            "what did Ana Ruiz ask?",
            "who asked about Ana Ruiz?",
            "questions by Ana Ruiz about Porto",
        ],
    },
    ActWords {
        act: "refusal",
        base: "refuse|decline",
        past: "refused|refuses|declined|declines",
        nouns: "refusals|refusal",
        leads_to: "[to]",
        examples: ["what did Ana Ruiz refuse?", "who refused to comment?", "refusals by Ana Ruiz"],
    },
    ActWords {
        act: "praise",
        base: "praise|welcome|applaud|commend|hail",
        past: "",
        nouns: "praise|praises",
        leads_to: "",
        examples: ["what did Ana Ruiz praise?", "", "Ana Ruiz's praise for Porto"],
    },
    ActWords {
        act: "criticism",
        base: "criticize|criticise|condemn|denounce|slam|blast|attack|(complain about|of)",
        past: "complained|complains",
        nouns: "criticism|criticisms|complaints|complaint|condemnation|attacks",
        leads_to: "",
        examples: [
            "what did Ana Ruiz criticize?",
            "who complained about Ana Ruiz?",
            "Ana Ruiz's criticism of Porto",
        ],
    },
    ActWords {
        act: "thought",
        base: "hope|fear|expect|want|suspect|wish|worry|(hope|wish|worry for|about)",
        past: "hoped|hopes|feared|fears|expected|expects|suspected|suspects|worried|worries",
        nouns: "hopes|fears|wishes|worries|expectations",
        leads_to: "[that|to]",
        examples: ["what does Ana Ruiz fear?", "who fears that the quay will close?", "Ana Ruiz's hopes"],
    },
];

/// How every act is asked for; `BASE`, `PAST`, `NOUNS` and `LEADS` stand for its words, `MADE` for nouns of what is somebody's who makes it.
const WHAT_SOMEBODY_DID: &[&str] = &[
    "what DID {speaker} BASE [to do|say|answer] [ABOUT {about}]",
    "what DID {speaker} PAST [to do|say|answer] [ABOUT {about}]",
    "{named} PAST what [ABOUT {about}]",
    "did|has|have|does|do {speaker} [ever] BASE anything|something [ABOUT {about}]",
    "what NOUNS DID {speaker} make|made|issue|issued|have|had|ask|asked|raise|raised [ABOUT {about}]",
    "[SHOW] [me] everything|anything|all [that] {speaker} [HAS] PAST [ABOUT {about}]",
];
const WHO_DID: &[&str] = &[
    "who [HAS] PAST what|anything|something [ABOUT {about}]",
    "who [HAS] PAST ABOUT {about}",
    "who [HAS] PAST LEADS {clause}",
];
const AS_A_NOUN: &[&str] = &[
    "[SHOW] [me] [all|any|some|every|the] [most] [LAST] MADE of {named} [about|on|regarding|concerning|for|to|against|over {about}]",
    "[SHOW] [me] [all|any|some|every|the] [the|of] [most] [LAST] NOUNS BY {speaker} [about|on|regarding|concerning|of|for|to|against|over {about}]",
    "[SHOW] [me] [all|any|some|every|the] [the|of] [most] [LAST] NOUNS about|on|regarding|concerning|of|for|against|over {about} [BY {speaker}]",
    "[SHOW] [me] [all|the] {speaker}'s [most] [LAST] NOUNS [about|on|regarding|concerning|of|for|to|against|over {about}]",
    "what IS {speaker}'s [most] [LAST] NOUNS [about|on|regarding|concerning|of|for|to|against|over {about}]",
];

/// The forms of all acts.
pub(super) fn forms() -> impl Iterator<Item = Form> {
    ACTS.iter().flat_map(|words| {
        let written = |patterns: &[&str]| -> Vec<String> {
            let fits = |pattern: &&&str| {
                !(words.past.is_empty() && pattern.contains("PAST")
                    || words.leads_to.is_empty() && pattern.contains("LEADS")
                    // Criticism of somebody is not theirs, as promises are.
                    || matches!(words.act, "criticism" | "praise") && pattern.contains("MADE"))
            };
            let of_act = |pattern: &&str| {
                pattern
                    .replace("BASE", &group(words.base))
                    .replace("PAST", &group(words.past))
                    .replace("NOUNS", words.nouns)
                    .replace("MADE", words.nouns)
                    .replace("LEADS", words.leads_to)
            };
            patterns.iter().filter(fits).map(of_act).collect()
        };
        let groups = [WHAT_SOMEBODY_DID, WHO_DID, AS_A_NOUN].into_iter().zip(words.examples);
        let asked = groups.filter(|(_, example)| !example.is_empty());
        asked
            .map(move |(patterns, example)| {
                Form::new(Section::Acts, written(patterns), example, &[], Means::Act(words.act))
            })
            .collect::<Vec<_>>()
    })
}

/// Words and sequences of words as one part of a pattern: `ask|(call|ask for)` is `(ask | call|ask for)`.
fn group(words: &str) -> String {
    match words.split_once("|(") {
        Some((single, sequence)) => format!("({single} | {sequence}"),
        None => words.to_owned(),
    }
}
