//! Finds the subject of a cue: who says what is reported.
//!
//! Knows noun phrases, conjunctions, possessors and the parser's subjects.

use crate::annotate::Annotations;
use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::facts::attribution::cues::spotted::CueAt;
use crate::facts::attribution::quoted_text::{QuotedText, trim};
use crate::facts::grammar::inflect::VerbForm;
use crate::facts::grammar::phrase;
use crate::span::{Span, Tokens};

/// The subject of a cue: the noun phrase before it, or that of the verb it goes with.
pub(super) fn subject_of(quoted: &QuotedText, bounds: Span<Tokens>, at: &CueAt) -> Option<Span<Tokens>> {
    let verb = at.tokens.start();
    let outside = |phrase: &Span<Tokens>| phrase.range().all(|token| quoted.quotation_of(token).is_none());
    if at.form == VerbForm::Ing || follows_and(quoted, bounds, verb) || follows_to(quoted, bounds, verb) {
        return first_subject(quoted, Span::new(bounds.start(), verb)).filter(outside);
    }
    before(quoted, bounds, verb).filter(outside)
}

/// The noun phrase before a verb: what ends there, or the whole subject that the parser sees it end:
/// **a person close to Leo Brandt** said.
pub(crate) fn before(quoted: &QuotedText, bounds: Span<Tokens>, verb: usize) -> Option<Span<Tokens>> {
    let near = phrase::before(quoted.text, bounds, verb)?;
    let subject = quoted.text.syntax.child(verb, &[Relation::Nsubj, Relation::NsubjPass]);
    let whole = subject
        .filter(|subject| *subject < near.start())
        .and_then(|subject| phrase_of(quoted, bounds, subject))
        .filter(|whole| whole.covers(near));
    whole.or(Some(near))
}

/// Who does it in the passive: `was told by` **Ana Ruiz**.
pub(super) fn agent_of(quoted: &QuotedText, bounds: Span<Tokens>, verb: usize) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let by = quoted.text.syntax.children(verb).find_map(|agent| {
        let mut cases = quoted.text.syntax.children(agent);
        cases.find(|case| *case > verb && *case < agent && text.word(*case).eq_ignore_ascii_case("by"))
    })?;
    bounds.contains(by).then(|| phrase::after(text, bounds, by + 1)).flatten()
}

/// The source behind `according to`, with a participle: **two people briefed on the talks**. No verb of a sentence can
/// stand there.
pub(super) fn behind_according(
    text: &Annotations,
    bounds: Span<Tokens>,
    start: usize,
) -> Option<Span<Tokens>> {
    let source = phrase::after(text, bounds, start)?;
    let verb = source.end();
    let past = verb + 1 < bounds.end()
        && matches!(text.tags[verb].xpos, Xpos::Vbn | Xpos::Vbd)
        && text.tags[verb + 1].upos == Upos::Adp;
    let rest = if past { phrase::after(text, bounds, verb + 2) } else { None };
    Some(rest.map_or(source, |rest| source.join(rest)))
}

/// Whether a phrase is the mere word `it`, which can stand for nobody.
pub(crate) fn is_it(text: &Annotations, phrase: Span<Tokens>) -> bool {
    phrase.len() == 1 && text.word(phrase.start()).eq_ignore_ascii_case("it")
}

/// Whether a verb shares the subject of the one before: `X met Y and said`.
fn follows_and(quoted: &QuotedText, bounds: Span<Tokens>, verb: usize) -> bool {
    let text = quoted.text;
    let mut token = verb;
    while token > bounds.start() && matches!(text.tags[token - 1].upos, Upos::Adv | Upos::Aux) {
        token -= 1;
    }
    token > bounds.start() && matches!(text.word(token - 1), "and" | "but" | "or")
}

/// Whether a verb is an infinitive: `X went on to say`.
fn follows_to(quoted: &QuotedText, bounds: Span<Tokens>, verb: usize) -> bool {
    verb > bounds.start() && quoted.text.word(verb - 1).eq_ignore_ascii_case("to")
}

/// The noun phrase before the first verb of `bounds` that has one, outside quotations.
pub(crate) fn first_subject(quoted: &QuotedText, bounds: Span<Tokens>) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let is_verb = |token: &usize| matches!(text.tags[*token].upos, Upos::Verb | Upos::Aux);
    let open = |phrase: &Span<Tokens>| phrase.range().all(|token| quoted.quotation_of(token).is_none());
    let verbs =
        bounds.range().skip(1).filter(|token| quoted.quotation_of(*token).is_none()).filter(is_verb).take(20);
    verbs.filter_map(|verb| phrase::before(text, bounds, verb)).find(open)
}

/// How long a subject may be that the parser gives; of a longer one only the noun phrase is taken.
const LONGEST: usize = 25;

/// How many heads are followed in search of a subject.
const STEPS: usize = 3;

/// The subject of a word by the parser's tree: its own, or that of the verb it goes with.
pub(super) fn parsed_subject(
    quoted: &QuotedText,
    bounds: Span<Tokens>,
    token: usize,
) -> Option<Span<Tokens>> {
    let syntax = &quoted.text.syntax;
    let mut at = token;
    for _ in 0..STEPS {
        if let Some(subject) = syntax.child(at, &[Relation::Nsubj, Relation::NsubjPass]) {
            return phrase_of(quoted, bounds, subject);
        }
        let head = syntax.head(at)?;
        match syntax.relation(at) {
            // `a letter warning that …`: the noun itself says it.
            Relation::Acl => {
                return phrase_of(quoted, Span::new(bounds.start(), token.max(bounds.start())), head);
            }
            Relation::Conj | Relation::Xcomp | Relation::Advcl | Relation::Obj | Relation::Obl => at = head,
            _ => return None,
        }
    }
    None
}

/// The phrase below a noun, outside quotations and within `bounds`.
fn phrase_of(quoted: &QuotedText, bounds: Span<Tokens>, noun: usize) -> Option<Span<Tokens>> {
    let extent = quoted.text.syntax.extent(noun);
    let start = extent.start().max(bounds.start());
    let end = extent.end().min(bounds.end());
    let whole = Span::new(start.min(end), end);
    let phrase = if whole.len() > LONGEST { Span::new(noun, noun + 1) } else { trim(quoted, whole) };
    let open = phrase.range().all(|token| quoted.quotation_of(token).is_none());
    (open && !phrase.is_empty() && bounds.covers(phrase)).then_some(phrase)
}

/// Who a noun belongs to: its possessor, `by X` behind it, or the subject of the verb whose object it is.
pub(super) fn owner_of(quoted: &QuotedText, bounds: Span<Tokens>, noun: usize) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let syntax = &quoted.text.syntax;
    if let Some(owner) = syntax.child(noun, &[Relation::NmodPoss]).filter(|owner| *owner < noun) {
        if text.tags[owner].upos == Upos::Pron {
            return Some(Span::new(owner, owner + 1)).filter(|owner| bounds.covers(*owner));
        }
        let mark = (owner + 1..noun).find(|token| phrase::is_possessive_mark(text.word(*token)));
        return phrase::before(text, bounds, mark.unwrap_or(owner + 1));
    }
    let author = syntax.children(noun).find(|child| {
        *child > noun
            && syntax.children(*child).any(|case| case > noun && text.word(case).eq_ignore_ascii_case("by"))
    });
    if let Some(author) = author {
        return phrase_of(quoted, bounds, author).and_then(|phrase| {
            Some(Span::new(phrase.start() + 1, phrase.end())).filter(|phrase| !phrase.is_empty())
        });
    }
    parsed_subject(quoted, bounds, noun)
}
