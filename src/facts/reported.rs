//! Finds reported speech and thought: sentences whose content no marks show, or only in part.
//!
//! Knows cues and their frames, tags and noun phrases. A cue gives a report only in a frame that its row in
//! `cues` allows, so that a verb that merely could report does not.

use super::cues::{self, takes};
use super::inflect::VerbForm;
use super::quotes::{CueAt, Draft, Scene, cues_at, with_statement};
use super::{Act, phrase};
use crate::annotate::labels::Upos;
use crate::span::{Span, Tokens};

/// How far a report reaches from its cue at most, in tokens, so that endless sentences take linear time.
const REACH: usize = 250;

/// The reports of an article; `drafts` are the quotes whose cues are taken already.
pub(super) fn reports(scene: &Scene, drafts: &[Draft]) -> Vec<Draft> {
    let taken = Taken::new(scene, drafts);
    let mut found = Vec::new();
    for sentence in &scene.text.document.sentences {
        let mut token = sentence.start();
        while token < sentence.end() {
            let free = taken.by[token].is_none() && scene.quotation_of(token).is_none();
            let draft = if free { report(scene, *sentence, token) } else { None };
            token =
                draft.as_ref().and_then(|draft| draft.cue).map_or(token + 1, |cue| cue.end().max(token + 1));
            found.extend(draft.filter(|draft| draft.content.iter().all(|piece| !taken.crosses(*piece))));
        }
    }
    found
}

/// Which quote has which token, as cue or as content.
struct Taken {
    by: Vec<Option<u32>>,
    /// From the first to the last token of each quote, its cue included.
    extents: Vec<Span<Tokens>>,
}

impl Taken {
    fn new(scene: &Scene, drafts: &[Draft]) -> Self {
        let mut by = vec![None; scene.text.document.tokens.len()];
        let mut extents = Vec::new();
        for (number, draft) in drafts.iter().enumerate() {
            let parts = draft.cue.iter().chain(&draft.content);
            parts.clone().for_each(|part| by[part.range()].fill(Some(number as u32)));
            extents.push(parts.copied().reduce(Span::join).unwrap_or(Span::new(0, 0)));
        }
        Taken { by, extents }
    }

    /// Whether a piece shares tokens with a quote that does not lie wholly inside it.
    fn crosses(&self, piece: Span<Tokens>) -> bool {
        self.by[piece.range()].iter().flatten().any(|number| !piece.covers(self.extents[*number as usize]))
    }
}

/// The report whose cue stands at `token`.
fn report(scene: &Scene, sentence: Span<Tokens>, token: usize) -> Option<Draft> {
    let text = scene.text;
    let bounds =
        Span::new(sentence.start().max(token.saturating_sub(REACH)), sentence.end().min(token + REACH));
    if text.word(token).eq_ignore_ascii_case("according")
        && token + 2 < bounds.end()
        && text.word(token + 1) == "to"
    {
        return according(scene, bounds, token);
    }
    if text.tags[token].upos == Upos::Noun {
        return noun_report(scene, bounds, token);
    }
    cues_at(text, token, bounds.end()).into_iter().find_map(|at| verb_report(scene, bounds, &at))
}

/// `According to X, …` and `…, according to X`.
fn according(scene: &Scene, bounds: Span<Tokens>, token: usize) -> Option<Draft> {
    let text = scene.text;
    let cue = Span::new(token, token + 2);
    let source = phrase::after(text, bounds, cue.end())?;
    let mut content = Vec::new();
    let before = trim(scene, Span::new(bounds.start(), token));
    if before.len() >= 2 {
        content.push(before);
    }
    if content.is_empty() || text.word(source.end().min(bounds.end() - 1)) == "," {
        let behind = trim(scene, Span::new(source.end(), bounds.end()));
        if behind.len() >= 2 {
            content.push(behind);
        }
    }
    (!content.is_empty()).then_some(Draft {
        content,
        cue: Some(cue),
        source: Some(source),
        act: Act::Statement,
        confidence: 0.75,
        quotations: Vec::new(),
    })
}

/// `X's claim that …`.
fn noun_report(scene: &Scene, bounds: Span<Tokens>, token: usize) -> Option<Draft> {
    let text = scene.text;
    let act = cues::noun_act(&text.word(token).to_lowercase())?;
    let next = token + 1;
    if next >= bounds.end()
        || !text.word(next).eq_ignore_ascii_case("that")
        || text.tags[next].upos == Upos::Pron
    {
        return None;
    }
    // The noun may be the subject of a sentence that goes on: `his claim that all was well, nobody …`.
    let stop = (next + 2..bounds.end()).find(|token| text.word(*token) == ",").unwrap_or(bounds.end());
    let content = clause(scene, Span::new(bounds.start(), stop), next)?;
    let possessor = token.checked_sub(1).filter(|mark| *mark > bounds.start()).and_then(|mark| {
        let word = text.word(mark);
        if phrase::is_possessive_mark(word) {
            phrase::before(text, bounds, mark)
        } else {
            ["his", "her", "their", "its", "my", "our"].contains(&word).then(|| Span::new(mark, mark + 1))
        }
    });
    Some(Draft {
        content: vec![content],
        cue: Some(Span::new(token, next)),
        source: possessor,
        act,
        confidence: if possessor.is_some() { 0.6 } else { 0.4 },
        quotations: Vec::new(),
    })
}

/// The report of a verb, in the first of its frames that fits.
fn verb_report(scene: &Scene, bounds: Span<Tokens>, at: &CueAt) -> Option<Draft> {
    let text = scene.text;
    let passive = is_passive(scene, bounds, at);
    if passive && !at.cue.takes(takes::THAT) {
        return None;
    }
    let (content, confidence) = trailing(scene, bounds, at).or_else(|| following(scene, bounds, at))?;
    let source = if passive { None } else { subject_of(scene, bounds, at) };
    if source.is_none() && !passive {
        return None;
    }
    let inside = |source: Span<Tokens>| content.iter().any(|piece| piece.overlaps(source));
    if source.is_some_and(inside) {
        return None;
    }
    let cue = with_statement(text, at.tokens, bounds.end());
    Some(Draft { content, cue: Some(cue), source, act: at.cue.act, confidence, quotations: Vec::new() })
}

/// Whether the cue is a past participle behind a form of `be`: `was told`.
fn is_passive(scene: &Scene, bounds: Span<Tokens>, at: &CueAt) -> bool {
    let text = scene.text;
    if at.form != VerbForm::Past {
        return false;
    }
    let mut token = at.tokens.start();
    while token > bounds.start() && text.tags[token - 1].upos == Upos::Adv {
        token -= 1;
    }
    token > bounds.start()
        && ["is", "are", "was", "were", "be", "been", "being", "'s", "’s"]
            .iter()
            .any(|be| text.word(token - 1).eq_ignore_ascii_case(be))
        && text.tags[token - 1].upos == Upos::Aux
}

/// Content that stands before the cue: `…, X said` and `…, said X`, broken or at the end.
fn trailing(scene: &Scene, bounds: Span<Tokens>, at: &CueAt) -> Option<(Vec<Span<Tokens>>, f32)> {
    let text = scene.text;
    if !at.cue.takes(takes::TRAIL)
        || at.form == VerbForm::Base && !matches!(at.cue.lemma, "say" | "think" | "believe")
    {
        return None;
    }
    let verb = at.tokens.start();
    let inverted = verb > bounds.start() + 1
        && (text.word(verb - 1) == ","
            || scene.quotation_of(verb - 1).is_some() && text.word(verb - 2) == ",");
    let (from, source_end) = if inverted {
        let source = phrase::after(text, bounds, at.tokens.end())?;
        (verb, source.end())
    } else {
        let source = phrase::before(text, bounds, verb)?;
        (source.start(), at.tokens.end())
    };
    let last = from.checked_sub(1).filter(|last| *last > bounds.start())?;
    let before = Span::new(behind_dateline(scene, bounds), from);
    // American usage puts the comma inside the mark: `It was “a gift,” she said`.
    let comma = text.word(last) == "," || scene.quotation_of(last).is_some() && text.word(last - 1) == ",";
    let before = trim(scene, before);
    if !comma {
        return None;
    }
    if before.len() < 3 || !has_verb(scene, before) {
        return None;
    }
    let rest = Span::new(source_end, bounds.end());
    let broken = (rest.start()..rest.end().min(rest.start() + 8)).find(|token| text.word(*token) == ",");
    match broken {
        Some(comma) if !has_verb(scene, Span::new(rest.start(), comma)) && comma + 3 < rest.end() => {
            let behind = trim(scene, Span::new(comma, rest.end()));
            Some((vec![before, behind], 0.75))
        }
        _ if !has_verb(scene, rest) => Some((vec![before], 0.85)),
        _ => None,
    }
}

/// Where the words of a sentence begin behind a dateline: `PORTO SERENO, June 3 —`, `ESTMARK (HSB) -`.
fn behind_dateline(scene: &Scene, bounds: Span<Tokens>) -> usize {
    let text = scene.text;
    let start = bounds.start();
    let shouted = |word: &str| word.chars().count() > 2 && word.chars().all(char::is_uppercase);
    if !shouted(text.word(start)) {
        return start;
    }
    let head = start..bounds.end().min(start + 16);
    let dash = head.clone().find(|token| matches!(text.word(*token), "—" | "–" | "―" | "-" | "--"));
    let plain =
        |dash: &usize| (start..*dash).all(|token| !matches!(text.tags[token].upos, Upos::Verb | Upos::Aux));
    dash.filter(plain).map_or(start, |dash| dash + 1)
}

/// Content that stands behind the cue, in the first frame that fits.
fn following(scene: &Scene, bounds: Span<Tokens>, at: &CueAt) -> Option<(Vec<Span<Tokens>>, f32)> {
    let text = scene.text;
    let cue = at.cue;
    let next = at.tokens.end();
    if next >= bounds.end() {
        return None;
    }
    let word = text.word(next).to_lowercase();
    let one = |span: Option<Span<Tokens>>, confidence: f32| span.map(|span| (vec![span], confidence));
    if cue.takes(takes::THAT)
        && let Some(that) = that_behind(scene, bounds, at)
    {
        return one(clause(scene, bounds, that), 0.85);
    }
    if cue.takes(takes::QUESTION)
        && matches!(word.as_str(), "if" | "whether" | "why" | "how" | "what" | "who" | "when" | "where")
    {
        return one(clause(scene, bounds, next), 0.75);
    }
    let infinitive = |token: usize| {
        token + 1 < bounds.end()
            && text.word(token).eq_ignore_ascii_case("to")
            && text.tags[token + 1].upos == Upos::Verb
    };
    if cue.takes(takes::INFINITIVE) && infinitive(next) {
        return one(clause(scene, bounds, next), 0.6);
    }
    let object = object_end(scene, bounds, next);
    if cue.takes(takes::OBJECT_INFINITIVE) && object.is_some_and(infinitive) {
        return one(clause(scene, bounds, next), 0.65);
    }
    if cue.takes(takes::CLAUSE) {
        let addressee = if cue.takes(takes::ADDRESSEE) { object } else { None };
        let starts = addressee.into_iter().chain([next]).map(|start| behind_time(scene, bounds, start));
        if let Some(start) = starts.into_iter().find(|start| starts_clause(scene, bounds, *start)) {
            return one(clause(scene, bounds, start), 0.75);
        }
    }
    if cue.takes(takes::ABOUT) && matches!(word.as_str(), "about" | "of" | "on" | "against" | "for") {
        return one(noun_clause(scene, bounds, next), 0.5);
    }
    let nominal = matches!(
        text.tags[next].upos,
        Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron | Upos::Num
    ) || scene.quotation_of(next).is_some();
    if cue.takes(takes::OBJECT) && nominal {
        return one(noun_clause(scene, bounds, next), 0.5);
    }
    None
}

/// Where the words go on behind a time: he said `Friday`, `this weekend`, `on Monday`.
fn behind_time(scene: &Scene, bounds: Span<Tokens>, start: usize) -> usize {
    let text = scene.text;
    let is_time = |token: usize| token < bounds.end() && phrase::is_time(text.word(token));
    let led = start + 1 < bounds.end()
        && (text.tags[start].upos == Upos::Det
            || matches!(text.word(start), "on" | "in" | "last" | "late" | "early"))
        && is_time(start + 1);
    let mut end = start + usize::from(led);
    while is_time(end) {
        end += 1;
    }
    if end == start + usize::from(led) { start } else { end }
}

/// The `that` behind a cue, past an addressee, a time or a place.
fn that_behind(scene: &Scene, bounds: Span<Tokens>, at: &CueAt) -> Option<usize> {
    let text = scene.text;
    for token in at.tokens.end()..bounds.end().min(at.tokens.end() + 12) {
        let upos = text.tags[token].upos;
        if text.word(token).eq_ignore_ascii_case("that")
            && matches!(upos, Upos::Sconj | Upos::Pron | Upos::Det)
        {
            let opens_clause = upos == Upos::Sconj || starts_clause(scene, bounds, token + 1);
            return opens_clause.then_some(token);
        }
        if matches!(upos, Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj)
            || scene.quotation_of(token).is_some()
        {
            return None;
        }
    }
    None
}

/// Where the noun phrase that begins at `start` ends, if one does.
fn object_end(scene: &Scene, bounds: Span<Tokens>, start: usize) -> Option<usize> {
    let text = scene.text;
    if matches!(text.word(start), "me" | "him" | "her" | "us" | "them" | "it" | "you") {
        return Some(start + 1);
    }
    phrase::after(text, bounds, start).map(|phrase| phrase.end())
}

/// Whether a clause with a subject and a verb of its own can begin at `start`.
fn starts_clause(scene: &Scene, bounds: Span<Tokens>, start: usize) -> bool {
    let text = scene.text;
    let end = bounds.end().min(start + 30);
    if start >= end {
        return false;
    }
    let opens = match text.tags[start].upos {
        Upos::Punct => scene.quotation_of(start).is_some(),
        Upos::Verb | Upos::Aux | Upos::Cconj | Upos::Part => false,
        Upos::Adp => !matches!(text.word(start), "of" | "to"),
        _ => !phrase::is_time(text.word(start)),
    };
    opens && (start + 1..end).any(|token| matches!(text.tags[token].upos, Upos::Verb | Upos::Aux))
}

/// Whether a verb stands in a span.
fn has_verb(scene: &Scene, span: Span<Tokens>) -> bool {
    span.range().any(|token| matches!(scene.text.tags[token].upos, Upos::Verb | Upos::Aux))
}

/// The clause from `start` to the end of the sentence, less an attribution that follows it.
fn clause(scene: &Scene, bounds: Span<Tokens>, start: usize) -> Option<Span<Tokens>> {
    let text = scene.text;
    let end = (start + 2..bounds.end()).find(|token| {
        text.word(*token) == ";"
            || text.word(*token) == ","
                && token + 1 < bounds.end()
                && text.word(token + 1).eq_ignore_ascii_case("according")
    });
    let span = trim(scene, Span::new(start, end.unwrap_or(bounds.end())));
    (span.len() >= 2).then_some(span)
}

/// The object from `start` on: a noun phrase with what depends on it, up to a comma or another clause.
fn noun_clause(scene: &Scene, bounds: Span<Tokens>, start: usize) -> Option<Span<Tokens>> {
    let text = scene.text;
    let stops = |token: &usize| {
        if scene.quotation_of(*token).is_some() {
            return false;
        }
        let word = text.word(*token);
        matches!(word, "," | ";" | ":" | "—" | "–" | "--" | "(")
            || text.tags[*token].upos == Upos::Sconj
                && !matches!(word, "of" | "for" | "in" | "with" | "from" | "by" | "on")
            || text.tags[*token].upos == Upos::Cconj
                && token + 1 < bounds.end()
                && matches!(text.tags[token + 1].upos, Upos::Verb | Upos::Aux | Upos::Adv)
            || matches!(word, "while" | "when" | "after" | "before" | "during" | "but")
            || phrase::is_time(word)
    };
    let end = (start + 1..bounds.end()).find(stops).unwrap_or(bounds.end());
    let mut span = trim(scene, Span::new(start, end));
    // A preposition at the end belonged to what was cut off: `on` Monday.
    while span.len() > 1 && text.tags[span.end() - 1].upos == Upos::Adp {
        span = Span::new(span.start(), span.end() - 1);
    }
    (!span.is_empty()).then_some(span)
}

/// A span without marks of punctuation at its ends; quotation marks that pair inside it stay.
fn trim(scene: &Scene, span: Span<Tokens>) -> Span<Tokens> {
    let text = scene.text;
    let loose = |token: usize| {
        text.tags[token].upos == Upos::Punct
            && match scene.quotation_of(token) {
                Some(index) => !span.covers(scene.quotations[index].tokens),
                None => !matches!(text.word(token), ")" | "]"),
            }
    };
    let (mut start, mut end) = (span.start(), span.end());
    while start < end && loose(start) {
        start += 1;
    }
    while start < end && loose(end - 1) {
        end -= 1;
    }
    Span::new(start, end)
}

/// The subject of a cue: the noun phrase before it, or that of the verb it goes with.
pub(super) fn subject_of(scene: &Scene, bounds: Span<Tokens>, at: &CueAt) -> Option<Span<Tokens>> {
    let text = scene.text;
    let verb = at.tokens.start();
    let outside = |phrase: &Span<Tokens>| phrase.range().all(|token| scene.quotation_of(token).is_none());
    if at.form == VerbForm::Ing || follows_and(scene, bounds, verb) || follows_to(scene, bounds, verb) {
        return first_subject(scene, Span::new(bounds.start(), verb)).filter(outside);
    }
    phrase::before(text, bounds, verb).filter(outside)
}

/// Whether a verb shares the subject of the one before: `X met Y and said`.
fn follows_and(scene: &Scene, bounds: Span<Tokens>, verb: usize) -> bool {
    let text = scene.text;
    let mut token = verb;
    while token > bounds.start() && matches!(text.tags[token - 1].upos, Upos::Adv | Upos::Aux) {
        token -= 1;
    }
    token > bounds.start() && matches!(text.word(token - 1), "and" | "but" | "or")
}

/// Whether a verb is an infinitive: `X went on to say`.
fn follows_to(scene: &Scene, bounds: Span<Tokens>, verb: usize) -> bool {
    verb > bounds.start() && scene.text.word(verb - 1).eq_ignore_ascii_case("to")
}

/// The noun phrase before the first verb of `bounds` that has one, outside quotations.
pub(super) fn first_subject(scene: &Scene, bounds: Span<Tokens>) -> Option<Span<Tokens>> {
    let text = scene.text;
    let is_verb = |token: &usize| matches!(text.tags[*token].upos, Upos::Verb | Upos::Aux);
    let open = |phrase: &Span<Tokens>| phrase.range().all(|token| scene.quotation_of(token).is_none());
    let verbs =
        bounds.range().skip(1).filter(|token| scene.quotation_of(*token).is_none()).filter(is_verb).take(20);
    verbs.filter_map(|verb| phrase::before(text, bounds, verb)).find(open)
}

/// How many paragraphs must look like `NAME: words` before an article counts as a transcript.
const TRANSCRIPT_LINES: usize = 3;

/// The turns of a transcript: paragraphs that begin with a speaker's name and a colon, without quotation marks.
pub(super) fn transcript(scene: &Scene) -> Vec<Draft> {
    let text = scene.text;
    let turn = |paragraph: &Span<Tokens>| {
        let colon = (paragraph.start() + 1..paragraph.end().min(paragraph.start() + 7))
            .find(|token| text.word(*token) == ":")?;
        let name = Span::new(paragraph.start(), colon);
        let named = name.range().all(|token| {
            let word = text.word(token);
            word.chars().next().is_some_and(char::is_uppercase)
                || word == "."
                || word.eq_ignore_ascii_case("of")
        });
        let open = (colon + 1..paragraph.end()).all(|token| scene.quotation_of(token).is_none());
        let content = Span::new(colon + 1, paragraph.end());
        (named && open && content.len() >= 2).then_some((name, Span::new(colon, colon + 1), content))
    };
    let turns: Vec<_> = text.document.paragraphs.iter().filter_map(turn).collect();
    if turns.len() < TRANSCRIPT_LINES {
        return Vec::new();
    }
    let draft = |(source, cue, content): (Span<Tokens>, Span<Tokens>, Span<Tokens>)| Draft {
        content: vec![content],
        cue: Some(cue),
        source: Some(source),
        act: Act::Statement,
        confidence: 0.7,
        quotations: Vec::new(),
    };
    turns.into_iter().map(draft).collect()
}
