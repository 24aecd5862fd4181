//! Coreference: ties pronouns and descriptions to the entities they stand for.
//!
//! Knows the entities of one article, the order of their mentions, who holds which office and who is speaking; makes no
//! entity. Reads the text once from left to right. A pronoun that no entity fits well enough stays unresolved. Start
//! reading at [`anaphora`]; `features` is what the learned ranker of pronouns sees, `description` decides by rules.

pub(crate) mod context;
mod description;
mod features;
mod kin;
pub(super) mod organization_nouns;
mod person_nouns;
pub(crate) mod pronoun;
mod referent;
mod singular_they;
mod speech;

use std::collections::HashMap;

use crate::annotate::labels::{Relation, Upos};
use crate::annotate::model::linear::Linear;
use crate::facts::entity::{EntityId, Form, Gender, Mention};
use crate::facts::grammar::role::Role;
use crate::facts::grammar::{phrase, role};
use crate::facts::reference::coreference::context::Context;
use crate::facts::reference::coreference::description::Descriptions;
use crate::facts::reference::coreference::features::{Agreement, Anaphor, Antecedent};
use crate::facts::reference::coreference::pronoun::Pronoun;
pub(crate) use crate::facts::reference::coreference::pronoun::TrainingAntecedent;
use crate::facts::reference::coreference::referent::{Memory, Referent, Seen};
use crate::facts::reference::coreference::speech::{Piece, Speech};
use crate::span::{Byte, Span, Tokens};

/// How many entities that are yet to be mentioned in its sentence a pronoun may stand for.
const AHEAD: usize = 2;

/// One pronoun with all its candidates, for training.
#[derive(Debug)]
pub struct TrainingPronoun {
    /// Where it stands.
    pub span: Span<Byte>,
    /// Whom it may stand for; nobody comes last.
    pub choices: Vec<TrainingAntecedent>,
}

/// The mentions by pronoun and by description.
pub(super) fn anaphora(context: Context, model: &Linear) -> Vec<Mention> {
    let mut reader = Reader::new(context, model);
    reader.read(|_, _| {});
    reader.found
}

/// All pronouns with their candidates as they are seen in use, after the choices of the model so far.
pub(crate) fn training_pronouns(context: Context, model: &Linear) -> Vec<TrainingPronoun> {
    let mut pronouns = Vec::new();
    Reader::new(context, model).read(|span, choices| pronouns.push(TrainingPronoun { span, choices }));
    pronouns
}

/// Where each entity is named, as token indices in text order.
fn named(context: &Context) -> Vec<Vec<u32>> {
    let mut named = vec![Vec::new(); context.resolution.entities.len()];
    for (name, entity) in context.text.names.iter().zip(&context.resolution.of_name) {
        if let Some(entity) = entity {
            named[entity.index()].push(name.tokens.start() as u32);
        }
    }
    named
}

/// Reads an article from left to right.
struct Reader<'a> {
    context: Context<'a>,
    model: &'a Linear,
    memory: Memory,
    speech: Speech,
    descriptions: Descriptions<'a>,
    /// The next name, as an index into `Annotations::names`.
    next_name: usize,
    /// Where each entity is named, as token indices in text order.
    named: Vec<Vec<u32>>,
    /// The latest pronoun of each class and gender that was tied to nobody: its sentence, and how many there are.
    untied: HashMap<(&'static str, Option<Gender>), (u32, u32)>,
    /// Who was mentioned in the latest source.
    latest_speaker: Option<EntityId>,
    /// Whom the pronouns that are sources stand for, where that was needed before they were read.
    speakers: HashMap<Span<Byte>, Option<EntityId>>,
    found: Vec<Mention>,
}

impl<'a> Reader<'a> {
    fn new(context: Context<'a>, model: &'a Linear) -> Self {
        Reader {
            context,
            model,
            memory: Memory::default(),
            speech: Speech::new(context.text, context.quotes, context.resolution),
            descriptions: Descriptions::new(context),
            next_name: 0,
            named: named(&context),
            untied: HashMap::new(),
            latest_speaker: None,
            speakers: HashMap::new(),
            found: Vec::new(),
        }
    }

    fn read(&mut self, mut record: impl FnMut(Span<Byte>, Vec<TrainingAntecedent>)) {
        let text = self.context.text;
        for token in 0..text.document.tokens.len() {
            self.see_names(token);
            if self.context.text.syntax.relation(token) == Relation::Expl {
                continue; // `it is clear that …`, `there is …`: stands for nothing
            }
            if let Some(pronoun) = pronoun::of_word(text.word(token)) {
                if let Some((entity, choices)) = self.refer(token, &pronoun) {
                    record(text.document.tokens[token].span, choices);
                    self.add(Span::new(token, token + 1), entity, Form::Pronoun, pronoun.gender);
                }
            } else if let Some(entity) = self.relative(token) {
                self.add(Span::new(token, token + 1), Some(entity), Form::Pronoun, None);
            } else if let Some((tokens, entity)) = self.descriptions.ending_at(token, &self.memory) {
                self.add(tokens, Some(entity), Form::Nominal, None);
            }
        }
    }

    /// Takes in the names that begin at a token.
    fn see_names(&mut self, token: usize) {
        let names = &self.context.text.names;
        while let Some(name) = names.get(self.next_name).filter(|name| name.tokens.start() <= token) {
            if let Some(entity) = self.context.resolution.of_name[self.next_name] {
                let seen = self.seen(name.tokens, entity, Form::Name);
                self.see(seen, None);
            }
            self.next_name += 1;
        }
    }

    fn see(&mut self, seen: Seen, gender: Option<Gender>) {
        let place = self.context.text.document.tokens[seen.start].span.start();
        if self.speech.is_source(place) {
            self.latest_speaker = Some(seen.entity);
        }
        self.memory.see(seen, gender);
    }

    fn add(&mut self, tokens: Span<Tokens>, entity: Option<EntityId>, form: Form, gender: Option<Gender>) {
        let Some(entity) = entity else { return };
        let seen = self.seen(tokens, entity, form);
        self.see(seen, gender);
        self.found.push(Mention { span: self.context.text.document.bytes(tokens), entity, form });
    }

    fn seen(&self, tokens: Span<Tokens>, entity: EntityId, form: Form) -> Seen {
        let head = role::head_of(&self.context.text.syntax, tokens);
        let (role, joint) = role::role(&self.context.text.syntax, head);
        let at = self.context.text.document.tokens[head];
        Seen {
            entity,
            form,
            head,
            start: tokens.start(),
            sentence: at.sentence,
            paragraph: at.paragraph,
            role,
            joint,
            opens: self.memory.is_open(at.sentence),
            words: tokens.len(),
        }
    }

    /// Whom a pronoun stands for, with the choices there were; `None` where there is nobody to choose.
    fn refer(
        &mut self,
        token: usize,
        pronoun: &Pronoun,
    ) -> Option<(Option<EntityId>, Vec<TrainingAntecedent>)> {
        let anaphor = self.anaphor(token, pronoun);
        let ahead = self.ahead(&anaphor);
        let candidates = self.candidates(&anaphor, &ahead);
        let single = || singular_they::they(self.context, &anaphor, &self.memory);
        if candidates.is_empty() {
            return single().map(|entity| (Some(entity), Vec::new()));
        }
        let text = self.context.text;
        let choices = pronoun::choices(text, &anaphor, &candidates);
        let entity = pronoun::reporting(&text.syntax, &anaphor, &candidates)
            .or_else(|| pronoun::topic(&text.syntax, &anaphor, &candidates))
            .or_else(|| pronoun::choose(self.model, anaphor.sentence, &candidates, &choices))
            .or_else(|| pronoun::subject_before(&anaphor, &candidates))
            .or_else(single);
        if entity.is_none() {
            let untied = (anaphor.sentence, anaphor.untied + 1);
            self.untied.insert((anaphor.class, anaphor.gender), untied);
        }
        Some((entity, choices))
    }

    /// Whom a relative pronoun stands for: the one mentioned by the noun that its clause hangs on.
    fn relative(&self, token: usize) -> Option<EntityId> {
        let Context { text, resolution, .. } = self.context;
        if !matches!(text.word(token), "who" | "whom" | "whose" | "which") {
            return None;
        }
        let clause = role::clause(text, token);
        let noun = text.syntax.head(clause).filter(|_| text.syntax.relation(clause) == Relation::AclRelcl);
        // Behind a name and a comma no tree is needed: `Leo Brandt, whose …`.
        let comma = || token.checked_sub(2).filter(|_| text.word(token - 1) == ",");
        let noun = noun.or_else(comma)?;
        let by_name = || text.name_at(noun).and_then(|name| resolution.of_name[name]);
        let place = text.document.tokens[noun].span;
        let described = self
            .found
            .iter()
            .rev()
            .take(4)
            .find(|mention| mention.form == Form::Nominal && mention.span.end() == place.end());
        described.map(|mention| mention.entity).or_else(by_name)
    }

    /// Who speaks in a piece of direct speech. Where a pronoun behind it is the source, whom it stands for is to be known
    /// before the words are read: nobody calls himself `he`.
    fn speaker(&mut self, piece: &Piece) -> Option<EntityId> {
        let source = piece.source.filter(|_| piece.speaker.is_none())?;
        if let Some(known) = self.speakers.get(&source) {
            return *known;
        }
        let token = self.context.text.document.tokens_in(source);
        let pronoun = pronoun::of_word(self.context.text.word(token.start())).filter(|_| token.len() == 1)?;
        let anaphor = self.anaphor_outside(token.start(), &pronoun);
        let candidates = self.candidates(&anaphor, &[]);
        let text = self.context.text;
        let choices = pronoun::choices(text, &anaphor, &candidates);
        let speaker = pronoun::topic(&text.syntax, &anaphor, &candidates)
            .or_else(|| pronoun::choose(self.model, anaphor.sentence, &candidates, &choices))
            .or_else(|| pronoun::subject_before(&anaphor, &candidates));
        self.speakers.insert(source, speaker);
        speaker
    }

    fn anaphor(&mut self, token: usize, pronoun: &Pronoun) -> Anaphor {
        let piece = self.speech.at(self.context.text.document.tokens[token].span.start());
        let speaker = piece.and_then(|piece| piece.speaker.or_else(|| self.speaker(&piece)));
        Anaphor { spoken: piece.is_some(), speaker, ..self.anaphor_outside(token, pronoun) }
    }

    /// A pronoun as it is seen outside direct speech.
    fn anaphor_outside(&self, token: usize, pronoun: &Pronoun) -> Anaphor {
        let text = self.context.text;
        let at = text.document.tokens[token];
        Anaphor {
            token,
            class: pronoun.class,
            gender: pronoun.gender,
            role: role::role(&text.syntax, token).0,
            reflexive: pronoun.reflexive,
            sentence: at.sentence,
            paragraph: at.paragraph,
            clause: role::clause(text, token),
            spoken: false,
            speaker: None,
            reporter: self.speech.reporter(at.span.start()),
            opens: self.memory.is_open(at.sentence),
            untied: self.untied(pronoun, at.sentence),
            is_source: self.speech.is_source(at.span.start()),
            before_speech: self
                .speech
                .before(text, at.span.start())
                .map(|before| text.document.tokens[before].sentence),
        }
    }

    /// How many pronouns like this one before it are tied to nobody; the last of them may stand behind it, where a
    /// source is looked at out of turn.
    fn untied(&self, pronoun: &Pronoun, sentence: u32) -> u32 {
        let known = self.untied.get(&(pronoun.class, pronoun.gender));
        known
            .filter(|(last, _)| sentence.checked_sub(*last).is_some_and(|back| back <= 1))
            .map_or(0, |(_, count)| *count)
    }

    /// Entities that are first mentioned behind a pronoun in its sentence.
    fn ahead(&self, anaphor: &Anaphor) -> Vec<Referent> {
        let Context { text, resolution, .. } = self.context;
        let names = text.names.iter().zip(&resolution.of_name).skip(self.next_name).take(AHEAD * 2);
        let near = names
            .take_while(|(name, _)| text.document.tokens[name.tokens.start()].sentence == anaphor.sentence);
        let mut ahead: Vec<Referent> = Vec::new();
        for (name, entity) in near {
            let Some(entity) = entity.filter(|entity| self.memory.get(*entity).is_none()) else { continue };
            let known = ahead.iter().any(|referent| referent.last.entity == entity);
            if !known && ahead.len() < AHEAD {
                ahead.push(Referent::new(self.seen(name.tokens, entity, Form::Name)));
            }
        }
        ahead
    }

    /// Whether the quote whose source stands at `token` mentions an entity as somebody else.
    fn is_spoken_of(&self, token: usize, entity: EntityId) -> bool {
        /// How many mentions back a pronoun in the words may stand.
        const BACK: usize = 16;
        let start = |token: usize| self.context.text.document.tokens[token].span.start();
        let named = &self.named[entity.index()];
        self.speech.of_others(start(token)).iter().any(|piece| {
            let first = named.partition_point(|name| start(*name as usize) < piece.start());
            let called = |mention: &&Mention| mention.entity == entity && piece.covers(mention.span);
            named.get(first).is_some_and(|name| start(*name as usize) < piece.end())
                || self.found.iter().rev().take(BACK).any(|mention| called(&mention))
        })
    }

    /// Whether a possessive is in one phrase with the next name of an entity: `her` in `her brother Leo` is not Leo's.
    ///
    /// Told by the words between: trees do not agree on `her brother-in-law Leo`, and hang too much on a noun.
    fn owns(&self, anaphor: &Anaphor, entity: EntityId) -> bool {
        let text = self.context.text;
        let named = &self.named[entity.index()];
        let next = named.get(named.partition_point(|name| *name <= anaphor.token as u32));
        let names_it = |token: usize| matches!(text.tags[token].upos, Upos::Noun | Upos::Adj | Upos::Propn);
        next.filter(|_| anaphor.role == Role::Possessor).is_some_and(|name| {
            text.document.tokens[*name as usize].sentence == anaphor.sentence
                && (anaphor.token + 1..*name as usize)
                    .all(|token| names_it(token) || phrase::joins_words(text, token))
        })
    }

    fn candidates<'b>(&'b self, anaphor: &Anaphor, ahead: &'b [Referent]) -> Vec<Antecedent<'b>> {
        let entities = &self.context.resolution.entities;
        let candidate = |referent: &'b Referent, ahead: bool| {
            let entity = &entities[referent.last.entity.index()];
            // Inside direct speech its speaker is neither `he` nor `she` nor `it`.
            let ruled_out = anaphor.speaker == Some(referent.last.entity)
                || self.is_spoken_of(anaphor.token, referent.last.entity)
                || self.owns(anaphor, referent.last.entity);
            if ruled_out || !pronoun::admits(anaphor.class, entity) {
                return None;
            }
            let agreement = pronoun::agreement(anaphor, entity, referent);
            // What the text or a clear given name shows outweighs all else.
            if agreement == Agreement::Other {
                return None;
            }
            let start = self.context.text.document.tokens[referent.last.start].span.start();
            let named = &self.named[referent.last.entity.index()];
            let next = named.get(named.partition_point(|name| *name <= anaphor.token as u32));
            let sentence = |token: u32| self.context.text.document.tokens[token as usize].sentence;
            Some(Antecedent {
                referent,
                agreement,
                spoke: self.speech.is_source(start),
                latest_speaker: self.latest_speaker == Some(referent.last.entity),
                ahead,
                names: named.len() as u32,
                next: next.map(|token| sentence(*token) - anaphor.sentence),
            })
        };
        let known = self.memory.latest_first().filter_map(|referent| candidate(referent, false));
        known.chain(ahead.iter().filter_map(|referent| candidate(referent, true))).collect()
    }
}
