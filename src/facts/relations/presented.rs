//! How the words around a verb present what it says: as a fact, as denied, as a plan, as somebody’s claim.
//!
//! Knows trees and closed lists of words; never who acts.

use crate::annotate::Annotations;
use crate::annotate::labels::{Relation, Xpos};
use crate::facts::grammar::phrase;
use crate::facts::relationship::Status;

/// How many verbs are climbed at most.
const CLIMB: usize = 4;

/// How an article presents what a verb says.
pub(super) fn status(text: &Annotations, verb: usize) -> Status {
    climb(text, verb, CLIMB)
}

/// What a verb says by its own words, else by the word that it depends on.
fn climb(text: &Annotations, verb: usize, steps: usize) -> Status {
    if let Some(status) = own(text, verb) {
        return status;
    }
    let Some(head) = text.syntax.head(verb).filter(|_| steps > 0) else { return Status::Asserted };
    let has_mark = |words: &[&str]| {
        text.syntax.children(verb).any(|child| {
            matches!(text.syntax.relation(child), Relation::Mark | Relation::Case)
                && words.iter().any(|word| text.word(child).eq_ignore_ascii_case(word))
        })
    };
    let shares_subject = || text.syntax.child(verb, &[Relation::Nsubj, Relation::NsubjPass]).is_none();
    match text.syntax.relation(verb) {
        // `will meet and thank`
        Relation::Conj if shares_subject() => climb(text, head, steps - 1),
        Relation::Xcomp | Relation::Ccomp => under(text, verb, head, steps),
        Relation::Advcl | Relation::Acl | Relation::Obl | Relation::Nmod if has_mark(&["without"]) => {
            Status::Denied
        }
        // `his recommendation that he sack her`
        Relation::Acl if has_mark(&["that"]) => Status::Reported,
        // The purpose of a deed is as much a fact as the deed: `called to thank`.
        Relation::Advcl if has_mark(&["to"]) && !is_governing(text, head) => climb(text, head, steps - 1),
        Relation::Advcl | Relation::Acl | Relation::Obl | Relation::Nmod
            if has_mark(&["of", "for", "from", "to", "against", "about", "with"]) =>
        {
            // `accused Leo Brandt of attacking her`: hung on the one who is accused.
            let above = text.syntax.head(head).filter(|above| {
                text.syntax.relation(head) == Relation::Obj
                    && said_of(&text.tags[head].lemma).is_none()
                    && said_of(&text.tags[*above].lemma).is_some()
            });
            under(text, verb, above.unwrap_or(head), steps)
        }
        _ => Status::Asserted,
    }
}

/// What the verb’s own adverbs, auxiliaries and marks say.
fn own(text: &Annotations, verb: usize) -> Option<Status> {
    let has = |words: &[&str]| {
        text.syntax
            .children(verb)
            // The month is no doubt.
            .filter(|child| text.word(*child) != "May" || text.tags[*child].xpos == Xpos::Md)
            .any(|child| words.iter().any(|word| text.word(child).eq_ignore_ascii_case(word)))
    };
    // `not only watches but calls him`
    let is_only = |child: usize| text.word(child + 1).eq_ignore_ascii_case("only");
    let negates = |child: usize| {
        ["not", "n't", "n’t", "never"].iter().any(|word| text.word(child).eq_ignore_ascii_case(word))
    };
    if text.syntax.children(verb).any(|child| negates(child) && !is_only(child)) {
        return Some(Status::Denied);
    }
    let conditional = [
        "would", "'d", "’d", "could", "can", "might", "may", "should", "must", "if", "unless", "whether",
        "almost", "nearly",
    ];
    if has(&conditional) || is_asked(text, verb) {
        return Some(Status::Hypothetical);
    }
    let is_headline =
        || text.syntax.relation(verb) == Relation::Root && text.tags[verb].xpos == Xpos::Vb && has(&["to"]);
    if has(&["will"]) && is_in_doubt(text, verb) {
        return Some(Status::Hypothetical);
    }
    if has(&["will", "shall", "'ll", "’ll"]) || is_headline() || is_ahead(text, verb) {
        return Some(Status::Planned);
    }
    if has_condition(text, verb) {
        return Some(Status::Hypothetical);
    }
    has(&["allegedly", "reportedly", "supposedly"]).then_some(Status::Reported)
}

/// Whether a clause with `if` hangs on a verb: `backs her if she wins`, but `even if`, `as if`.
fn has_condition(text: &Annotations, verb: usize) -> bool {
    let clauses = text.syntax.children(verb).filter(|child| text.syntax.relation(*child) == Relation::Advcl);
    clauses.filter_map(|clause| text.syntax.child(clause, &[Relation::Mark])).any(|mark| {
        let before = mark.checked_sub(1).map_or("", |before| text.word(before));
        matches!(&*text.word(mark).to_lowercase(), "if" | "unless")
            && !matches!(&*before.to_lowercase(), "even" | "as" | "only")
    })
}

/// Whether `whether` or `if` stands before a verb in its sentence.
fn is_in_doubt(text: &Annotations, verb: usize) -> bool {
    let sentence = phrase::sentence_of(text, verb);
    (sentence.start().max(verb.saturating_sub(24))..verb)
        .any(|token| matches!(text.word(token), "whether" | "if"))
}

/// Whether the sentence of a verb is a question.
fn is_asked(text: &Annotations, verb: usize) -> bool {
    let sentence = phrase::sentence_of(text, verb);
    sentence.range().rev().take(3).any(|token| text.word(token) == "?")
}

/// Whether a verb in the present speaks of what is to come: `meets him next month`.
fn is_ahead(text: &Annotations, verb: usize) -> bool {
    if !matches!(text.tags[verb].xpos, Xpos::Vbz | Xpos::Vbp | Xpos::Vbg) {
        return false;
    }
    let sentence = phrase::sentence_of(text, verb);
    let until = sentence.end().min(verb + 16);
    (verb + 1..until).any(|token| {
        let word = text.word(token).to_lowercase();
        word == "tomorrow" || word == "next" && matches!(text.word(token + 1), "week" | "month" | "year")
    })
}

/// Whether a word rules what hangs on it with `to`, so that this is no mere purpose of it.
fn is_governing(text: &Annotations, head: usize) -> bool {
    said_of(&text.tags[head].lemma).is_some() || is_set(text, head)
}

/// Whether a word says that something is arranged: `is set to`, `is due to`, `is going to`.
fn is_set(text: &Annotations, head: usize) -> bool {
    let word = text.word(head).to_lowercase();
    let arranged = [
        "set",
        "due",
        "scheduled",
        "slated",
        "expected",
        "poised",
        "ready",
        "prepared",
        "preparing",
        "going",
    ];
    arranged.contains(&word.as_str())
}

/// What becomes of a statement under a governing word: only a few leave it standing.
fn under(text: &Annotations, verb: usize, governor: usize, steps: usize) -> Status {
    if is_set(text, governor) {
        return own(text, governor).unwrap_or(Status::Planned);
    }
    let lemma = &*text.tags[governor].lemma;
    let stands = [
        "manage", "begin", "start", "continue", "go", "come", "help", "return", "keep", "know", "see",
        "show", "prove", "prompt", "force", "lead", "allow", "let", "make",
    ];
    // `left to found a firm`, `called her to thank her`, but `called on her to resign`
    let goes_out = ["phone", "visit", "leave", "meet", "travel", "fly", "gather", "call"].contains(&lemma)
        && !matches!(text.word(governor + 1), "on" | "upon" | "for");
    if stands.contains(&lemma) || goes_out {
        return climb(text, governor, steps - 1);
    }
    if let Some(status) = said_of(lemma) {
        // `does not plan to meet`
        return if own(text, governor) == Some(Status::Denied) { Status::Denied } else { status };
    }
    // Whoever states a whole sentence claims it: `contends that the party paid him`.
    let is_finite = text.syntax.child(verb, &[Relation::Nsubj, Relation::NsubjPass]).is_some()
        && text.tags[verb].xpos != Xpos::Vb;
    let is_claim = text.syntax.relation(verb) == Relation::Ccomp && is_finite;
    if is_claim { Status::Reported } else { Status::Hypothetical }
}

/// What a verb or a noun says of the deed that it speaks of.
fn said_of(lemma: &str) -> Option<Status> {
    match lemma {
        "deny" | "refuse" | "refusal" | "decline" | "fail" | "failure" | "reject" | "avoid" => {
            Some(Status::Denied)
        }
        "plan" | "want" | "intend" | "intention" | "hope" | "vow" | "promise" | "expect" | "agree"
        | "decide" | "pledge" | "prepare" | "aim" | "threat" | "threaten" => Some(Status::Planned),
        "say" | "report" | "claim" | "allege" | "accuse" | "suspect" | "charge" | "tell" | "write"
        | "believe" | "think" | "insist" | "confirm" | "announce" | "add" | "note" | "argue" | "blame"
        | "convict" | "arrest" | "criticize" | "praise" | "thank" | "accusation" | "allegation" => {
            Some(Status::Reported)
        }
        "try" | "seek" | "attempt" | "effort" | "fight" | "ask" | "urge" | "doubt" | "likely" => {
            Some(Status::Hypothetical)
        }
        _ => None,
    }
}
