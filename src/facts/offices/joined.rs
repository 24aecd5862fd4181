//! Offices that a verb joins to its holder: **Ana Ruiz** `served as mayor of Porto`, `the council named` **Leo Brandt** `police chief`.
//!
//! Knows tags, names and the verbs by which somebody comes to an office, has it or leaves it; who the holder is stays open where
//! it is the subject of the verb.

use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::annotate::{Annotations, NameKind};
use crate::facts::grammar::phrase;
use crate::facts::offices::{Office, Time, office_end, office_ending, place, rank, sentence_of};
use crate::span::{Span, Tokens};

/// How far the noun of an office may stand behind the verb, in tokens.
const REACH: usize = 12;

/// What a verb makes of an office.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Its subject has the office: `became`, `serves as`.
    Has,
    /// Its subject has it no longer: `resigned as`.
    Leaves,
    /// Its object, in the passive its subject, gets it: `named`.
    Gives,
    /// The same, but it has not begun: `nominated`.
    Proposes,
    /// Its object has it no longer: `fired as`.
    Takes,
    /// Its subject has it, its object has it no longer: `succeeded`.
    Follows,
}

/// An office that a verb joins to its holder.
pub(crate) struct Joined {
    pub(crate) verb: usize,
    /// The holder’s name; none where it is the subject of the verb.
    pub(crate) name: Option<usize>,
    pub(crate) office: Office,
}

/// What a verb makes of an office, and whether `as` stands before it: always, or where it will.
fn turn(lemma: &str, particle: &str) -> Option<(Turn, bool)> {
    Some(match lemma {
        "become" | "remain" => (Turn::Has, false),
        "serve" | "act" => (Turn::Has, true),
        "take" if particle == "over" => (Turn::Has, true),
        "resign" | "retire" | "quit" => (Turn::Leaves, true),
        "step" if matches!(particle, "down" | "aside") => (Turn::Leaves, true),
        "appoint" | "elect" | "reelect" | "re-elect" | "name" | "hire" | "install" | "inaugurate"
        | "promote" => (Turn::Gives, false),
        "swear" if particle == "in" => (Turn::Gives, true),
        "nominate" | "pick" | "choose" | "select" => (Turn::Proposes, false),
        "fire" | "dismiss" | "sack" | "oust" | "remove" => (Turn::Takes, true),
        "succeed" | "replace" => (Turn::Follows, true),
        _ => return None,
    })
}

/// The offices of a text that verbs join to their holders.
pub(crate) fn joined(text: &Annotations) -> Vec<Joined> {
    let verbs = (0..text.tags.len()).filter(|token| text.tags[*token].upos == Upos::Verb);
    verbs.flat_map(|verb| joined_by(text, verb)).collect()
}

fn joined_by(text: &Annotations, verb: usize) -> Vec<Joined> {
    let particle = text.word(verb + 1);
    let Some((turn, needs_as)) = turn(&text.tags[verb].lemma, particle) else { return Vec::new() };
    // `an obstacle to her becoming president`: who it is stands before it, and nothing has happened.
    if text.tags[verb].xpos == Xpos::Vbg && verb > 0 && phrase::is_possessive_pronoun(text.word(verb - 1)) {
        return Vec::new();
    }
    let ceiling = sentence_of(text, verb).end().min(verb + REACH);
    let first = verb + 1 + usize::from(matches!(particle, "over" | "down" | "aside" | "in"));
    let object = text.name_at(first).or_else(|| text.name_at(first + 1)).filter(|name| {
        let name = &text.names[*name];
        name.kind == NameKind::Person && name.tokens.start() <= first + 1
    });
    let behind = object.map_or(first, |name| text.names[name].tokens.end());
    let links = |token: usize| matches!(text.word(token), "as" | "to" | "be" | "become");
    let start = (behind..ceiling).find(|token| !links(*token)).unwrap_or(behind);
    let has_as = (behind..start).any(|token| text.word(token) == "as");
    if needs_as && !has_as {
        return Vec::new();
    }
    let Some(office) = office_from(text, start, ceiling, verb) else { return Vec::new() };
    let syntax = &text.syntax;
    let is_passive = syntax.child(verb, &[Relation::AuxPass, Relation::NsubjPass]).is_some()
        || syntax.relation(verb) == Relation::Acl && text.tags[verb].xpos == Xpos::Vbn;
    let of = |name: Option<usize>, time: Time| {
        // What the words themselves say of its time stands.
        let time = if office.time == Time::Now { time } else { office.time };
        Joined { verb, name, office: Office { time, ..office.clone() } }
    };
    match turn {
        Turn::Has if object.is_none() => {
            vec![of(None, if is_over(text, verb) { Time::Past } else { Time::Now })]
        }
        Turn::Leaves if object.is_none() => vec![of(None, Time::Past)],
        Turn::Follows if is_passive => Vec::new(),
        Turn::Follows => {
            object.map_or_else(Vec::new, |object| vec![of(None, Time::Now), of(Some(object), Time::Past)])
        }
        Turn::Gives | Turn::Proposes | Turn::Takes => {
            let holder = match (object, is_passive) {
                (Some(object), false) => Some(object),
                (None, true) => None,
                _ => return Vec::new(),
            };
            let time = match turn {
                Turn::Proposes => Time::Coming,
                Turn::Takes => Time::Past,
                _ => Time::Now,
            };
            vec![of(holder, time)]
        }
        _ => Vec::new(),
    }
}

/// Whether somebody had an office: `served as`, but `has served as` and `serves as`.
pub(crate) fn is_over(text: &Annotations, verb: usize) -> bool {
    let has_served = text.syntax.child(verb, &[Relation::Aux]).is_some();
    text.tags[verb].lemma == "serve".into() && text.tags[verb].xpos == Xpos::Vbd && !has_served
}

/// The office whose words begin at a token, but for what describes it.
fn office_from(text: &Annotations, start: usize, ceiling: usize, verb: usize) -> Option<Office> {
    let closes = |token: &usize| {
        matches!(text.word(*token), "," | ";" | ":" | "—" | "–" | "who" | "which" | "that" | "”")
    };
    let stop = (start..ceiling).find(closes).unwrap_or(ceiling);
    let noun = (start..stop).find(|token| rank(text, *token).is_some())?;
    let title = office_ending(text, start, office_end(text, noun, stop))?;
    let words = title.words;
    let leads = (start..words.start()).all(|token| {
        matches!(
            text.tags[token].upos,
            Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Part | Upos::Pron | Upos::Num
        ) || phrase::is_hyphen(text, token)
    });
    if !leads {
        return None;
    }
    let place = place::behind(text, words.end(), stop)
        .or_else(|| place::before(text, start, words.start()))
        .or_else(|| place::within(text, words));
    Some(Office::new(text, start, title, place, Span::<Tokens>::new(verb, verb + 1)))
}
