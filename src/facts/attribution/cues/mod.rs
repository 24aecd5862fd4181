//! The words that signal reported speech, writing and thought, and what kind of act each is.
//!
//! One table: verbs with the words that belong to them and the frames they take (`verbs`), nouns and adjectives with
//! what completes them (`nominal`). To teach a cue is to add its row. The cue model may also see a cue in a word
//! that no row has; what act that is, nobody said, so it is a statement, or a thought if it is no verb. Knows words and
//! their forms, no sentence: where a cue stands in one is for `spotted`. Start reading at `cue`.

pub(super) mod cue;
mod nominal;
pub(in crate::facts) mod spotted;
mod verbs;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::annotate::labels::Upos;
use crate::facts::attribution::cues::cue::{Cue, cue};
use crate::facts::grammar::inflect::{VerbForm, inflect};
use crate::facts::quote::Act;

/// What a verb is that is in no row: a statement, in no frame of its own.
static UNLISTED: Cue = cue("", "", "", Act::Statement, 0);

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

/// All forms of a verb, the lemma first; `irregular` are those of one that is in no row, as [`inflect`] has them.
pub fn verb_forms(lemma: &str, irregular: &str) -> Vec<String> {
    let row = verbs::VERBS.iter().find(|cue| cue.lemma == lemma);
    let forms = inflect(lemma, row.map_or(irregular, |cue| cue.irregular));
    forms.into_iter().map(|(form, _)| form).collect()
}

/// The acts of nouns and of adjectives, by lemma.
static NOMINAL: LazyLock<[HashMap<&'static str, Act>; 2]> = LazyLock::new(|| {
    [nominal::NOUNS, nominal::ADJECTIVES].map(|groups| {
        groups.iter().flat_map(|(act, lemmas)| lemmas.iter().map(|lemma| (*lemma, *act))).collect()
    })
});

/// The act of a noun or an adjective that can be a cue, by its lemma in lower case.
pub(super) fn nominal_act(lemma: &str, upos: Upos) -> Option<Act> {
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
    use crate::facts::attribution::cues::cue::takes;

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
