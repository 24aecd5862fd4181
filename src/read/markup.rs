//! HTML as a tree, and as the text that it is shown as.
//!
//! Knows how pages are written and set, and nothing of news: what on a page is the article, is for `html`. The parser is
//! our own because a page has 200 KB, nearly all of it scripts and attributes that nobody reads: html5ever, which
//! keeps every rule of browsers, reads 215 pages a second, and takes quadratic time where elements are nested deep.

mod scan;
pub(crate) mod tag;
pub(crate) mod text;
pub(crate) mod tree;

use crate::read::markup::text::blocks;
use crate::read::markup::tree::Tree;

/// The text of HTML that stands in a field, such as the body in an answer of a service: paragraphs with an empty line between
/// them, line breaks, character references read. Nothing but scripts, styles and the like is left out.
pub(crate) fn fragment_text(html: &str) -> String {
    let tree = Tree::parse(html);
    let blocks = blocks(&tree, 0, |_| false);
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    texts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_html_is_text_with_paragraphs() {
        for (html, text) in [
            ("<p>One &amp; two.</p><p>Three<br>four.</p>", "One & two.\n\nThree\nfour."),
            ("A &ldquo;bridge&rdquo; &#8212; no&nbsp;more", "A “bridge” — no more"),
            ("One.<br><br>Two.<br/> <br/>Three.", "One.\n\nTwo.\n\nThree."),
            ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
            ("<blockquote><p>She\n  said <q>no</q>.</p></blockquote>", "She said “no”."),
            ("<style>p {}</style><script>x()</script>Text", "Text"),
            ("no markup at all", "no markup at all"),
            ("AT&T &lt;b&gt; &nosuch; &copy 2024", "AT&T <b> &nosuch; © 2024"),
            ("<pre>a\n  b</pre>", "a\nb"),
            ("", ""),
        ] {
            assert_eq!(fragment_text(html), text, "{html}");
        }
    }
}
