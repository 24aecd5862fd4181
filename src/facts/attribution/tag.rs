//! The tag of a quotation, `X said` or `said X`: a cue with its source beside it.

use crate::annotate::Annotations;
use crate::annotate::labels::Upos;
use crate::facts::attribution::cues::cue::takes;
use crate::facts::attribution::cues::spotted::{CueAt, cues_at, with_statement};
use crate::facts::grammar::inflect::VerbForm;
use crate::facts::grammar::phrase;
use crate::facts::quote::Act;
use crate::facts::quote_form::QuoteForm;
use crate::span::{Span, Tokens};

/// What stands beside a quotation and credits it.
pub(super) struct Credit {
    pub(crate) cue: Option<Span<Tokens>>,
    pub(crate) source: Option<Span<Tokens>>,
    pub(crate) act: Act,
    /// Cue, source and whatever belongs to them.
    pub(crate) extent: Span<Tokens>,
    /// Words before the source that the quotation goes on with: `When it rained,` X said, `“we went home.”`
    pub(crate) lead: Option<Span<Tokens>>,
    pub(crate) form: QuoteForm,
    pub(crate) confidence: f32,
}

impl Credit {
    /// The one who judged what stands in another clause, ahead of the quotation.
    pub(super) fn judged(at: CueAt, cue: Span<Tokens>, source: Span<Tokens>, extent: Span<Tokens>) -> Self {
        Credit {
            cue: Some(cue),
            source: Some(source),
            act: at.cue.act,
            extent,
            lead: None,
            form: QuoteForm::WhichXCalled,
            confidence: 0.85,
        }
    }
}

/// `said X` at the start of `bounds`.
pub(super) fn inverted(text: &Annotations, bounds: Span<Tokens>) -> Option<Credit> {
    let at = cues_at(text, bounds.start(), bounds.end())
        .into_iter()
        .find(|at| matches!(at.form, VerbForm::Past | VerbForm::Third) && at.cue.takes(takes::QUOTE))?;
    let source = phrase::after(text, bounds, at.tokens.end())?;
    Some(Credit {
        cue: Some(at.tokens),
        source: Some(source),
        act: at.cue.act,
        extent: at.tokens.join(source),
        lead: None,
        form: QuoteForm::SaidX,
        confidence: 0.95,
    })
}

/// `X said` at the start of `bounds`; `subject` finds the noun phrase before a verb.
pub(super) fn upright(
    text: &Annotations,
    bounds: Span<Tokens>,
    subject: impl Fn(usize) -> Option<Span<Tokens>>,
) -> Option<Credit> {
    let limit = bounds.end().min(bounds.start() + 40);
    for token in bounds.start() + 1..limit {
        let Some(at) = cues_at(text, token, bounds.end()).into_iter().find(|at| at.cue.takes(takes::QUOTE))
        else {
            continue;
        };
        let Some(source) = subject(token) else { continue };
        // `“…” is how X put it`, `“…” was what X said`.
        let is_how = matches!(text.word(bounds.start()), "is" | "was")
            && matches!(text.word(bounds.start() + 1), "how" | "what")
            && source.start() == bounds.start() + 2;
        let starts_here = source.start() <= bounds.start() + 1
            || is_how
            || (bounds.start()..source.start()).all(|token| {
                matches!(
                    text.tags[token].upos,
                    Upos::Adv | Upos::Punct | Upos::Cconj | Upos::Propn | Upos::Adp | Upos::Num
                )
            });
        if starts_here {
            let cue = with_statement(text, at.tokens, bounds.end());
            return Some(Credit {
                cue: Some(cue),
                source: Some(source),
                act: at.cue.act,
                extent: cue.join(source),
                lead: None,
                form: QuoteForm::XSaid,
                confidence: 0.95,
            });
        }
    }
    None
}
