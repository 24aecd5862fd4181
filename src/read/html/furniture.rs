//! What is on a page beside its article, told by the names that elements bear and by the words in them.
//!
//! The names are those that many publishers and their systems use; none is one publisher's own. Words are judged in short blocks
//! alone, since a long paragraph that begins like furniture is a paragraph.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::read::markup::tag::Tag;
use crate::read::markup::tree::{NodeId, Tree};

/// What an element seems to be by its tag and its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing is known.
    Plain,
    /// It says of itself that it holds the text of the article.
    Text,
    /// It is the article with all that belongs to it.
    Article,
    /// It is furniture, unless it holds much of the page.
    Doubtful,
    /// It is not shown, as long as no script shows it.
    Hidden,
    /// It is furniture.
    Furniture,
}

/// Names of furniture, each a word or several that stand together in a name: `related-links`, `relatedLinks`.
const FURNITURE: &str = "\
    ad ads adslot adunit advert advertisement advertising adsense dfp gpt addthis sharethis related \
    relatedcontent relatedlinks relatedarticles relatedposts relatedstories relatednews readmore \
    readnext readalso seealso upnext nextup nextarticle morefrom moreon morestories morenews moretopics \
    recommended recommendation recommendations recommends recirc recirculation trending mostread \
    mostpopular mostviewed popular taboola outbrain zergnet revcontent teaser teasers promo promos \
    promotion newsletter newsletters signup subscribe subscription subscriptions mailchimp paywall \
    regwall donate donation share sharing sharebar sharebuttons sharetools sharedaddy shares social \
    socials sociallinks socialmedia socialshare followus comments comment commentlist respond disqus \
    livefyre fbcomments cookie cookies consent gdpr onetrust breadcrumb breadcrumbs pagination pager \
    sidebar navbar navigation nav menu submenu toolbar footer siteheader masthead skiplink skipto \
    caption captions imagecaption wpcaption photocaption figcaption credit credits imagecredit \
    photocredit mediacredit copyright byline bylines dateline timestamp publishdate pubdate dates \
    postmeta entrymeta articlemeta authorbox authorbio aboutauthor abouttheauthor authorinfo authors \
    authorcard author bio biography contributor contributors tags taglist tagcloud keywords topics \
    topiclist categories catlinks hashtags printonly carousel lightbox videoplayer audioplayer jwplayer \
    playlist transcript popup modal overlay tooltip dropdown screenreader visuallyhidden visuallyhide \
    sronly srtext hidden offscreen noprint print loading spinner placeholder widgetarea widgettitle \
    nextprev prevnext sponsored sponsor sponsors partner partners affiliate marketing banner feedback \
    rating ratings login register search searchform correction editornote attribution metadata infobox \
    factbox toc tableofcontents weather newsticker legal mwhidden livestream livetv notification \
    notifications alert pushnotification appdownload download apps cta calltoaction aside rail rightrail \
    sticky follow bookmark save readingtime readtime kicker eyebrow pullquote";

/// Names of furniture that may hold more than the article does.
const ALWAYS: &str = "\
    comments commentlist disqus livefyre fbcomments respond cookie consent gdpr onetrust taboola \
    outbrain relatedarticles relatedposts relatedstories relatednews relatedlinks relatedcontent \
    readnext mostread mostpopular newsletter footer sidebar recommended recommendations";

/// Names of the element that holds the text of an article, without what parts their words.
const TEXT: &str = "\
    articlebody articletext articlecontent articlecopy articlemaintext storybody storycontent storytext \
    entrycontent postcontent postbody posttext newsbody newstext newscontent bodycopy bodytext \
    contentbody textbody singlecontent storycopy fullarticle contentarticle wysiwyg richtext";

/// What names say, as far as they were looked at: a page gives most of its names to many elements.
#[derive(Default)]
pub(super) struct Known<'a>(HashMap<&'a str, Role>);

impl<'a> Known<'a> {
    fn named(&mut self, value: &'a str) -> Role {
        *self.0.entry(value).or_insert_with(|| named(value))
    }
}

/// What an element seems to be.
pub(super) fn role<'a>(tree: &Tree<'a>, node: NodeId, tag: Tag, known: &mut Known<'a>) -> Role {
    let mut role = match tag {
        Tag::Nav | Tag::Figcaption | Tag::Menu | Tag::Address | Tag::Caption => return Role::Furniture,
        Tag::Aside | Tag::Footer | Tag::Figure | Tag::Form | Tag::Fieldset | Tag::Label => Role::Doubtful,
        Tag::Article => Role::Article,
        _ => Role::Plain,
    };
    for (name, value) in tree.attributes(node) {
        let found = match name.len() {
            2 if name.eq_ignore_ascii_case("id") => known.named(value),
            4 if name.eq_ignore_ascii_case("role") => by_role(value),
            5 if name.eq_ignore_ascii_case("class") => known.named(value),
            5 if name.eq_ignore_ascii_case("style") => by_style(value),
            6 if name.eq_ignore_ascii_case("hidden") => Role::Hidden,
            8 if name.eq_ignore_ascii_case("itemprop") => by_property(value),
            10 if name.eq_ignore_ascii_case("data-qa-id") => known.named(value),
            11 if name.eq_ignore_ascii_case("data-testid") => known.named(value),
            11 if name.eq_ignore_ascii_case("aria-hidden") && value == "true" => Role::Doubtful,
            14 if name.eq_ignore_ascii_case("data-component") => known.named(value),
            _ => Role::Plain,
        };
        role = match (role, found) {
            (_, Role::Plain) => role,
            (Role::Furniture, _) | (_, Role::Furniture) => Role::Furniture,
            (Role::Hidden, _) | (_, Role::Hidden) => Role::Hidden,
            (Role::Text, Role::Doubtful) | (Role::Doubtful, Role::Text) => Role::Text,
            (Role::Article, Role::Doubtful) if tag == Tag::Article => Role::Doubtful,
            (_, found) => found,
        };
    }
    role
}

fn by_role(value: &str) -> Role {
    match value {
        "navigation" | "banner" | "contentinfo" | "search" | "dialog" | "alert" | "menu" | "toolbar"
        | "tablist" => Role::Furniture,
        "complementary" => Role::Doubtful,
        "article" => Role::Article,
        _ => Role::Plain,
    }
}

fn by_style(value: &str) -> Role {
    let is_hidden = value.split(';').any(|rule| {
        rule.split_once(':').is_some_and(|(name, value)| {
            let (name, value) = (name.trim(), value.trim());
            name.eq_ignore_ascii_case("display") && value.starts_with("none")
                || name.eq_ignore_ascii_case("visibility") && value.starts_with("hidden")
        })
    });
    if is_hidden { Role::Hidden } else { Role::Plain }
}

fn by_property(value: &str) -> Role {
    let is = |name: &str| value.split_ascii_whitespace().any(|found| found.eq_ignore_ascii_case(name));
    if is("articleBody") {
        Role::Text
    } else if is("author")
        || is("caption")
        || is("keywords")
        || is("publisher")
        || is("datePublished")
        || is("comment")
    {
        Role::Furniture
    } else {
        Role::Plain
    }
}

/// A list by the first letters of its words, so that few are compared.
type ByLetter = LazyLock<[Vec<&'static str>; 32]>;

static TEXT_NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| TEXT.split_ascii_whitespace().collect());
static ALWAYS_BY_LETTER: ByLetter = LazyLock::new(|| by_letter(ALWAYS));
static FURNITURE_BY_LETTER: ByLetter = LazyLock::new(|| by_letter(FURNITURE));

fn by_letter(words: &'static str) -> [Vec<&'static str>; 32] {
    let mut lists = [const { Vec::new() }; 32];
    for word in words.split_ascii_whitespace() {
        let first = word.bytes().next().unwrap_or_default();
        lists[usize::from(first % 32)].push(word);
    }
    lists
}

fn is_listed(word: &str, list: &ByLetter) -> bool {
    let first = word.bytes().next().unwrap_or_default();
    list[usize::from(first % 32)].contains(&word)
}

/// What names in an attribute say: `class="post-content wide"`.
fn named(value: &str) -> Role {
    let mut role = Role::Plain;
    // Longer lists are those of systems that style by many small classes, and say nothing.
    for name in value.split_ascii_whitespace().take(16) {
        if name.len() > 80 {
            continue;
        }
        let mut joined = String::with_capacity(name.len());
        let mut words: Vec<usize> = vec![0];
        let mut was_lower = false;
        for mark in name.chars() {
            if !mark.is_ascii_alphanumeric() {
                if words.last() != Some(&joined.len()) {
                    words.push(joined.len());
                }
                was_lower = false;
                continue;
            }
            if mark.is_ascii_uppercase() && was_lower && words.last() != Some(&joined.len()) {
                words.push(joined.len());
            }
            was_lower = mark.is_ascii_lowercase();
            joined.push(mark.to_ascii_lowercase());
        }
        if words.last() != Some(&joined.len()) {
            words.push(joined.len());
        }
        // What a publisher says of its article belongs to the article.
        if joined.contains("disclaimer") || joined.contains("disclosure") {
            continue;
        }
        if joined.len() > 6 && TEXT_NAMES.iter().any(|text| joined.contains(text)) {
            role = Role::Text;
            continue;
        }
        // `has-sidebar` says what lies beside or in the element.
        let first_word = &joined[..words.get(1).copied().unwrap_or_default()];
        if matches!(first_word, "has" | "with" | "is" | "no" | "without" | "show" | "js") {
            continue;
        }
        // Runs of up to three words.
        for first in 0..words.len().saturating_sub(1) {
            for last in first + 1..words.len().min(first + 4) {
                let run = &joined[words[first]..words[last]];
                // `sidebar-grid` is what holds both the sidebar and what it stands beside.
                let next = words.get(last + 1).map_or("", |end| &joined[words[last]..*end]);
                if matches!(next, "grid" | "layout" | "template" | "page") {
                    continue;
                }
                if role != Role::Text && is_listed(run, &ALWAYS_BY_LETTER) {
                    role = Role::Furniture;
                }
                if role == Role::Plain && is_listed(run, &FURNITURE_BY_LETTER) {
                    role = Role::Doubtful;
                }
            }
        }
    }
    role
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_an_element_is() {
        for (names, expected) in [
            ("article-body", Role::Text),
            ("storyBody wide", Role::Text),
            ("Post__Content", Role::Text),
            ("sidebar entry-content", Role::Text),
            ("share-bar", Role::Doubtful),
            ("relatedLinks", Role::Furniture),
            ("RELATED-ARTICLES", Role::Furniture),
            ("newsletter-box", Role::Furniture),
            ("has-sidebar", Role::Plain),
            ("sidebar-grid", Role::Plain),
            ("shared header-image address", Role::Plain),
            ("ad-disclaimer", Role::Plain),
            ("p1 col-md-8", Role::Plain),
            ("é—ü", Role::Plain),
            ("", Role::Plain),
        ] {
            assert_eq!(named(names), expected, "{names}");
        }
    }

    #[test]
    fn what_a_style_hides_is_hidden() {
        assert_eq!(by_style("color: red; display : none"), Role::Hidden);
        assert_eq!(by_style("display:block"), Role::Plain);
    }
}
