//! Reads a corpus of attributions, and tells which quotes of ours are right.
//!
//! By the definitions of the scorer beside the data: tokens are runs of letters and digits and single other signs;
//! a quote and an attribution belong together if they share at least half of the tokens that either has (one to
//! one, the closest first); the source is right if the heads of both lie in each other, or neither has a source.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::Path;

use onrecord::article::Article;
use onrecord::facts::Quote;
use onrecord::span::{Byte, Span};
use serde_json::Value;

/// An article with what annotators marked in it.
pub struct Annotated {
    pub article: Article,
    pub gold: Vec<Attribution>,
    /// Text that the annotators set aside.
    aside: Vec<Span<Byte>>,
}

/// One attribution, each part in pieces.
pub struct Attribution {
    pub source: Vec<Span<Byte>>,
    pub cue: Vec<Span<Byte>>,
    pub content: Vec<Span<Byte>>,
}

/// The articles of a file of JSON lines, with offsets in code points.
pub fn read(path: &Path) -> io::Result<Vec<Annotated>> {
    let lines = std::fs::read_to_string(path)?;
    lines.lines().map(|line| Ok(annotated(&serde_json::from_str(line)?))).collect()
}

fn annotated(row: &Value) -> Annotated {
    let body = row["text"].as_str().unwrap_or_default().to_owned();
    let mut offsets: Vec<usize> = body.char_indices().map(|(offset, _)| offset).collect();
    offsets.push(body.len());
    let at = |end: &Value| offsets.get(end.as_u64().unwrap_or(0) as usize).copied().unwrap_or(body.len());
    let spans = |value: &Value| -> Vec<Span<Byte>> {
        let pairs = value.as_array().map(Vec::as_slice).unwrap_or_default();
        pairs.iter().map(|pair| Span::new(at(&pair[0]), at(&pair[1]))).collect()
    };
    let attributions = row["attributions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let attribution = |row: &Value| Attribution {
        source: spans(&row["source"]),
        cue: spans(&row["cue"]),
        content: spans(&row["content"]),
    };
    let (gold, aside) = (attributions.iter().map(attribution).collect(), spans(&row["discard"]));
    Annotated { article: Article::from_text(body), gold, aside }
}

impl Annotated {
    /// For each quote whether it is right; `None` where most of it was set aside.
    pub fn judge(&self, quotes: &[Quote]) -> Vec<Option<bool>> {
        let text = Tokens::new(&self.article.body);
        let aside = text.touched(&self.aside);
        let ours: Vec<BTreeSet<usize>> = quotes.iter().map(|quote| text.touched(&quote.content)).collect();
        let kept = |content: &BTreeSet<usize>| 2 * content.intersection(&aside).count() < content.len();
        let kept: Vec<bool> = ours.iter().map(kept).collect();
        let gold: Vec<BTreeSet<usize>> = self.gold.iter().map(|gold| text.touched(&gold.content)).collect();
        let mut partner = vec![None; quotes.len()];
        for (ours, gold) in pairs(&ours, &gold, &kept) {
            partner[ours] = Some(gold);
        }
        let right = |number: usize| {
            let source: Vec<Span<Byte>> = quotes[number].source.into_iter().collect();
            partner[number].is_some_and(|gold: usize| text.same_source(&source, &self.gold[gold].source))
        };
        (0..quotes.len()).map(|number| kept[number].then(|| right(number))).collect()
    }
}

/// Which of ours belongs to which of theirs: one to one, the closest first.
fn pairs(ours: &[BTreeSet<usize>], gold: &[BTreeSet<usize>], kept: &[bool]) -> Vec<(usize, usize)> {
    let mut owners: HashMap<usize, Vec<usize>> = HashMap::new();
    for (number, content) in gold.iter().enumerate() {
        content.iter().for_each(|token| owners.entry(*token).or_default().push(number));
    }
    let mut close: Vec<(f64, usize, usize)> = Vec::new();
    for (number, content) in ours.iter().enumerate().filter(|(number, _)| kept[*number]) {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let met = content.iter().filter_map(|token| owners.get(token)).flatten();
        met.for_each(|gold| *shared.entry(*gold).or_default() += 1);
        for (other, shared) in shared {
            let jaccard = shared as f64 / (content.len() + gold[other].len() - shared) as f64;
            if jaccard >= 0.5 {
                close.push((jaccard, other, number));
            }
        }
    }
    close.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let (mut taken, mut found) = (BTreeSet::new(), BTreeSet::new());
    close
        .into_iter()
        .filter(|(_, gold, ours)| !found.contains(ours) && taken.insert(*gold) && found.insert(*ours))
        .map(|(_, gold, ours)| (ours, gold))
        .collect()
}

/// A text cut as the scorer cuts it.
struct Tokens<'a> {
    text: &'a str,
    spans: Vec<Span<Byte>>,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut spans: Vec<Span<Byte>> = Vec::new();
        let mut in_word = false;
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let here = Span::new(at, at + c.len_utf8());
            match spans.last_mut() {
                Some(last) if in_word && is_word(c) && last.end() == at => *last = last.join(here),
                _ => spans.push(here),
            }
            in_word = is_word(c);
        }
        Tokens { text, spans }
    }

    /// The tokens that share a byte with one of the spans.
    fn touched(&self, spans: &[Span<Byte>]) -> BTreeSet<usize> {
        let range = |span: &Span<Byte>| {
            let start = self.spans.partition_point(|token| token.end() <= span.start());
            start..self.spans.partition_point(|token| token.start() < span.end())
        };
        spans.iter().flat_map(range).collect()
    }

    fn word(&self, token: usize) -> &'a str {
        self.spans[token].slice(self.text)
    }

    fn is_word(&self, token: usize) -> bool {
        self.word(token).starts_with(|c: char| c.is_alphanumeric() || c == '_')
    }

    /// Whether two sources are the same: the head of each lies in the other, or neither has a word.
    fn same_source(&self, one: &[Span<Byte>], other: &[Span<Byte>]) -> bool {
        let (one, other) = (self.touched(one), self.touched(other));
        match (self.head(&one), self.head(&other)) {
            (Some(head), Some(theirs)) => other.contains(&head) && one.contains(&theirs),
            (None, None) => true,
            _ => false,
        }
    }

    /// The last word before the first comma, bracket, dash, preposition or relative pronoun that follows a word, less
    /// a possessive s.
    fn head(&self, tokens: &BTreeSet<usize>) -> Option<usize> {
        let mut head = None;
        let mut previous = "";
        for token in tokens.iter().copied() {
            let word = self.word(token);
            if self.is_word(token) {
                let lower = word.to_lowercase();
                if head.is_some() && STOPS.contains(&lower.as_str()) {
                    break;
                }
                let possessive = head.is_some() && matches!(previous, "'" | "’") && lower == "s";
                head = if possessive { head } else { Some(token) };
            } else if head.is_some() && ",;:()[]{}—–-\"“”".contains(word) && !self.is_hyphen(token) {
                break;
            }
            previous = word;
        }
        head
    }

    /// A hyphen inside a word.
    fn is_hyphen(&self, token: usize) -> bool {
        let touches = |side: Option<&Span<Byte>>, at: usize| {
            side.is_some_and(|side| {
                (side.end() == at || side.start() == at)
                    && side.slice(self.text).starts_with(char::is_alphanumeric)
            })
        };
        let before = token.checked_sub(1).and_then(|before| self.spans.get(before));
        self.word(token) == "-"
            && touches(before, self.spans[token].start())
            && touches(self.spans.get(token + 1), self.spans[token].end())
    }
}

/// Words that end the head of a source.
const STOPS: &[&str] = &[
    "of",
    "for",
    "in",
    "at",
    "from",
    "with",
    "on",
    "to",
    "by",
    "who",
    "whom",
    "whose",
    "which",
    "that",
    "and",
    "or",
    "near",
    "under",
    "over",
    "during",
    "about",
    "against",
    "among",
    "inside",
    "outside",
    "after",
    "before",
    "as",
    "including",
    "than",
    "like",
];

#[cfg(test)]
mod tests {
    use onrecord::facts::{QuoteForm, QuoteKind};

    use super::*;

    fn at(text: &str, part: &str) -> Span<Byte> {
        let start = text.find(part).expect("the part is there");
        Span::new(start, start + part.len())
    }

    fn quote(content: Span<Byte>, source: Option<Span<Byte>>) -> Quote {
        Quote { source, ..Quote::new(vec![content], QuoteKind::Indirect, QuoteForm::According) }
    }

    #[test]
    fn heads_are_those_of_the_scorer() {
        for (source, head) in [
            ("Leo Brandt, an analyst at Harbor Bank", "Brandt"),
            ("a spokesman for Moro", "spokesman"),
            ("Moro’s", "Moro"),
            ("Anne-Marie Costa", "Costa"),
            ("Teo O’Sand", "Sand"),
        ] {
            let tokens = Tokens::new(source);
            let found = tokens.head(&tokens.touched(&[Span::new(0, source.len())]));
            assert_eq!(found.map(|token| tokens.word(token)), Some(head), "{source}");
        }
    }

    #[test]
    fn a_quote_is_right_if_content_and_source_are() {
        let body = "Ana Ruiz said the old well was dry. Leo Brandt left.".to_owned();
        let gold = Attribution {
            source: vec![at(&body, "Ana Ruiz")],
            cue: vec![at(&body, "said")],
            content: vec![at(&body, "the old well was dry")],
        };
        let quotes = [
            quote(at(&body, "old well was dry"), Some(at(&body, "Ana Ruiz"))),
            quote(at(&body, "the old"), Some(at(&body, "Ana Ruiz"))),
            quote(at(&body, "left"), None),
        ];
        let aside = vec![at(&body, "Leo Brandt left.")];
        let other = [quote(at(&body, "the old well was dry"), Some(at(&body, "Leo Brandt")))];
        let article = Article::from_text(body);
        let annotated = Annotated { article, gold: vec![gold], aside };
        assert_eq!(annotated.judge(&quotes), [Some(true), Some(false), None]);
        assert_eq!(annotated.judge(&other), [Some(false)]);
    }
}
