//! What is called what: `the plan, which Ruiz called “bold”` is somebody's judgment and a quote, `locals call the boat
//! “the bathtub”` is a name and none.
//!
//! Knows the verbs that give names, and the words around them.

use crate::annotate::labels::Xpos;
use crate::facts::attribution::cues::spotted::cues_at;
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::quoted_text::{Marked, QuotedText};
use crate::facts::attribution::tag::Credit;
use crate::facts::grammar::phrase;
use crate::facts::quote_form::QuoteForm;
use crate::span::{Span, Tokens};

/// Verbs whose object comes with a name or a judgment in quotation marks.
const NAMING: &[&str] = &["call", "dub", "label", "describe"];

/// How many words a name in quotation marks has at most.
const LONGEST_NAME: usize = 3;

/// Groups that take sides: what they call something is what they think of it.
const PARTISANS: &[&str] = &[
    "critics",
    "opponents",
    "supporters",
    "detractors",
    "rivals",
    "foes",
    "activists",
    "advocates",
    "allies",
];

/// `which X called` right ahead of a quotation: what is judged stands in another clause.
pub(crate) fn judged_in_clause(quoted: &QuotedText, bounds: Span<Tokens>, marked: &Marked) -> Option<Credit> {
    let text = quoted.text;
    let as_word = usize::from(text.word(bounds.end() - 1).eq_ignore_ascii_case("as"));
    let verb = (bounds.end() - as_word).checked_sub(1).filter(|verb| *verb > bounds.start())?;
    let at = cues_at(text, verb, bounds.end()).into_iter().find(|at| NAMING.contains(&at.cue.lemma))?;
    let source = phrase::before(text, bounds, verb)?;
    let relative = source.start().checked_sub(1).filter(|relative| *relative >= bounds.start())?;
    let opens = ["which", "what", "that", "who", "whom"]
        .iter()
        .any(|word| text.word(relative).eq_ignore_ascii_case(word));
    (opens && !is_common_name(quoted, at.tokens, source, marked))
        .then(|| Credit::judged(at, Span::new(verb, bounds.end()), source, bounds))
}

/// `and X` right ahead of a quotation, behind one that somebody else gave: `called “bold” and Brandt “weak”`.
pub(super) fn judged_without_verb(quoted: &QuotedText, before: &Draft, index: usize) -> Option<Credit> {
    let text = quoted.text;
    let cue = before.cue.filter(|_| before.forms.last() == Some(&QuoteForm::WhichXCalled))?;
    let last = index.checked_sub(1).filter(|last| before.quotations.last() == Some(last))?;
    let bounds = Span::new(quoted.quotations[last].tokens.end(), quoted.quotations[index].tokens.start());
    let link = bounds.start() + usize::from(text.word(bounds.start()) == ",");
    let links = ["and", "but", "while"].iter().any(|word| text.word(link).eq_ignore_ascii_case(word));
    let source = phrase::before(text, bounds, bounds.end()).filter(|source| source.start() == link + 1)?;
    let at = cues_at(text, cue.start(), cue.end()).into_iter().next()?;
    links.then(|| Credit::judged(at, cue, source, bounds))
}

/// Whether a draft says what everybody calls something.
pub(crate) fn names_something(quoted: &QuotedText, draft: &Draft) -> bool {
    let (Some(cue), Some(source)) = (draft.cue, draft.source) else { return false };
    let index =
        draft.content.iter().flat_map(|piece| piece.range()).find_map(|token| quoted.quotation_of(token));
    index.is_some_and(|index| is_common_name(quoted, cue, source, &quoted.quotations[index]))
}

/// Whether a quotation is a name that people have for something: `locals call it “the Pit”`, not `critics call it “a pit”`.
fn is_common_name(quoted: &QuotedText, cue: Span<Tokens>, source: Span<Tokens>, marked: &Marked) -> bool {
    let text = quoted.text;
    let verb = &text.tags[cue.start()];
    let head = source.end() - 1;
    let group = text.tags[head].xpos == Xpos::Nns || text.word(head).eq_ignore_ascii_case("they");
    let words: Vec<usize> = marked
        .tokens
        .range()
        .filter(|token| text.word(*token).starts_with(char::is_alphanumeric))
        .take(LONGEST_NAME + 1)
        .collect();
    let capitals = words.iter().all(|token| text.word(*token).starts_with(char::is_uppercase));
    let definite = words.first().is_some_and(|token| text.word(*token).eq_ignore_ascii_case("the"));
    let superlative = words.iter().any(|token| matches!(text.tags[*token].xpos, Xpos::Jjs | Xpos::Rbs));
    NAMING.contains(&&*verb.lemma)
        && matches!(verb.xpos, Xpos::Vbp | Xpos::Vb)
        && group
        && !PARTISANS.iter().any(|word| text.word(head).eq_ignore_ascii_case(word))
        && words.len() <= LONGEST_NAME
        && (capitals || definite)
        && !superlative
}
