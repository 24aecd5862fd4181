//! The words that signal reported speech, writing and thought, and what kind of act each is.
//!
//! One table: verbs with the words that belong to them and the frames they take (`verbs`), nouns and adjectives with
//! what completes them (`nominal`). To teach a cue is to add its row. The model of reports may also see a cue in a word
//! that no row has; what act that is, nobody said, so it is a statement, or a thought if it is no verb.

mod nominal;
mod verbs;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Act;
use super::inflect::{VerbForm, inflect};
use crate::annotate::labels::Upos;

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
    /// What kind of act it is with an infinitive, which can be another: `told him to wait` is a request.
    open: Act,
    /// What its content may look like: a sum of the constants in [`takes`].
    takes: u16,
}

impl Cue {
    /// Whether the content may have the form `frame`, one of the constants in [`takes`].
    pub(crate) fn takes(&self, frame: u16) -> bool {
        self.takes & frame != 0
    }

    /// What kind of act it is with a content of the form `frame`.
    pub(crate) fn act_with(&self, frame: u16) -> Act {
        if frame & (takes::INFINITIVE | takes::OBJECT_INFINITIVE) != 0 { self.open } else { self.act }
    }

    /// The same cue, which is another act with an infinitive.
    const fn to(mut self, act: Act) -> Self {
        self.open = act;
        self
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
    /// A form in -ing: she denied paying …
    pub(crate) const GERUND: u16 = 1024;
    /// A noun phrase and a number: she put the damage at …
    pub(crate) const ESTIMATE: u16 = 2048;
    /// What speech verbs take.
    pub(crate) const SPEECH: u16 = QUOTE | THAT | CLAUSE | TRAIL;
}

/// One row of the table.
const fn cue(
    lemma: &'static str,
    irregular: &'static str,
    particle: &'static str,
    act: Act,
    takes: u16,
) -> Cue {
    Cue { lemma, irregular, particle, act, open: act, takes }
}

/// What a verb is that is in no row: a statement, in no frame of its own.
pub(crate) static UNLISTED: Cue = cue("", "", "", Act::Statement, 0);

/// Every form of every verb, in lower case.
static FORMS: LazyLock<HashMap<String, Vec<(&'static Cue, VerbForm)>>> = LazyLock::new(|| {
    let mut forms: HashMap<String, Vec<(&'static Cue, VerbForm)>> = HashMap::new();
    for cue in verbs::VERBS {
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

/// The acts of nouns and of adjectives, by lemma.
static NOMINAL: LazyLock<[HashMap<&'static str, Act>; 2]> = LazyLock::new(|| {
    [nominal::NOUNS, nominal::ADJECTIVES].map(|groups| {
        groups.iter().flat_map(|(act, lemmas)| lemmas.iter().map(|lemma| (*lemma, *act))).collect()
    })
});

/// The act of a noun or an adjective that can be a cue, by its lemma in lower case.
pub(crate) fn nominal_act(lemma: &str, upos: Upos) -> Option<Act> {
    let [nouns, adjectives] = &*NOMINAL;
    let acts = match upos {
        Upos::Noun => nouns,
        Upos::Adj => adjectives,
        _ => return None,
    };
    acts.get(lemma).copied()
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
        assert_eq!(lookup("taken")[0].0.particle, "issue with");
        assert!(!lookup("called")[0].0.particle.is_empty());
    }

    #[test]
    fn nouns_and_adjectives_have_their_acts() {
        assert_eq!(nominal_act("denial", Upos::Noun), Some(Act::Denial));
        assert_eq!(nominal_act("grateful", Upos::Adj), Some(Act::Praise));
        assert_eq!(nominal_act("denial", Upos::Adj), None);
        assert_eq!(nominal_act("table", Upos::Noun), None);
    }

    #[test]
    fn an_infinitive_can_make_another_act() {
        let ask = lookup("asked").iter().find(|(cue, _)| cue.particle.is_empty()).map(|(cue, _)| cue);
        assert_eq!(ask.map(|cue| cue.act_with(takes::QUESTION)), Some(Act::Question));
        assert_eq!(ask.map(|cue| cue.act_with(takes::OBJECT_INFINITIVE)), Some(Act::Request));
    }

    #[test]
    fn no_cue_has_two_rows_and_no_act_is_without_one() {
        let mut rows: Vec<_> = verbs::VERBS.iter().map(|cue| (cue.lemma, cue.particle)).collect();
        rows.sort_unstable();
        assert!(rows.windows(2).all(|pair| pair[0] != pair[1]));
        let acts: std::collections::BTreeSet<_> = verbs::VERBS.iter().map(|cue| cue.act.name()).collect();
        let of_nouns = nominal::NOUNS.iter().map(|(act, _)| act.name());
        assert_eq!(acts.len(), 10);
        assert_eq!(acts, of_nouns.collect());
    }
}
