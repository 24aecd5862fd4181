//! The forms that the content of a cue can have, and where each would stand around a given word.
//!
//! Knows tags, noun phrases and the parser's trees; decides nothing: `indirect` chooses among the readings.

use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::facts::attribution::cues::cue::takes;
use crate::facts::attribution::cues::spotted::CueAt;
use crate::facts::attribution::indirect::reading::{Reading, Readings, clause, noun_clause};
use crate::facts::attribution::quoted_text::{QuotedText, behind_dateline, has_verb, trim};
use crate::facts::attribution::source;
use crate::facts::grammar::inflect::VerbForm;
use crate::facts::grammar::phrase;
use crate::facts::quote_form::Frame;
use crate::span::{Span, Tokens};

/// Every reading of a verb, those first that are likelier where nothing is learned; no two with one content.
pub(crate) fn readings(quoted: &QuotedText, bounds: Span<Tokens>, at: &CueAt) -> Vec<Reading> {
    let takes = |frame| at.cue.takes(frame);
    let mut readings = Readings { quoted, bounds, takes: &takes, found: Vec::new() };
    if let Some((content, source)) = trailing(quoted, bounds, at) {
        readings.add(Frame::Trail, content, Some(source));
    }
    following(&mut readings, at);
    parsed(&mut readings, at.tokens.start());
    passive(&mut readings, at.tokens.start());
    readings.found
}

/// What stands before a passive verb as its subject: `… was endorsed by X`, `… is expected to …`.
fn passive(readings: &mut Readings, verb: usize) {
    let (quoted, bounds) = (readings.quoted, readings.bounds);
    let syntax = &quoted.text.syntax;
    let Some(subject) = syntax.child(verb, &[Relation::NsubjPass]) else { return };
    let subject = trim(quoted, syntax.extent(subject));
    if subject.is_empty() || !bounds.covers(subject) || subject.end() > verb {
        return;
    }
    let agent = syntax.child(verb, &[Relation::OblAgent]).and_then(|agent| {
        let extent = syntax.extent(agent);
        bounds.covers(extent).then(|| phrase::after(quoted.text, bounds, extent.start() + 1)).flatten()
    });
    readings.add(Frame::PassiveSubject, vec![subject], agent);
    if let Some(open) = syntax.child(verb, &[Relation::Xcomp]) {
        let open = trim(quoted, syntax.extent(open));
        if !open.is_empty() && open.start() > verb && bounds.covers(open) {
            readings.add(Frame::RaisedSubject, vec![subject, open], agent);
        }
    }
}

/// Content that stands before the cue: `…, X said` and `…, said X`, broken or at the end.
fn trailing(
    quoted: &QuotedText,
    bounds: Span<Tokens>,
    at: &CueAt,
) -> Option<(Vec<Span<Tokens>>, Span<Tokens>)> {
    let text = quoted.text;
    if at.form == VerbForm::Base && !matches!(at.cue.lemma, "say" | "think" | "believe") {
        return None;
    }
    let verb = at.tokens.start();
    let inverted = verb > bounds.start() + 1
        && (text.word(verb - 1) == ","
            || quoted.quotation_of(verb - 1).is_some() && text.word(verb - 2) == ",");
    let (source, from, end) = if inverted {
        let source = phrase::after(text, bounds, at.tokens.end())?;
        (source, verb, source.end())
    } else {
        let source = source::before(quoted, bounds, verb)?;
        (source, source.start(), at.tokens.end())
    };
    let last = from.checked_sub(1).filter(|last| *last > bounds.start())?;
    let before = Span::new(behind_dateline(quoted, bounds), from);
    // American usage puts the comma inside the mark: `It was “a gift,” she said`.
    let comma = text.word(last) == "," || quoted.quotation_of(last).is_some() && text.word(last - 1) == ",";
    let before = trim(quoted, before);
    if !comma {
        return None;
    }
    if before.len() < 3 || !has_verb(quoted, before) {
        return None;
    }
    let rest = Span::new(end, bounds.end());
    let broken = (rest.start()..rest.end().min(rest.start() + 8)).find(|token| text.word(*token) == ",");
    match broken {
        Some(comma) if !has_verb(quoted, Span::new(rest.start(), comma)) && comma + 3 < rest.end() => {
            let behind = trim(quoted, Span::new(comma, rest.end()));
            Some((vec![before, behind], source))
        }
        _ if !has_verb(quoted, rest) => Some((vec![before], source)),
        _ => None,
    }
}

/// Contents that stand behind the cue, the likeliest frame first.
fn following(readings: &mut Readings, at: &CueAt) {
    let (quoted, bounds) = (readings.quoted, readings.bounds);
    let text = quoted.text;
    let next = at.tokens.end();
    if next >= bounds.end() {
        return;
    }
    let word = text.word(next).to_lowercase();
    if let Some(that) = that_behind(quoted, bounds, at) {
        readings.grow(Frame::That, clause(quoted, bounds, that));
    }
    if matches!(word.as_str(), "if" | "whether" | "why" | "how" | "what" | "who" | "when" | "where") {
        readings.grow(Frame::Question, clause(quoted, bounds, next));
    }
    let infinitive = |token: usize| {
        token + 1 < bounds.end()
            && text.word(token).eq_ignore_ascii_case("to")
            && text.tags[token + 1].upos == Upos::Verb
    };
    // `promised never to return`
    let negated = |token: usize| token + usize::from(matches!(text.word(token), "not" | "never"));
    if infinitive(negated(next)) {
        readings.grow(Frame::Infinitive, clause(quoted, bounds, next));
    }
    if at.cue.takes(takes::GERUND) && text.tags[next].xpos == Xpos::Vbg {
        readings.grow(Frame::Gerund, clause(quoted, bounds, next));
    }
    let object = object_end(quoted, bounds, next);
    if at.cue.takes(takes::ESTIMATE) && is_estimate(quoted, bounds, next) {
        readings.grow(Frame::Estimate, noun_clause(quoted, bounds, next));
    }
    if let Some(object) = object.filter(|object| infinitive(negated(*object))) {
        readings.grow(Frame::ObjectInfinitive, clause(quoted, bounds, next));
        readings.grow(Frame::Infinitive, clause(quoted, bounds, object));
    }
    let addressee = if at.cue.takes(takes::ADDRESSEE) { object } else { None };
    let starts = addressee.into_iter().chain([next]).map(|start| behind_time(quoted, bounds, start));
    if let Some(start) = starts.into_iter().find(|start| starts_clause(quoted, bounds, *start)) {
        readings.grow(Frame::Clause, clause(quoted, bounds, start));
    }
    if matches!(word.as_str(), "about" | "of" | "on" | "against" | "for") {
        readings.grow(Frame::About, noun_clause(quoted, bounds, next));
    }
    if text.tags[next].upos == Upos::Adp && next + 1 < bounds.end() {
        readings.grow(Frame::Behind, noun_clause(quoted, bounds, next + 1));
    }
    let nominal = matches!(
        text.tags[next].upos,
        Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron | Upos::Num
    ) || quoted.quotation_of(next).is_some();
    if nominal {
        readings.grow(Frame::Object, noun_clause(quoted, bounds, next));
    }
}

/// Whether a noun phrase, `at` and a number stand at `start`: the damage `at` about `9,000`.
fn is_estimate(quoted: &QuotedText, bounds: Span<Tokens>, start: usize) -> bool {
    let text = quoted.text;
    let is_number = |token: usize| {
        text.tags[token].upos == Upos::Num || matches!(text.word(token), "hundred" | "thousand" | "million")
    };
    let end = bounds.end().min(start + 10);
    let goes_on = |token: &usize| !matches!(text.tags[*token].upos, Upos::Verb | Upos::Aux | Upos::Punct);
    let mut before = (start..end).take_while(goes_on);
    let Some(at) = before.find(|token| text.word(*token) == "at").filter(|at| *at > start) else {
        return false;
    };
    (at + 1..end.min(at + 4)).any(is_number)
}

/// Contents that the parser hangs on the cue.
fn parsed(readings: &mut Readings, verb: usize) {
    let (quoted, bounds) = (readings.quoted, readings.bounds);
    let syntax = &quoted.text.syntax;
    let mut add = |frame: Frame, span: Span<Tokens>| {
        let span = if bounds.covers(span) { trim(quoted, span) } else { return };
        if span.len() < 2 || span.contains(verb) {
        } else if span.start() > verb {
            readings.grow(frame, Some(span));
        } else {
            readings.add(frame, vec![span], None);
        }
    };
    let object = syntax.child(verb, &[Relation::Obj, Relation::Iobj]);
    for child in syntax.children(verb) {
        let extent = syntax.extent(child);
        match syntax.relation(child) {
            Relation::Ccomp => add(Frame::ParsedClause, extent),
            Relation::Xcomp => {
                add(Frame::ParsedInfinitive, extent);
                if let Some(object) = object {
                    add(Frame::ParsedObjectInfinitive, extent.join(syntax.extent(object)));
                }
            }
            Relation::Obj => add(Frame::ParsedObject, extent),
            Relation::Obl | Relation::Advcl if child > verb => add(Frame::ParsedAbout, extent),
            _ => {}
        }
    }
}

/// Where the words go on behind a time: he said `Friday`, `this weekend`, `on Monday`.
fn behind_time(quoted: &QuotedText, bounds: Span<Tokens>, start: usize) -> usize {
    let text = quoted.text;
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
fn that_behind(quoted: &QuotedText, bounds: Span<Tokens>, at: &CueAt) -> Option<usize> {
    let text = quoted.text;
    for token in at.tokens.end()..bounds.end().min(at.tokens.end() + 12) {
        let upos = text.tags[token].upos;
        if text.word(token).eq_ignore_ascii_case("that")
            && matches!(upos, Upos::Sconj | Upos::Pron | Upos::Det)
        {
            let opens_clause = upos == Upos::Sconj || starts_clause(quoted, bounds, token + 1);
            return opens_clause.then_some(token);
        }
        if matches!(upos, Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj)
            || quoted.quotation_of(token).is_some()
        {
            return None;
        }
    }
    None
}

/// Where the noun phrase that begins at `start` ends, if one does.
fn object_end(quoted: &QuotedText, bounds: Span<Tokens>, start: usize) -> Option<usize> {
    let text = quoted.text;
    if matches!(text.word(start), "me" | "him" | "her" | "us" | "them" | "it" | "you") {
        return Some(start + 1);
    }
    phrase::after(text, bounds, start).map(|phrase| phrase.end())
}

/// Whether a clause with a subject and a verb of its own can begin at `start`.
fn starts_clause(quoted: &QuotedText, bounds: Span<Tokens>, start: usize) -> bool {
    let text = quoted.text;
    let end = bounds.end().min(start + 30);
    if start >= end {
        return false;
    }
    let opens = match text.tags[start].upos {
        Upos::Punct => quoted.quotation_of(start).is_some(),
        Upos::Verb | Upos::Aux | Upos::Cconj | Upos::Part => false,
        Upos::Adp => !matches!(text.word(start), "of" | "to"),
        _ => !phrase::is_time(text.word(start)),
    };
    opens && (start + 1..end).any(|token| matches!(text.tags[token].upos, Upos::Verb | Upos::Aux))
}
