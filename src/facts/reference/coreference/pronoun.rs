//! Ties a pronoun of the third person to the entity that it stands for, or to none.
//!
//! Every entity in mind is a candidate; a linear model ranks them and the choice of none. Without a trained model the
//! most salient entity whose gender fits is taken.

use crate::annotate::labels::Relation;
use crate::annotate::model::linear::Linear;
use crate::annotate::parse::syntax::Syntax;
use crate::annotate::{Annotations, lexicon};
use crate::facts::entity::{Entity, EntityId, EntityKind, Gender};
use crate::facts::grammar::role::Role;
use crate::facts::reference::coreference::features::{self, Agreement, Anaphor, Antecedent, Rivalry};
use crate::facts::reference::coreference::referent::{Referent, Seen};
use crate::facts::reference::gender;

/// The closed class of pronouns that can stand for an entity.
pub(crate) struct Pronoun {
    pub(crate) class: &'static str,
    pub(crate) gender: Option<Gender>,
    pub(super) reflexive: bool,
}

/// What kind of pronoun a word is; `None` for all others.
pub(crate) fn of_word(word: &str) -> Option<Pronoun> {
    const MOST_LETTERS: usize = 10;
    if word.len() > MOST_LETTERS {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let gender = gender::of_pronoun(&word);
    let class = match word.as_str() {
        _ if gender.is_some() => "h",
        "it" | "its" | "itself" => "i",
        "they" | "them" | "their" | "theirs" | "themselves" => "t",
        _ => return None,
    };
    let reflexive = word.ends_with("self") || word.ends_with("selves");
    Some(Pronoun { class, gender, reflexive })
}

/// Whether an entity can be meant by a class of pronouns.
pub(super) fn admits(class: &str, entity: &Entity) -> bool {
    match class {
        "h" => entity.kind == EntityKind::Person || may_be_person(&entity.name),
        "i" => entity.kind != EntityKind::Person,
        _ => entity.kind == EntityKind::Organization,
    }
}

/// Whether the name of an organization or place can be a surname that was read wrong.
fn may_be_person(name: &str) -> bool {
    let is_word = name.chars().all(char::is_alphabetic) && name.chars().any(char::is_lowercase);
    is_word
        && lexicon::is_surname(name)
        && lexicon::place(name).is_none()
        && lexicon::country(name).is_none()
        && !lexicon::is_organization(name)
}

/// How an entity agrees with a pronoun.
pub(crate) fn agreement(anaphor: &Anaphor, entity: &Entity, referent: &Referent) -> Agreement {
    let Some(wanted) = anaphor.gender else { return Agreement::Same };
    if entity.kind != EntityKind::Person {
        return match gender::share(&entity.name, wanted) {
            Some(share) if share >= 0.6 => Agreement::ThingGiven,
            _ => Agreement::Thing,
        };
    }
    match (entity.gender, referent.called()) {
        (Some(known), _) if known == wanted => Agreement::Same,
        (Some(_), _) => Agreement::Other,
        (None, Some(called)) if called == wanted => Agreement::Called,
        (None, Some(_)) => Agreement::CalledOther,
        (None, None) => match gender::share(&entity.name, wanted) {
            Some(share) if share >= 0.95 => Agreement::Given,
            Some(share) if share >= 0.6 => Agreement::Likely,
            Some(share) if share <= 0.15 => Agreement::Unlikely,
            _ => Agreement::Unknown,
        },
    }
}

/// The organization or country that says what a pronoun is the subject of: **Northwind** `said it would close a plant`.
/// News writes so of little else, and the corpora that the model learns from have few organizations.
pub(super) fn reporting(syntax: &Syntax, anaphor: &Anaphor, candidates: &[Antecedent]) -> Option<EntityId> {
    if anaphor.gender.is_some() || anaphor.spoken || anaphor.role != Role::Subject {
        return None;
    }
    let is_complement = syntax.relation(anaphor.clause) == Relation::Ccomp;
    let says = |seen: &Seen| {
        let governs = is_complement && syntax.head(anaphor.clause) == syntax.head(seen.head);
        anaphor.reporter == Some(seen.entity) || governs && seen.role == Role::Subject
    };
    let reporter = candidates.iter().find(|candidate| !candidate.ahead && says(&candidate.referent.last));
    reporter.map(|candidate| candidate.referent.last.entity)
}

/// Who fits of those mentioned in the sentence right before direct speech whose source is `he` or `she`, if it is the only one, or the
/// subject that the sentence begins with: **Ana Ruiz** `backed her mayor.` ¶ `“Nobody did more,” she said.` Not the subject of a
/// clause that leads to the main one (`When` **Ana Ruiz** `called, the judge laughed.`), nor the one spoken to.
pub(super) fn topic(syntax: &Syntax, anaphor: &Anaphor, candidates: &[Antecedent]) -> Option<EntityId> {
    let before = anaphor.before_speech.filter(|_| anaphor.gender.is_some())?;
    let is_aside = |seen: &Seen| {
        let verb = syntax.head(seen.head).filter(|_| seen.role == Role::Subject);
        verb.is_some_and(|verb| syntax.relation(verb) == Relation::Advcl)
    };
    let there = |candidate: &Antecedent| -> Vec<Seen> {
        let seen = candidate.referent.subject.into_iter().chain([candidate.referent.last]);
        seen.filter(|seen| seen.sentence == before && !is_aside(seen)).collect()
    };
    let fits = |candidate: &&Antecedent| {
        !candidate.ahead && candidate.agreement.is_possible() && !there(candidate).is_empty()
    };
    let mut mentioned: Vec<&Antecedent> = candidates.iter().filter(fits).collect();
    // Who spoke there goes on, and not whose aide that is; who is named behind the pronoun may be meant or not.
    let place = |candidate: &Antecedent| {
        there(candidate).iter().map(|seen| (seen.role != Role::Subject, seen.start)).min()
    };
    let spoke = mentioned.iter().filter(|candidate| candidate.spoke).min_by_key(|candidate| place(candidate));
    if let Some(spoke) = spoke {
        mentioned = vec![spoke];
    }
    if mentioned.iter().any(|candidate| candidate.next == Some(0)) {
        return None;
    }
    let begins = |candidate: &&&Antecedent| {
        there(candidate).iter().any(|seen| seen.opens && seen.role == Role::Subject)
    };
    let topic = match mentioned.as_slice() {
        [only] => Some(only),
        several => several.iter().find(begins),
    };
    topic.map(|candidate| candidate.referent.last.entity)
}

/// Who is the subject of a sentence right before speech whose source is `he` or `she`, if only one in the paragraph can be
/// it: **Ana Ruiz** `shook her head. “No. Not today,” she said.`
pub(super) fn subject_before(anaphor: &Anaphor, candidates: &[Antecedent]) -> Option<EntityId> {
    /// How many sentences the speech may have, up to the pronoun.
    const LONGEST: u32 = 3;
    if !anaphor.is_source || anaphor.gender.is_none() || anaphor.role != Role::Subject {
        return None;
    }
    let is_subject = |candidate: &&Antecedent| {
        let last = &candidate.referent.last;
        !candidate.ahead
            && last.role == Role::Subject
            && last.paragraph == anaphor.paragraph
            && (1..=LONGEST).contains(&anaphor.sentence.saturating_sub(last.sentence))
    };
    let mut subjects = candidates.iter().filter(is_subject);
    let only = subjects.next().filter(|_| subjects.next().is_none())?;
    Some(only.referent.last.entity)
}

/// What a model may know of one candidate, and which entity it is.
#[derive(Clone, Debug)]
pub struct TrainingAntecedent {
    /// The candidate; `None` for the choice of nobody.
    pub entity: Option<EntityId>,
    /// Bucket numbers of the linear model.
    pub features: Vec<u32>,
}

/// The buckets of all candidates in order, and of none at the end.
pub(super) fn choices(
    text: &Annotations,
    anaphor: &Anaphor,
    candidates: &[Antecedent],
) -> Vec<TrainingAntecedent> {
    let field = Rivalry::new(candidates, anaphor.sentence);
    let describe = |(index, candidate): (usize, &Antecedent)| TrainingAntecedent {
        entity: Some(candidate.referent.last.entity),
        features: features::of_candidate(text, anaphor, candidate, field.rank(index)),
    };
    let none = TrainingAntecedent { entity: None, features: features::of_none(text, anaphor, &field) };
    candidates.iter().enumerate().map(describe).chain([none]).collect()
}

/// The likeliest choice.
pub(crate) fn choose(
    model: &Linear,
    sentence: u32,
    candidates: &[Antecedent],
    choices: &[TrainingAntecedent],
) -> Option<EntityId> {
    if !model.is_trained() {
        let possible =
            candidates.iter().filter(|candidate| candidate.agreement.is_possible() && !candidate.ahead);
        let weight = |candidate: &&Antecedent| candidate.referent.salience(sentence);
        let best = possible.max_by(|one, other| weight(one).total_cmp(&weight(other)));
        return best.map(|candidate| candidate.referent.last.entity);
    }
    let scored = choices.iter().map(|choice| (model.score(&choice.features), choice.entity));
    scored.max_by(|one, other| one.0.total_cmp(&other.0)).and_then(|(_, entity)| entity)
}
