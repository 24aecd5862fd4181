//! What one entity does to another, by verbs.
//!
//! Knows the parser's trees and the mentions of an article: the subject of the verb acts on its object, or on what its
//! preposition brings; in the passive the other way round. Which verbs state what is in the table of predicates.

use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::relations::participants::Participant;
use crate::facts::relations::scene::Scene;
use crate::facts::relations::triggers::{self, Trigger};
use crate::facts::relations::{details, senses};
use crate::facts::relationship::{Relationship, Term};
use crate::span::{Byte, Span};

/// All acts of an article, in the order of their verbs.
pub(super) fn acts(scene: Scene) -> Vec<Relationship> {
    let text = scene.text;
    // `founding father`: a participle that describes a noun is no deed.
    let describes = |token: usize| {
        let is_common = |word: &str| word.starts_with(char::is_lowercase);
        text.tags[token].xpos == Xpos::Vbg
            && text.tags.get(token + 1).is_some_and(|tag| tag.upos == Upos::Noun)
            && is_common(text.word(token + 1))
    };
    let is_deed = |token: &usize| {
        text.tags[*token].upos == Upos::Verb
            && !matches!(text.syntax.relation(*token), Relation::Amod | Relation::Compound)
            && !describes(*token)
    };
    (0..text.document.tokens.len()).filter(is_deed).flat_map(|verb| acts_of(scene, verb)).collect()
}

/// The acts of one verb: one for each pair of those who act and those who are acted on.
fn acts_of(scene: Scene, verb: usize) -> Vec<Relationship> {
    let lemma = scene.text.tags[verb].lemma.to_lowercase();
    let printed = scene.text.word(verb).to_lowercase();
    let (lemma, of_verb) = triggers::of_verb(&lemma, &printed);
    let mut all = Vec::new();
    for trigger in of_verb {
        if !is_there(scene, verb, trigger) {
            continue;
        }
        let Some((agents, patients, patient)) = players(scene, verb, trigger) else { continue };
        // `Born to` **Ana Ruiz**`, he`: whoever `he` is taken for, it is not she.
        if lemma == "bear" && agents.iter().any(|agent| patients.iter().any(|other| other.0 == agent.0)) {
            continue;
        }
        let (subjects, objects) = match () {
            () if trigger.exchanged => (patients, agents),
            () if patients.is_empty() && is_mutual(scene, verb, trigger) && agents.len() > 1 => {
                (agents[..1].to_vec(), agents[1..].to_vec())
            }
            () => (agents, patients),
        };
        let mut found = Vec::new();
        for (subject, by) in &subjects {
            for (object, on) in &objects {
                let Some(predicate) = senses::of_verb(scene, trigger, (verb, lemma), *subject, *object)
                else {
                    continue;
                };
                let (predicate, status) = senses::under(scene, verb, predicate);
                if !scene.admits(predicate, *subject, *object) {
                    continue;
                }
                let thing = || patient.and_then(|patient| details::of_thing(scene, patient, *on, predicate));
                // `blamed the Department of Justice` says not of what.
                let says_more = |detail: &Span<Byte>| !on.covers(*detail) && !detail.covers(*on);
                let detail = details::of_verb(scene, verb, predicate).filter(says_more).or_else(thing);
                let evidence = by.join(*on).join(scene.text.document.tokens[verb].span);
                found.push(Relationship {
                    subject: *subject,
                    predicate: predicate.name,
                    object: Some(*object),
                    detail,
                    status,
                    evidence: detail.map_or(evidence, |detail| evidence.join(detail)),
                    trigger: Some(scene.text.document.tokens[verb].span),
                    term: Term::default(),
                    claim: None,
                    confidence: 0.7,
                });
            }
        }
        let is_enough = !found.is_empty() && lemma != "bear";
        all.extend(found);
        if is_enough {
            break;
        }
    }
    // Where one is born says nothing of whom to: both are told.
    all
}

/// Whether those who act do it to each other: **Ana Ruiz and Leo Brandt** `met`, **Valdora and Estmark** `have signed a pact`.
fn is_mutual(scene: Scene, verb: usize, trigger: &Trigger) -> bool {
    let syntax = &scene.text.syntax;
    let is_passive = syntax.child(verb, &[Relation::AuxPass, Relation::NsubjPass]).is_some();
    // What they met or agreed on is another side, or none.
    let object = syntax.child(verb, &[Relation::Obj]);
    let has_no_other = if trigger.nouns.is_empty() { object.is_none() } else { true };
    let is_marriage = trigger.predicate.name == "spouse_of";
    let together = is_marriage || trigger.cases.is_empty() || trigger.cases.contains(&"with");
    // `spoke to reporters`, `met with voters`, `sided with the unions`: another side is named, be it nobody of ours.
    let other = |governor: usize| scene.with_case(governor, &["with", "to"]).is_some();
    let has_no_other = has_no_other && !other(verb) && !object.is_some_and(other);
    // `have been married for years`
    let is_passive = is_passive && !is_marriage;
    trigger.predicate.symmetric && !is_passive && has_no_other && together
}

/// Whether what belongs to a trigger stands with the verb.
fn is_there(scene: Scene, verb: usize, trigger: &Trigger) -> bool {
    let syntax = &scene.text.syntax;
    let has_particle = |particle: &str| {
        let is_particle = |child: usize| {
            matches!(syntax.relation(child), Relation::CompoundPrt | Relation::Advmod | Relation::Case)
                && scene.text.word(child).eq_ignore_ascii_case(particle)
        };
        scene.text.word(verb + 1).eq_ignore_ascii_case(particle) || syntax.children(verb).any(is_particle)
    };
    let is_to_do = || {
        syntax.children(verb).any(|child| {
            matches!(
                syntax.relation(child),
                Relation::Xcomp | Relation::Advcl | Relation::Ccomp | Relation::Acl
            ) && syntax.children(child).any(|mark| scene.text.word(mark).eq_ignore_ascii_case("to"))
        })
    };
    trigger.particle.is_none_or(has_particle) && (!trigger.infinitive || is_to_do())
}

/// Those who act, those who are acted on, and the word that heads what is acted on.
type Players = (Vec<Participant>, Vec<Participant>, Option<usize>);

/// Who acts, and on whom; none where the trigger is not met.
fn players(scene: Scene, verb: usize, trigger: &Trigger) -> Option<Players> {
    let syntax = &scene.text.syntax;
    let passive = |verb: usize| syntax.child(verb, &[Relation::AuxPass, Relation::NsubjPass]).is_some();
    let is_passive = passive(verb) || is_reduced_passive(scene, verb) || shares_passive(scene, verb, passive);
    let through = trigger.predicate.through_things;
    // The noun of `hold talks`, which the passive makes the subject: `talks were held with`.
    let noun = match trigger.nouns.is_empty() {
        true => None,
        false => {
            let governed = if is_passive { Relation::NsubjPass } else { Relation::Obj };
            let noun = syntax.child(verb, &[governed])?;
            let lemma = scene.text.tags[noun].lemma.to_lowercase();
            Some(is_one_of(&lemma, &trigger.nouns).then_some(noun)?)
        }
    };
    let agent = || scene.with_case(verb, &["by"]);
    // `was fired by` is not `was fired at by`.
    let is_stranded = || trigger.cases.contains(&scene.text.word(verb + 1).to_lowercase().as_str());
    if is_passive && noun.is_none() && !trigger.cases.is_empty() && agent().is_some() && !is_stranded() {
        return None;
    }
    let agents = match is_passive {
        // `based in`: what is seated somewhere stands as what is acted on; but `was shot at by`.
        true if noun.is_none() && !trigger.cases.is_empty() && agent().is_none() => {
            scene.participants(scene.subject(verb), false)
        }
        true => scene.participants(agent(), false),
        false => scene.participants(scene.subject(verb), false),
    };
    // **Bluefin**`, a maker of boats based in`: the participle may hang on the nearest noun.
    let above = || {
        let head = syntax.head(verb).filter(|_| syntax.relation(verb) == Relation::Acl)?;
        syntax.head(head).filter(|_| syntax.relation(head) == Relation::Nmod)
    };
    let agents = match above() {
        Some(above) if agents.is_empty() && trigger.predicate.name == "based_in" => {
            scene.participants(Some(above), false)
        }
        _ => agents,
    };
    let patient = if trigger.clause {
        // `demanded that she leave`: the bare verb tells a demand from a claim.
        let clause = syntax.child(verb, &[Relation::Ccomp])?;
        let is_bare = scene.text.tags[clause].xpos == Xpos::Vb;
        syntax.child(clause, &[Relation::Nsubj, Relation::NsubjPass]).filter(|_| is_bare)
    } else if is_passive && noun.is_none() && agent().is_some() {
        scene.subject(verb)
    } else if trigger.cases.is_empty() {
        if is_passive { scene.subject(verb) } else { syntax.child(verb, &[Relation::Obj, Relation::Iobj]) }
    } else {
        noun.and_then(|noun| scene.with_case(noun, &trigger.cases))
            .or_else(|| scene.with_case(verb, &trigger.cases))
            .or_else(|| shared(scene, verb, &trigger.cases))
            .or_else(|| noun.and_then(|noun| beneath(scene, [verb, noun], &trigger.cases)))
    };
    Some((agents, scene.participants(patient, through), patient))
}

/// Whether a participle joined to one in the passive is in the passive too: `was born and` **raised**.
fn shares_passive(scene: Scene, verb: usize, passive: impl Fn(usize) -> bool) -> bool {
    let syntax = &scene.text.syntax;
    let head = syntax.head(verb).filter(|_| syntax.relation(verb) == Relation::Conj);
    scene.text.tags[verb].xpos == Xpos::Vbn
        && head.is_some_and(|head| passive(head) || is_reduced_passive(scene, head))
        && syntax.child(verb, &[Relation::Nsubj, Relation::Obj, Relation::Aux]).is_none()
}

/// What a verb shares with the one right before or behind it: `was born and raised` **in Porto Sereno**.
fn shared(scene: Scene, verb: usize, cases: &[&str]) -> Option<usize> {
    let syntax = &scene.text.syntax;
    let other = match syntax.relation(verb) {
        Relation::Conj if scene.text.word(verb - 1) == "and" => {
            syntax.head(verb).filter(|head| head + 2 == verb)
        }
        _ => syntax.child(verb, &[Relation::Conj]).filter(|next| verb + 2 == *next),
    }?;
    scene.with_case(other, cases).filter(|token| *token > verb)
}

/// Whether a noun is one of some, be its lemma a plural: `supplies`.
fn is_one_of(lemma: &str, nouns: &[&str]) -> bool {
    let singular = lemma.strip_suffix('s').unwrap_or(lemma);
    let in_y = || singular.strip_suffix("ie").map(|stem| format!("{stem}y"));
    nouns.contains(&lemma)
        || nouns.contains(&singular)
        || in_y().is_some_and(|one| nouns.contains(&one.as_str()))
}

/// What stands behind a preposition one step further down: `gave two million in aid` **to Estmark**.
fn beneath(scene: Scene, governors: [usize; 2], cases: &[&str]) -> Option<usize> {
    let children = governors.into_iter().flat_map(|governor| scene.text.syntax.children(governor));
    let mut further = children.filter(|child| {
        matches!(scene.text.syntax.relation(*child), Relation::Obl | Relation::Nmod | Relation::Conj)
    });
    further.find_map(|child| scene.with_case(child, cases))
}

/// Whether a participle behind a noun says what was done to it: `the plan` **backed** `by Ana Ruiz`.
fn is_reduced_passive(scene: Scene, verb: usize) -> bool {
    let syntax = &scene.text.syntax;
    // One with an object does something itself, whatever its tag says.
    syntax.relation(verb) == Relation::Acl
        && scene.text.tags[verb].xpos == Xpos::Vbn
        && syntax.child(verb, &[Relation::Obj]).is_none()
}

/// Those who run for an office.
pub(super) fn runs(scene: Scene) -> Vec<Run> {
    let Scene { text, resolution, .. } = scene;
    let mut found = Vec::new();
    for verb in (0..text.document.tokens.len()).filter(|token| &*text.tags[*token].lemma == "run") {
        let Some(office) = scene.with_case(verb, &["for"]) else { continue };
        if !is_elective(&text.word(office).to_lowercase()) {
            continue;
        }
        for (runner, by) in scene.participants(scene.subject(verb), false) {
            if resolution.entities[runner.index()].kind == EntityKind::Person {
                let evidence =
                    by.join(text.document.tokens[office].span).join(text.document.tokens[verb].span);
                found.push(Run { verb, runner, office, evidence });
            }
        }
    }
    found
}

/// Somebody who runs for an office.
pub(super) struct Run {
    /// The verb.
    pub(super) verb: usize,
    pub(super) runner: EntityId,
    /// The noun of the office.
    pub(super) office: usize,
    pub(super) evidence: Span<Byte>,
}

/// Whether a noun, in lower case, is something that one is elected to.
fn is_elective(noun: &str) -> bool {
    matches!(
        noun,
        "president"
            | "governor"
            | "mayor"
            | "senate"
            | "senator"
            | "congress"
            | "house"
            | "office"
            | "reelection"
            | "re-election"
            | "presidency"
            | "sheriff"
            | "seat"
            | "nomination"
            | "parliament"
            | "chairman"
            | "leader"
    )
}
