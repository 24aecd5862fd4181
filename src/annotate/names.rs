//! Mends recognized names: what stands before or behind them and is no part of them comes off.
//!
//! Knows titles, forms of address and possessive marks. Learned boundaries follow their corpora, which do not agree
//! on titles; ours never have them, so that `Mr. Ruiz` and `Ruiz` are one name.

use super::offices;
use super::{Document, Name, NameKind, lexicon};
use crate::article::Article;
use crate::span::Span;

/// Takes titles and possessive marks off the names.
pub fn mend(article: &Article, document: &Document, names: &mut [Name]) {
    let word = |token: usize| document.tokens.get(token).map_or("", |token| token.span.slice(&article.body));
    for name in names.iter_mut() {
        let (mut start, mut end) = (name.tokens.start(), name.tokens.end());
        while end > start + 1 && matches!(word(end - 1), "'s" | "’s" | "'" | "’" | "," | ";") {
            end -= 1;
        }
        if name.kind == NameKind::Person {
            start = without_titles(&word, start, end);
        }
        name.tokens = Span::new(start, end);
    }
}

/// Where a person's name begins behind its titles: `Foreign Minister` **Ana Ruiz**. All titles is no name: it stays.
fn without_titles<'a>(word: &impl Fn(usize) -> &'a str, start: usize, end: usize) -> usize {
    let mut begin = start;
    for token in start..end.saturating_sub(1) {
        if word(token) == "." {
            if begin == token {
                begin = token + 1;
            }
        } else if offices::is_title(word(token))
            && !is_given_name(word(token), token == start && end == start + 2)
        {
            begin = token + 1;
        } else if !offices::is_qualifier(word(token)) && lexicon::demonym(word(token)).is_none() {
            break;
        }
    }
    begin
}

/// Whether a title can as well be the given name of somebody with one surname: Dean, Judge, Marshal.
fn is_given_name(word: &str, before_one_surname: bool) -> bool {
    const MANY: u32 = 20_000;
    before_one_surname && lexicon::given_name(word).is_some_and(|name| name.count > MANY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::model::Model;
    use crate::annotate::segment::segment;

    #[test]
    fn titles_come_off_and_names_stay() {
        for (printed, left) in [
            ("Mr. Ruiz", "Ruiz"),
            ("Foreign Minister Teo Sand", "Teo Sand"),
            ("Former Vice President Ana Ruiz", "Ana Ruiz"),
            ("Sen. Leo Brandt", "Leo Brandt"),
            ("Ana Ruiz’s", "Ana Ruiz"),
            ("Dean Brandt", "Dean Brandt"),
            ("Ana Ruiz", "Ana Ruiz"),
            ("President", "President"),
        ] {
            let article = Article { body: printed.to_owned(), ..Article::default() };
            let (document, _) = segment(&article, Model::embedded());
            let tokens = Span::new(0, document.tokens.len());
            let mut names = vec![Name { tokens, kind: NameKind::Person }];
            mend(&article, &document, &mut names);
            assert_eq!(document.bytes(names[0].tokens).slice(&article.body), left);
        }
    }
}
