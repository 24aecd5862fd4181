//! The words that signal reported speech, writing and thought, and what kind of act each is.
//!
//! One row per cue. Verbs were chosen from those that news annotators mark as cues and that stand for an
//! attribution more often than not in the frame given (counted over the train part of PolNeAR, Newell and
//! others 2018); the act is our own reading of the word.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Act;
use super::inflect::{VerbForm, inflect};

/// A verb that signals an attribution.
#[derive(Debug)]
pub(crate) struct Cue {
    /// Dictionary form.
    pub(crate) lemma: &'static str,
    /// Forms that the spelling rules do not give, separated by spaces.
    irregular: &'static str,
    /// Words that must follow and belong to the cue: `out` of `point out`; empty for most.
    pub(crate) particle: &'static str,
    /// What kind of act it is.
    pub(crate) act: Act,
    /// What its content may look like: a sum of the constants in [`takes`].
    takes: u16,
}

impl Cue {
    /// Whether the content may have the form `frame`, one of the constants in [`takes`].
    pub(crate) fn takes(&self, frame: u16) -> bool {
        self.takes & frame != 0
    }
}

/// What the content of a cue may look like.
pub(crate) mod takes {
    /// Words in quotation marks, before or behind.
    pub(crate) const QUOTE: u16 = 1;
    /// A clause with `that`: she argued that …
    pub(crate) const THAT: u16 = 2;
    /// A clause without `that`: she said he was …
    pub(crate) const CLAUSE: u16 = 4;
    /// A sentence that it follows or breaks: …, she said.
    pub(crate) const TRAIL: u16 = 8;
    /// A noun phrase: she praised the plan.
    pub(crate) const OBJECT: u16 = 16;
    /// An infinitive: she promised to …
    pub(crate) const INFINITIVE: u16 = 32;
    /// A noun phrase and an infinitive: she urged him to …
    pub(crate) const OBJECT_INFINITIVE: u16 = 64;
    /// A question: she asked whether …
    pub(crate) const QUESTION: u16 = 128;
    /// A noun phrase that is the one addressed, before the clause: she told him that …
    pub(crate) const ADDRESSEE: u16 = 256;
    /// A noun phrase behind `about`, `of`, `on`, `for`, `against`: she complained about …
    pub(crate) const ABOUT: u16 = 512;
    /// What speech verbs take.
    pub(crate) const SPEECH: u16 = QUOTE | THAT | CLAUSE | TRAIL;
}

use takes::*;

/// One row of the table.
const fn cue(
    lemma: &'static str,
    irregular: &'static str,
    particle: &'static str,
    act: Act,
    takes: u16,
) -> Cue {
    Cue { lemma, irregular, particle, act, takes }
}

/// What a verb is that is in no row: a statement, in no frame of its own.
pub(crate) static UNLISTED: Cue = cue("", "", "", Act::Statement, 0);

/// All verbs, sorted by act.
pub(crate) const CUES: &[Cue] = &[
    // Statements.
    cue("say", "said", "", Act::Statement, SPEECH),
    cue("tell", "told", "", Act::Statement, SPEECH | ADDRESSEE | OBJECT_INFINITIVE),
    cue("add", "", "", Act::Statement, SPEECH),
    cue("write", "wrote written", "", Act::Statement, SPEECH),
    cue("note", "", "", Act::Statement, SPEECH),
    cue("report", "", "", Act::Statement, SPEECH),
    cue("announce", "", "", Act::Statement, SPEECH | OBJECT),
    cue("suggest", "", "", Act::Statement, SPEECH),
    cue("tweet", "", "", Act::Statement, SPEECH),
    cue("post", "", "", Act::Statement, QUOTE | THAT),
    cue("describe", "", "", Act::Statement, OBJECT | QUOTE),
    cue("argue", "", "", Act::Statement, SPEECH),
    cue("continue", "", "", Act::Statement, QUOTE),
    cue("explain", "", "", Act::Statement, SPEECH | QUESTION | OBJECT),
    cue("acknowledge", "", "", Act::Statement, SPEECH | OBJECT),
    cue("declare", "", "", Act::Statement, SPEECH),
    cue("conclude", "", "", Act::Statement, SPEECH),
    cue("claim", "", "", Act::Statement, SPEECH | INFINITIVE),
    cue("respond", "", "", Act::Statement, QUOTE | THAT | TRAIL),
    cue("reply", "", "", Act::Statement, QUOTE | THAT | TRAIL),
    cue("answer", "", "", Act::Statement, QUOTE | THAT),
    cue("agree", "", "", Act::Statement, QUOTE | THAT),
    cue("state", "", "", Act::Statement, SPEECH),
    cue("reveal", "", "", Act::Statement, SPEECH),
    cue("predict", "", "", Act::Statement, SPEECH | OBJECT),
    cue("insist", "", "", Act::Statement, SPEECH),
    cue("point", "", "out", Act::Statement, SPEECH),
    cue("admit", "admitted admitting", "", Act::Statement, SPEECH | INFINITIVE),
    cue("indicate", "", "", Act::Statement, SPEECH),
    cue("confirm", "", "", Act::Statement, SPEECH),
    cue("assert", "", "", Act::Statement, SPEECH),
    cue("concede", "", "", Act::Statement, SPEECH),
    cue("recall", "", "", Act::Statement, SPEECH | OBJECT),
    cue("stress", "", "", Act::Statement, SPEECH | OBJECT),
    cue("emphasize", "", "", Act::Statement, SPEECH | OBJECT),
    cue("emphasise", "", "", Act::Statement, SPEECH | OBJECT),
    cue("underline", "", "", Act::Statement, THAT | QUOTE | OBJECT),
    cue("underscore", "", "", Act::Statement, THAT | QUOTE),
    cue("highlight", "", "", Act::Statement, THAT | OBJECT),
    cue("reiterate", "", "", Act::Statement, SPEECH | OBJECT),
    cue("repeat", "", "", Act::Statement, QUOTE | THAT),
    cue("joke", "", "", Act::Statement, SPEECH),
    cue("put", "put putting", "it", Act::Statement, QUOTE | TRAIL),
    cue("boast", "", "", Act::Statement, QUOTE | THAT),
    cue("brag", "bragged bragging", "", Act::Statement, QUOTE | THAT),
    cue("scold", "", "", Act::Criticism, QUOTE),
    cue("sing", "sang sung", "", Act::Statement, QUOTE),
    cue("type", "", "", Act::Statement, QUOTE),
    cue("scream", "", "", Act::Statement, QUOTE),
    cue("cry", "", "", Act::Statement, QUOTE),
    cue("reason", "", "", Act::Statement, QUOTE | THAT),
    cue("interject", "", "", Act::Statement, QUOTE),
    cue("marvel", "", "", Act::Statement, QUOTE | THAT),
    cue("gush", "", "", Act::Praise, QUOTE),
    cue("quip", "quipped quipping", "", Act::Statement, SPEECH),
    cue("remark", "", "", Act::Statement, SPEECH),
    cue("observe", "", "", Act::Statement, QUOTE | THAT | TRAIL),
    cue("mention", "", "", Act::Statement, THAT | OBJECT),
    cue("testify", "", "", Act::Statement, SPEECH),
    cue("maintain", "", "", Act::Statement, THAT | QUOTE | TRAIL),
    cue("contend", "", "", Act::Statement, SPEECH),
    cue("allege", "", "", Act::Statement, SPEECH),
    cue("affirm", "", "", Act::Statement, SPEECH),
    cue("estimate", "", "", Act::Statement, THAT | CLAUSE | TRAIL),
    cue("caution", "", "", Act::Statement, SPEECH | ADDRESSEE),
    cue("warn", "", "", Act::Statement, SPEECH | ADDRESSEE | ABOUT),
    cue("remind", "", "", Act::Statement, THAT | QUOTE | ADDRESSEE),
    cue("assure", "", "", Act::Statement, THAT | CLAUSE | QUOTE | ADDRESSEE),
    cue("inform", "", "", Act::Statement, THAT | ADDRESSEE),
    cue("notify", "", "", Act::Statement, THAT | ADDRESSEE),
    cue("advise", "", "", Act::Statement, QUOTE | THAT | ADDRESSEE | OBJECT_INFINITIVE),
    cue("disclose", "", "", Act::Statement, THAT | OBJECT),
    cue("cite", "", "", Act::Statement, OBJECT | QUOTE),
    cue("quote", "", "", Act::Statement, QUOTE),
    cue("read", "", "", Act::Statement, QUOTE),
    cue("shout", "", "", Act::Statement, QUOTE),
    cue("chant", "", "", Act::Statement, QUOTE),
    cue("yell", "", "", Act::Statement, QUOTE),
    cue("whisper", "", "", Act::Statement, QUOTE),
    cue("exclaim", "", "", Act::Statement, QUOTE),
    cue("recount", "", "", Act::Statement, QUOTE | THAT | OBJECT),
    cue("opine", "", "", Act::Statement, SPEECH),
    cue("retort", "", "", Act::Statement, QUOTE),
    cue("counter", "", "", Act::Statement, QUOTE | THAT),
    cue("summarize", "", "", Act::Statement, QUOTE),
    cue("speculate", "", "", Act::Statement, THAT | QUOTE),
    cue("imply", "", "", Act::Statement, THAT),
    cue("hint", "", "", Act::Statement, THAT),
    cue("signal", "", "", Act::Statement, THAT),
    cue("show", "shown", "", Act::Statement, THAT),
    cue("find", "found", "", Act::Statement, THAT),
    cue("clarify", "", "", Act::Statement, THAT | QUOTE),
    cue("elaborate", "", "", Act::Statement, QUOTE),
    cue("muse", "", "", Act::Statement, QUOTE),
    cue("echo", "", "", Act::Statement, QUOTE),
    cue("call", "", "", Act::Statement, QUOTE | OBJECT),
    cue("dub", "dubbed dubbing", "", Act::Statement, QUOTE),
    cue("label", "labelled labelling labeled labeling", "", Act::Statement, QUOTE),
    cue("speak", "spoke spoken", "of", Act::Statement, QUOTE | OBJECT),
    cue("speak", "spoke spoken", "about", Act::Statement, OBJECT),
    cue("talk", "", "about", Act::Statement, OBJECT),
    cue("refer", "referred referring", "to", Act::Statement, OBJECT),
    cue("discuss", "", "", Act::Statement, OBJECT),
    cue("make", "made making", "it clear", Act::Statement, THAT | QUOTE),
    cue("make", "made making", "clear", Act::Statement, THAT | QUOTE),
    cue("raise", "", "concern about", Act::Statement, OBJECT),
    cue("raise", "", "concerns about", Act::Statement, OBJECT),
    cue("raise", "", "strong concern about", Act::Statement, OBJECT),
    cue("express", "", "", Act::Statement, OBJECT),
    cue("voice", "", "", Act::Statement, OBJECT),
    cue("propose", "", "", Act::Statement, OBJECT | THAT),
    // Denials.
    cue("deny", "", "", Act::Denial, QUOTE | THAT | OBJECT | TRAIL),
    cue("dispute", "", "", Act::Denial, THAT | OBJECT),
    cue("dismiss", "", "", Act::Denial, OBJECT | QUOTE),
    cue("rebut", "rebutted rebutting", "", Act::Denial, OBJECT),
    cue("refute", "", "", Act::Denial, OBJECT),
    // Questions.
    cue("ask", "", "", Act::Question, QUOTE | QUESTION | OBJECT_INFINITIVE | ADDRESSEE | TRAIL),
    cue("wonder", "", "", Act::Question, QUOTE | QUESTION | TRAIL),
    cue("inquire", "", "", Act::Question, QUOTE | QUESTION),
    cue("question", "", "", Act::Question, QUESTION | OBJECT),
    // Requests.
    cue("urge", "", "", Act::Request, QUOTE | OBJECT_INFINITIVE | OBJECT),
    cue("demand", "", "", Act::Request, QUOTE | THAT | OBJECT),
    cue("call", "", "for", Act::Request, OBJECT),
    cue("call", "", "on", Act::Request, OBJECT),
    cue("order", "", "", Act::Request, THAT | OBJECT_INFINITIVE),
    cue("recommend", "", "", Act::Request, QUOTE | THAT | OBJECT),
    cue("request", "", "", Act::Request, THAT | OBJECT),
    cue("appeal", "", "for", Act::Request, OBJECT),
    cue("encourage", "", "", Act::Request, OBJECT_INFINITIVE),
    cue("implore", "", "", Act::Request, QUOTE | OBJECT_INFINITIVE),
    cue("plead", "", "", Act::Request, QUOTE | THAT),
    cue("beg", "begged begging", "", Act::Request, QUOTE | OBJECT_INFINITIVE),
    // Promises.
    cue("promise", "", "", Act::Promise, QUOTE | THAT | CLAUSE | INFINITIVE | OBJECT),
    cue("vow", "", "", Act::Promise, QUOTE | THAT | INFINITIVE),
    cue("pledge", "", "", Act::Promise, QUOTE | THAT | INFINITIVE),
    cue("swear", "swore sworn", "", Act::Promise, QUOTE | THAT),
    cue("offer", "", "", Act::Promise, QUOTE | INFINITIVE),
    // Threats.
    cue("threaten", "", "", Act::Threat, QUOTE | THAT | INFINITIVE),
    // Praise.
    cue("praise", "", "", Act::Praise, QUOTE | OBJECT),
    cue("hail", "", "", Act::Praise, OBJECT),
    cue("commend", "", "", Act::Praise, OBJECT),
    cue("applaud", "", "", Act::Praise, OBJECT),
    cue("tout", "", "", Act::Praise, OBJECT),
    cue("congratulate", "", "", Act::Praise, OBJECT),
    cue("thank", "", "", Act::Praise, OBJECT),
    cue("welcome", "", "", Act::Praise, OBJECT),
    cue("defend", "", "", Act::Praise, OBJECT),
    cue("endorse", "", "", Act::Praise, OBJECT),
    // Criticism.
    cue("criticize", "", "", Act::Criticism, QUOTE | OBJECT),
    cue("criticise", "", "", Act::Criticism, QUOTE | OBJECT),
    cue("accuse", "", "", Act::Criticism, OBJECT),
    cue("blame", "", "", Act::Criticism, OBJECT),
    cue("condemn", "", "", Act::Criticism, OBJECT),
    cue("denounce", "", "", Act::Criticism, OBJECT),
    cue("blast", "", "", Act::Criticism, OBJECT),
    cue("slam", "slammed slamming", "", Act::Criticism, OBJECT),
    cue("mock", "", "", Act::Criticism, OBJECT),
    cue("decry", "", "", Act::Criticism, OBJECT),
    cue("lament", "", "", Act::Criticism, QUOTE | THAT | TRAIL | OBJECT),
    cue("complain", "", "", Act::Criticism, QUOTE | THAT | TRAIL | ABOUT),
    cue("charge", "", "", Act::Criticism, THAT),
    cue("protest", "", "", Act::Criticism, QUOTE | THAT),
    cue("rebuke", "", "", Act::Criticism, OBJECT),
    cue("deride", "", "", Act::Criticism, OBJECT),
    cue("lambaste", "", "", Act::Criticism, OBJECT),
    // Refusals.
    cue("decline", "", "", Act::Refusal, INFINITIVE),
    cue("refuse", "", "", Act::Refusal, INFINITIVE),
    cue("reject", "", "", Act::Refusal, OBJECT),
    // Thoughts.
    cue("think", "thought", "", Act::Thought, QUOTE | THAT | CLAUSE | TRAIL),
    cue("believe", "", "", Act::Thought, THAT | CLAUSE | TRAIL),
    cue("hope", "", "", Act::Thought, THAT | CLAUSE | INFINITIVE),
    cue("fear", "", "", Act::Thought, THAT | CLAUSE),
    cue("worry", "", "", Act::Thought, THAT | ABOUT),
    cue("expect", "", "", Act::Thought, THAT | INFINITIVE),
    cue("doubt", "", "", Act::Thought, THAT),
    cue("feel", "felt", "", Act::Thought, THAT | CLAUSE),
    cue("know", "knew known", "", Act::Thought, THAT),
    cue("realize", "", "", Act::Thought, THAT),
    cue("understand", "understood", "", Act::Thought, THAT),
    cue("regret", "regretted regretting", "", Act::Thought, THAT),
    cue("want", "", "", Act::Thought, INFINITIVE),
];

/// A noun that signals an attribution when a clause with `that` follows: their claim that …
pub(crate) const NOUN_CUES: &[(&str, Act)] = &[
    ("accusation", Act::Criticism),
    ("accusations", Act::Criticism),
    ("allegation", Act::Criticism),
    ("allegations", Act::Criticism),
    ("argument", Act::Statement),
    ("assertion", Act::Statement),
    ("assertions", Act::Statement),
    ("belief", Act::Thought),
    ("charge", Act::Criticism),
    ("charges", Act::Criticism),
    ("claim", Act::Statement),
    ("claims", Act::Statement),
    ("complaint", Act::Criticism),
    ("complaints", Act::Criticism),
    ("concern", Act::Thought),
    ("concerns", Act::Thought),
    ("conclusion", Act::Statement),
    ("contention", Act::Statement),
    ("denial", Act::Denial),
    ("fear", Act::Thought),
    ("fears", Act::Thought),
    ("hope", Act::Thought),
    ("hopes", Act::Thought),
    ("insistence", Act::Statement),
    ("pledge", Act::Promise),
    ("prediction", Act::Statement),
    ("promise", Act::Promise),
    ("report", Act::Statement),
    ("reports", Act::Statement),
    ("statement", Act::Statement),
    ("statements", Act::Statement),
    ("suggestion", Act::Statement),
    ("suggestions", Act::Statement),
    ("suspicion", Act::Thought),
    ("threat", Act::Threat),
    ("view", Act::Thought),
    ("vow", Act::Promise),
    ("warning", Act::Statement),
    ("warnings", Act::Statement),
];

/// Every form of every cue, in lower case.
static FORMS: LazyLock<HashMap<String, Vec<(&'static Cue, VerbForm)>>> = LazyLock::new(|| {
    let mut forms: HashMap<String, Vec<(&'static Cue, VerbForm)>> = HashMap::new();
    for cue in CUES {
        for (form, kind) in inflect(cue.lemma, cue.irregular) {
            forms.entry(form).or_default().push((cue, kind));
        }
    }
    // The cue with the longer particle is the more particular one, and is tried first.
    for cues in forms.values_mut() {
        cues.sort_by_key(|(cue, _)| std::cmp::Reverse(cue.particle.len()));
    }
    forms
});

/// The cues that a word in lower case can be a form of; those with the longest particle first.
pub(crate) fn lookup(word: &str) -> &'static [(&'static Cue, VerbForm)] {
    FORMS.get(word).map_or(&[], Vec::as_slice)
}

/// The act of a noun in lower case that can be a cue.
pub(crate) fn noun_act(word: &str) -> Option<Act> {
    NOUN_CUES.binary_search_by_key(&word, |(noun, _)| noun).ok().map(|index| NOUN_CUES[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_finds_its_cue() {
        for (form, lemma, kind) in [
            ("said", "say", VerbForm::Past),
            ("denies", "deny", VerbForm::Third),
            ("admitted", "admit", VerbForm::Past),
            ("arguing", "argue", VerbForm::Ing),
        ] {
            let found = lookup(form);
            assert!(found.iter().any(|(cue, k)| cue.lemma == lemma && *k == kind), "{form}");
        }
    }

    #[test]
    fn the_longest_particle_comes_first() {
        assert_eq!(lookup("made")[0].0.particle, "it clear");
        assert!(!lookup("called")[0].0.particle.is_empty());
    }

    #[test]
    fn nouns_are_sorted_for_the_search() {
        assert!(NOUN_CUES.is_sorted_by_key(|(noun, _)| noun));
        assert_eq!(noun_act("denial"), Some(Act::Denial));
        assert_eq!(noun_act("table"), None);
    }
}
