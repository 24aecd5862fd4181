//! The date on which a draft says that something was said: `…,” she said on 9 March 2017`.
//!
//! Knows where such a date stands: right behind cue or source, or at the start of the sentence. One without a year is none.

use chrono::{Days, NaiveDate};

use crate::annotate::Annotations;
use crate::dates::Dates;
use crate::facts::Quote;
use crate::span::{Byte, Span};

/// How many tokens a date has at most.
const LONGEST: usize = 5;

/// How many days after it was said an article still prints it as news.
const LATER: u64 = 7;

/// A date as a draft gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// As printed.
    pub(super) words: String,
    dates: Dates,
}

impl Stated {
    /// Whether an article of this date, in ISO 8601, can be the one; a day before, since the day is another elsewhere.
    pub(super) fn agrees_with(&self, published_at: &str) -> bool {
        let published = published_at.get(.."2016-09-20".len()).and_then(|day| day.parse::<NaiveDate>().ok());
        let first = self.dates.first.pred_opt().unwrap_or(self.dates.first);
        let last = self.dates.last.checked_add_days(Days::new(LATER)).unwrap_or(self.dates.last);
        published.is_none_or(|published| first <= published && published <= last)
    }
}

/// The date that the sentence around a quote gives.
pub(super) fn stated(text: &Annotations, quote: &Quote) -> Option<Stated> {
    let document = &text.document;
    let parts = || quote.cue.iter().chain(&quote.source);
    let behind = parts().map(|span| document.tokens_in(*span).end());
    let sentence = |span: &Span<Byte>| {
        let token = document.tokens.get(document.tokens_in(*span).start())?;
        document.sentences.get(token.sentence as usize).map(|sentence| sentence.start())
    };
    let is_content = |token: usize| {
        document
            .tokens
            .get(token)
            .is_some_and(|token| quote.content.iter().any(|piece| piece.overlaps(token.span)))
    };
    // A source may have swallowed the `on` of a day behind it, or more.
    let inside = quote.source.iter().flat_map(|source| document.tokens_in(*source).range());
    let inside = inside.filter(|token| text.word(*token) == "on");
    let places = inside.chain(behind).chain(parts().filter_map(sentence));
    places.filter(|at| !is_content(*at)).find_map(|at| date_at(text, at))
}

/// The date that begins at a token, or behind the `on` or `in` there.
fn date_at(text: &Annotations, at: usize) -> Option<Stated> {
    let is = |at: usize, words: &[&str]| words.contains(&text.word(at).to_lowercase().as_str());
    let at = at + usize::from(is(at, &[","]));
    let bounded = is(at, &["on", "in"]);
    let start = at + usize::from(bounded);
    (1..=LONGEST).rev().find_map(|length| {
        let tokens = Span::new(start, start + length);
        let words = text.words(tokens);
        let has_year =
            tokens.range().any(|token| is_year(text.word(token)) || text.word(token).contains('-'));
        // A number alone is a year only where `in` says so.
        let is_sure = length > 1 || bounded || words.contains('-');
        let dates = Dates::parse(words, NaiveDate::default()).ok().filter(|_| has_year && is_sure)?;
        Some(Stated { words: words.trim_end_matches([',', ' ', '.']).to_owned(), dates })
    })
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Model;
    use crate::article::Article;
    use crate::pipeline::analyze;

    fn date(body: &str) -> Option<Stated> {
        let article = Article::from_text(body);
        let analysis = analyze(&article, Model::embedded());
        let quote = analysis.facts.quotes.first().unwrap_or_else(|| panic!("a quote in {body}"));
        stated(&analysis.text, quote)
    }

    #[test]
    fn a_date_stands_beside_the_attribution() {
        for (body, expected) in [
            ("“We will pay the bill,” Ana Ruiz said on 9 March 2017.", Some("9 March 2017")),
            ("“We will pay the bill,” Ana Ruiz said on March 9, 2017.", Some("March 9, 2017")),
            ("“We will pay the bill,” said Mayor Ana Ruiz on 9 March 2017.", Some("9 March 2017")),
            ("In March 2017, Ana Ruiz said: “We will pay the bill.”", Some("March 2017")),
            ("“We will pay the bill,” Ana Ruiz said in 2017.", Some("2017")),
            ("“We will pay the bill,” Ana Ruiz said on Monday.", None),
            ("“We will pay the bill in 2017,” Ana Ruiz said.", None),
        ] {
            assert_eq!(date(body).map(|stated| stated.words).as_deref(), expected, "{body}");
        }
    }

    #[test]
    fn an_article_prints_it_within_days() {
        let stated = date("“We will pay the bill,” Ana Ruiz said on 9 March 2017.").expect("a date");
        for (published, expected) in [
            ("2017-03-09T23:00:00Z", true),
            ("2017-03-08", true),
            ("2017-03-16", true),
            ("2017-03-17", false),
            ("2016-03-09", false),
            ("unknown", true),
        ] {
            assert_eq!(stated.agrees_with(published), expected, "{published}");
        }
    }
}
