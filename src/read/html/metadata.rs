//! What a page says of its article: JSON-LD first, then its `meta` elements, then what it shows.

use crate::read::html::linked_data::{LinkedData, linked_data};
use crate::read::html::title;
use crate::read::markup::tag::Tag;
use crate::read::markup::text::blocks;
use crate::read::markup::tree::{NodeId, Tree};
use crate::read::{authors as bylines, dates};

/// What a page says of its article.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    /// As the page writes it, if that can be read.
    pub(super) published: Option<String>,
    /// What JSON-LD has for a date, readable or not.
    pub(super) unread_date: Option<String>,
    /// The day in the address: `/2024/05/06/`, `/2024-05-06-`.
    pub(super) date_in_url: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    /// The summary that search engines are given, which pages often show above the text.
    pub(super) description: Option<String>,
    /// The text as JSON-LD has it.
    pub(super) body: Option<String>,
    /// Whether the page says that it is an article.
    pub(super) is_article: bool,
    /// What the page calls itself in the browser.
    pub(super) page_title: Option<String>,
}

/// The names under which pages say when an article was published, the surest first; in lower case.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "rnews:datepublished",
    "datepublished",
    "published_time",
    "published-date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "ptime",
    "originalpublicationdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "displaydate",
    "date",
    "article_date_original",
    "datecreated",
];

const AUTHOR: &[&str] = &[
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "byline",
    "article:author",
    "cxenseparse:author",
];

const PUBLISHER: &[&str] = &[
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "article:publisher",
    "apple-mobile-web-app-title",
    "dcterms.publisher",
];

const DESCRIPTION: &[&str] = &["og:description", "description", "twitter:description", "dc.description"];

/// Reads what a page says of its article.
pub(super) fn metadata(tree: &Tree<'_>) -> Metadata {
    let data = linked_data(tree);
    let page = Page::of(tree);
    let published = data.published.clone().filter(|date| dates::parse(date).is_some());
    let published = published.or_else(|| page.date()).or_else(|| page.shown_date());
    let publisher = data.publisher.clone().or_else(|| page.first(PUBLISHER).filter(|name| !is_address(name)));
    let url = page
        .canonical
        .clone()
        .or_else(|| page.first(&["og:url", "twitter:url"]))
        .or_else(|| data.url.clone());
    let url = url.filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    let title = title::title(&title::Candidates {
        headline: data.headline.as_deref(),
        shared: &page.all(&["og:title", "twitter:title", "dc.title", "title"]),
        page_title: page.title.as_deref(),
        headings: &page.headings,
        sites: &[publisher.clone(), page.first(&["og:site_name"]), data.site.clone()],
        url: url.as_deref(),
    });
    Metadata {
        title,
        authors: authors(&data, &page),
        publisher,
        published,
        unread_date: data.published.clone(),
        date_in_url: url.as_deref().and_then(date_in),
        url,
        language: page.language.clone().or_else(|| data.language.clone()),
        description: page.first(DESCRIPTION).or_else(|| data.description.clone()),
        is_article: data.is_article
            || page.first(&["og:type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("article")),
        body: data.body,
        page_title: page.title,
    }
}

/// The day in the path of an address, in ISO 8601.
fn date_in(url: &str) -> Option<String> {
    let path = url.splitn(4, '/').nth(3)?.split(['?', '#']).next()?;
    let numbers: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    numbers.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        let is_number = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_year = is_number(year, 4..=4) && (year.starts_with("19") || year.starts_with("20"));
        let is_date = is_year && is_number(month, 1..=2) && is_number(day, 1..=2);
        if is_date { dates::parse(&format!("{year}-{month:0>2}-{day:0>2}")) } else { None }
    })
}

/// The authors, without the `By` before them.
fn authors(data: &LinkedData, page: &Page) -> Vec<String> {
    let named: Vec<String> = if data.authors.is_empty() {
        AUTHOR
            .iter()
            .map(|name| page.all(&[name]))
            .find(|names| names.iter().any(|name| is_name(name)))
            .unwrap_or_default()
    } else {
        data.authors.clone()
    };
    let named = if named.is_empty() { page.authors.clone() } else { named };
    let names = named.iter().filter(|name| is_name(name)).flat_map(|name| bylines::names(name));
    bylines::distinct(names.filter(|name| is_name(name)).collect())
}

/// Whether a text may be the name of an author: no address, no handle, nothing of length.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && !is_address(name)
        && !name.starts_with('@')
        && name.chars().any(char::is_alphabetic)
}

fn is_address(text: &str) -> bool {
    text.starts_with("http:")
        || text.starts_with("https:")
        || text.starts_with("www.")
        || text.starts_with('/')
}

/// What stands in the elements of a page.
#[derive(Default)]
struct Page {
    /// Name in lower case and content of each `meta`, and of what bears the property of an article.
    meta: Vec<(String, String)>,
    title: Option<String>,
    canonical: Option<String>,
    language: Option<String>,
    /// The texts of the `h1` elements.
    headings: Vec<String>,
    /// Whom the page shows as authors.
    authors: Vec<String>,
    /// The `time` elements.
    times: Vec<Time>,
}

/// A `time` element with a date that can be read.
struct Time {
    date: String,
    /// Whether it says that this is the publication.
    is_publication: bool,
    /// Whether it stands behind the first headline of the highest rank.
    is_below_heading: bool,
}

/// How many headlines, dates and authors of a page are looked at.
const MOST: usize = 20;

impl Page {
    fn of(tree: &Tree<'_>) -> Self {
        let mut page = Page::default();
        for node in 1..tree.len() {
            match tree.tag(node) {
                Some(Tag::Meta) => page.meta(tree, node),
                Some(Tag::Link) => page.link(tree, node),
                Some(Tag::Html) => {
                    page.language = tree
                        .attribute(node, "lang")
                        .or_else(|| tree.attribute(node, "xml:lang"))
                        .map(|language| language.trim().to_owned())
                        .filter(|language| !language.is_empty())
                }
                Some(Tag::Title)
                    if page.title.is_none()
                        && !tree.above(node).any(|node| tree.tag(node) == Some(Tag::Svg)) =>
                {
                    let text = tree.children(node).find_map(|child| tree.text(child)).unwrap_or_default();
                    page.title = line(&htmlize::unescape(text));
                }
                Some(Tag::H1) if page.headings.len() < MOST => page.headings.extend(shown(tree, node)),
                Some(Tag::Time) if page.times.len() < MOST => page.time(tree, node),
                Some(Tag::A | Tag::Inline | Tag::P | Tag::Div | Tag::Li | Tag::Address)
                    if page.authors.len() < MOST =>
                {
                    page.property(tree, node);
                }
                _ => {}
            }
        }
        page
    }

    fn meta(&mut self, tree: &Tree<'_>, node: NodeId) {
        let mut names = Vec::new();
        let mut content = None;
        for (name, value) in tree.attributes(node) {
            match name.to_ascii_lowercase().as_str() {
                "property" | "name" | "itemprop" | "http-equiv" => {
                    names.extend(value.split_ascii_whitespace().map(str::to_ascii_lowercase));
                }
                "content" => content = line(&htmlize::unescape_attribute(value)),
                _ => {}
            }
        }
        let Some(content) = content else { return };
        if self.language.is_none() && names.iter().any(|name| name == "content-language") {
            self.language = Some(content.clone());
        }
        self.meta.extend(names.into_iter().take(4).map(|name| (name, content.clone())));
    }

    fn link(&mut self, tree: &Tree<'_>, node: NodeId) {
        let is_canonical =
            tree.raw_attribute(node, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if is_canonical && self.canonical.is_none() {
            let url = tree.attribute(node, "href").and_then(|url| line(&url));
            self.canonical = url.filter(|url| url.starts_with("http"));
        }
    }

    fn time(&mut self, tree: &Tree<'_>, node: NodeId) {
        let says = |of_property: &str, of_class: &[&str]| {
            tree.attributes(node).any(|(name, value)| {
                name.eq_ignore_ascii_case("itemprop") && value.eq_ignore_ascii_case(of_property)
                    || name.eq_ignore_ascii_case("class")
                        && value.split_ascii_whitespace().any(|class| of_class.contains(&class))
            })
        };
        let is_publication = tree.raw_attribute(node, "pubdate").is_some()
            || says("datePublished", &["published", "entry-date", "dt-published"]);
        let is_change = says("dateModified", &["updated", "modified", "dt-updated", "entry-modified"]);
        if is_change && !is_publication || is_behind_change(tree, node) {
            return;
        }
        let date = tree.attribute(node, "datetime").or_else(|| tree.attribute(node, "content"));
        let date = date.and_then(|date| line(&date)).filter(|date| dates::parse(date).is_some());
        let is_below_heading = !self.headings.is_empty();
        self.times.extend(date.map(|date| Time { date, is_publication, is_below_heading }));
    }

    /// What bears the property of an author or of the date.
    fn property(&mut self, tree: &Tree<'_>, node: NodeId) {
        for (name, value) in tree.attributes(node) {
            if name.eq_ignore_ascii_case("itemprop") && value.eq_ignore_ascii_case("datePublished") {
                let date = tree.attribute(node, "content").or_else(|| tree.attribute(node, "datetime"));
                let date = date.and_then(|date| line(&date)).or_else(|| shown(tree, node));
                self.meta.extend(date.map(|date| ("datepublished".to_owned(), date)));
            }
            let is_author = name.eq_ignore_ascii_case("rel") && value.eq_ignore_ascii_case("author")
                || name.eq_ignore_ascii_case("itemprop") && value.eq_ignore_ascii_case("author");
            if is_author {
                self.authors.extend(
                    shown(tree, node).filter(|name| name.len() < 100 && !self.authors.contains(name)),
                );
            }
        }
    }

    /// The values under a name; the first of `names` that has any.
    fn all(&self, names: &[&str]) -> Vec<String> {
        let mut all = Vec::new();
        for name in names {
            all.extend(
                self.meta
                    .iter()
                    .filter(|(found, _)| found == name)
                    .map(|(_, value)| value.clone())
                    .take(MOST),
            );
        }
        all
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        self.all(names).into_iter().next()
    }

    fn date(&self) -> Option<String> {
        self.all(PUBLISHED).into_iter().find(|date| dates::parse(date).is_some())
    }

    /// The date that the page shows: one that is said to be the publication, else the first one below the headline, else
    /// the first one.
    fn shown_date(&self) -> Option<String> {
        let said = self.times.iter().find(|time| time.is_publication);
        let said = said.or_else(|| self.times.iter().find(|time| time.is_below_heading));
        said.or(self.times.first()).map(|time| time.date.clone())
    }
}

/// Whether the text right before a `time` element, or at its start, says that this is a date of change.
fn is_behind_change(tree: &Tree<'_>, node: NodeId) -> bool {
    let is_change = |text: &str| {
        let mut words = text.split(|mark: char| !mark.is_alphabetic()).filter(|word| !word.is_empty());
        words.next_back().is_some_and(|word| {
            matches!(word.to_lowercase().as_str(), "updated" | "modified" | "edited" | "update")
        })
    };
    let before = (node.saturating_sub(3)..node)
        .rev()
        .find_map(|before| tree.text(before).filter(|text| !text.trim().is_empty()));
    let own = (node + 1..tree.end(node)).find_map(|inner| tree.text(inner)).unwrap_or_default();
    let first = own.split_whitespace().find(|word| !word.eq_ignore_ascii_case("last")).unwrap_or_default();
    before.is_some_and(is_change) || is_change(first)
}

/// What an element shows, as one line.
fn shown(tree: &Tree<'_>, node: NodeId) -> Option<String> {
    let texts: Vec<String> = blocks(tree, node, |_| false).into_iter().map(|block| block.text).collect();
    line(&texts.join(" "))
}

/// The longest title, name or summary, in bytes.
const LONGEST_LINE: usize = 4_000;

/// A text as one line; none if it is blank, or no title or name by its length.
fn line(text: &str) -> Option<String> {
    if text.len() > LONGEST_LINE {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(words.join(" ")).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Metadata {
        metadata(&Tree::parse(page))
    }

    #[test]
    fn the_date_is_the_one_of_publication() {
        for (page, expected) in [
            (
                "<meta property='article:published_time' content='2024-05-06T07:08:09Z'><time datetime='2020-01-01'>",
                Some("2024-05-06T07:08:09Z"),
            ),
            (
                "<meta name=modified content=2024-05-07><meta name=pubdate content=2024-05-06>",
                Some("2024-05-06"),
            ),
            ("<meta name=date content='some day'><time datetime='2024-05-06'>", Some("2024-05-06")),
            (
                "<time datetime='2020-01-01'>x</time><time itemprop=datePublished datetime='2024-05-06'>",
                Some("2024-05-06"),
            ),
            ("<span itemprop='datePublished'>6 May 2024</span>", Some("6 May 2024")),
            (
                "<time class=updated datetime='2024-05-07'>x</time><time datetime='2024-05-06'>x</time>",
                Some("2024-05-06"),
            ),
            ("<p>Last updated: <time datetime='2024-05-07'>7 May</time></p>", None),
            ("<time itemprop=dateModified datetime='2024-05-07'>x</time>", None),
            ("<time class='published updated' datetime='2024-05-06'>x</time>", Some("2024-05-06")),
            (
                "<time datetime='2024-05-09'>today</time><h1>Bridge</h1><time datetime='2024-05-06'>x</time>",
                Some("2024-05-06"),
            ),
            ("<p>It was on 6 May 2024.</p>", None),
        ] {
            assert_eq!(read(page).published.as_deref(), expected, "{page}");
        }
    }

    #[test]
    fn an_address_may_hold_the_day() {
        for (url, expected) in [
            ("https://tidewell.example/2024/05/06/bridge", Some("2024-05-06")),
            ("https://tidewell.example/news/2024/5/6/bridge.html", Some("2024-05-06")),
            ("https://tidewell.example/bridge-2024-05-06", Some("2024-05-06")),
            ("https://tidewell.example/2024/05/bridge", None),
            ("https://tidewell.example/2024/13/06/bridge", None),
            ("https://tidewell.example/a?d=2024/05/06", None),
        ] {
            assert_eq!(date_in(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn authors_publisher_address_and_language_are_read() {
        let page = read(
            "<html lang='en-GB'><meta name=author content='By Ana Ruiz'><meta name=author content='Leo Brandt'>\
             <meta property='og:site_name' content='Tidewell &amp; Co'><link rel=canonical href='https://tidewell.example/a?b=1&amp;c=2'>\
             <meta property='og:type' content=article>",
        );
        assert_eq!(page.authors, ["Ana Ruiz", "Leo Brandt"]);
        assert_eq!(page.publisher.as_deref(), Some("Tidewell & Co"));
        assert_eq!(page.url.as_deref(), Some("https://tidewell.example/a?b=1&c=2"));
        assert_eq!(page.language.as_deref(), Some("en-GB"));
        assert!(page.is_article);
        assert_eq!(
            read("<meta name=author content='Ana Ruiz, Leo Brandt and ANA RUIZ'>").authors,
            ["Ana Ruiz", "Leo Brandt"]
        );
        assert_eq!(read("<meta property='article:author' content='https://tidewell.example/ana'><a rel=author>Ana Ruiz</a>").authors, ["Ana Ruiz"]);
    }
}
