//! Attribution: finds the content, the cue and the source of each quote.
//!
//! Knows the layers in `Annotations`. Never looks at files, SQL or other articles, and never decides who the
//! source is: that is for `speakers`. Cannot fail: a quotation that is never closed ends with its paragraph
//! and leaves a `Warning`. Roles as in PARC 3.0 (Pareti 2016): source, cue, content.
//!
//! Three passes: quotations that stand beside a cue and block quotes (`direct`); sentences that report (`indirect`), with
//! the quotations inside them; quotations that are left, which go on with the speech before or have no source. Start reading
//! at [`attribute`], which has the passes in order.

pub(crate) mod boilerplate;
pub(crate) mod confidence;
pub(crate) mod cues;
pub(crate) mod direct;
pub(crate) mod draft;
pub(crate) mod indirect;
pub(crate) mod marks;
pub(crate) mod negation;
pub(crate) mod quoted_text;
pub(crate) mod source;
pub(crate) mod tag;
pub(crate) mod unclosed;

use std::collections::BTreeSet;

use crate::annotate::Annotations;
use crate::annotate::model::Model;
use crate::error::Warning;
use crate::facts::attribution::direct::adjacent::adjacent_quotes;
use crate::facts::attribution::direct::continued::continue_speech;
use crate::facts::attribution::direct::{block, naming, transcript};
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::indirect::TrainingCue;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::facts::quote::Quote;

/// A report that is less likely to be right than this is not worth storing: where precision and recall balanced best on
/// development data. What stands in quotation marks stays, whoever said it.
const DOUBTFUL: f32 = 0.2;

/// Returns the quotes of one article in the order of their content, and what was odd about its marks.
///
/// Spans are UTF-8 byte offsets into the body; a content keeps the quotation marks that are printed around it.
/// `source` is `None` where nobody is named; `speaker` and `about` are left empty.
pub fn attribute(text: &Annotations, model: &Model) -> (Vec<Quote>, Vec<Warning>) {
    let quoted = QuotedText::new(text, model);
    let mut drafts = marked_by_layout(&quoted);
    let indirect_quotes = indirect::indirect_quotes(&quoted, &drafts);
    drafts.extend(indirect_quotes);
    let turns = transcript::turns(&quoted);
    // A turn ends with its paragraph; the report at the same colon, with its sentence.
    let colons: BTreeSet<Option<usize>> = turns.iter().map(Draft::cue_start).collect();
    drafts.retain(|draft| draft.cue.is_none() || !colons.contains(&draft.cue_start()));
    // Behind the reports, which are seen inside a turn too: `RUIZ: He told us to wait.`
    drafts.extend(turns);
    continue_speech(&quoted, &mut drafts);
    drafts.retain(|draft| {
        !boilerplate::is_boilerplate(&quoted, draft) && !naming::names_something(&quoted, draft)
    });
    drafts.iter_mut().for_each(|draft| negation::negate(&quoted, draft));
    let mut quotes: Vec<Quote> = drafts.iter().filter_map(|draft| draft.finish(&quoted)).collect();
    // Of quotes with one content the likeliest stays; equal ones stand together only when sorted by content first.
    quotes.sort_by(|one, other| {
        one.content.cmp(&other.content).then(other.confidence.total_cmp(&one.confidence))
    });
    quotes.dedup_by(|later, earlier| later.content == earlier.content);
    quotes.sort_by_key(|quote| (quote.extent(), quote.cue.first().copied()));
    quotes.iter_mut().for_each(|quote| confidence::calibrate(text, model, quote));
    if model.confidence.is_trained() {
        quotes.retain(|quote| quote.confidence >= DOUBTFUL || !confidence::is_report(quote));
    }
    (quotes, quoted.warnings)
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
