//! Quotations that no cue and no report took: they go on with the speech before, or stand without a source.
//!
//! Knows the quotes that were found so far; an open paragraph is given to the quote that it begins before any speaker is
//! inherited.

use std::collections::HashMap;

use crate::annotate::labels::Relation;
use crate::annotate::{Name, NameKind};
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::quoted_text::{Marked, QuotedText, paragraph_of};
use crate::facts::quote::Act;
use crate::facts::quote_form::QuoteForm;
use crate::span::{Span, Tokens};

/// How likely a report must be that the quotation behind its sentence goes on with it.
const JOINS: f32 = 0.6;

/// How far back the only person about is looked for, in tokens, so that endless paragraphs take linear time.
const ABOUT: usize = 200;

/// Quotations that no cue and no report took: they go on with the speech before, or stand without a source.
pub(crate) fn continue_speech(quoted: &QuotedText, drafts: &mut Vec<Draft>) {
    let occupied = taken_quotations(quoted, drafts);
    let free = |index: usize| {
        let marked = &quoted.quotations[index];
        !occupied[index] && quoted.is_speech(marked) && stands_alone(quoted, marked)
    };
    // Which draft holds each quotation, so that speech can go on.
    let mut holder: Vec<Option<usize>> = vec![None; quoted.quotations.len()];
    for (number, draft) in drafts.iter().enumerate() {
        draft.quotations.iter().for_each(|index| holder[*index] = Some(number));
    }
    open_paragraphs(quoted, drafts, &mut holder, &free);
    let by_sentence = reports_by_sentence(quoted, drafts);
    for index in (0..quoted.quotations.len()).filter(|index| free(*index)) {
        if holder[index].is_some() {
            continue;
        }
        let marked = &quoted.quotations[index];
        let before = index.checked_sub(1).and_then(|before| holder[before]);
        let goes_on = before.filter(|_| continues(quoted, index));
        if let Some(number) = goes_on.or_else(|| report_before(quoted, &by_sentence, marked)) {
            let form = if goes_on.is_some() { QuoteForm::NextParagraph } else { QuoteForm::BehindReport };
            hold(quoted, &mut drafts[number], index, form);
            holder[index] = Some(number);
            continue;
        }
        let inherited = || before.and_then(|before| inherited(quoted, &drafts[before], marked));
        let source = other_of_two(quoted, drafts, &holder, index)
            .or_else(inherited)
            .or_else(|| source_behind(quoted, drafts, &by_sentence, marked));
        let (source, form, confidence) = match source {
            Some(source) => (Some(source), QuoteForm::CarriedOn, 0.55),
            None => match only_one(quoted, marked).or_else(|| subject_before(quoted, marked)) {
                Some(source) => (Some(source), QuoteForm::OnlyOne, 0.45),
                None => (None, QuoteForm::Alone, 0.4),
            },
        };
        holder[index] = Some(drafts.len());
        drafts.push(Draft {
            content: vec![marked.tokens],
            cue: None,
            source,
            act: Act::Statement,
            forms: vec![form],
            confidence,
            quotations: vec![index],
            is_plain: false,
            encoder: None,
        });
    }
}

/// Adds a quotation to a draft.
fn hold(quoted: &QuotedText, draft: &mut Draft, index: usize, form: QuoteForm) {
    draft.content.push(quoted.quotations[index].tokens);
    draft.forms.push(form);
    draft.quotations.push(index);
}

/// Which quotations have a draft or touch the content of one.
fn taken_quotations(quoted: &QuotedText, drafts: &[Draft]) -> Vec<bool> {
    let mut occupied = vec![false; quoted.quotations.len()];
    for draft in drafts {
        draft.quotations.iter().for_each(|index| occupied[*index] = true);
        for piece in &draft.content {
            let from = quoted.quotations.partition_point(|marked| marked.tokens.end() <= piece.start());
            let met =
                quoted.quotations[from..].iter().take_while(|marked| marked.tokens.start() < piece.end());
            (from..from + met.count()).for_each(|index| occupied[index] = true);
        }
    }
    occupied
}

/// Gives the open first paragraphs of a quote to the draft of its last: `“One.` / `“Two,” she said.`
///
/// Comes before any speaker is inherited: the one who spoke before is not the one who begins here.
fn open_paragraphs(
    quoted: &QuotedText,
    drafts: &mut [Draft],
    holder: &mut [Option<usize>],
    free: &dyn Fn(usize) -> bool,
) {
    // Whether the run of open paragraphs up to each quotation begins with one that has a draft.
    let mut begun = vec![false; holder.len()];
    for index in 1..holder.len() {
        begun[index] = continues(quoted, index) && (begun[index - 1] || holder[index - 1].is_some());
    }
    for index in (1..holder.len()).rev() {
        let Some(number) = holder[index].filter(|_| continues(quoted, index)) else { continue };
        let before = index - 1;
        if holder[before].is_none() && !begun[before] && free(before) {
            hold(quoted, &mut drafts[number], before, QuoteForm::NextParagraph);
            holder[before] = Some(number);
        }
    }
}

/// The source of the quote before, if that stands in the same or the last paragraph.
fn inherited(quoted: &QuotedText, before: &Draft, marked: &Marked) -> Option<Span<Tokens>> {
    let piece = before.content.last()?;
    let near = paragraph_of(quoted, marked.tokens.start()) <= paragraph_of(quoted, piece.start()) + 1;
    before.source.filter(|_| near && !is_signed(before))
}

/// Whether a quote is signed: the signature stands under all that its bearer says.
fn is_signed(draft: &Draft) -> bool {
    draft.forms.contains(&QuoteForm::Signature)
}

/// The person whom the sentence right before a quotation is about, if no other is named in the paragraph: **Ana Ruiz** `shook her
/// head. “We will stay.”`
fn subject_before(quoted: &QuotedText, marked: &Marked) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let paragraph = text.document.paragraphs[marked.marks.paragraph];
    let last = marked.tokens.start().checked_sub(1).filter(|last| paragraph.contains(*last))?;
    let sentence = quoted.sentence_of(last);
    if !matches!(text.word(last), "." | "!") || sentence.end() != marked.tokens.start() {
        return None;
    }
    let is_subject = |token: &usize| {
        let is_main = || text.syntax.head(*token).is_some_and(|verb| text.syntax.head(verb).is_none());
        text.syntax.relation(*token) == Relation::Nsubj && is_main()
    };
    let name = &text.names[text.name_at(sentence.range().find(is_subject)?)?];
    let last_word = |name: &Name| text.word(name.tokens.end() - 1);
    let first = text.name_from(paragraph.start().max(last.saturating_sub(ABOUT)));
    let before = text.names[first..].iter().take_while(|other| other.tokens.start() <= last);
    let mut others =
        before.filter(|other| other.kind == NameKind::Person && last_word(other) != last_word(name));
    (name.kind == NameKind::Person && others.next().is_none()).then_some(name.tokens)
}

/// The only person named in the two paragraphs before one that is but a quotation: the last name that does something.
fn only_one(quoted: &QuotedText, marked: &Marked) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let here = marked.marks.paragraph;
    let opens = text.document.paragraphs[here].start() == marked.tokens.start();
    let window = text.document.paragraphs.get(here.saturating_sub(2))?;
    let floor = window.start().max(marked.tokens.start().saturating_sub(ABOUT));
    let first = text.name_from(floor);
    let last_word = |name: &Name| text.word(name.tokens.end() - 1);
    let people: Vec<&Name> = text.names[first..]
        .iter()
        .take_while(|name| name.tokens.start() < marked.tokens.start())
        .filter(|name| name.kind == NameKind::Person)
        .collect();
    let last = people.last().filter(|_| opens)?;
    let alone = people.iter().all(|name| last_word(name) == last_word(last));
    let acts = |name: &&&Name| {
        let subject =
            |token| matches!(quoted.text.syntax.relation(token), Relation::Nsubj | Relation::NsubjPass);
        name.tokens.range().any(subject) && quoted.quotation_of(name.tokens.start()).is_none()
    };
    people.iter().rev().find(acts).filter(|_| alone).map(|name| name.tokens)
}

/// The source whose turn it is where two alternate: the two quotations before are paragraphs of their own, next to
/// this one and each other, with different sources.
fn other_of_two(
    quoted: &QuotedText,
    drafts: &[Draft],
    holder: &[Option<usize>],
    index: usize,
) -> Option<Span<Tokens>> {
    let (last, first) = (index.checked_sub(1)?, index.checked_sub(2)?);
    let opens = |index: usize, paragraph: usize| {
        let marked = &quoted.quotations[index];
        marked.marks.paragraph == paragraph
            && quoted.text.document.paragraphs[paragraph].start() == marked.tokens.start()
    };
    let here = quoted.quotations[index].marks.paragraph;
    let turns = opens(index, here) && opens(last, here.checked_sub(1)?) && opens(first, here.checked_sub(2)?);
    let spoken = |index: usize| holder[index].map(|number| &drafts[number]).filter(|draft| !is_signed(draft));
    let source = |index: usize| spoken(index).and_then(|draft| draft.source).filter(|_| turns);
    let (last, first) = (source(last)?, source(first)?);
    let differ = quoted.text.words(last) != quoted.text.words(first);
    differ.then_some(first)
}

/// The report of each sentence that a quotation behind it goes on with: one whose cue stands behind its content, else
/// the longest.
fn reports_by_sentence(quoted: &QuotedText, drafts: &[Draft]) -> HashMap<u32, usize> {
    let rank = |draft: &Draft, cue: Span<Tokens>| {
        let behind = draft.content.iter().all(|piece| piece.end() <= cue.start());
        (behind, draft.content.iter().map(|piece| piece.len()).sum::<usize>())
    };
    let mut found: HashMap<u32, (usize, (bool, usize))> = HashMap::new();
    for (number, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.quotations.is_empty()) {
        let Some(cue) = draft.cue else { continue };
        let rank = rank(draft, cue);
        if !rank.0 && (draft.confidence < JOINS || draft.source.is_none()) {
            continue;
        }
        let best = found.entry(quoted.text.document.tokens[cue.start()].sentence).or_insert((number, rank));
        if rank > best.1 {
            *best = (number, rank);
        }
    }
    found.into_iter().map(|(sentence, (number, _))| (sentence, number)).collect()
}

/// The report of the sentence before a quotation, in its paragraph: `It was “late,” X said. “We went home.”`
fn report_before(quoted: &QuotedText, by_sentence: &HashMap<u32, usize>, marked: &Marked) -> Option<usize> {
    let tokens = &quoted.text.document.tokens;
    let before = tokens.get(marked.tokens.start().checked_sub(1)?)?;
    let here = tokens[marked.tokens.start()];
    let adjoins = before.paragraph == here.paragraph && before.sentence != here.sentence;
    by_sentence.get(&before.sentence).copied().filter(|_| adjoins)
}

/// The source of the report in the sentence behind a quotation that opens their paragraph, if it stands behind its words: `“The roof
/// leaks.” The owner is never there, said` **Ana Ruiz**.
fn source_behind(
    quoted: &QuotedText,
    drafts: &[Draft],
    by_sentence: &HashMap<u32, usize>,
    marked: &Marked,
) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let end = marked.tokens.end();
    let next = text.document.tokens.get(end)?;
    let opens = text.document.paragraphs[marked.marks.paragraph].start() == marked.tokens.start();
    let adjoins = next.paragraph as usize == marked.marks.paragraph && quoted.sentence_of(end).start() == end;
    let report =
        by_sentence.get(&next.sentence).map(|number| &drafts[*number]).filter(|_| opens && adjoins)?;
    let first = report.content.first()?.start();
    report.source.filter(|source| source.start() > first)
}

/// Whether a quotation goes on with the one before: that was never closed, and this opens the next paragraph.
fn continues(quoted: &QuotedText, index: usize) -> bool {
    let (before, marked) = (&quoted.quotations[index - 1], &quoted.quotations[index]);
    let opens_paragraph =
        quoted.text.document.paragraphs[marked.marks.paragraph].start() == marked.tokens.start();
    quoted.turn(marked).is_none()
        && !before.marks.closed
        && before.marks.paragraph + 1 == marked.marks.paragraph
        && opens_paragraph
}

/// Whether a quotation fills its sentences: no words of the sentence stand outside, before or behind.
fn stands_alone(quoted: &QuotedText, marked: &Marked) -> bool {
    let text = quoted.text;
    let first = quoted.sentence_of(marked.tokens.start());
    let last = quoted.sentence_of(marked.tokens.end() - 1);
    let open = (first.start()..marked.tokens.start()).chain(marked.tokens.end()..last.end());
    open.take(40).all(|token| !text.word(token).starts_with(char::is_alphanumeric))
}
