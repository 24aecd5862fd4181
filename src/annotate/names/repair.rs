//! Mends recognized names: what is no part of them comes off at either end, two names in one are parted, one that a
//! nickname breaks is joined; what is no name goes, and a short name that everybody knows comes in.
//!
//! Knows titles, forms of address, party letters, regions, nicknames and possessive marks. Learned boundaries follow their
//! corpora, which do not agree on titles; ours never have them, so that `Mr. Ruiz` and `Ruiz` are one name.

use std::collections::HashSet;

use crate::annotate::document::Document;
use crate::annotate::labels::Upos;
use crate::annotate::names::name::{Name, NameKind, name_at, names_in};
use crate::annotate::names::page::Page;
use crate::annotate::tag::Tag;
use crate::annotate::{lexicon, offices};
use crate::calendar;
use crate::span::Span;

/// Takes titles, party letters and possessive marks off the names.
pub fn mend(page: Page, names: &mut [Name]) {
    let Page { body, document, .. } = page;
    let word = |token: usize| document.tokens.get(token).map_or("", |token| token.span.slice(body));
    for name in names.iter_mut() {
        let (mut start, mut end) = (name.tokens.start(), name.tokens.end());
        while end > start + 1 && matches!(word(end - 1), "'s" | "’s" | "'" | "’" | "," | ";") {
            end -= 1;
        }
        if let Some(behind) = behind_topic(&word, document, start, end) {
            start = behind;
        }
        if let Some(place) = behind_party_letter(&word, start, end) {
            (start, name.kind) = (place, NameKind::Place);
        }
        if name.kind == NameKind::Person {
            start = without_titles(&word, start, end);
        }
        name.tokens = Span::new(start, end);
    }
}

/// Drops what was taken for a person and is a title alone: the **Speaker**. King and Judge may be surnames and stay where a title
/// is before them (`Mr. `**King**, not `Mr. `**Speaker**) or where a full name ends so.
pub(super) fn drop_titles(page: Page, names: &mut Vec<Name>) {
    let Page { body, document, .. } = page;
    let word = |token: usize| document.tokens.get(token).map_or("", |token| token.span.slice(body));
    let surnames = printed_surnames(page, names);
    names.retain(|name| {
        let printed = document.bytes(name.tokens).slice(body);
        if name.kind != NameKind::Person || name.tokens.len() > 1 || !offices::is_title(printed) {
            return true;
        }
        let before = name.tokens.start().checked_sub(1).map_or("", &word);
        let is_addressed = offices::is_title(before) && !is_spoken_to(printed);
        let surname = lexicon::is_surname(printed) && is_addressed || surnames.contains(printed);
        surname || is_given_name(printed, true)
    });
}

/// The last words of the full names of people.
fn printed_surnames<'a>(page: Page<'a>, names: &[Name]) -> HashSet<&'a str> {
    let full = names.iter().filter(|name| name.kind == NameKind::Person && name.tokens.len() > 1);
    full.map(|name| page.word(name.tokens.end() - 1)).collect()
}

/// Whether those who hold an office are spoken to by it: `Mr. `**Speaker**.
fn is_spoken_to(title: &str) -> bool {
    ["Chairman", "Mayor", "Minister", "President", "Prime", "Secretary", "Sheriff", "Speaker"]
        .contains(&title)
}

/// Gives a person back the first half of a surname with a hyphen of which the second alone was seen: **Ruiz-**`Falk`.
pub(super) fn join_hyphened(page: Page, names: &mut [Name]) {
    for index in 0..names.len() {
        let name = names[index];
        let start = name.tokens.start();
        let Some(first) = start.checked_sub(2) else { continue };
        let is_joined = matches!(page.word(start - 1), "-" | "‐" | "‑")
            && page.is_tight(start)
            && page.is_tight(start - 1)
            && page.word(first).starts_with(char::is_uppercase);
        let is_free = index == 0 || names[index - 1].tokens.end() <= first;
        if name.kind == NameKind::Person && is_joined && is_free {
            names[index].tokens = Span::new(first, name.tokens.end());
        }
    }
}

/// Gives a person of one name back the given name that stands before it and was not seen, as one is that is a common word too:
/// **Hunter** `Ruiz`. Else it would be another bearer of the surname.
pub(super) fn join_given_names(page: Page, names: &mut [Name]) {
    let surnames = printed_surnames(page, names);
    for index in 0..names.len() {
        let Name { tokens, kind } = names[index];
        let Some(first) = tokens.start().checked_sub(1) else { continue };
        let printed = page.word(first);
        let is_free = index == 0 || names[index - 1].tokens.end() <= first;
        let is_noun = page.tags.get(first).is_some_and(|tag| matches!(tag.upos, Upos::Noun | Upos::Propn));
        let in_sentence =
            page.document.tokens[first].sentence == page.document.tokens[tokens.start()].sentence;
        let surname = page.word(tokens.start());
        let is_surname = tokens.len() == 1 && (surnames.contains(surname) || lexicon::is_surname(surname));
        if kind == NameKind::Person
            && is_surname
            && is_free
            && is_noun
            && in_sentence
            && !page.is_tight(tokens.start())
            && is_capitalized(printed)
            && !offices::is_title(printed)
            && !offices::stands_before_names(&printed.to_lowercase())
            && lexicon::demonym(printed).is_none()
            && lexicon::place(printed).is_none()
            && !is_calendar_word(printed)
            && is_given_name(printed, true)
        {
            names[index].tokens = Span::new(first, tokens.end());
        }
    }
}

/// Whether a word is a month: **In June** `Ruiz left`. Who bears one as a given name is found by the recognizer, or not.
fn is_calendar_word(word: &str) -> bool {
    calendar::month(|month| word.eq_ignore_ascii_case(month.name)).is_some()
}

/// Whether a word is printed as a name is, with one capital.
fn is_capitalized(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

/// Drops the letters that open question and answer: **Q.** `When did Ruiz leave?` They open a paragraph; anywhere else
/// such a letter may be a name's.
pub(super) fn drop_question_letters(page: Page, names: &mut Vec<Name>) {
    let Page { body, document, .. } = page;
    names.retain(|name| {
        let printed = document.bytes(name.tokens).slice(body);
        !(matches!(printed, "Q" | "A" | "Q." | "A.") && begins_paragraph(document, name.tokens.start()))
    });
}

/// The full name of an organization that everybody calls by a short one which is no acronym.
pub(crate) fn short_for(printed: &str) -> Option<&'static str> {
    const SHORT: &[(&str, &str)] = &[("Fed", "Federal Reserve")];
    SHORT.iter().find(|(short, _)| short.eq_ignore_ascii_case(printed)).map(|(_, full)| *full)
}

/// Adds what everybody calls an organization for short and the recognizer passes over: the **Fed**.
///
/// Only where nothing follows that it could describe: `the Fed agent` is one of the police, and `the Fed-Ex depot`
/// another firm's.
pub(crate) fn add_short_names(page: Page, names: &mut Vec<Name>) {
    let Page { body, document, .. } = page;
    let word = |token: usize| document.tokens.get(token).map_or("", |token| token.span.slice(body));
    let mut short = Vec::new();
    for token in 1..document.tokens.len() {
        let is_short = word(token).starts_with(char::is_uppercase)
            && short_for(word(token)).is_some()
            && word(token - 1).eq_ignore_ascii_case("the");
        if !is_short || goes_on(body, document, page.tags, token) {
            continue;
        }
        if name_at(names, token).is_none() {
            short.push(Name { tokens: Span::new(token, token + 1), kind: NameKind::Organization });
        }
    }
    names.extend(short);
    names.sort_by_key(|name| name.tokens.start());
}

/// Whether the noun phrase of a token goes on behind it: a noun, an adjective, a capital or a hyphen follows. An office
/// does not count, since what it is held at is named before it: the **Fed** chairman.
pub(crate) fn goes_on(body: &str, document: &Document, tags: &[Tag], token: usize) -> bool {
    let (Some(here), Some(next), Some(tag)) =
        (document.tokens.get(token), document.tokens.get(token + 1), tags.get(token + 1))
    else {
        return false;
    };
    let word = next.span.slice(body);
    let is_hyphen = matches!(word, "-" | "‐" | "‑") && here.span.end() == next.span.start();
    let describes = matches!(tag.upos, Upos::Noun | Upos::Propn | Upos::Adj);
    here.sentence == next.sentence
        && !offices::is_title(word)
        && (describes || is_hyphen || word.starts_with(char::is_uppercase))
}

/// Parts a town from the region behind a comma: `Ardle, Vermont` is two names, each of which may be asked for.
pub(super) fn part_places(page: Page, names: &mut Vec<Name>) {
    let Page { body, document, .. } = page;
    let word = |token: usize| document.tokens.get(token).map_or("", |token| token.span.slice(body));
    let mut regions = Vec::new();
    for name in names.iter_mut().filter(|name| name.kind == NameKind::Place) {
        let (start, end) = (name.tokens.start(), name.tokens.end());
        let Some(comma) = (start + 1..end.saturating_sub(1)).find(|token| word(*token) == ",") else {
            continue;
        };
        let region = Span::new(comma + 1, end);
        if lexicon::place(document.bytes(region).slice(body)).is_some() {
            name.tokens = Span::new(start, comma);
            regions.push(Name { tokens: region, kind: NameKind::Place });
        }
    }
    names.extend(regions);
    names.sort_by_key(|name| name.tokens.start());
}

/// Parts a full name that stands twice, as who speaks and who is shown: **Ana Ruiz** `Ana Ruiz`.
pub(super) fn part_doubled(page: Page, names: &mut Vec<Name>) {
    let mut second = Vec::new();
    for name in names.iter_mut().filter(|name| name.kind == NameKind::Person) {
        let (start, end) = (name.tokens.start(), name.tokens.end());
        let half = (end - start) / 2;
        let is_doubled = half > 1
            && (end - start) % 2 == 0
            && (start..start + half).all(|token| page.word(token) == page.word(token + half));
        if is_doubled {
            name.tokens = Span::new(start, start + half);
            second.push(Name { tokens: Span::new(start + half, end), kind: NameKind::Person });
        }
    }
    names.extend(second);
    names.sort_by_key(|name| name.tokens.start());
}

/// Joins the name of a person that a nickname in quotation marks stands inside: `Leo “The Hammer” Brandt`.
pub(super) fn join_nicknames(page: Page, names: &mut Vec<Name>) {
    let Page { body, document, .. } = page;
    let word = |token: usize| document.tokens.get(token).map_or("", |token| token.span.slice(body));
    let mut joined: Vec<Name> = Vec::new();
    for open in 1..document.tokens.len().saturating_sub(2) {
        let Some(surname) = behind_nickname(&word, open) else { continue };
        let whole = Span::new(open - 1, surname + 1);
        let met = &names[names_in(names, whole)];
        let known = |name: &Name| name.kind == NameKind::Person && name.tokens.contains(surname);
        if met.iter().any(known) || !met.is_empty() && lexicon::is_surname(word(surname)) {
            let tokens = met.iter().fold(whole, |all, name| all.join(name.tokens));
            match joined.last_mut() {
                Some(before) if before.tokens.overlaps(tokens) => before.tokens = before.tokens.join(tokens),
                _ => joined.push(Name { tokens, kind: NameKind::Person }),
            }
        }
    }
    put(names, joined);
}

/// Puts names, which are in text order and do not overlap, in place of all that they overlap. All at once: moving
/// what stands behind for each of them would take the square of their number.
pub(crate) fn put(names: &mut Vec<Name>, found: Vec<Name>) {
    names.retain(|name| names_in(&found, name.tokens).is_empty());
    names.extend(found);
    names.sort_by_key(|name| name.tokens.start());
}

/// The surname behind a given name and a nickname of one to three words whose opening mark is at `open`.
fn behind_nickname<'a>(word: &impl Fn(usize) -> &'a str, open: usize) -> Option<usize> {
    let capital = |token: usize| word(token).starts_with(char::is_uppercase);
    if !matches!(word(open), "“" | "‘" | "\"" | "'" | "``" | "«" | "„")
        || !capital(open - 1)
        || lexicon::given_name(word(open - 1)).is_none()
    {
        return None;
    }
    let close = (open + 2..open + 5).find(|token| !word(*token).starts_with(char::is_alphanumeric))?;
    let words = open + 1..close;
    let closes = matches!(word(close), "”" | "’" | "\"" | "'" | "''" | "»" | "“");
    let nickname = words.clone().all(|token| word(token).starts_with(char::is_alphanumeric))
        && (capital(open + 1) || capital(close - 1));
    (closes && nickname && capital(close + 1)).then_some(close + 1)
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

/// Where the place begins behind the letter of a party: `D-`**Vt.**; `None` if a name is none of this form.
fn behind_party_letter<'a>(word: &impl Fn(usize) -> &'a str, start: usize, end: usize) -> Option<usize> {
    let letter =
        word(start).len() == 1 && word(start).starts_with(|letter: char| letter.is_ascii_uppercase());
    let place = start + 2;
    (letter
        && place < end
        && end <= place + 3
        && matches!(word(start + 1), "-" | "–")
        && lexicon::place(&(place..end).map(word).collect::<Vec<_>>().join(" ")).is_some())
    .then_some(place)
}

/// Where a name begins behind the topic of a headline: `FERRIES - `**ESTMARK**; `None` if there is no topic.
fn behind_topic<'a>(
    word: &impl Fn(usize) -> &'a str,
    document: &Document,
    start: usize,
    end: usize,
) -> Option<usize> {
    let is_topic =
        |token: usize| word(token).len() > 2 && word(token).bytes().all(|byte| byte.is_ascii_uppercase());
    let start = (start.saturating_sub(2)..=start).find(|token| begins_paragraph(document, *token))?;
    let dash =
        (start + 1..end.saturating_sub(1)).find(|token| matches!(word(*token), "-" | "–" | "—" | "--"))?;
    let is_spaced = document.tokens[dash - 1].span.end() < document.tokens[dash].span.start()
        && document.tokens[dash].span.end() < document.tokens[dash + 1].span.start();
    (is_spaced && (start..dash).all(is_topic)).then_some(dash + 1)
}

/// Whether a token is the first of its paragraph.
fn begins_paragraph(document: &Document, token: usize) -> bool {
    let before = token.checked_sub(1).and_then(|before| document.tokens.get(before));
    before.is_none_or(|before| before.paragraph != document.tokens[token].paragraph)
}

/// Whether a title or another word can as well be the given name of somebody with one surname: Dean, Judge, Marshal.
fn is_given_name(word: &str, before_one_surname: bool) -> bool {
    const MANY: u32 = 20_000;
    before_one_surname && lexicon::given_name(word).is_some_and(|name| name.count > MANY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::given;
    use crate::article::Article;

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
            ("D-Vt.", "Vt."),
            ("L-New Mexico", "New Mexico"),
            ("X-Brandt", "X-Brandt"),
        ] {
            let article = Article { body: printed.to_owned(), ..Article::default() };
            let document = given::annotations(&article).document;
            let tokens = Span::new(0, document.tokens.len());
            let mut names = vec![Name { tokens, kind: NameKind::Person }];
            mend(Page::of_tokens(&article.body, &document), &mut names);
            assert_eq!(document.bytes(names[0].tokens).slice(&article.body), left);
        }
    }

    #[test]
    fn a_region_behind_a_comma_is_a_name_of_its_own() {
        for (printed, parts) in [
            ("Ardle, Vermont", &["Ardle", "Vermont"][..]),
            ("Ardle Bridge, Upper Square", &["Ardle Bridge, Upper Square"][..]),
            ("New Mexico", &["New Mexico"][..]),
        ] {
            let article = Article { body: printed.to_owned(), ..Article::default() };
            let document = given::annotations(&article).document;
            let tokens = Span::new(0, document.tokens.len());
            let mut names = vec![Name { tokens, kind: NameKind::Place }];
            part_places(Page::of_tokens(&article.body, &document), &mut names);
            let found: Vec<&str> =
                names.iter().map(|name| document.bytes(name.tokens).slice(&article.body)).collect();
            assert_eq!(found, parts);
        }
    }

    #[test]
    fn a_title_alone_is_no_name() {
        for (printed, kept) in [("President", 0), ("CHAIR", 0), ("King", 1), ("Ruiz", 1)] {
            let article = Article { body: printed.to_owned(), ..Article::default() };
            let document = given::annotations(&article).document;
            let mut names = vec![Name { tokens: Span::new(0, 1), kind: NameKind::Person }];
            drop_titles(Page::of_tokens(&article.body, &document), &mut names);
            assert_eq!(names.len(), kept, "{printed}");
        }
    }

    /// The names of a text that are printed so, once those that were recognized are mended.
    fn printed(body: &str, printed: &str) -> Vec<NameKind> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let text = given::mended(&article);
        let names = text.names.iter().filter(|name| text.words(name.tokens) == printed);
        names.map(|name| name.kind).collect()
    }

    #[test]
    fn a_given_name_that_was_not_seen_belongs_to_the_surname_behind_it() {
        for (body, whole) in [
            ("Ana Ruiz left. Hunter Ruiz stayed.", "Hunter Ruiz"),
            ("Ana Ruiz left. Senator Ruiz stayed.", "Ruiz"),
            ("Ana Ruiz left. Justice Ruiz stayed.", "Ruiz"),
            ("Ana Ruiz left. Every Ruiz stayed.", "Ruiz"),
            ("Ana Ruiz left. In June Ruiz stayed.", "Ruiz"),
        ] {
            let article = Article { body: body.to_owned(), ..Article::default() };
            let text = given::annotations(&article);
            let last = text.document.tokens.len() - 3;
            let surname = |start, end| Name { tokens: Span::new(start, end), kind: NameKind::Person };
            let mut names = vec![surname(0, 2), surname(last, last + 1)];
            join_given_names(Page { tags: &text.tags, ..Page::of_tokens(body, &text.document) }, &mut names);
            assert_eq!(text.words(names[1].tokens), whole, "{body}");
        }
    }

    #[test]
    fn a_short_name_stands_by_itself() {
        for (body, found) in [
            ("Ana Ruiz said the Fed raised rates.", 1),
            ("Ana Ruiz asked the Fed.", 1),
            ("Ana Ruiz met the Fed chairman.", 1),
            ("Ana Ruiz said the Fed agent left.", 0),
            ("Ana Ruiz passed the Fed Ex depot.", 0),
            ("Ana Ruiz passed the Fed-Ex depot.", 0),
        ] {
            let article = Article { body: body.to_owned(), ..Article::default() };
            let text = given::annotations(&article);
            let mut names = Vec::new();
            add_short_names(Page { tags: &text.tags, ..Page::of_tokens(body, &text.document) }, &mut names);
            assert_eq!(names.len(), found, "{body}");
        }
    }

    #[test]
    fn a_letter_is_no_name_where_it_opens_a_question() {
        for (body, kept) in [("Q. When did Ruiz leave?", 0), ("He asked Q. Why?", 1)] {
            let article = Article { body: body.to_owned(), ..Article::default() };
            let document = given::annotations(&article).document;
            let at = document.tokens.iter().position(|token| token.span.slice(body).starts_with('Q'));
            let at = at.expect("the letter is a token");
            let mut names = vec![Name { tokens: Span::new(at, at + 1), kind: NameKind::Organization }];
            drop_question_letters(Page::of_tokens(&article.body, &document), &mut names);
            assert_eq!(names.len(), kept, "{body}");
        }
    }

    #[test]
    fn a_nickname_stands_inside_a_name() {
        let body = "Leo “The Hammer” Brandt met Ana Ruiz.";
        assert_eq!(printed(body, "Leo “The Hammer” Brandt"), [NameKind::Person]);
        assert_eq!(printed(body, "Ana Ruiz"), [NameKind::Person]);
    }
}
