//! Whether a page holds an article, and else what it is.

use crate::read::html::content::Content;
use crate::read::html::metadata::Metadata;

/// A shorter text is no article, in bytes.
const SHORTEST: usize = 80;

/// A longer text is no message of an error, in bytes.
const LONGEST_MESSAGE: usize = 1_500;

/// How the titles begin of pages that a server gives instead of what was asked for; in lower case.
const MESSAGES: &str = "\
    404|403|410|429|500|502|503|error 4|error 5|error:|page not found|not found|page cannot be found|\
    file not found|access denied|forbidden|attention required|just a moment|are you a robot|\
    are you human|robot check|please verify|security check|captcha|service unavailable|bad gateway|\
    temporarily unavailable|internal server error|oops|page unavailable|page no longer|we can't find|\
    we can’t find|site maintenance|log in|sign in|login|subscribe to read|subscribe to continue";

/// Why a page is no article; none if it is one. `text` is what would be its text.
pub(super) fn why_no_article(metadata: &Metadata, content: &Content, text: &str) -> Option<String> {
    let title = metadata.page_title.as_deref().or(metadata.title.as_deref()).unwrap_or_default();
    let is_message = |title: &str| {
        let title = title.to_lowercase();
        MESSAGES
            .split('|')
            .any(|message| title.starts_with(message) || message.len() > 8 && title.contains(message))
    };
    if !metadata.is_article && text.len() < LONGEST_MESSAGE && is_message(title) {
        return Some(format!("it is no article but a message of the site: “{title}”"));
    }
    if text.is_empty() {
        return Some(match metadata.is_article {
            true => "the page names an article and does not hold its text".to_owned(),
            false => "the page holds no text of an article".to_owned(),
        });
    }
    if text.len() < SHORTEST && !metadata.is_article && metadata.published.is_none() {
        return Some("the page holds too little text to be an article".to_owned());
    }
    let is_undated = metadata.published.is_none() && metadata.authors.is_empty();
    let lists = content.linked_headings >= 4 && content.linked_headings * 3 > content.blocks.len();
    if !metadata.is_article && (is_undated && lists || is_front(metadata) && content.linked_headings >= 4) {
        return Some("the page lists articles and is none itself".to_owned());
    }
    None
}

/// Whether the address is that of a whole site.
fn is_front(metadata: &Metadata) -> bool {
    let Some(path) = metadata.url.as_deref().and_then(|url| url.splitn(4, '/').nth(3)) else {
        return metadata.url.is_some();
    };
    path.split(['?', '#']).next().is_none_or(str::is_empty)
}
