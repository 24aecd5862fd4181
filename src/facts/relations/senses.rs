//! Which of its senses a word has: by who takes part, and by the words around it.
//!
//! `attacked` with words or by force, `called` by telephone or names, `dismissed` a minister or a claim.

use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::facts::entity::{EntityId, EntityKind, OrganizationKind};
use crate::facts::relations::predicates::{self, Predicate};
use crate::facts::relations::presented;
use crate::facts::relations::scene::Scene;
use crate::facts::relations::triggers::Trigger;
use crate::facts::relationship::Status;

/// What a verb states of these two; none where it says something else.
pub(super) fn of_verb(
    scene: Scene,
    trigger: &Trigger,
    (verb, lemma): (usize, &str),
    subject: EntityId,
    object: EntityId,
) -> Option<&'static Predicate> {
    let is_bare =
        trigger.cases.is_empty() && trigger.nouns.is_empty() && !trigger.infinitive && !trigger.clause;
    let child = |relations: &[Relation]| scene.text.syntax.child(verb, relations);
    let holds = match lemma {
        // `found her guilty`; else it is what somebody came upon.
        "find" => child(&[Relation::Xcomp])
            .is_some_and(|verdict| matches!(scene.text.word(verdict), "guilty" | "liable")),
        "pay" if is_bare => !pays_no_money(scene, verb),
        // `called her a liar`, `called him reckless`
        "call" if is_bare => is_telephoned(scene, verb),
        // Who tells a paper something is interviewed.
        "tell" if is_bare => scene.is_organization(object, OrganizationKind::Medium),
        "name" | "pick" | "tap" => is_for_a_post(scene, verb),
        "fire" | "suspend" | "remove" if is_bare => !scene.is(object, EntityKind::Place),
        // `moved the embassy to`, `raised money in`, `flew medicine to`: something else goes there.
        "move" | "relocate" | "settle" | "fly" if !is_bare => child(&[Relation::Obj]).is_none(),
        "raise" => child(&[Relation::Obj]).is_none() && is_passive(scene, verb),
        "attend" | "enter" => is_school(scene, object),
        // `comes from`, not `came from` there today.
        "come" => !matches!(scene.text.tags[verb].xpos, Xpos::Vbd | Xpos::Vbn | Xpos::Vbg),
        // `shot him at the theater`: it is he who was shot.
        "shoot" | "fire" if !is_bare && trigger.nouns.is_empty() => child(&[Relation::Obj]).is_none(),
        // `led by two points` is no office.
        "lead" | "head" => {
            child(&[Relation::Obl, Relation::OblUnmarked]).is_none_or(|place| !scene.has_case(place, &["by"]))
        }
        // `to help her win`, `help explain` are no aid.
        "help" => child(&[Relation::Xcomp, Relation::Ccomp]).is_none(),
        // `warned them of the flood` is advice.
        "warn" if is_bare => {
            child(&[Relation::Ccomp]).is_none()
                && scene.with_case(verb, &["of", "about", "against", "that"]).is_none()
        }
        // `a spokeswoman for Northwind based in Porto`: the firm is.
        "base" if scene.is(subject, EntityKind::Person) => {
            let before = verb.checked_sub(1).and_then(|before| scene.text.name_at(before));
            before.is_none_or(|name| scene.named(name, EntityKind::Organization).is_none())
        }
        "receive" if is_bare => scene.is(object, EntityKind::Person),
        "bear" => scene.text.tags[verb].xpos == Xpos::Vbn,
        _ => true,
    };
    let seizes = matches!(lemma, "capture" | "seize") && scene.is(object, EntityKind::Person);
    let kills = || {
        let beside = scene.text.syntax.children(verb);
        let until = scene.text.document.tokens.len().min(verb + 4);
        beside.chain(verb..until).any(|token| matches!(scene.text.word(token), "fatally" | "dead" | "death"))
    };
    let kills = lemma == "shoot" && scene.is(object, EntityKind::Person) && kills();
    // `dismissed him as a clown` is said, not done.
    let belittles = lemma == "dismiss" && scene.with_case(verb, &["as"]).is_some();
    let stated = match () {
        () if seizes => predicates::find("arrested")?,
        () if kills => predicates::find("killed")?,
        () if belittles => predicates::find("criticized")?,
        () => trigger.predicate,
    };
    // Who is from a town lives or lived there.
    let is_town = stated.name == "citizen_of" && !scene.is_country(object);
    let stated = if is_town { predicates::find("lives_in")? } else { stated };
    holds.then(|| by_kind(scene, stated, lemma, subject, object))
}

/// Whether a verb is in the passive, by itself or with the one that it is joined to: `was born and` **raised**.
fn is_passive(scene: Scene, verb: usize) -> bool {
    let syntax = &scene.text.syntax;
    let passive = |verb: usize| syntax.child(verb, &[Relation::NsubjPass, Relation::AuxPass]).is_some();
    let joined = || {
        let head = syntax.head(verb).filter(|_| syntax.relation(verb) == Relation::Conj);
        let has_subject = syntax.child(verb, &[Relation::Nsubj]).is_some();
        head.is_some_and(|head| passive(head) && !has_subject)
    };
    scene.text.tags[verb].xpos == Xpos::Vbn && (passive(verb) || joined())
}

/// Whether an organization is a school of any kind.
fn is_school(scene: Scene, id: EntityId) -> bool {
    const SCHOOLS: &[&str] =
        &["Academy", "College", "Conservatory", "Institute", "School", "Seminary", "University"];
    let is_named = scene.entity(id).name.split(' ').any(|word| SCHOOLS.contains(&word));
    is_named || scene.is_organization(id, OrganizationKind::University)
}

/// The predicate of an act, by who takes part: where a person attacks a person, words are meant; who sides with a person
/// or in a lawsuit is no lasting ally.
pub(super) fn by_kind(
    scene: Scene,
    predicate: &'static Predicate,
    lemma: &str,
    subject: EntityId,
    object: EntityId,
) -> &'static Predicate {
    let acts_by_words = |id: EntityId| {
        let armed = [OrganizationKind::ArmedGroup, OrganizationKind::Agency];
        !scene.is(id, EntityKind::Place) && !armed.iter().any(|kind| scene.is_organization(id, *kind))
    };
    let other = match predicate.name {
        // Nobody is shot or kidnapped with words.
        "attacked" if is_figure(lemma) && acts_by_words(subject) && acts_by_words(object) => "criticized",
        "ally_of" if !scene.is(object, EntityKind::Place) => "supports",
        name => name,
    };
    predicates::find(other).unwrap_or(predicate)
}

/// Whether words can be meant by a word for force.
fn is_figure(lemma: &str) -> bool {
    matches!(
        lemma,
        "attack" | "assault" | "strike" | "launch" | "carry" | "conduct" | "stage" | "mount" | "offensive"
    )
}

/// What an act is under the verb that governs it, with its status: to threaten to attack is a threat, to refuse to help a refusal, to
/// agree to help an agreement. None of them says that the act was done.
pub(super) fn under(
    scene: Scene,
    verb: usize,
    predicate: &'static Predicate,
) -> (&'static Predicate, Status) {
    const HOSTILE: &[&str] =
        &["attacked", "killed", "sanctioned", "sued", "arrested", "dismissed", "opposes"];
    const FRIENDLY: &[&str] =
        &["aided", "agreed_with", "supports", "met_with", "paid", "hosted", "spoke_with", "yielded_to"];
    let syntax = &scene.text.syntax;
    let governor = syntax.head(verb).filter(|_| syntax.relation(verb) == Relation::Xcomp);
    let is = |names: &[&str]| names.contains(&predicate.name);
    let other = governor.and_then(|governor| match &*scene.text.tags[governor].lemma {
        "threaten" | "vow" if is(HOSTILE) => Some(("threatened", governor)),
        "refuse" | "decline" if is(FRIENDLY) => Some(("rejected", governor)),
        "agree" if is(FRIENDLY) => Some(("agreed_with", governor)),
        _ => None,
    });
    let found = other.and_then(|(name, governor)| Some((predicates::find(name)?, governor)));
    match found {
        Some((predicate, governor)) => (predicate, presented::status(scene.text, governor)),
        None => (predicate, presented::status(scene.text, verb)),
    }
}

/// Whether what is paid is a visit or a tribute.
fn pays_no_money(scene: Scene, verb: usize) -> bool {
    let until = scene.text.document.tokens.len().min(verb + 8);
    let given = ["visit", "attention", "tribute", "respects", "homage", "heed", "compliment", "lip"];
    (verb + 1..until).any(|token| given.contains(&scene.text.word(token)))
}

/// Whether somebody is telephoned: nothing follows that they are called.
fn is_telephoned(scene: Scene, verb: usize) -> bool {
    let syntax = &scene.text.syntax;
    let Some(object) = syntax.child(verb, &[Relation::Obj]) else { return false };
    let named = syntax.child(verb, &[Relation::Xcomp, Relation::Ccomp, Relation::Iobj]).is_some();
    let behind = syntax.extent(object).end();
    let goes_on = scene.text.tags.get(behind).is_some_and(|tag| {
        matches!(tag.upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Pron | Upos::Propn | Upos::Adv)
    });
    let is_quoted = matches!(scene.text.word(behind), "“" | "\"" | "‘" | "'" | "``" | ":");
    !named && !goes_on && !is_quoted
}

/// Whether a post follows that somebody is named to: `named her` **chief executive**, `picked him` **as** `deputy`.
fn is_for_a_post(scene: Scene, verb: usize) -> bool {
    let syntax = &scene.text.syntax;
    let post = syntax.child(verb, &[Relation::Xcomp]).is_some();
    post || scene.with_case(verb, &["as", "for", "to"]).is_some()
}
