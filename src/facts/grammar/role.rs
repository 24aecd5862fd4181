//! The part that a phrase plays in its sentence, and how two phrases of a sentence stand to each other.
//!
//! Knows trees only. Every climb is bounded, so that no tree costs more than its tokens.

use crate::annotate::Annotations;
use crate::annotate::labels::{Relation, Upos};
use crate::annotate::parse::syntax::Syntax;
use crate::span::{Span, Tokens};

/// How many arcs are climbed at most.
const CLIMB: usize = 24;

/// The part that a phrase plays in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Subject of an active verb or of a predicate.
    Subject,
    /// Subject of a passive verb.
    Passive,
    /// Direct or indirect object.
    Object,
    /// With an adposition, under a verb.
    Oblique,
    /// `Ana’s`, `her`.
    Possessor,
    /// Under a noun in any other way.
    Modifier,
    /// Anything else: roots, vocatives, fragments.
    Other,
}

impl Role {
    /// A short name for features.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Role::Subject => "s",
            Role::Passive => "p",
            Role::Object => "o",
            Role::Oblique => "b",
            Role::Possessor => "g",
            Role::Modifier => "m",
            Role::Other => "x",
        }
    }

    /// Whether it is a subject of either kind.
    pub(crate) fn is_subject(self) -> bool {
        matches!(self, Role::Subject | Role::Passive)
    }
}

/// The token of a phrase on which its other tokens hang: the first whose head lies outside.
pub(crate) fn head_of(syntax: &Syntax, phrase: Span<Tokens>) -> usize {
    let outside = |token: &usize| syntax.head(*token).is_none_or(|head| !phrase.contains(head));
    phrase.range().find(outside).unwrap_or(phrase.end().saturating_sub(1))
}

/// The topmost token of the phrase that `token` names: over parts of names, conjunctions and appositions.
fn top(syntax: &Syntax, token: usize) -> usize {
    let mut token = token;
    for _ in 0..CLIMB {
        let joins = matches!(
            syntax.relation(token),
            Relation::Conj | Relation::Flat | Relation::Compound | Relation::Appos | Relation::Nummod
        );
        match syntax.head(token) {
            Some(head) if joins => token = head,
            _ => break,
        }
    }
    token
}

/// The part that the phrase with the head `token` plays; second whether it is one of several (`Ana and Leo`).
pub(crate) fn role(syntax: &Syntax, token: usize) -> (Role, bool) {
    let relation = syntax.relation(top(syntax, token));
    let role = match relation.base() {
        "nsubj" if relation == Relation::NsubjPass => Role::Passive,
        "nsubj" | "csubj" => Role::Subject,
        "obj" | "iobj" => Role::Object,
        "obl" => Role::Oblique,
        "nmod" if relation == Relation::NmodPoss => Role::Possessor,
        "nmod" | "compound" | "amod" => Role::Modifier,
        _ => Role::Other,
    };
    let joint = syntax.relation(token) == Relation::Conj || syntax.child(token, &[Relation::Conj]).is_some();
    (role, joint)
}

/// The head of the clause that `token` stands in; `token` itself where it heads one.
pub(crate) fn clause(text: &Annotations, token: usize) -> usize {
    let mut at = token;
    for _ in 0..CLIMB {
        let relation = text.syntax.relation(at);
        let heads =
            matches!(relation.base(), "root" | "ccomp" | "xcomp" | "advcl" | "acl" | "csubj" | "parataxis")
                || relation == Relation::Conj && matches!(text.tags[at].upos, Upos::Verb | Upos::Aux);
        match text.syntax.head(at) {
            Some(head) if !heads => at = head,
            _ => break,
        }
    }
    at
}

/// Whether `below` hangs on `above`, directly or not.
pub(crate) fn hangs_on(syntax: &Syntax, below: usize, above: usize) -> bool {
    let mut at = below;
    for _ in 0..CLIMB {
        match syntax.head(at) {
            Some(head) if head == above => return true,
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}
