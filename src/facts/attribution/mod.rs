//! Attribution: finds the content, the cue and the source of each quote.
//!
//! Knows the layers in `Annotations`. Never looks at files, SQL or other articles, and never decides who the
//! source is: that is for `speakers`. Cannot fail: a quotation that is never closed ends with its paragraph
//! and leaves a `Warning`. Roles as in PARC 3.0 (Pareti 2016): source, cue, content.
//!
//! Three passes: quotations that stand beside a cue and block quotes (`direct`); sentences that report (`indirect`), with
//! the quotations inside them; quotations that are left, which go on with the speech before or have no source. Start reading
//! at [`attribute`], which has the passes in order.

pub(super) mod confidence;
pub(super) mod cues;
mod direct;
mod draft;
pub(super) mod indirect;
mod marks;
mod negation;
pub(super) mod neural;
mod quoted_text;
mod source;
mod tag;
mod unclosed;

use std::collections::{BTreeSet, HashSet};

use crate::annotate::Annotations;
use crate::annotate::model::Model;
use crate::error::Warning;
use crate::facts::attribution::direct::adjacent::adjacent_quotes;
use crate::facts::attribution::direct::continued::continue_speech;
use crate::facts::attribution::direct::letter::letters;
use crate::facts::attribution::direct::{block, naming, transcript};
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::indirect::TrainingCue;
use crate::facts::attribution::neural::merge::merge;
use crate::facts::attribution::quoted_text::{QuotedText, has_verb};
use crate::facts::quote::Quote;
use crate::gear::Gear;
use crate::span::{Byte, Span};

/// A report that is less likely to be right than this is not worth storing: where precision and recall balanced best on
/// development data. What stands in quotation marks stays, whoever said it.
const DOUBTFUL: f32 = 0.3;
/// The same where the rules have the last word.
const DOUBTFUL_BY_RULES: f32 = 0.2;

/// Returns the quotes of one article in the order of their content, and what was odd about its marks.
///
/// Spans are UTF-8 byte offsets into the body; a content keeps the quotation marks that are printed around it.
/// `source` is `None` where nobody is named; `speaker` and `about` are left empty.
pub fn attribute(text: &Annotations, model: &Model) -> (Vec<Quote>, Vec<Warning>) {
    let quoted = QuotedText::new(text, model);
    let mut drafts = marked_by_layout(&quoted);
    let reports = indirect::indirect_quotes(&quoted, &drafts);
    drafts.extend(reports);
    add_turns(&quoted, &mut drafts);
    continue_speech(&quoted, &mut drafts);
    drafts.extend(letters(&quoted));
    drafts = merge(&quoted, drafts, neural::candidates(&quoted));
    drop_what_nobody_says(&quoted, &mut drafts);
    drafts.iter_mut().for_each(|draft| negation::negate(&quoted, draft));
    let mut quotes = finish(&quoted, &drafts);
    quotes.iter_mut().for_each(|quote| confidence::calibrate(text, model, quote));
    drop_doubtful(model, &mut quotes);
    if model.joint_confidence.is_trained() {
        drop_taken(text, &mut quotes);
    }
    (quotes, quoted.warnings)
}

/// Adds the turns of transcripts, each in place of the report at the same colon: a turn ends with its paragraph, the report
/// with its sentence.
///
/// They come behind the reports, which are seen inside a turn too: `RUIZ: He told us to wait.`
fn add_turns(quoted: &QuotedText, drafts: &mut Vec<Draft>) {
    let turns = transcript::turns(quoted);
    let colons: BTreeSet<Option<usize>> = turns.iter().map(Draft::cue_start).collect();
    drafts.retain(|draft| draft.cue.is_none() || !colons.contains(&draft.cue_start()));
    drafts.extend(turns);
}

/// Drops what everybody calls something, and what nobody said.
fn drop_what_nobody_says(quoted: &QuotedText, drafts: &mut Vec<Draft>) {
    let ends: HashSet<usize> = drafts.iter().filter_map(|draft| draft.cue).map(|cue| cue.end()).collect();
    drafts.retain(|draft| {
        !naming::names_something(quoted, draft)
            && !negation::is_said_by_nobody(quoted, draft)
            && !is_reason(quoted, draft, &ends)
    });
}

/// Whether a draft is but the reason or the source that is given for a report, whose cue it stands behind, and no report of its own:
/// `the bank has failed, the regulator said, citing` **bad loans**.
fn is_reason(quoted: &QuotedText, draft: &Draft, ends: &HashSet<usize>) -> bool {
    let Some(cue) = draft.cue.filter(|cue| cue.len() == 1) else { return false };
    let is_citing = quoted.text.word(cue.start()) == "citing";
    let follows = ends.contains(&(cue.start().saturating_sub(1))) && quoted.text.word(cue.start() - 1) == ",";
    is_citing
        && (follows || ends.contains(&cue.start()))
        && draft.content.iter().all(|piece| !has_verb(quoted, *piece))
}

/// The quotes of drafts in text order; of those with one content, the likeliest.
fn finish(quoted: &QuotedText, drafts: &[Draft]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = drafts.iter().filter_map(|draft| draft.finish(quoted)).collect();
    // Equal contents stand together only when sorted by content first.
    quotes.sort_by(|one, other| {
        one.content.cmp(&other.content).then(other.confidence.total_cmp(&one.confidence))
    });
    quotes.dedup_by(|later, earlier| later.content == earlier.content);
    quotes.sort_by_key(|quote| (quote.extent(), quote.cue.first().copied()));
    quotes
}

/// Drops the reports that are not likely enough, by a model that knows how likely they are.
fn drop_doubtful(model: &Model, quotes: &mut Vec<Quote>) {
    if !confidence::is_calibrated(model) {
        return;
    }
    quotes.retain(|quote| {
        let by_rules = model.gear() == Gear::Fast || quote.is_plain;
        let least = if by_rules { DOUBTFUL_BY_RULES } else { DOUBTFUL };
        quote.confidence >= least || !confidence::is_report(quote)
    });
}

/// Drops the quotes that share most of their words with a likelier one: of two readings of one report only one is right. What
/// is told within a quote twice as long, its cue too, is a report of its own.
fn drop_taken(text: &Annotations, quotes: &mut Vec<Quote>) {
    let tokens = |quote: &Quote| -> Vec<usize> {
        quote.content.iter().flat_map(|piece| text.document.tokens_in(*piece).range()).collect()
    };
    let contents: Vec<Vec<usize>> = quotes.iter().map(tokens).collect();
    let mut order: Vec<usize> = (0..quotes.len()).collect();
    order.sort_by(|one, other| quotes[*other].confidence.total_cmp(&quotes[*one].confidence));
    // Which of the kept quotes have each token: few, as those that share most of their words are not kept.
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); text.document.tokens.len()];
    let mut is_kept = vec![false; quotes.len()];
    for number in order {
        let mut met: Vec<usize> =
            contents[number].iter().flat_map(|token| &holders[*token]).copied().collect();
        met.sort_unstable();
        let length = contents[number].len();
        let is_told_in = |outer: &Quote| {
            let covers = |cue: &Span<Byte>| outer.content.iter().any(|piece| piece.covers(*cue));
            quotes[number].cue.first().is_some_and(covers)
        };
        let same = |run: &[usize]| {
            let is_longer = contents[run[0]].len() >= 2 * length;
            2 * run.len() > length && !(is_longer && is_told_in(&quotes[run[0]]))
        };
        if met.chunk_by(|one, other| one == other).any(same) {
            continue;
        }
        is_kept[number] = true;
        contents[number].iter().for_each(|token| holders[*token].push(number));
    }
    let mut is_kept = is_kept.into_iter();
    quotes.retain(|_| is_kept.next().unwrap_or(true));
}

/// Quotes that marks or paragraphs show: quotations with a cue beside them, and block quotes.
fn marked_by_layout(quoted: &QuotedText) -> Vec<Draft> {
    let mut drafts = adjacent_quotes(quoted);
    let blocks = block::blocks(quoted, &drafts);
    drafts.extend(blocks);
    drafts
}

/// Every way to read every cue outside quotations, for the trainer: the readings of one cue together.
pub fn training_candidates(text: &Annotations, model: &Model) -> Vec<TrainingCue> {
    let quoted = QuotedText::new(text, model);
    let drafts = marked_by_layout(&quoted);
    indirect::training_candidates(&quoted, &drafts)
}

/// What the encoder sees of each token of an article, for the trainer.
pub fn training_tokens(text: &Annotations, model: &Model) -> Vec<neural::features::TokenRow> {
    neural::features::token_features(&QuotedText::new(text, model))
}
