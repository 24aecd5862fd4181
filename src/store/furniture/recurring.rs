//! Which lines recur in the articles of an outlet: counting them twice over, first all, then those of articles that are no
//! versions of each other.
//!
//! Knows lines and numbers, no SQL. What is held in memory is bounded, whatever the outlet prints.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::span::{Byte, Span};

/// In how many articles a line stands that is furniture.
const ARTICLES: u32 = 6;

/// And in which part of those between its first and its last one: a sentence that a paper prints once a year is none.
const SHARE: f64 = 1.0 / 500.0;

/// How long a line is, in bytes: a shorter one is a mark, a longer one a paragraph that was printed twice.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=1000;

/// A line so short that stands several times in one article is who speaks there, in a transcript or an interview.
const LABEL: usize = 40;

/// An article of which a greater part recurs is a version of others, and says nothing of what an outlet puts around its
/// articles.
const VERSION: f64 = 0.5;

/// How many lines are counted at once; beyond that those that stood in one article only are forgotten, the oldest half of them.
const COUNTED: usize = 2_000_000;

/// The lines of an outlet with the articles that they stand in, while they are counted.
#[derive(Default)]
pub(super) struct Recurring {
    articles: u32,
    lines: HashMap<u64, Seen>,
}

/// In which articles of an outlet a line stands, by their numbers in the order of the input.
#[derive(Clone, Copy)]
struct Seen {
    first: u32,
    last: u32,
    articles: u32,
}

impl Seen {
    fn at(article: u32) -> Self {
        Seen { first: article, last: article, articles: 1 }
    }

    fn again(&mut self, article: u32) {
        self.last = article;
        self.articles += 1;
    }

    fn recurs(self) -> bool {
        let between = self.last - self.first + 1;
        self.articles >= ARTICLES && f64::from(self.articles) >= SHARE * f64::from(between)
    }
}

impl Recurring {
    /// Counts the lines of one article.
    pub(super) fn count(&mut self, body: &str) {
        let article = self.articles;
        self.articles += 1;
        for line in countable(body) {
            self.lines.entry(hash(line)).and_modify(|seen| seen.again(article)).or_insert(Seen::at(article));
        }
        if self.lines.len() > COUNTED {
            let old = article - (article - self.oldest()) / 2;
            self.lines.retain(|_, seen| seen.articles > 1 || seen.first > old);
            // Where too many recur, as of two copies of an archive, the rarest go as well.
            if self.lines.len() > COUNTED / 4 * 3 {
                self.lines.retain(|_, seen| seen.articles >= ARTICLES);
            }
        }
    }

    fn oldest(&self) -> u32 {
        let alone = self.lines.values().filter(|seen| seen.articles == 1);
        alone.map(|seen| seen.first).min().unwrap_or(0)
    }

    /// What recurs so far, to be counted in a second turn.
    pub(super) fn compare(self) -> Compared {
        let recurs = |(line, seen): (u64, Seen)| seen.recurs().then_some(line);
        Compared {
            articles: 0,
            candidates: self.lines.into_iter().filter_map(recurs).collect(),
            lines: HashMap::new(),
        }
    }
}

/// The lines that recur, counted in articles that are no versions of each other.
pub(super) struct Compared {
    articles: u32,
    candidates: HashSet<u64>,
    lines: HashMap<String, Seen>,
}

impl Compared {
    /// Whether nothing recurs.
    pub(super) fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// Counts the lines of one article, unless most of it recurs.
    pub(super) fn count(&mut self, body: &str) {
        let article = self.articles;
        self.articles += 1;
        let found: Vec<&str> =
            countable(body).into_iter().filter(|line| self.candidates.contains(&hash(line))).collect();
        if is_version(body, found.iter().map(|line| line.len()).sum()) {
            return;
        }
        for line in found {
            match self.lines.get_mut(line) {
                Some(seen) => seen.again(article),
                None => {
                    self.lines.insert(line.to_owned(), Seen::at(article));
                }
            }
        }
    }

    /// The lines that are furniture, each with the number of its articles, and which of all is the first of them.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&str, u32, usize)> {
        let recurs = self.lines.iter().filter(|(_, seen)| seen.recurs());
        recurs.map(|(line, seen)| (line.as_str(), seen.articles, seen.first as usize))
    }
}

/// Where an article has these lines; nowhere if it is hardly anything else.
pub(super) fn spans(body: &str, lines: &HashSet<String>) -> Vec<Span<Byte>> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trim(body);
        if lines.contains(span.slice(body)) {
            spans.push(span);
        }
        start += line.len();
    }
    if is_version(body, spans.iter().map(|span| span.len()).sum()) {
        spans.clear();
    }
    spans
}

fn is_version(body: &str, recurring: usize) -> bool {
    recurring as f64 > VERSION * body.len() as f64
}

/// The lines of an article that may be furniture, each once.
fn countable(body: &str) -> Vec<&str> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    let lines = body.lines().map(str::trim).filter(|line| LENGTH.contains(&line.len()));
    for line in lines.clone() {
        *counts.entry(line).or_default() += 1;
    }
    let mut met = HashSet::new();
    lines.filter(|line| line.len() > LABEL || counts[line] == 1).filter(|line| met.insert(*line)).collect()
}

fn hash(line: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    line.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The furniture of an outlet that prints these articles.
    fn furniture(articles: &[String]) -> Vec<(String, u32)> {
        let mut recurring = Recurring::default();
        articles.iter().for_each(|body| recurring.count(body));
        let mut compared = recurring.compare();
        articles.iter().for_each(|body| compared.count(body));
        let mut lines: Vec<_> = compared.lines().map(|(line, count, _)| (line.to_owned(), count)).collect();
        lines.sort();
        lines
    }

    /// So many articles, each of words that no other has, with this around each.
    fn articles(count: usize, around: impl Fn(usize) -> String) -> Vec<String> {
        let own = |number: usize| {
            format!("Story {number} tells of ferry {number} and of harbor {number} at length.")
        };
        (0..count).map(|number| format!("{}\n{}", own(number), around(number))).collect()
    }

    #[test]
    fn what_six_articles_of_an_outlet_have_alike_is_furniture() {
        let line = "Lena Moss contributed to this report.";
        assert_eq!(furniture(&articles(5, |_| line.to_owned())), []);
        assert_eq!(furniture(&articles(6, |_| format!("  {line} "))), [(line.to_owned(), 6)]);
    }

    #[test]
    fn what_a_paper_prints_once_in_a_thousand_articles_is_none() {
        let rare = |number: usize| if number.is_multiple_of(1000) { "He did not elaborate." } else { "" };
        assert_eq!(furniture(&articles(7000, |number| rare(number).to_owned())), []);
    }

    #[test]
    fn versions_of_one_article_have_no_furniture() {
        let same =
            "The council voted on Monday to close the old bridge.\nMayor Ana Ruiz said it would reopen.";
        let versions: Vec<_> = (0..9).map(|number| format!("{same}\nUpdate {number}.")).collect();
        assert_eq!(furniture(&versions), []);
        let lines = HashSet::from(["Mayor Ana Ruiz said it would reopen.".to_owned()]);
        assert_eq!(spans("Mayor Ana Ruiz said it would reopen.\nNew.", &lines), []);
    }

    #[test]
    fn who_speaks_again_and_again_in_an_interview_is_none() {
        let talk = |number: usize| {
            format!(
                "Lena Moss\nWhy {number}?\nBen Hale\nBecause {number}.\nLena Moss\nAnd {number}?\nSo {number}."
            )
        };
        assert_eq!(furniture(&articles(8, talk)), [("Ben Hale".to_owned(), 8)]);
    }

    #[test]
    fn lines_are_found_where_they_stand() {
        let body = "A ferry sank off Valdora on Monday, and all were saved.\n  Sign here \nIt was old.";
        let spans = spans(body, &HashSet::from(["Sign here".to_owned()]));
        assert_eq!(spans.iter().map(|span| span.slice(body)).collect::<Vec<_>>(), ["Sign here"]);
    }
}
