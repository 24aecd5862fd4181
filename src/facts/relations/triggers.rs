//! What states a relationship: the words of the table of predicates, ready to be looked up.
//!
//! A trigger is written as its verb or its nouns, alternatives parted by `|`, and then what belongs to it: `+over` a particle,
//! `talk|meeting` the noun that a verb must have as its object, `@with|to` the preposition before the other side, `~to` an
//! infinitive that must follow, `~that` a clause whose subject is the other side. `<` before it exchanges the sides: `<win support @from`. All words are lemmas.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::facts::grammar::inflect::inflect;
use crate::facts::relations::predicates::{PREDICATES, Predicate};

/// What states a predicate.
#[derive(Debug)]
pub(super) struct Trigger {
    /// What it states, its first side the subject.
    pub(super) predicate: &'static Predicate,
    /// `over` of `take over`.
    pub(super) particle: Option<&'static str>,
    /// The nouns of which a verb must have one as its object: `talks` of `hold talks with`.
    pub(super) nouns: Vec<&'static str>,
    /// The prepositions before the other side; none for a direct object.
    pub(super) cases: Vec<&'static str>,
    /// Whether an infinitive must follow: `asked her to leave`.
    pub(super) infinitive: bool,
    /// Whether the other side is the subject of a clause: `demanded that` **the council** `leave`.
    pub(super) clause: bool,
    /// Whether the first side is the object.
    pub(super) exchanged: bool,
}

impl Trigger {
    /// Reads a row of the table: what it is looked up by, and the trigger.
    fn parse(predicate: &'static Predicate, written: &'static str) -> (Vec<&'static str>, Self) {
        let plain = written.trim_start_matches('<');
        let mut words = plain.split(' ');
        let lemmas = words.next().unwrap_or_default().split('|').collect();
        let mut trigger = Trigger {
            predicate,
            particle: None,
            nouns: Vec::new(),
            cases: Vec::new(),
            infinitive: false,
            clause: false,
            exchanged: plain.len() < written.len(),
        };
        for word in words {
            if let Some(particle) = word.strip_prefix('+') {
                trigger.particle = Some(particle);
            } else if let Some(cases) = word.strip_prefix('@') {
                trigger.cases = cases.split('|').collect();
            } else if word == "~to" {
                trigger.infinitive = true;
            } else if word == "~that" {
                trigger.clause = true;
            } else {
                trigger.nouns = word.split('|').collect();
            }
        }
        (lemmas, trigger)
    }

    /// How much must be there for it: the fullest is tried first.
    fn weight(&self) -> usize {
        let parts = [
            self.particle.is_some(),
            !self.nouns.is_empty(),
            !self.cases.is_empty(),
            self.infinitive,
            self.clause,
        ];
        parts.into_iter().filter(|is_there| *is_there).count()
    }
}

/// Triggers by what they are looked up by, the fullest first.
pub(super) struct Triggers(HashMap<&'static str, Vec<Trigger>>);

impl Triggers {
    fn new(written: impl Fn(&'static Predicate) -> &'static [&'static str]) -> Self {
        let mut triggers: HashMap<&'static str, Vec<Trigger>> = HashMap::new();
        for predicate in PREDICATES {
            for row in written(predicate) {
                let (lemmas, _) = Trigger::parse(predicate, row);
                for lemma in lemmas {
                    triggers.entry(lemma).or_default().push(Trigger::parse(predicate, row).1);
                }
            }
        }
        triggers.values_mut().for_each(|all| all.sort_by_key(|trigger| std::cmp::Reverse(trigger.weight())));
        Triggers(triggers)
    }

    /// The triggers of a lemma, in lower case.
    pub(super) fn of(&self, lemma: &str) -> &[Trigger] {
        self.0.get(lemma).map_or(&[], Vec::as_slice)
    }
}

/// Verbs.
static VERBS: LazyLock<Triggers> = LazyLock::new(|| Triggers::new(|predicate| predicate.verbs));

/// The triggers of a verb as printed, in lower case, and the lemma that they stand under: its own or, where no verb of the table has
/// that, the one of which it is a form. The lemma of a rare verb may be wrong.
pub(super) fn of_verb<'l>(lemma: &'l str, printed: &str) -> (&'l str, &'static [Trigger]) {
    static FORMS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
        let forms = |lemma: &'static str| inflect(lemma, "").into_iter().map(move |(form, _)| (form, lemma));
        VERBS.0.keys().filter(|lemma| !doubles(lemma)).flat_map(|lemma| forms(lemma)).collect()
    });
    match (VERBS.of(lemma), FORMS.get(printed)) {
        ([], Some(known)) => (known, VERBS.of(known)),
        (triggers, _) => (lemma, triggers),
    }
}

/// Whether a verb may double its last letter, so that its forms are not told by rules: `tapped`.
fn doubles(lemma: &str) -> bool {
    let mut letters = lemma.chars().rev();
    let is_vowel = |letter: char| "aeiou".contains(letter);
    let last = letters.next().is_some_and(|letter| !is_vowel(letter) && !matches!(letter, 'w' | 'x' | 'y'));
    last && letters.next().is_some_and(is_vowel) && letters.next().is_none_or(|letter| !is_vowel(letter))
}

/// Nouns of action.
pub(super) static ACTS: LazyLock<Triggers> = LazyLock::new(|| Triggers::new(|predicate| predicate.acts));

/// Nouns for what one is to another.
pub(super) static BONDS: LazyLock<Triggers> = LazyLock::new(|| Triggers::new(|predicate| predicate.bonds));

/// Adjectives for how one stands to another.
pub(super) static ADJECTIVES: LazyLock<Triggers> =
    LazyLock::new(|| Triggers::new(|predicate| predicate.adjectives));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_trigger_comes_first() {
        assert_eq!(VERBS.of("meet")[0].particle, Some("up"));
        let hold = &VERBS.of("hold")[0];
        assert_eq!(
            (hold.predicate.name, &hold.nouns[..2], &hold.cases[..]),
            ("met_with", &["talk", "meeting"][..], &["with"][..])
        );
        assert!(VERBS.of("win").iter().any(|trigger| trigger.exchanged));
        assert!(VERBS.of("sleep").is_empty());
    }
}
