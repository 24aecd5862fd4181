//! The article around a quote, in lines, with the quote marked. All of it is safe to show.

use crate::cite::citation::Citation;
use crate::explain::passage::{Mark, PassagePart, marked};
use crate::span::{CodePoints, Span};
use crate::terminal::one_line;

/// Lines to be read, the quote in them marked `[C …]`.
pub struct Page {
    /// The lines.
    pub lines: Vec<String>,
    /// The line, counted from 0, in which the quote begins.
    pub at: usize,
}

impl Page {
    /// The whole article below its headline.
    pub fn whole(citation: &Citation) -> Page {
        let article = &citation.quote.article;
        let parts = [&article.published_at, &article.publisher, &article.title, &article.url];
        let mut head: Vec<String> =
            parts.into_iter().flatten().map(|part| one_line(part).into_owned()).collect();
        head.push(String::new());
        let marks = marks(citation);
        let lines = marked(&article.body, Span::new(0, article.body.len()), &marks, false);
        let start = marks.first().map_or(0, |mark| mark.span.start());
        let before = article.body.get(..start).unwrap_or_default().matches('\n').count();
        Page { at: head.len() + before, lines: [head, lines].concat() }
    }

    /// The paragraphs that the quote stands in, alone.
    pub fn passage(citation: &Citation, colors: bool) -> Page {
        let body = citation.quote.article.body.as_str();
        let marks = marks(citation);
        let all = marks.iter().map(|mark| mark.span).reduce(Span::join).unwrap_or(Span::new(0, 0));
        let start = body.get(..all.start()).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let behind = body.get(all.end()..).and_then(|behind| behind.find('\n'));
        let end = behind.map_or(body.len(), |at| all.end() + at);
        Page { lines: marked(body, Span::new(start, end), &marks, colors), at: 0 }
    }
}

/// The pieces of the quote in its article.
fn marks(citation: &Citation) -> Vec<Mark> {
    let points = CodePoints::new(&citation.quote.article.body);
    let span = |(start, end): &(usize, usize)| Span::new(points.byte(*start), points.byte(*end));
    let pieces = citation.quote.pieces.iter().map(span);
    pieces.map(|span| Mark { part: PassagePart::Content, span }).collect()
}
