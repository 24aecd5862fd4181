//! From source to speaker: says of each quote who its source is and whom it is about, and ties `I` and `you` in direct
//! speech to those who speak and are addressed.
//!
//! Knows quotes, mentions and entities of one article; never finds a quote or makes an entity. The source's head decides: a
//! spokesman for the mayor is not the mayor; but what a report or a letter says, its author says. Start reading at
//! [`credit`].

mod addressee;
pub(super) mod credits;
mod first_person;
mod scene;
mod second_person;
mod source;
mod spoken;

use crate::annotate::Annotations;
use crate::facts::entity::EntityId;
use crate::facts::offices::Offices;
use crate::facts::quote::Quote;
use crate::facts::reference::resolution::{Resolution, merged};
use crate::facts::speakers::credits::Credits;
use crate::facts::speakers::scene::Scene;
use crate::facts::speakers::source::speaker;

/// Says who speaks in each quote and whom it is about, and what is mentioned in the first and second person.
///
/// `offices` tell for whom a spokesman says `we`. Nobody's own `I` is what a quote is about: it is found last.
pub fn credit(text: &Annotations, offices: &Offices, resolution: &Resolution, quotes: &[Quote]) -> Credits {
    let spoken = spoken::spoken(text, quotes);
    let named = Scene { text, offices, resolution, mentions: &resolution.mentions };
    let mut speakers: Vec<Option<EntityId>> =
        quotes.iter().map(|quote| speaker(&named, quote.source?)).collect();
    let addressed = second_person::mentions(&named, quotes, &speakers, &spoken);
    let mentions = merged(resolution.mentions.clone(), addressed.iter().copied());
    let with_you = Scene { mentions: &mentions, ..named };
    let abouts = quotes.iter().map(|quote| about(&with_you, quote)).collect();
    let own = first_person::mentions(&with_you, &speakers, &spoken);
    let mentions = merged(mentions, own.iter().copied());
    let with_all = Scene { mentions: &mentions, ..named };
    // `“I think that all is well,” she said`: a report inside direct speech.
    for (found, quote) in speakers.iter_mut().zip(quotes).filter(|(found, _)| found.is_none()) {
        *found = quote.source.and_then(|source| speaker(&with_all, source));
    }
    let joint = quotes.iter().zip(&speakers).map(|(quote, speaker)| {
        let (source, first) = quote.source.zip(*speaker)?;
        Some(source::joint(&with_all, source, first))
    });
    let joint = joint.map(Option::unwrap_or_default).collect();
    Credits { speakers, joint, abouts, mentions: [addressed, own].concat() }
}

/// The entities that the content mentions, each once.
fn about(scene: &Scene, quote: &Quote) -> Vec<EntityId> {
    let inside = quote.content.iter().flat_map(|piece| scene.mentions_in(*piece));
    let mut about: Vec<EntityId> = inside.map(|mention| mention.entity).collect();
    about.sort_unstable();
    about.dedup();
    about
}

#[cfg(test)]
mod tests {
    use crate::annotate::given;
    use crate::article::Article;
    use crate::pipeline;

    /// The speakers of the quotes of a text, in order; `-` for an unnamed one.
    fn speakers(body: &str) -> Vec<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let facts = pipeline::facts(&given::annotations(&article), given::untrained()).0;
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
            ("Her lawyer, Dr Maria Sand, said the harbor was closed.", "Maria Sand"),
            ("The head of the port, the Rev. Maria Sand, said the harbor was closed.", "Maria Sand"),
            ("Maria Sand MP said the harbor was closed.", "Maria Sand"),
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
