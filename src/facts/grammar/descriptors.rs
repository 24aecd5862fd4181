//! The nouns that describe people beside their names: nominee **Ana Ruiz**; **Leo Brandt**, a painter.
//!
//! Knows one name at a time; never who it refers to.

use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::annotate::parse::syntax::Syntax;
use crate::annotate::{Annotations, offices};

/// The nouns that describe the person whose name has the head `name`: nominee **Ana Ruiz**; **Ana Ruiz**, a painter;
/// **Ana Ruiz** is a painter.
pub(crate) fn beside(text: &Annotations, name: usize) -> Vec<usize> {
    let is_noun = |token: &usize| text.tags[*token].upos == Upos::Noun && text.tags[*token].xpos == Xpos::Nn;
    let down = text.syntax.children(name).filter(|child| match text.syntax.relation(*child) {
        Relation::Appos => last_joined(&text.syntax, name, *child) == name,
        Relation::Compound | Relation::Flat | Relation::NmodDesc => true,
        _ => false,
    });
    let up = text.syntax.head(name).filter(|head| match text.syntax.relation(name) {
        Relation::Appos | Relation::Flat => true,
        Relation::Nsubj => text.syntax.child(*head, &[Relation::Cop]).is_some(),
        _ => false,
    });
    let joined = text.syntax.head(name).filter(|_| text.syntax.relation(name) == Relation::Conj);
    let across = joined.into_iter().flat_map(|first| {
        let apposed =
            text.syntax.children(first).filter(|child| text.syntax.relation(*child) == Relation::Appos);
        apposed.filter(move |child| last_joined(&text.syntax, first, *child) == name)
    });
    down.chain(up).chain(across).filter(is_noun).take(8).collect()
}

/// The last of joined names before an apposition, which hangs on the first of them in the tree: in `Leo and` **Ana**`, a
/// painter`, Ana paints.
fn last_joined(syntax: &Syntax, first: usize, apposed: usize) -> usize {
    let joined = syntax.children(first).filter(|child| syntax.relation(*child) == Relation::Conj);
    joined.take_while(|child| *child < apposed).last().unwrap_or(first)
}

/// The noun of an office in its full form and in lower case; of words that mean the same, one.
pub(crate) fn office_noun(word: &str) -> String {
    let word = word.trim_end_matches('.').to_lowercase();
    match word.as_str() {
        "nominee" | "contender" | "hopeful" => "candidate".to_owned(),
        _ => offices::full_form(&word).to_owned(),
    }
}
