//! The verbs that state a relationship between their subject and their object.
//!
//! One row per verb and predicate. Words that read two ways (`meet` a demand, `strike` a deal) are in the table
//! only where the object is an entity, which `relations` asks for.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::facts::grammar::inflect::inflect;

/// A verb, the words that follow it before its object, and the predicate it states.
#[derive(Debug)]
pub(super) struct Trigger {
    lemma: &'static str,
    irregular: &'static str,
    /// Words between the verb and its object: `with` of `meet with`; empty for a direct object.
    pub(crate) particle: &'static str,
    /// The predicate, active: subject first.
    pub(crate) predicate: &'static str,
}

/// One row of the table.
const fn row(
    lemma: &'static str,
    irregular: &'static str,
    particle: &'static str,
    predicate: &'static str,
) -> Trigger {
    Trigger { lemma, irregular, particle, predicate }
}

/// All triggers.
const TRIGGERS: &[Trigger] = &[
    row("accuse", "", "", "accused"),
    row("aid", "", "", "aided"),
    row("appoint", "", "", "appointed"),
    row("nominate", "", "", "appointed"),
    row("arrest", "", "", "arrested"),
    row("detain", "", "", "arrested"),
    row("attack", "", "", "attacked"),
    row("bomb", "", "", "attacked"),
    row("invade", "", "", "attacked"),
    row("back", "", "", "supports"),
    row("blame", "", "", "accused"),
    row("call", "", "on", "urged"),
    row("condemn", "", "", "criticized"),
    row("congratulate", "", "", "praised"),
    row("criticize", "", "", "criticized"),
    row("criticise", "", "", "criticized"),
    row("blast", "", "", "criticized"),
    row("denounce", "", "", "criticized"),
    row("mock", "", "", "criticized"),
    row("slam", "slammed slamming", "", "criticized"),
    row("defeat", "", "", "defeated"),
    row("dismiss", "", "", "dismissed"),
    row("fire", "", "", "dismissed"),
    row("sack", "", "", "dismissed"),
    row("oust", "", "", "dismissed"),
    row("defend", "", "", "supports"),
    row("endorse", "", "", "supports"),
    row("support", "", "", "supports"),
    row("found", "", "", "founded"),
    row("establish", "", "", "founded"),
    row("hold", "held", "talks with", "met_with"),
    row("host", "", "", "hosted"),
    row("receive", "", "", "hosted"),
    row("welcome", "", "", "hosted"),
    row("kill", "", "", "killed"),
    row("acquire", "", "", "owns"),
    row("buy", "bought", "", "owns"),
    row("own", "", "", "owns"),
    row("marry", "", "", "spouse_of"),
    row("meet", "met meeting", "", "met_with"),
    row("meet", "met meeting", "with", "met_with"),
    row("oppose", "", "", "opposes"),
    row("pay", "paid", "", "paid"),
    row("praise", "", "", "praised"),
    row("thank", "", "", "praised"),
    row("hail", "", "", "praised"),
    row("sanction", "", "", "sanctioned"),
    row("impose", "", "sanctions on", "sanctioned"),
    row("side", "", "with", "ally_of"),
    row("ally", "", "with", "ally_of"),
    row("sign", "", "a deal with", "agreed_with"),
    row("speak", "spoke spoken", "with", "spoke_with"),
    row("speak", "spoke spoken", "to", "spoke_with"),
    row("telephone", "", "", "spoke_with"),
    row("phone", "", "", "spoke_with"),
    row("succeed", "", "", "succeeded"),
    row("sue", "", "", "sued"),
    row("indict", "", "", "sued"),
    row("threaten", "", "", "threatened"),
    row("urge", "", "", "urged"),
    row("visit", "", "", "visited"),
    row("arrive", "", "in", "visited"),
    row("travel", "", "to", "visited"),
    row("fly", "flew flown", "to", "visited"),
];

/// Every form of every trigger, in lower case, longest particle first.
static FORMS: LazyLock<HashMap<String, Vec<&'static Trigger>>> = LazyLock::new(|| {
    let mut forms: HashMap<String, Vec<&'static Trigger>> = HashMap::new();
    for trigger in TRIGGERS {
        for (form, _) in inflect(trigger.lemma, trigger.irregular) {
            forms.entry(form).or_default().push(trigger);
        }
    }
    for triggers in forms.values_mut() {
        triggers.sort_by_key(|trigger| std::cmp::Reverse(trigger.particle.len()));
    }
    forms
});

/// The triggers that a word in lower case can be a form of; those with the longest particle first.
pub(crate) fn lookup(word: &str) -> &'static [&'static Trigger] {
    FORMS.get(word).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::offices::Rank;
    use crate::facts::relations::predicates;

    #[test]
    fn every_trigger_states_a_predicate_of_the_table() {
        assert!(TRIGGERS.iter().all(|trigger| predicates::find(trigger.predicate).is_some()));
        assert_eq!(lookup("met")[0].particle, "with");
    }

    #[test]
    fn a_predicate_is_marked_as_found_where_a_trigger_or_an_office_states_it() {
        for predicate in predicates::PREDICATES {
            let name = predicate.name;
            let is_stated = TRIGGERS.iter().any(|trigger| trigger.predicate == name)
                || Rank::ALL.iter().any(|rank| rank.predicate() == name)
                || ["candidate_for", "member_of"].contains(&name); // `candidates`, `sides`
            assert_eq!(predicate.found, is_stated, "{name}");
        }
    }
}
