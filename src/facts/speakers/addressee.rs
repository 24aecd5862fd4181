//! Finds the person whom a quote is addressed to: told **Brandt**, in a letter to **Brandt**, “Thank you, **Brandt**”.
//!
//! Knows quotes, their cues and mentions. Only people count: what somebody tells a newspaper is for its readers.

use std::collections::HashMap;

use crate::annotate::{Annotations, NameKind, offices as office_words};
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::grammar::phrase;
use crate::facts::offices;
use crate::facts::quote::Quote;
use crate::facts::speakers::scene::Scene;
use crate::facts::speakers::source::speaker;
use crate::facts::speakers::spoken;
use crate::span::{Span, Tokens};

/// How far from a cue the words `in a letter to` may stand, in tokens.
const REACH: usize = 24;

/// How many words back a title before a name may begin: `Deputy Prime Minister`.
const TITLE: usize = 4;

/// Whom the quotes of an article are addressed to, each found when it is asked for.
pub(super) struct Addressees<'a> {
    scene: Scene<'a>,
    quotes: &'a [Quote],
    /// Who speaks in each quote.
    speakers: &'a [Option<EntityId>],
    known: HashMap<usize, Option<EntityId>>,
}

impl<'a> Addressees<'a> {
    pub(crate) fn new(scene: Scene<'a>, quotes: &'a [Quote], speakers: &'a [Option<EntityId>]) -> Self {
        Addressees { scene, quotes, speakers, known: HashMap::new() }
    }

    /// Whom a quote is addressed to.
    pub(crate) fn of(&mut self, quote: usize) -> Option<EntityId> {
        if let Some(known) = self.known.get(&quote) {
            return *known;
        }
        let found = self.find(quote);
        self.known.insert(quote, found);
        found
    }

    fn find(&self, index: usize) -> Option<EntityId> {
        let quote = &self.quotes[index];
        let another = |entity: &EntityId| {
            self.speakers[index] != Some(*entity) && self.scene.kind(*entity) == EntityKind::Person
        };
        let vocative = self.vocative(quote).filter(another);
        let told = || quote.cue.first().and_then(|cue| self.told(self.scene.text.document.tokens_in(*cue)));
        let written = || self.written_to(quote);
        let turn = || self.other_turn(index);
        vocative
            .or_else(|| told().filter(another))
            .or_else(|| written().filter(another))
            .or_else(|| turn().filter(another))
    }

    /// The person called by name in the words themselves: “**Teo**, you must leave”, “Do you agree, Governor **Voss**?”
    fn vocative(&self, quote: &Quote) -> Option<EntityId> {
        let text = self.scene.text;
        quote.content.iter().find_map(|piece| {
            let tokens = text.document.tokens_in(*piece);
            let first = text.name_from(tokens.start());
            let names = text.names[first..].iter().enumerate();
            let mut inside = names.take_while(|(_, name)| name.tokens.end() <= tokens.end());
            let called =
                inside.find(|(_, name)| name.kind == NameKind::Person && self.is_called(name.tokens));
            called.and_then(|(index, _)| self.scene.resolution.of_name[first + index])
        })
    }

    /// Whether a name stands by itself in a sentence that says `you`.
    fn is_called(&self, name: Span<Tokens>) -> bool {
        let text = self.scene.text;
        let floor = name.start().saturating_sub(TITLE);
        let titled = (floor..name.start()).rev().find(|token| !is_title(text, *token));
        let before = titled.map_or("", |token| text.word(token));
        let sentence = offices::sentence_of(text, name.start());
        let opens = sentence.contains(name.start()) && titled.is_none_or(|token| token < sentence.start())
            || matches!(before, "“" | "\"" | "``" | "‘");
        let after = text.word(name.end());
        let says_you =
            || sentence.range().any(|token| matches!(text.word(token), "you" | "You" | "your" | "Your"));
        // `“Sand, the minister, told you”` describes; `“Sand, you know the minister”` calls.
        let describes =
            || matches!(text.word(name.end() + 1), "a" | "an" | "the" | "who" | "whose" | "which");
        let ends = matches!(after, "." | "?" | "!" | "”" | "\"");
        (opens && matches!(after, "," | "!") && !describes() || before == "," && ends) && says_you()
    }

    /// The person behind a cue: told **her deputy, Leo Brandt**; said to **Brandt**.
    fn told(&self, cue: Span<Tokens>) -> Option<EntityId> {
        let text = self.scene.text;
        let after = cue.end();
        let verb = text.tags.get(cue.start()).map(|tag| &*tag.lemma)?;
        let takes_person = matches!(
            verb,
            "tell"
                | "ask"
                | "remind"
                | "warn"
                | "assure"
                | "inform"
                | "advise"
                | "urge"
                | "beg"
                | "order"
                | "thank"
        );
        if text.word(after) == "to" {
            self.phrase_at(after + 1)
        } else if takes_person {
            self.phrase_at(after)
        } else {
            None
        }
    }

    /// The person beside the quote to whom the speaker turns: in a letter to **Voss**; addressing **Voss**.
    fn written_to(&self, quote: &Quote) -> Option<EntityId> {
        let text = self.scene.text;
        let cue = text.document.tokens_in(*quote.cue.first()?);
        let sentence = offices::sentence_of(text, cue.start());
        let near =
            cue.start().saturating_sub(REACH).max(sentence.start())..(cue.end() + REACH).min(sentence.end());
        let outside = |token: &usize| {
            let span = text.document.tokens[*token].span;
            !quote.content.iter().any(|piece| piece.contains(span.start()))
        };
        near.filter(outside).find_map(|token| match text.word(token).to_lowercase().as_str() {
            "addressing" => self.phrase_at(token + 1),
            "letter" | "email" | "e-mail" | "message" | "note" | "memo" | "turning" | "speaking"
            | "talking" | "writing"
                if text.word(token + 1) == "to" =>
            {
                self.phrase_at(token + 2)
            }
            _ => None,
        })
    }

    /// The person of the noun phrase that begins at a token.
    fn phrase_at(&self, start: usize) -> Option<EntityId> {
        let text = self.scene.text;
        let sentence = offices::sentence_of(text, start.min(text.document.tokens.len().checked_sub(1)?));
        let phrase = match text.word(start) {
            "him" | "her" if !is_nominal(text, start + 1) => Some(Span::new(start, start + 1)),
            _ => phrase::after(text, sentence, start),
        };
        // Behind an abbreviation a phrase goes on; here its full stop may be the sentence's.
        let phrase = phrase?;
        let stopped = phrase.len() > 1 && text.word(phrase.end() - 1) == ".";
        let phrase = Span::new(phrase.start(), phrase.end() - usize::from(stopped));
        speaker(&self.scene, text.document.bytes(phrase))
    }

    /// In a transcript, whoever had the turn before; in its first turn, whoever has the next.
    fn other_turn(&self, index: usize) -> Option<EntityId> {
        let is_turn = |index: usize| spoken::is_turn(&self.quotes[index]);
        if !is_turn(index) {
            return None;
        }
        let other = |other: usize| {
            let speaker = self.speakers[other];
            speaker.filter(|_| is_turn(other) && speaker != self.speakers[index])
        };
        let mut before = (0..index).rev().take(3);
        let mut behind = (index + 1..self.quotes.len()).take(3);
        before.find_map(other).or_else(|| behind.find_map(other))
    }
}

/// Whether a token goes on with a noun phrase.
fn is_nominal(text: &Annotations, token: usize) -> bool {
    use crate::annotate::labels::Upos::{Adj, Noun, Propn};
    text.tags.get(token).is_some_and(|tag| matches!(tag.upos, Adj | Noun | Propn))
}

/// Whether a token is a word of a title before a name.
fn is_title(text: &Annotations, token: usize) -> bool {
    let word = text.word(token);
    word == "."
        || office_words::is_title(word)
        || office_words::is_qualifier(word) && word.starts_with(char::is_uppercase)
}
