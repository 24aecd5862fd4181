//! Ties descriptions to those they describe: the mayor, her deputy, the Vermont senator, the company.
//!
//! Knows which nouns the article itself puts beside names (offices, appositions, predicates), the nouns inside the
//! names of organizations, and who is in mind. A description that fits nobody stays unresolved.

use crate::annotate::labels::{Upos, Xpos};
use crate::annotate::{Annotations, NameKind};
use crate::facts::entity::{EntityId, EntityKind, Gender};
use crate::facts::grammar::descriptors::office_noun;
use crate::facts::grammar::phrase;
use crate::facts::reference::coreference::context::Context;
use crate::facts::reference::coreference::kin::Kin;
use crate::facts::reference::coreference::organization_nouns;
use crate::facts::reference::coreference::person_nouns::Nouns;
use crate::facts::reference::coreference::referent::{Memory, Seen};
use crate::facts::reference::gender;
use crate::span::{Span, Tokens};

/// How many words stand between the article and the noun of a description at most.
const MODIFIERS: usize = 5;

/// How many names back an age is looked for: one who has not been named for longer is not just `the 54-year-old`.
const NAMES_BACK: usize = 200;

/// Who is called what.
pub(super) struct Descriptions<'a> {
    context: Context<'a>,
    nouns: Nouns,
    kin: Kin,
}

/// A description as it is printed.
struct Description {
    start: usize,
    noun: usize,
    /// Whether it begins with `her` or `Ana’s` and the like.
    possessive: bool,
    /// Who is named or described by the possessive that it begins with: **the company**’s chairman.
    owner: Option<EntityId>,
}

impl<'a> Descriptions<'a> {
    pub(crate) fn new(context: Context<'a>) -> Self {
        Descriptions { context, nouns: Nouns::new(context), kin: Kin::new(context) }
    }

    /// The description whose noun is the token, with whom it describes.
    pub(super) fn ending_at(&self, token: usize, memory: &Memory) -> Option<(Span<Tokens>, EntityId)> {
        let text = self.context.text;
        if let Some((tokens, age)) = aged(text, token) {
            return Some((tokens, self.of_age(tokens, age, memory)?));
        }
        if let Some(found) = self.relative(token, memory) {
            return Some(found);
        }
        let word = office_noun(text.word(token));
        if is_just_named(&word)
            && !self.nouns.knows(&word)
            && let Some(description) =
                self.description(token, memory).filter(|description| !description.possessive)
        {
            let tokens = Span::new(description.start, token + 1);
            return Some((tokens, self.just_named(tokens, gender::of_noun(&word), memory)?));
        }
        if !self.nouns.knows(&word) && !organization_nouns::is_class(&word) {
            return None;
        }
        if self.name_at(token).is_some() {
            return None;
        }
        let description = self.description(token, memory)?;
        let tokens = Span::new(description.start, token + 1);
        if let Some(named) = self.apposed(token) {
            return Some((tokens, named));
        }
        let person = self.person(&description, &word, memory);
        let thing = || {
            organization_nouns::described(self.context, tokens, &word, memory)
                .filter(|_| !description.possessive)
        };
        Some((tokens, person.or_else(thing)?))
    }

    /// The person of an age: whose age stands behind the name, `Ana Ruiz, 54,`, or of whom the sentence before is, if it names
    /// nobody else.
    fn of_age(&self, tokens: Span<Tokens>, age: &str, memory: &Memory) -> Option<EntityId> {
        let Context { text, resolution, .. } = self.context;
        let has_age = |end: usize| text.word(end) == "," && text.word(end + 1) == age;
        let names = &text.names[..text.name_from(tokens.start())];
        let mut latest = (0..names.len()).rev().take(NAMES_BACK);
        let of_age =
            |index: &usize| names[*index].kind == NameKind::Person && has_age(names[*index].tokens.end());
        if let Some(index) = latest.find(of_age) {
            return resolution.of_name[index];
        }
        self.just_named(tokens, None, memory)
    }

    /// The only person, of a gender if one is shown, of whom this sentence and the one before speak.
    fn just_named(&self, tokens: Span<Tokens>, gender: Option<Gender>, memory: &Memory) -> Option<EntityId> {
        let Context { text, resolution, .. } = self.context;
        let sentence = text.document.tokens[tokens.start()].sentence;
        let is_person = |entity: EntityId| resolution.entities[entity.index()].kind == EntityKind::Person;
        let is_near = |seen: &Seen| sentence - seen.sentence <= 1 && is_person(seen.entity);
        let mut near = memory.latest_first().map(|referent| referent.last).filter(is_near);
        let only = near.next().map(|seen| seen.entity).filter(|_| near.next().is_none())?;
        let known = resolution.entities[only.index()].gender;
        (gender.is_none() || known.is_none() || gender == known).then_some(only)
    }

    /// A relative by whom he or she is one of, if the article says it from either side: **her husband**.
    fn relative(&self, noun: usize, memory: &Memory) -> Option<(Span<Tokens>, EntityId)> {
        let Context { text, resolution, .. } = self.context;
        let owner = memory.latest_first().next()?.last;
        let behind = owner.start + owner.words;
        let is_pronoun = owner.words == 1 && phrase::is_possessive_pronoun(text.word(owner.start));
        let is_owner = if is_pronoun {
            behind == noun
        } else {
            behind + 1 == noun && phrase::is_possessive_mark(text.word(behind))
        };
        if !is_owner || self.name_at(noun + 1).is_some() {
            return None;
        }
        let relative = self.kin.of(owner.entity, &text.word(noun).to_lowercase(), &resolution.entities)?;
        Some((Span::new(owner.start, noun + 1), relative))
    }

    /// The person whose name follows behind a comma: the mayor, **Ana Ruiz**.
    fn apposed(&self, noun: usize) -> Option<EntityId> {
        let text = self.context.text;
        if text.word(noun + 1) != "," {
            return None;
        }
        let index = text.name_from(noun + 2);
        let name = text.names.get(index).filter(|name| name.tokens.start() == noun + 2)?;
        let closes = matches!(text.word(name.tokens.end()), "," | "." | ";" | ":" | ")" | "—" | "–");
        (closes && name.kind == NameKind::Person).then(|| self.context.resolution.of_name[index]).flatten()
    }

    /// The description that ends with the noun at `noun`: `the mayor`, `her deputy`, `the company’s chairman`.
    ///
    /// `None` if it stands before a name, goes on with `of`, or is of somebody in general (`a mayor`).
    fn description(&self, noun: usize, memory: &Memory) -> Option<Description> {
        let text = self.context.text;
        if matches!(text.tags[noun].xpos, Xpos::Nns | Xpos::Nnps) {
            return None;
        }
        let next = noun + 1;
        if matches!(text.word(next), "of" | "for" | "-")
            || text.tags.get(next).is_some_and(|tag| continues(tag.upos))
        {
            return None; // of one place among others: not known by the word alone
        }
        let sentence = text.document.tokens[noun].sentence;
        let mut start = noun;
        for _ in 0..=MODIFIERS {
            start = start.checked_sub(1).filter(|start| text.document.tokens[*start].sentence == sentence)?;
            let word = text.word(start).to_lowercase();
            if matches!(word.as_str(), "the" | "this" | "that") {
                return Some(Description { start, noun, possessive: false, owner: None });
            }
            if matches!(word.as_str(), "his" | "her" | "its" | "their") {
                return Some(Description { start, noun, possessive: true, owner: None });
            }
            if phrase::is_possessive_mark(&word) {
                let (start, owner) = self.owner(start, memory)?;
                return Some(Description { start, noun, possessive: true, owner: Some(owner) });
            }
            if !matches!(text.tags[start].upos, Upos::Adj | Upos::Noun | Upos::Propn) {
                return None;
            }
        }
        None
    }

    /// Who is named or described right before a possessive mark, and where that begins.
    fn owner(&self, mark: usize, memory: &Memory) -> Option<(usize, EntityId)> {
        let last = mark.checked_sub(1)?;
        if let Some(index) = self.name_at(last) {
            return Some((
                self.context.text.names[index].tokens.start(),
                self.context.resolution.of_name[index]?,
            ));
        }
        let latest = memory.latest_first().next()?.last;
        (latest.start + latest.words == mark).then_some((latest.start, latest.entity))
    }

    /// The name of a person, organization or place that a token belongs to.
    fn name_at(&self, token: usize) -> Option<usize> {
        let text = self.context.text;
        text.name_at(token).filter(|name| text.names[*name].kind != NameKind::Other)
    }

    /// The person who is called so in the article: the only one, or of several the most salient.
    fn person(&self, description: &Description, word: &str, memory: &Memory) -> Option<EntityId> {
        let text = self.context.text;
        if gender::is_kinship(word) && !description.possessive {
            return None; // whose wife?
        }
        let modifiers = description.start + 1..description.noun;
        let fitting = self.nouns.of(word).filter(|called| {
            let before = called.office || memory.get(called.entity).is_some();
            before && called.admits(text, modifiers.clone()) && called.serves(description.owner)
        });
        let mut entities: Vec<EntityId> = fitting.map(|called| called.entity).collect();
        entities.sort_unstable();
        entities.dedup();
        match entities.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => {
                let sentence = text.document.tokens[description.noun].sentence;
                let known = memory.latest_first().filter(|referent| several.contains(&referent.last.entity));
                let best =
                    known.max_by(|one, other| one.salience(sentence).total_cmp(&other.salience(sentence)));
                best.map(|referent| referent.last.entity)
            }
        }
    }
}

/// `the 54-year-old` that ends with a token and is a whole description, with the age in digits.
fn aged<'t>(text: &'t Annotations, token: usize) -> Option<(Span<Tokens>, &'t str)> {
    let start = token.checked_sub(5)?;
    let words = [1, 2, 3, 4, 5].map(|ahead| text.word(start + ahead));
    let [age, "-", "year", "-", "old"] = words else { return None };
    let is_the = text.word(start).eq_ignore_ascii_case("the");
    let goes_on = text.tags.get(token + 1).is_some_and(|tag| continues(tag.upos));
    let digits = age.bytes().all(|byte| byte.is_ascii_digit());
    (is_the && digits && !goes_on).then_some((Span::new(start, token + 1), age))
}

/// Whether a noun, in lower case, describes by what somebody does before a public, which the article need not put beside the
/// name: **the striker**, **the novelist** is who was just named. Of judges, officers and the like there are several.
fn is_just_named(noun: &str) -> bool {
    const NOUNS: &[&str] = &[
        "actor",
        "actress",
        "artist",
        "author",
        "ballerina",
        "batsman",
        "batter",
        "biographer",
        "bowler",
        "boxer",
        "centre-back",
        "champion",
        "comedian",
        "comic",
        "composer",
        "conductor",
        "cricketer",
        "cyclist",
        "dancer",
        "defender",
        "designer",
        "footballer",
        "forward",
        "full-back",
        "goalkeeper",
        "goaltender",
        "golfer",
        "guitarist",
        "gymnast",
        "historian",
        "jockey",
        "keeper",
        "linebacker",
        "midfielder",
        "musician",
        "novelist",
        "outfielder",
        "painter",
        "philosopher",
        "photographer",
        "pianist",
        "pitcher",
        "playmaker",
        "playwright",
        "poet",
        "quarterback",
        "rapper",
        "rider",
        "rower",
        "runner",
        "screenwriter",
        "sculptor",
        "shortstop",
        "singer",
        "singer-songwriter",
        "skier",
        "soprano",
        "sprinter",
        "star",
        "striker",
        "swimmer",
        "tenor",
        "veteran",
        "violinist",
        "winger",
        "wrestler",
    ];
    NOUNS.binary_search(&noun).is_ok()
}

/// Whether a word with this tag goes on with a noun phrase.
fn continues(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj)
}
