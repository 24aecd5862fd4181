//! What is known of a quote when all stages have had their say: bucket numbers, each with its value.
//!
//! Knows cue, content and source by their tags and trees, and whether the speaker is known; no word of its own but those of
//! closed classes, so that few judged quotes teach what holds for all.

use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::annotate::model::linear::bucket;
use crate::annotate::{Annotations, NameKind};
use crate::facts::attribution::confidence::{odds, source_kind};
use crate::facts::attribution::cues::spotted::introduces;
use crate::facts::entity::Entity;
use crate::facts::grammar::phrase;
use crate::facts::quote::{Act, Quote, QuoteKind};
use crate::span::{Span, Tokens};

/// From how many tokens on contents are long alike.
const LONG: usize = 60;

/// How many tokens a content has at most that is but pointed at: `those very serious charges`.
const POINTED: usize = 4;

/// Words that make a condition or a time of what follows: `if she says`.
const CONDITIONS: &[&str] = &["if", "unless", "until", "whether", "when", "before", "after", "while"];

/// What was seen of a quote, with its value.
pub(super) struct Seen {
    pub(super) bucket: u32,
    pub(super) value: f32,
    /// In words, for an explanation.
    pub(super) words: String,
}

/// What was seen of a quote, as it is found.
struct Features {
    /// What it is to tell.
    of: &'static str,
    seen: Vec<Seen>,
}

impl Features {
    fn new(of: &'static str) -> Self {
        Features { of, seen: Vec::new() }
    }

    /// Something that holds.
    fn hold(&mut self, what: &str, which: &[&str]) {
        let words: Vec<&str> = [what].into_iter().chain(which.iter().copied()).collect();
        self.add(what, which, 1.0, words.join(" "));
    }

    /// Something that has a value.
    fn measure(&mut self, what: &str, words: &str, value: f32) {
        self.add(what, &[], value, words.to_owned());
    }

    fn add(&mut self, what: &str, which: &[&str], value: f32, words: String) {
        let parts: Vec<&str> = [self.of, what].into_iter().chain(which.iter().copied()).collect();
        self.seen.push(Seen { bucket: bucket(&parts), value, words });
    }
}

fn weighable(seen: Vec<Seen>) -> Vec<(u32, f32)> {
    seen.into_iter().map(|seen| (seen.bucket, seen.value)).collect()
}

/// What tells whether a reader takes a quote as it stands.
pub fn vouching_features(text: &Annotations, entities: &[Entity], quote: &Quote) -> Vec<(u32, f32)> {
    weighable(seen(text, entities, quote))
}

/// What tells whether a reader takes a quote as it stands, with words for it.
pub(super) fn seen(text: &Annotations, entities: &[Entity], quote: &Quote) -> Vec<Seen> {
    let kind = quote.kind.name();
    let source = source_kind(text, quote.source);
    let shape = shape(text, quote);
    let mut features = Features::new("vouch");
    features.hold("", &[]);
    features.measure("odds", "how sure attribution is", odds(quote.confidence));
    let form = quote.forms.first().map_or("", |form| form.name());
    features.hold("form", &[form]);
    match quote.encoder {
        None => features.hold("seen by the rules alone", &[kind]),
        Some(encoder) => {
            features.hold(if encoder.alone { "seen by the encoder alone" } else { "seen by both" }, &[kind]);
            features.measure("report odds", "how likely it reports something", odds(encoder.report));
            features.measure("span odds", "how sure its borders are", odds(encoder.spans));
            features.measure("overlap", "how far both readings agree", encoder.overlap);
            let (same, words) = match encoder.same_source {
                true => ("yes", "both readings have one source"),
                false => ("no", "the readings differ in the source"),
            };
            features.add("same source", &[same], 1.0, words.to_owned());
        }
    }
    features.hold("kind", &[kind]);
    features.hold("act", &[quote.act.name()]);
    features.hold("shape", &[shape]);
    features.hold("shape kind", &[shape, kind]);
    features.measure("length", "length", length(text, quote));
    features.measure("place", "place in the article", place(text, quote));
    features.hold("source", &[source]);
    match quote.speaker.and_then(|speaker| entities.get(speaker.index())) {
        Some(entity) => features.hold("speaker", &[entity.kind.name()]),
        None => features.hold("no speaker", &[source]),
    }
    if let Some(word) = lone_pronoun(text, quote) {
        features.hold("pronoun", &[&word]);
    }
    add_cue(text, quote, &mut features);
    features.seen
}

/// What tells speech from thought and from mere attitudes.
pub fn mode_features(text: &Annotations, quote: &Quote) -> Vec<(u32, f32)> {
    let (kind, act, shape) = (quote.kind.name(), quote.act.name(), shape(text, quote));
    let mut features = Features::new("mode");
    features.hold("", &[]);
    features.hold("kind", &[kind]);
    features.hold("act", &[act]);
    features.hold("shape", &[shape]);
    features.hold("act shape", &[act, shape]);
    features.measure("length", "length", length(text, quote));
    add_cue(text, quote, &mut features);
    weighable(features.seen)
}

/// Adds what the cue is, and what stands beside it that makes it no plain assertion.
fn add_cue(text: &Annotations, quote: &Quote, features: &mut Features) {
    let Some(cue) = quote.cue.first().map(|cue| text.document.tokens_in(*cue)).filter(|cue| !cue.is_empty())
    else {
        return features.hold("no cue", &[]);
    };
    let head = cue_head(text, cue);
    features.hold("cue", &[text.tags[head].upos.as_str()]);
    let introduces = introduces(text, cue);
    features.hold("cue for", &[introduces]);
    features.hold("cue for shape", &[introduces, shape(text, quote)]);
    let beside = || text.syntax.children(head).chain(cue.range());
    let any = |test: &dyn Fn(usize) -> bool| beside().any(test);
    let word_in =
        |token: usize, words: &[&str]| words.iter().any(|word| text.word(token).eq_ignore_ascii_case(word));
    if any(&|token| word_in(token, &["not", "n't", "n’t", "never"])) {
        features.hold("negated", &[]);
    }
    if any(&|token| text.tags[token].xpos == Xpos::Md) {
        features.hold("modal", &[]);
    }
    if any(&|token| text.syntax.relation(token) == Relation::Mark && word_in(token, CONDITIONS)) {
        features.hold("condition", &[]);
    }
}

/// Whether the cue stands in a condition: `if she says`, `until he agrees`.
pub(super) fn is_hypothetical(text: &Annotations, quote: &Quote) -> bool {
    const HYPOTHETICAL: &[&str] = &["if", "unless", "until"];
    let Some(cue) = quote.cue.first().map(|cue| text.document.tokens_in(*cue)).filter(|cue| !cue.is_empty())
    else {
        return false;
    };
    let mut marks = text.syntax.children(cue_head(text, cue));
    marks.any(|token| {
        let word = text.word(token);
        text.syntax.relation(token) == Relation::Mark
            && token < cue.start()
            && HYPOTHETICAL.iter().any(|other| word.eq_ignore_ascii_case(other))
    })
}

/// Whether the cue is what the source did not do, or not yet: `failed to mention that …`, `declined to comment`, `has not announced
/// when …`, `wants to say …`.
pub(super) fn is_unsaid(text: &Annotations, quote: &Quote) -> bool {
    const MISSED: &[&str] = &["fail", "forget", "neglect", "omit", "decline", "refuse"];
    const AHEAD: &[&str] = &["want", "plan", "hope", "intend", "try", "seek", "prepare"];
    const NEGATIONS: &[&str] = &["not", "n't", "n’t", "never", "nothing"];
    let Some(cue) = quote.cue.first().map(|cue| text.document.tokens_in(*cue)).filter(|cue| !cue.is_empty())
    else {
        return false;
    };
    let is_missed =
        |token: usize| MISSED.iter().any(|verb| text.tags[token].lemma.eq_ignore_ascii_case(verb));
    let head = cue_head(text, cue);
    let governor = text.syntax.head(head).filter(|_| text.syntax.relation(head) == Relation::Xcomp);
    let is_comment = |token: usize| text.tags[token].lemma.eq_ignore_ascii_case("comment");
    let content = quote.content.first().map(|piece| text.document.tokens_in(*piece));
    let begins_with_comment = content.is_some_and(|content| content.range().take(2).any(is_comment));
    let is_ahead = |token: usize| AHEAD.iter().any(|verb| text.tags[token].lemma.eq_ignore_ascii_case(verb));
    let negates = |token: usize| NEGATIONS.iter().any(|word| text.word(token).eq_ignore_ascii_case(word));
    // Words in marks were said, whatever was not said of them; and who does not believe something thinks so.
    let is_negated = quote.kind != QuoteKind::Direct
        && quote.act != Act::Thought
        && (cue.range().any(negates)
            || text.syntax.children(head).any(|token| token < cue.end() && negates(token)));
    // What can be said, or might be, has not been: `rivals can say that …`.
    let is_possible = quote.kind != QuoteKind::Direct
        && quote.act != Act::Thought
        && text.syntax.children(head).any(|token| token < head && is_possibility(text, token));
    is_negated
        || is_possible
        || nothing_is_said(text, cue, quote)
        || governor.is_some_and(|verb| is_missed(verb) || is_ahead(verb))
        || cue.range().any(is_missed) && (cue.range().any(is_comment) || begins_with_comment)
}

/// Whether a token is a verb of possibility.
fn is_possibility(text: &Annotations, token: usize) -> bool {
    const POSSIBLE: &[&str] = &["can", "could", "may", "might"];
    text.tags[token].xpos == Xpos::Md
        && POSSIBLE.iter().any(|verb| text.word(token).eq_ignore_ascii_case(verb))
}

/// Whether a cue takes `nothing` or `little` and the content is what it was not said of: `said nothing about when` **it would be**.
fn nothing_is_said(text: &Annotations, cue: Span<Tokens>, quote: &Quote) -> bool {
    const LITTLE: &[&str] = &["nothing", "little"];
    const OF: &[&str] = &["about", "of", "on", "regarding", "concerning"];
    let Some(content) = quote.content.first().map(|piece| text.document.tokens_in(*piece)) else {
        return false;
    };
    let is_in =
        |token: usize, words: &[&str]| words.iter().any(|word| text.word(token).eq_ignore_ascii_case(word));
    let quantity = cue.end() - usize::from(is_in(cue.end() - 1, LITTLE));
    is_in(quantity, LITTLE) && is_in(quantity + 1, OF) && content.start() <= quantity + 4
}

/// Whether an indirect content says nothing by itself: a clause that lacks what a relative pronoun before it stands for (`what they
/// say` **they want to put on him**), or what is but pointed at (`cautioned against` **that approach**).
pub(super) fn is_fragment(text: &Annotations, quote: &Quote) -> bool {
    let (Some(source), Some(piece)) = (quote.source, quote.content.first()) else { return false };
    if quote.kind != QuoteKind::Indirect {
        return false;
    }
    let (source, piece) = (text.document.tokens_in(source), text.document.tokens_in(*piece));
    if piece.is_empty() || source.is_empty() || source.end() > piece.start() {
        return false;
    }
    let is_relative = |token: usize| matches!(text.tags[token].xpos, Xpos::Wp | Xpos::Wdt);
    const POINTERS: &[&str] = &["that", "this", "these", "those"];
    let first = text.word(piece.start());
    let is_verb = |token: usize| matches!(text.tags[token].upos, Upos::Verb | Upos::Aux);
    let is_pointer = piece.len() <= POINTED
        && POINTERS.iter().any(|word| first.eq_ignore_ascii_case(word))
        && !piece.range().any(is_verb);
    // Not `what she called` **a shame**, which is all that she said, nor `a letter in which she said` **she would leave**.
    let is_lacking = shape(text, quote) != "phrase"
        && source.start().checked_sub(1).is_some_and(is_relative)
        && source.start().checked_sub(2).is_none_or(|before| text.tags[before].upos != Upos::Adp);
    is_pointer
        || is_lacking
        || is_contact(text, source, quote)
        || is_person_alone(text, piece)
        || is_deed(text, quote)
}

/// Whether a source and its cue describe the noun right before them, which the content then lacks: `an incident she said` **she
/// had reported**.
fn is_contact(text: &Annotations, source: Span<Tokens>, quote: &Quote) -> bool {
    let Some(cue) = quote.cue.first().map(|cue| text.document.tokens_in(*cue)).filter(|cue| !cue.is_empty())
    else {
        return false;
    };
    let head = cue_head(text, cue);
    let noun = source.start().checked_sub(1).filter(|noun| text.syntax.head(head) == Some(*noun));
    source.end() <= cue.start()
        && matches!(text.syntax.relation(head), Relation::AclRelcl | Relation::Acl)
        && noun.is_some_and(|noun| matches!(text.tags[noun].upos, Upos::Noun | Upos::Propn))
}

/// Whether a verb that tells a deed has no clause that would make it a report: `held` **a vote**, `concluded` **a visit**, but `held
/// that the law is void`.
fn is_deed(text: &Annotations, quote: &Quote) -> bool {
    const DEEDS: &[&str] =
        &["cast", "close", "conclude", "deliver", "hold", "host", "launch", "open", "sign", "stage"];
    let Some(cue) = quote.cue.first().map(|cue| text.document.tokens_in(*cue)).filter(|cue| !cue.is_empty())
    else {
        return false;
    };
    let content = quote.content.first().map(|piece| text.document.tokens_in(*piece).start());
    let begins_with_that = content.is_some_and(|start| text.word(start).eq_ignore_ascii_case("that"));
    let lemma = &text.tags[cue_head(text, cue)].lemma;
    cue.len() == 1
        && DEEDS.iter().any(|verb| lemma.eq_ignore_ascii_case(verb))
        && shape(text, quote) == "phrase"
        && !begins_with_that
}

/// Whether tokens are the name of a person with its titles, which says nothing: `questioned` **Prime Minister Ada Moor**.
fn is_person_alone(text: &Annotations, tokens: Span<Tokens>) -> bool {
    let names = &text.names[text.names_in(tokens)];
    let Some(name) = names.iter().find(|name| name.kind == NameKind::Person) else { return false };
    let belongs = |token: usize| {
        let word = text.word(token);
        word.eq_ignore_ascii_case("the")
            || word.starts_with(char::is_uppercase)
            || !word.starts_with(char::is_alphanumeric)
    };
    (tokens.start()..name.tokens.start()).all(belongs)
        && (name.tokens.end()..tokens.end()).all(|token| !text.word(token).starts_with(char::is_alphanumeric))
}

/// The first word of a cue that has a meaning of its own.
fn cue_head(text: &Annotations, cue: Span<Tokens>) -> usize {
    let means = |token: &usize| matches!(text.tags[*token].upos, Upos::Verb | Upos::Noun | Upos::Adj);
    cue.range().find(means).unwrap_or(cue.start())
}

/// What a content is: words in marks, a clause with a subject, a form in -ing, another verb, or a phrase without a verb.
fn shape(text: &Annotations, quote: &Quote) -> &'static str {
    if quote.kind == QuoteKind::Direct {
        return "quoted";
    }
    let Some(piece) = quote.content.first().map(|piece| text.document.tokens_in(*piece)) else {
        return "phrase";
    };
    let is_top = |token: &usize| {
        text.tags[*token].upos != Upos::Punct
            && text.syntax.head(*token).is_none_or(|head| !piece.range().contains(&head))
    };
    let Some(top) = piece.range().find(is_top) else { return "phrase" };
    const SUBJECTS: &[Relation] =
        &[Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter, Relation::Csubj, Relation::Expl];
    match text.tags[top] {
        _ if text.syntax.child(top, SUBJECTS).is_some() => "clause",
        ref tag if tag.xpos == Xpos::Vbg => "gerund",
        ref tag if matches!(tag.upos, Upos::Verb | Upos::Aux) => "infinitive",
        _ => "phrase",
    }
}

/// How long a content is, 0 to 2.
fn length(text: &Annotations, quote: &Quote) -> f32 {
    let tokens: usize = quote.content.iter().map(|piece| text.document.tokens_in(*piece).len()).sum();
    tokens.min(LONG) as f32 / (LONG as f32 / 2.0)
}

/// Where in the article a quote stands, 0 to 1: headlines and captions above the text hold few.
fn place(text: &Annotations, quote: &Quote) -> f32 {
    quote.extent().start() as f32 / text.body().len().max(1) as f32
}

/// The pronoun that a source is, in lower case.
fn lone_pronoun(text: &Annotations, quote: &Quote) -> Option<String> {
    let source = text.document.tokens_in(quote.source?);
    phrase::is_lone_pronoun(text, source).then(|| text.word(source.start()).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::given;
    use crate::article::Article;
    use crate::facts::quote_form::QuoteForm;

    /// A text and the indirect quote in it whose source, cue and content are marked: `{Ana Ruiz} <said> [she was late].`
    fn marked(marked: &str) -> (Article, Quote) {
        let body: String = marked.chars().filter(|mark| !"{}<>[]".contains(*mark)).collect();
        let at = |open: char, close: char| {
            let plain = |end: usize| {
                marked[..end].chars().filter(|mark| !"{}<>[]".contains(*mark)).map(char::len_utf8).sum()
            };
            let (start, end) =
                (marked.find(open).expect("is marked"), marked.find(close).expect("is marked"));
            Span::new(plain(start), plain(end))
        };
        let quote = Quote {
            source: Some(at('{', '}')),
            cue: vec![at('<', '>')],
            ..Quote::new(vec![at('[', ']')], QuoteKind::Indirect, QuoteForm::Encoder)
        };
        (Article { body, ..Article::default() }, quote)
    }

    #[test]
    fn what_was_not_said_is_no_report() {
        for (text, unsaid) in [
            ("{He} <said> nothing about when [the ferry would run again].", true),
            ("{Leo Falk} <said little> [about the new ferry].", true),
            ("{Leo Falk} <said> [nothing worked on the ferry].", false),
        ] {
            let (article, quote) = marked(text);
            assert_eq!(is_unsaid(&given::annotations(&article), &quote), unsaid, "{text}");
        }
    }

    #[test]
    fn what_lacks_a_part_or_is_pointed_at_says_nothing_by_itself() {
        for (text, fragment) in [
            ("It is what {Ana Ruiz} <says> [they want to put on the ferry].", true),
            ("The ferry, which {the mayor} <said> [would cost a million], sank.", true),
            ("She wrote a letter in which {she} <said> [she would leave].", false),
            ("It was what {she} <called> [a shame].", false),
            ("{The mayor} <cautioned against> [that approach].", true),
            ("{The mayor} <said> [that was enough].", false),
            ("{The council} <questioned> [Harbor Minister Ana Ruiz].", true),
            ("{The council} <questioned> [why Ana Ruiz left].", false),
            ("It was an incident {she} <said> [she had reported].", true),
            ("The mayor said {she} <said> [she had reported it].", false),
            ("{The mayor} <held> [a vote on the ferry].", true),
            ("{The judge} <held> [that the ferry was safe].", false),
        ] {
            let (article, quote) = marked(text);
            assert_eq!(is_fragment(&given::annotations(&article), &quote), fragment, "{text}");
        }
    }
}
