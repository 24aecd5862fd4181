//! Who stands for an office: `Democratic presidential nominee` **Ana Ruiz**; **Leo Brandt**`, a candidate for mayor`.
//!
//! Knows the names of people and the nouns for candidates beside them. The object is what the office is of, else the party
//! that put them up; often the article gives neither.

use std::collections::HashSet;

use crate::annotate::NameKind;
use crate::annotate::labels::Upos;
use crate::annotate::offices;
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::grammar::phrase;
use crate::facts::relations::homeland::Homeland;
use crate::facts::relations::scene::Scene;
use crate::facts::relations::sides::is_contender;
use crate::facts::relations::{presented, verbs};
use crate::facts::relationship::{Relationship, Status, Term};
use crate::span::{Span, Tokens};

/// How many words a candidacy may have before or behind its noun.
const REACH: usize = 7;

/// The candidacies that stand beside names.
pub(super) fn candidacies(scene: Scene) -> Vec<Relationship> {
    let homeland = Homeland::new(scene);
    let mut found: Vec<Relationship> =
        verbs::runs(scene).iter().map(|run| running(scene, &homeland, run)).collect();
    for (index, name) in scene.text.names.iter().enumerate() {
        let holder = scene.resolution.of_name[index].filter(|_| name.kind == NameKind::Person);
        let Some(holder) = holder.filter(|holder| scene.is(*holder, EntityKind::Person)) else { continue };
        let candidacy = before(scene, name.tokens).or_else(|| behind(scene, name.tokens));
        if let Some(candidacy) = candidacy {
            let object = candidacy.object.or_else(|| country(scene, &homeland, candidacy.words));
            let object = object.filter(|object| *object != holder);
            found.push(Relationship {
                subject: holder,
                predicate: "candidate_for",
                object,
                detail: Some(scene.text.document.bytes(candidacy.words)),
                status: if candidacy.is_over { Status::Ended } else { Status::Asserted },
                evidence: scene.text.document.bytes(candidacy.words.join(name.tokens)),
                trigger: Some(scene.text.document.tokens[candidacy.words.end() - 1].span),
                term: Term::default(),
                claim: None,
                confidence: if object.is_some() { 0.8 } else { 0.6 },
            });
        }
    }
    keep_open_once(&mut found);
    found
}

/// Of the candidacies of one person of which nothing more is known, keeps the first, and none where more is known.
fn keep_open_once(found: &mut Vec<Relationship>) {
    let mut told: HashSet<EntityId> =
        found.iter().filter(|link| link.object.is_some()).map(|link| link.subject).collect();
    found.sort_by_key(|link| link.evidence);
    found.retain(|link| link.object.is_some() || told.insert(link.subject));
}

/// Somebody who runs for an office: **Ana Ruiz** `is running for mayor of Porto`.
fn running(scene: Scene, homeland: &Homeland, run: &verbs::Run) -> Relationship {
    let words = scene.text.syntax.extent(run.office);
    let words =
        Span::new(words.start().max(run.verb + 1), words.end().min(words.start().max(run.verb + 1) + REACH));
    let found = candidacy(scene, words);
    let object =
        found.object.or_else(|| country(scene, homeland, words)).filter(|object| *object != run.runner);
    Relationship {
        subject: run.runner,
        predicate: "candidate_for",
        object,
        detail: Some(scene.text.document.tokens[run.office].span),
        status: presented::status(scene.text, run.verb),
        evidence: run.evidence,
        trigger: Some(scene.text.document.tokens[run.verb].span),
        term: Term::default(),
        claim: None,
        confidence: if object.is_some() { 0.75 } else { 0.6 },
    }
}

/// The country whose president is to be elected.
fn country(scene: Scene, homeland: &Homeland, words: Span<Tokens>) -> Option<EntityId> {
    let is_presidential = |token: usize| {
        ["president", "presidential", "presidency"]
            .iter()
            .any(|word| scene.text.word(token).eq_ignore_ascii_case(word))
    };
    words.range().any(is_presidential).then(|| homeland.of_president()).flatten()
}

/// A candidacy beside a name.
struct Candidacy {
    words: Span<Tokens>,
    object: Option<EntityId>,
    is_over: bool,
}

/// `Democratic presidential nominee` **Ana Ruiz**, `running mate` **Leo Brandt**.
fn before(scene: Scene, name: Span<Tokens>) -> Option<Candidacy> {
    let text = scene.text;
    let floor = scene.sentence(name.start()).start().max(name.start().saturating_sub(REACH));
    let mut noun = name.start().checked_sub(1).filter(|noun| *noun >= floor)?;
    // `vice presidential candidate` **Gov.** `Leo Brandt`
    while noun > floor && (offices::is_title(text.word(noun)) || text.word(noun) == ".") {
        noun -= 1;
    }
    let is_mate = text.word(noun) == "mate" && noun > floor && text.word(noun - 1) == "running";
    if !is_contender(text.word(noun)) && !is_mate {
        return None;
    }
    let belongs = |token: &usize| {
        let describes = matches!(text.tags[*token].upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num);
        let is_person = text.name_at(*token).is_some_and(|name| text.names[name].kind == NameKind::Person);
        (describes || phrase::is_hyphen(text, *token) || is_mate && *token + 1 == noun)
            && !is_person
            && !phrase::is_time(text.word(*token))
    };
    let start = (floor..noun).rev().take_while(belongs).last().unwrap_or(noun);
    // An office that its holder is to get is an office: `attorney general nominee`.
    if noun > start && offices::rank(text.word(noun - 1)).is_some() {
        return None;
    }
    // `then-candidate`, `former Senate candidate`
    let first = (start..noun).find(|token| !phrase::is_hyphen(text, *token)).unwrap_or(noun);
    let is_then = start >= 1 && phrase::is_hyphen(text, start) && offices::is_past(text.word(start - 1));
    let found = candidacy(scene, Span::new(first, noun + 1));
    Some(Candidacy { is_over: found.is_over || is_then, ..found })
}

/// **Ana Ruiz**`, the Republican candidate for governor of Ohio`; **Leo Brandt**`, who is running for mayor`.
fn behind(scene: Scene, name: Span<Tokens>) -> Option<Candidacy> {
    let text = scene.text;
    let end = scene.sentence(name.start()).end();
    let link = name.end();
    if !matches!(text.word(link), "," | "is" | "was") || !matches!(text.word(link + 1), "a" | "the" | "an") {
        return None;
    }
    let goes_on = |token: &usize| {
        matches!(text.tags[*token].upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num)
            || phrase::is_hyphen(text, *token)
    };
    let run = (link + 2..end.min(link + 2 + REACH)).take_while(goes_on);
    let noun = run.filter(|token| is_contender(text.word(*token))).last()?;
    let stop = with_office(scene, noun + 1, end);
    Some(candidacy(scene, Span::new(link + 2, stop)))
}

/// Where a candidacy ends together with the office behind it: `candidate` **for governor of Ohio**.
fn with_office(scene: Scene, start: usize, end: usize) -> usize {
    let text = scene.text;
    if text.word(start) != "for" {
        return start;
    }
    let goes_on = |token: &usize| {
        matches!(text.tags[*token].upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Det)
            || matches!(text.word(*token), "of" | "in" | "." | "-" | "’s" | "'s")
    };
    (start + 1..end.min(start + REACH)).take_while(goes_on).last().map_or(start, |last| last + 1)
}

/// What the words of a candidacy tell.
fn candidacy(scene: Scene, words: Span<Tokens>) -> Candidacy {
    let named = words.range().filter_map(|token| scene.text.name_at(token));
    let entities = named.filter_map(|name| scene.resolution.of_name[name]);
    let body =
        entities.filter(|id| !scene.is(*id, EntityKind::Person)).find(|id| !is_party(scene, words, *id));
    let party = words.range().find_map(|token| scene.party_at(token));
    let is_over = words.range().any(|token| offices::is_past(scene.text.word(token)));
    Candidacy { words, object: body.or(party), is_over }
}

/// Whether an entity is the party whose label stands among some words.
fn is_party(scene: Scene, words: Span<Tokens>, id: EntityId) -> bool {
    words.range().any(|token| scene.party_at(token) == Some(id))
}
