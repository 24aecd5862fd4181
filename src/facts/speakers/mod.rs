//! From source to speaker: says of each quote who its source is and whom it is about, and ties `I` and `you` in direct
//! speech to those who speak and are addressed.
//!
//! Knows quotes, mentions and entities of one article; never finds a quote or makes an entity. The source's head decides: a
//! spokesman for the mayor is not the mayor; but what a report or a letter says, its author says. Start reading at
//! [`credit`].

pub(crate) mod addressee;
pub(crate) mod first_person;
pub(crate) mod second_person;
pub(crate) mod source;
pub(crate) mod spoken;

use crate::annotate::Annotations;
use crate::facts::entity::{EntityId, Mention};
use crate::facts::offices::Office;
use crate::facts::quote::Quote;
use crate::facts::reference::resolution::Resolution;
use crate::facts::speakers::source::{mentions_in, speaker};

/// Fills in `speaker` and `about` of every quote, and adds the mentions in the first and second person.
///
/// `offices` tell for whom a spokesman says `we`. Nobody's own `I` is what a quote is about: it is added last.
pub fn credit(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &mut Resolution,
    quotes: &mut [Quote],
) {
    let spoken = spoken::spoken(text, quotes);
    for quote in quotes.iter_mut() {
        quote.speaker = quote.source.and_then(|source| speaker(text, offices, resolution, source));
    }
    let addressed = second_person::mentions(text, offices, resolution, quotes, &spoken);
    add(resolution, addressed);
    for quote in quotes.iter_mut() {
        quote.about = about(resolution, quote);
    }
    let own = first_person::mentions(text, offices, resolution, quotes, &spoken);
    add(resolution, own);
    // `“I think that all is well,” she said`: a report inside direct speech.
    for quote in quotes.iter_mut().filter(|quote| quote.speaker.is_none()) {
        quote.speaker = quote.source.and_then(|source| speaker(text, offices, resolution, source));
    }
}

/// Adds mentions, in text order; what is mentioned already stays.
fn add(resolution: &mut Resolution, found: Vec<Mention>) {
    resolution.mentions.extend(found);
    resolution.mentions.sort_by_key(|mention| mention.span);
    resolution.mentions.dedup_by_key(|mention| mention.span);
}

/// The entities that the content mentions, each once.
fn about(resolution: &Resolution, quote: &Quote) -> Vec<EntityId> {
    let mut about: Vec<EntityId> = quote
        .content
        .iter()
        .flat_map(|piece| mentions_in(resolution, *piece))
        .map(|mention| mention.entity)
        .collect();
    about.sort_unstable();
    about.dedup();
    about
}

#[cfg(test)]
mod tests {
    use crate::annotate::model::Model;
    use crate::article::Article;
    use crate::pipeline::analyze;

    /// The speakers of the quotes of a text, in order; `-` for an unnamed one.
    fn speakers(body: &str) -> Vec<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let facts = analyze(&article, Model::embedded()).facts;
        let name = |quote: &crate::facts::quote::Quote| {
            quote.speaker.map_or_else(|| "-".to_owned(), |id| facts.entities[id.index()].name.clone())
        };
        facts.quotes.iter().map(name).collect()
    }

    #[test]
    fn the_head_of_a_source_speaks() {
        for (body, speaker) in [
            ("Maria Sand said the harbor was closed.", "Maria Sand"),
            ("Her deputy, Maria Sand, said the harbor was closed.", "Maria Sand"),
            ("A lawyer for Maria Sand said the harbor was closed.", "-"),
            ("A report by Northwind Corp. said the harbor was closed.", "Northwind Corp."),
            ("Maria Sand’s letter said the harbor was closed.", "Maria Sand"),
            ("The Department of Justice said the harbor was closed.", "Department of Justice"),
            ("Secretary of State Maria Sand said the harbor was closed.", "Maria Sand"),
            ("A friend of Maria Sand said the harbor was closed.", "-"),
        ] {
            assert_eq!(speakers(body), [speaker], "{body}");
        }
    }
}
