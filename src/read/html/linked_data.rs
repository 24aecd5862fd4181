//! What a page says of its article in JSON-LD, the data that publishers put into pages for search engines.

use serde_json::{Map, Value};

use crate::read::decode;
use crate::read::markup::tag::Tag;
use crate::read::markup::tree::Tree;

/// Data that lies deeper in other data is of something else.
const DEEPEST: usize = 6;

/// How many objects are looked at; a page has some dozens.
const MOST_OBJECTS: usize = 2_000;

/// How much of JSON-LD is read of one page, in bytes; pages have some ten thousand.
const MOST_BYTES: usize = 4 << 20;

/// What JSON-LD says of an article.
#[derive(Debug, Default)]
pub(super) struct LinkedData {
    pub(super) headline: Option<String>,
    /// What the article is called besides, often more fully.
    pub(super) alternative: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    /// What the site calls itself.
    pub(super) site: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) description: Option<String>,
    pub(super) body: Option<String>,
    /// Whether something says of itself that it is an article.
    pub(super) is_article: bool,
}

/// How sure it is that an object is the article of the page, by its type: the higher the surer.
fn rank(object: &Map<String, Value>) -> u8 {
    let is = |name: &str| match name {
        name if name.ends_with("NewsArticle") || name == "Report" => 4,
        name if name.ends_with("Article") || name.ends_with("BlogPosting") => 3,
        "Review" | "Recipe" | "SocialMediaPosting" | "DiscussionForumPosting" => 2,
        "WebPage" | "ItemPage" => 1,
        _ => 0,
    };
    let name = |value: &Value| {
        let name = value.as_str().unwrap_or_default();
        is(name.rsplit(['/', '#', ':']).next().unwrap_or_default())
    };
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().map(name).max().unwrap_or(0),
        Some(value) => name(value),
        None => 0,
    }
}

/// Reads the JSON-LD of a page.
pub(super) fn linked_data(tree: &Tree<'_>) -> LinkedData {
    let mut values: Vec<Value> = Vec::new();
    let mut bytes = 0;
    for node in 0..tree.len() {
        if tree.tag(node) != Some(Tag::Script) || !tree.raw_attribute(node, "type").is_some_and(is_json_ld) {
            continue;
        }
        let Some(text) = tree.children(node).find_map(|child| tree.text(child)) else { continue };
        bytes += text.len();
        if bytes > MOST_BYTES {
            break;
        }
        values.extend(parse(text));
    }
    let mut objects = Vec::new();
    values.iter().for_each(|value| collect(value, 0, &mut objects));
    let mut best: Option<(u8, &Map<String, Value>)> = None;
    for object in &objects {
        // Of two of a kind the one that is dated, and of these the first.
        let rank = rank(object) * 4
            + 2 * u8::from(object.contains_key("headline"))
            + u8::from(object.contains_key("datePublished"));
        if rank >= 4 && best.is_none_or(|(best, _)| rank > best) {
            best = Some((rank, object));
        }
    }
    let is_site = |object: &&&Map<String, Value>| object.get("@type").is_some_and(|kind| kind == "WebSite");
    let site = objects.iter().find(is_site).and_then(|site| site.get("name")?.as_str()).and_then(clean);
    let Some((rank, article)) = best else { return LinkedData { site, ..LinkedData::default() } };
    let field = |name: &str| article.get(name).and_then(Value::as_str).and_then(clean);
    let is_article = rank >= 8;
    LinkedData {
        alternative: field("alternativeHeadline").or_else(|| field("alternateName").filter(|_| is_article)),
        headline: field("headline").or_else(|| field("name").filter(|_| is_article)),
        authors: names(article.get("author").or_else(|| article.get("creator")), &objects),
        publisher: names(article.get("publisher"), &objects).into_iter().next(),
        site,
        published: field("datePublished"),
        url: field("url").or_else(|| page_of(article.get("mainEntityOfPage"))),
        language: field("inLanguage"),
        description: field("description"),
        body: article.get("articleBody").and_then(Value::as_str).map(str::to_owned),
        is_article,
    }
}

fn is_json_ld(kind: &str) -> bool {
    kind.trim().get(..19).is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
}

/// The values in a script. Line breaks within strings, which JSON forbids and pages have, count as spaces; so do the marks of
/// comments around the whole.
fn parse(text: &str) -> Vec<Value> {
    let text: String = text.chars().map(|mark| if mark.is_control() { ' ' } else { mark }).collect();
    let text = text.trim().trim_start_matches("<!--").trim_start_matches("//").trim_start();
    let text = text.strip_prefix("<![CDATA[").or_else(|| text.strip_prefix("/*<![CDATA[*/")).unwrap_or(text);
    // What stands behind the first value, as a stray semicolon, costs nothing.
    serde_json::Deserializer::from_str(text).into_iter::<Value>().map_while(Result::ok).collect()
}

/// The objects that may be the article, and those it may refer to.
fn collect<'a>(value: &'a Value, depth: usize, objects: &mut Vec<&'a Map<String, Value>>) {
    if depth > DEEPEST || objects.len() >= MOST_OBJECTS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, objects)),
        Value::Object(object) => {
            objects.push(object);
            for name in ["@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"] {
                if let Some(value) = object.get(name) {
                    collect(value, depth + 1, objects);
                }
            }
        }
        _ => {}
    }
}

/// The names of the people or outlets that a value holds or refers to.
fn names(value: Option<&Value>, objects: &[&Map<String, Value>]) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |value: &Value| {
        let name = match value {
            Value::String(name) => clean(name),
            Value::Object(object) => {
                let name = |object: &Map<String, Value>| match object.get("name") {
                    Some(Value::Array(names)) => names.iter().find_map(Value::as_str).and_then(clean),
                    name => name.and_then(Value::as_str).and_then(clean),
                };
                let named = |id: &Value| {
                    objects.iter().find_map(|object| name(object).filter(|_| object.get("@id") == Some(id)))
                };
                name(object).or_else(|| object.get("@id").and_then(named))
            }
            _ => None,
        };
        if let Some(name) = name
            && !found.contains(&name)
        {
            found.push(name);
        }
    };
    match value {
        Some(Value::Array(values)) => values.iter().take(50).for_each(&mut add),
        Some(value) => add(value),
        None => {}
    }
    found
}

fn page_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(url) => clean(url),
        Value::Object(page) => {
            page.get("@id").or_else(|| page.get("url")).and_then(Value::as_str).and_then(clean)
        }
        _ => None,
    }
}

/// A value as one line; character references, which some systems put into JSON, are read. None if it is blank.
fn clean(text: &str) -> Option<String> {
    let text = htmlize::unescape(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(decode::without_nul(words.join(" "))).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> LinkedData {
        let page = format!("<script type='application/ld+json'>{json}</script>");
        linked_data(&Tree::parse(&page))
    }

    #[test]
    fn an_article_is_found_wherever_it_lies() {
        for json in [
            r#"{"@type": "NewsArticle", "headline": "Bridge"}"#,
            r#"[{"@type": "WebSite"}, {"@type": ["Thing", "Article"], "headline": "Bridge"}]"#,
            r#"{"@graph": [{"@type": "WebPage", "headline": "Page"}, {"@type": "BlogPosting", "headline": "Bridge"}]}"#,
            r#"{"@type": "WebPage", "mainEntity": {"@type": "http://schema.org/ReportageNewsArticle", "headline": "Bridge"}}"#,
            "{\"@type\": \"NewsArticle\", \"headline\": \"Bridge\", \"description\": \"Two\nlines\"};",
            "<!-- {\"@type\": \"NewsArticle\", \"headline\": \"Bridge\"} -->",
        ] {
            let data = read(json);
            assert_eq!((data.headline.as_deref(), data.is_article), (Some("Bridge"), true), "{json}");
        }
        assert!(!read(r#"{"@type": "WebPage", "name": "Page"}"#).is_article);
        assert!(!read("{\"@type\": \"NewsArticle\"").is_article);
    }

    #[test]
    fn what_sqlite_cannot_hold_is_replaced() {
        let data = read(r#"{"@type": "Article", "headline": "A\u0000B &#0;"}"#);
        assert_eq!(data.headline.as_deref(), Some("A\u{FFFD}B \u{FFFD}"));
    }

    #[test]
    fn authors_are_named_in_many_ways() {
        for (author, expected) in [
            (r#""Ana Ruiz""#, &["Ana Ruiz"][..]),
            (r#"["Ana Ruiz", {"@type": "Person", "name": "Leo  Brandt"}]"#, &["Ana Ruiz", "Leo Brandt"]),
            (r##"{"@id": "#a"}, "publisher": {"@id": "#a", "name": "Ana &amp; Co"}"##, &["Ana & Co"]),
            (r#"{"name": ["Ana Ruiz"]}"#, &["Ana Ruiz"]),
            ("null", &[]),
        ] {
            let data = read(&format!(r#"{{"@type": "Article", "author": {author}}}"#));
            assert_eq!(data.authors, expected, "{author}");
        }
    }
}
