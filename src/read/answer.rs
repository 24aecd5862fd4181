//! The articles in an answer of a service, which holds them in one of its fields.

use std::ops::Range;

use crate::read::format::Options;
use crate::read::object::Object;
use crate::read::record;
use crate::read::scan::{self, Scanner};

/// How deep in an answer its articles may lie: `response.docs`, `data.items.articles`.
pub(crate) const DEPTH: usize = 3;

/// In an answer that is no JSON, for how many lists it is asked what stands before them, since that takes as long as the
/// answer is. Only those count that may hold the articles.
const MOST_LISTS: usize = 16;

/// Where the articles lie in an answer; none if the object is an article itself, or no answer.
///
/// Of several lists it is the one with the most articles, whatever else is listed beside them. Something in the answer may be
/// no JSON, such as a number of one article: then its lists are told by their brackets.
pub(crate) fn articles_within(bytes: &[u8], options: &Options) -> Option<Vec<Range<usize>>> {
    let strict = std::str::from_utf8(bytes).ok().and_then(|text| Some((text, Object::parse(text).ok()?)));
    let Some((text, object)) = strict else {
        let is_article = record::has_article(bytes, options) == Some(true);
        return if is_article { None } else { best_by_brackets(bytes, options) };
    };
    if record::has_text(&object, options) {
        return None;
    }
    let (likelihood, list) = best_list(&object, DEPTH, options)?;
    let may_be_articles = likelihood.0 + likelihood.1 > 0
        || list.iter().any(|element| record::has_headline(element.as_bytes()));
    if !may_be_articles {
        return None;
    }
    let start = text.as_ptr().addr();
    // Every element borrows from `text`, so its address tells its place.
    let place = |element: &str| {
        let offset = element.as_ptr().addr() - start;
        offset..offset + element.len()
    };
    Some(list.into_iter().map(place).collect())
}

/// How likely it is that a list holds the articles of an answer: how many of its objects have a text, how many are
/// broken and may have one, and how many there are.
type Likelihood = (usize, usize, usize);

fn likelihood<'a>(objects: impl Iterator<Item = &'a [u8]>, options: &Options) -> Likelihood {
    objects.fold((0, 0, 0), |(texts, broken, all), object| match record::has_article(object, options) {
        Some(true) => (texts + 1, broken, all + 1),
        Some(false) => (texts, broken, all + 1),
        None => (texts, broken + 1, all + 1),
    })
}

/// Whether a broken object is an answer in which a list of articles begins at `start`: what stands before it is
/// no article, and what the list begins with may be one.
pub(crate) fn begins_articles(bytes: &[u8], start: usize, options: &Options) -> bool {
    let list = &bytes[start.min(bytes.len())..];
    is_no_article_before(bytes, start, options)
        && scan::object(list).is_none_or(|first| record::has_article(&list[first], options) != Some(false))
}

/// Whether what stands in an object before `start` makes it no article.
fn is_no_article_before(bytes: &[u8], start: usize, options: &Options) -> bool {
    let before = &bytes[..start.min(bytes.len())];
    let mut scanner = Scanner::default();
    before.iter().for_each(|byte| {
        scanner.step(*byte);
    });
    let whole = [before, scanner.closing().as_bytes()].concat();
    record::has_article(&whole, options) == Some(false)
}

/// The list of objects that most likely are the articles, told by brackets alone; none where none may be.
fn best_by_brackets(bytes: &[u8], options: &Options) -> Option<Vec<Range<usize>>> {
    let mut scanner = Scanner::default();
    let mut best: (Likelihood, Option<Vec<Range<usize>>>) = ((0, 0, usize::MAX), None);
    let (mut seen, mut lists) = (0, 0);
    for byte in bytes {
        scanner.step(*byte);
        let Some((start, _)) = scanner.list_within(DEPTH).filter(|(start, _)| *start > seen) else {
            continue;
        };
        let (objects, _) = scan::objects(&bytes[start..]);
        let objects: Vec<_> =
            objects.into_iter().map(|range| start + range.start..start + range.end).collect();
        // So that nothing is looked at twice, however the brackets stand.
        seen = objects.last().map_or(start, |last| last.end);
        let likelihood = likelihood(objects.iter().map(|range| &bytes[range.clone()]), options);
        if likelihood <= best.0 {
            continue;
        }
        lists += 1;
        if lists > MOST_LISTS {
            break;
        }
        if is_no_article_before(bytes, start, options) {
            best = (likelihood, Some(objects));
        }
    }
    best.1
}

/// The array of objects, in an object or in objects inside it, that most likely are the articles.
fn best_list<'a>(object: &Object<'a>, depth: usize, options: &Options) -> Option<(Likelihood, Vec<&'a str>)> {
    let mut best: Option<(Likelihood, Vec<&'a str>)> = None;
    // Articles under their ids.
    let inner: Vec<&str> = object.fields.iter().map(|(_, value)| value.get()).collect();
    if inner.len() > 1 && inner.iter().all(|value| value.starts_with('{')) {
        let likelihood = likelihood(inner.iter().map(|value| value.as_bytes()), options);
        if likelihood.0 * 2 > inner.len() {
            best = Some((likelihood, inner));
        }
    }
    for (_, value) in &object.fields {
        let text = value.get();
        let list = match text.as_bytes().first() {
            Some(b'[') => objects_in(text).map(|objects| {
                (likelihood(objects.iter().map(|object| object.as_bytes()), options), objects)
            }),
            Some(b'{') if depth > 1 => {
                Object::parse(text).ok().and_then(|inner| best_list(&inner, depth - 1, options))
            }
            _ => None,
        };
        let Some(list) = list else { continue };
        if list.0 > best.as_ref().map_or((0, 0, 0), |best| best.0) {
            best = Some(list);
        }
    }
    best
}

/// The elements of an array, if all of them are objects.
fn objects_in(array: &str) -> Option<Vec<&str>> {
    let elements: Vec<&serde_json::value::RawValue> = serde_json::from_str(array).ok()?;
    let objects: Vec<&str> = elements.into_iter().map(|element| element.get()).collect();
    objects.iter().all(|element| element.starts_with('{')).then_some(objects)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_found_within_an_answer() {
        let within = |text: &str| {
            let ranges = articles_within(text.as_bytes(), &Options::default());
            ranges.map(|ranges| ranges.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>())
        };
        let answer =
            r#"{"status": "ok", "tags": [{"t": 1}], "response": {"docs": [{"text": "a"}, {"text": "b"}]}}"#;
        assert_eq!(within(answer), Some(vec![r#"{"text": "a"}"#.to_owned(), r#"{"text": "b"}"#.to_owned()]));
        assert_eq!(within(r#"{"text": "An article.", "images": [{"url": "u"}]}"#), None);
        assert_eq!(within(r#"{"status": "error"}"#), None);
    }

    #[test]
    fn one_article_that_is_no_json_costs_no_other() {
        let answer = r#"{"tags": [{"t": 1}], "docs": [{"text": "a"}, {"n": NaN, "text": "c"}, {"text": "d"}], "n": 3}"#;
        let answer = answer.replace("\"a\"", "\"a\tb\"");
        let ranges = articles_within(answer.as_bytes(), &Options::default()).expect("is an answer");
        assert_eq!(ranges.len(), 3);
        assert_eq!(&answer[ranges[2].clone()], r#"{"text": "d"}"#);
        assert_eq!(
            articles_within(b"{\"text\": \"a\tb\", \"docs\": [{\"text\": \"c\"}]}", &Options::default()),
            None
        );
    }
}
