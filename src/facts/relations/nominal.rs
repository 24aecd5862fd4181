//! Deeds that nouns tell: **Valdora**`’s attack on` **Estmark**, `talks between` **Ana Ruiz** `and` **Leo Brandt**.
//!
//! Knows trees and the nouns of the table of predicates. Who acts stands before the noun, behind `by`, or is the subject of the
//! verb that the noun goes with: `launched an attack on`, `said after a meeting with`.

use crate::annotate::labels::{Relation, Upos};
use crate::facts::grammar::phrase;
use crate::facts::relations::participants::Participant;
use crate::facts::relations::scene::Scene;
use crate::facts::relations::triggers::{ACTS, Trigger};
use crate::facts::relations::{presented, senses};
use crate::facts::relationship::{Relationship, Status, Term};

/// Verbs that leave the deed to their object.
const LIGHT: &[&str] = &[
    "announce", "attend", "begin", "carry", "conduct", "cut", "do", "express", "face", "file", "finish",
    "give", "have", "hold", "impose", "issue", "launch", "lead", "lift", "make", "mount", "offer", "open",
    "order", "pay", "plan", "reach", "seek", "show", "sign", "stage", "start", "strike", "suffer", "take",
    "voice", "win",
];

/// Prepositions behind which a meeting or a talk is where or when something else happened.
const OCCASIONS: &[&str] = &["in", "during", "after", "before", "at", "following", "for", "from", "on"];

/// The deeds of an article that nouns tell.
pub(super) fn acts(scene: Scene) -> Vec<Relationship> {
    let nouns = (0..scene.text.tags.len()).filter(|token| scene.text.tags[*token].upos == Upos::Noun);
    nouns.flat_map(|noun| acts_of(scene, noun)).collect()
}

fn acts_of(scene: Scene, noun: usize) -> Vec<Relationship> {
    let lemma = scene.text.tags[noun].lemma.to_lowercase();
    for trigger in ACTS.of(&lemma) {
        let Some((agents, patients)) = players(scene, noun, trigger) else { continue };
        let (subjects, objects) = if trigger.exchanged { (patients, agents) } else { (agents, patients) };
        let mut found = Vec::new();
        for (subject, by) in &subjects {
            for (object, on) in &objects {
                let predicate = senses::by_kind(scene, trigger.predicate, &lemma, *subject, *object);
                if scene.admits(predicate, *subject, *object) {
                    found.push(Relationship {
                        subject: *subject,
                        predicate: predicate.name,
                        object: Some(*object),
                        detail: None,
                        status: status(scene, noun),
                        evidence: by.join(*on).join(scene.text.document.tokens[noun].span),
                        trigger: Some(scene.text.document.tokens[noun].span),
                        term: Term::default(),
                        claim: None,
                        confidence: 0.65,
                    });
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Who acts, and on whom; none where one side is missing.
fn players(scene: Scene, noun: usize, trigger: &Trigger) -> Option<(Vec<Participant>, Vec<Participant>)> {
    if trigger.predicate.symmetric
        && let Some(both) = both_sides(scene, noun)
    {
        return Some(both);
    }
    let light = light_verb(scene, noun);
    let patient = scene
        .with_case(noun, &trigger.cases)
        .or_else(|| {
            light.and_then(|verb| scene.with_case(verb, &trigger.cases)).filter(|token| *token > noun)
        })
        .or_else(|| behind_time(scene, noun, &trigger.cases))?;
    let patients = scene.participants(Some(patient), trigger.predicate.through_things);
    let doer = || doer_behind(scene, patient);
    let agents = doer().unwrap_or_else(|| agents(scene, noun, light, trigger.predicate.symmetric));
    (!agents.is_empty() && !patients.is_empty()).then_some((agents, patients))
}

/// The one behind a preposition that a time parts from its noun, whatever the tree makes of it: `talks last month with` **Leo Brandt**.
fn behind_time(scene: Scene, noun: usize, cases: &[&str]) -> Option<usize> {
    /// How many words a time has at most, and how many stand between the preposition and the name: `on Monday morning`, `U.S.
    /// President`.
    const REACH: usize = 4;
    let text = scene.text;
    let end = scene.sentence(noun).end();
    let is_time = |token: usize| {
        phrase::is_time(text.word(token))
            || matches!(text.word(token), "last" | "this" | "earlier" | "on" | "in" | "late" | "early")
    };
    let case = (noun + 1..end.min(noun + 2 + REACH)).find(|token| !is_time(*token))?;
    let is_parted = case > noun + 1 && cases.iter().any(|one| text.word(case).eq_ignore_ascii_case(one));
    let mut behind = (case + 1..end.min(case + 2 + REACH)).filter(|_| is_parted);
    behind.find(|token| {
        text.name_at(*token).is_some_and(|name| {
            // `U.S. President` **Leo Brandt**: what a title says where it is of is not met.
            let next = text.names[name].tokens.end();
            text.tags.get(next).is_none_or(|tag| !matches!(tag.upos, Upos::Noun | Upos::Propn | Upos::Adj))
        })
    })
}

/// Who stands right behind the name of whom something was done to, whatever `by` hangs on: `the murder of Ana Ruiz by` **Leo
/// Brandt**.
fn doer_behind(scene: Scene, patient: usize) -> Option<Vec<Participant>> {
    let end = scene.text.names[scene.text.name_at(patient)?].tokens.end();
    let first = end + 1 + usize::from(scene.text.word(end + 1).eq_ignore_ascii_case("the"));
    let name = scene.text.name_at(first).filter(|_| scene.text.word(end) == "by")?;
    let mention = scene.mention_at(first)?;
    let goes_on = phrase::is_possessive_mark(scene.text.word(scene.text.names[name].tokens.end()));
    (!goes_on).then(|| vec![(mention.entity, mention.span)])
}

/// `talks between` **Ana Ruiz** `and` **Leo Brandt**.
fn both_sides(scene: Scene, noun: usize) -> Option<(Vec<Participant>, Vec<Participant>)> {
    let all = scene.participants(scene.with_case(noun, &["between"]), false);
    let (first, others) = all.split_first()?;
    (!others.is_empty()).then(|| (vec![*first], others.to_vec()))
}

/// Who does what a noun tells.
fn agents(scene: Scene, noun: usize, light: Option<usize>, is_mutual: bool) -> Vec<Participant> {
    let syntax = &scene.text.syntax;
    if let Some(owner) = syntax.child(noun, &[Relation::NmodPoss]) {
        let owner = scene.owner(owner).or_else(|| scene.participant(owner, false));
        return owner.into_iter().collect();
    }
    let by = scene.participants(scene.with_case(noun, &["by"]), false);
    if !by.is_empty() {
        return by;
    }
    // **Valdoran** `attack on`, **Northwind** `lawsuit against`
    let before = syntax.children(noun).find(|child| {
        *child < noun
            && matches!(syntax.relation(*child), Relation::Amod | Relation::Compound | Relation::NmodDesc)
            && scene.mention_at(*child).is_some()
    });
    if let Some(before) = before {
        return scene.owner(before).into_iter().collect();
    }
    if let Some(verb) = light {
        let is_passive = syntax.child(verb, &[Relation::NsubjPass]).is_some();
        let agent = if is_passive { scene.with_case(verb, &["by"]) } else { scene.subject(verb) };
        return scene.participants(agent, false);
    }
    let occasion = syntax.head(noun).filter(|_| {
        is_mutual
            && matches!(syntax.relation(noun), Relation::Obl | Relation::Nmod | Relation::Obj)
            && (syntax.relation(noun) == Relation::Obj || scene.has_case(noun, OCCASIONS))
    });
    let verb = occasion.filter(|verb| scene.text.tags[*verb].upos == Upos::Verb);
    verb.map_or_else(Vec::new, |verb| scene.participants(scene.subject(verb), false))
}

/// The verb that leaves its deed to a noun.
fn light_verb(scene: Scene, noun: usize) -> Option<usize> {
    let syntax = &scene.text.syntax;
    let is_governed = matches!(syntax.relation(noun), Relation::Obj | Relation::NsubjPass);
    let verb = syntax.head(noun).filter(|_| is_governed)?;
    LIGHT.contains(&&*scene.text.tags[verb].lemma).then_some(verb)
}

/// How a deed that a noun tells is presented.
fn status(scene: Scene, noun: usize) -> Status {
    let syntax = &scene.text.syntax;
    let mut words = syntax.children(noun).map(|child| scene.text.tags[child].lemma.to_lowercase());
    if let Some(status) = words.find_map(|word| match word.as_str() {
        "possible" | "potential" | "hypothetical" => Some(Status::Hypothetical),
        "planned" | "proposed" | "future" | "upcoming" | "next" | "scheduled" => Some(Status::Planned),
        "alleged" | "reported" | "supposed" => Some(Status::Reported),
        "no" => Some(Status::Denied),
        _ => None,
    }) {
        return status;
    }
    let Some(head) = syntax.head(noun) else { return Status::Asserted };
    let governor = &*scene.text.tags[head].lemma;
    match scene.text.tags[head].upos {
        Upos::Verb if LIGHT.contains(&governor) => match governor {
            "plan" | "seek" => Status::Planned,
            _ => presented::status(scene.text, head),
        },
        Upos::Verb => match governor {
            "deny" | "reject" | "cancel" | "refuse" | "avoid" | "postpone" => Status::Denied,
            "want" | "urge" | "demand" | "propose" | "expect" | "threaten" | "promise" => Status::Planned,
            _ => match presented::status(scene.text, head) {
                status @ (Status::Hypothetical | Status::Planned) => status,
                _ => Status::Asserted,
            },
        },
        _ => match governor {
            "plan" | "threat" | "call" | "proposal" | "prospect" | "possibility" | "risk" | "fear" => {
                Status::Planned
            }
            _ => Status::Asserted,
        },
    }
}
