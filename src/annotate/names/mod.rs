//! Named entity recognition: finds the proper names of an article and says of each whether it is a person, an
//! organization or a place.
//!
//! A trained recognizer reads each sentence (`recognize`) with what the whole article shows of its words (`nonlocal`);
//! rules then mend its names ([`REPAIRS`]) and tell the sides of games from towns and countries (`teams`). Knows tokens,
//! tags and word lists; never whom a name refers to, which is for `facts`. Start reading at [`names`].

pub(crate) mod encoded;
mod furniture;
pub(super) mod name;
mod namesakes;
pub(crate) mod nonlocal;
pub(crate) mod page;
pub(crate) mod recognize;
pub(crate) mod repair;
mod repeated;
mod teams;

use crate::annotate::document::Document;
use crate::annotate::features::Lexeme;
use crate::annotate::names::name::Name;
use crate::annotate::names::page::Page;
use crate::annotate::names::recognize::Recognizer;
use crate::annotate::tag::Tag;

/// Mends the names of a page. They stay in text order, and none overlaps another.
type Repair = fn(Page, &mut Vec<Name>);

/// What is mended of the names that were recognized, in this order.
const REPAIRS: [Repair; 12] = [
    |page, names| repair::mend(page, names),
    repair::join_nicknames,
    |page, names| repair::join_hyphened(page, names),
    |page, names| repair::join_given_names(page, names),
    repair::drop_titles,
    repair::drop_question_letters,
    repair::part_places,
    repair::part_doubled,
    repeated::find_repeated,
    repair::add_short_names,
    furniture::drop_furniture,
    namesakes::drop_things,
];

/// The names of a body, in text order, none overlapping another; second whether the article is about team games, so
/// that one string may name a place here and its side there.
///
/// `lexemes` and `tags` have one entry for each token.
pub(crate) fn names(
    body: &str,
    document: &Document,
    lexemes: &[Lexeme],
    tags: &[Tag],
    recognizer: &Recognizer,
) -> (Vec<Name>, bool) {
    let evidence = nonlocal::evidence(body, document, lexemes);
    let mut names = recognize::recognize(document, lexemes, &evidence, tags, recognizer);
    let page = Page { body, document, lexemes, evidence: &evidence, tags };
    let of_games = mend(page, &mut names);
    (names, of_games)
}

/// Mends the names that were recognized and tells sides from places; gives whether the article is about team games.
pub(super) fn mend(page: Page, names: &mut Vec<Name>) -> bool {
    REPAIRS.iter().for_each(|repair| repair(page, names));
    teams::name_sides(page, names)
}
