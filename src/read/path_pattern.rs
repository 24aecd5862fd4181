//! What the names of files and folders say: `{publisher}/{published}-{title}` → the fields of an article.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::article::Article;
use crate::error::Error;
use crate::read::dates::{self, DateOrder};
use crate::read::fields::FieldRole;

/// A longer name of a file or folder is not looked at, in bytes: that of a member of an archive may be of any length.
const LONGEST: usize = 300;

/// A longer stretch is no date, in bytes.
const LONGEST_DATE: usize = 40;

/// A longer ending of a file's name belongs to the name, in bytes.
const LONGEST_ENDING: usize = 8;

/// What a stretch of a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    /// A field of the article.
    Role(FieldRole),
    /// A part of the date.
    Year,
    Month,
    Day,
    /// Anything, of which nothing is kept.
    Ignored,
}

/// The names that a pattern may have between its braces.
const FIELDS: [(&str, Field); 12] = [
    ("title", Field::Role(FieldRole::Title)),
    ("author", Field::Role(FieldRole::Author)),
    ("publisher", Field::Role(FieldRole::Publisher)),
    ("published", Field::Role(FieldRole::Published)),
    ("url", Field::Role(FieldRole::Url)),
    ("id", Field::Role(FieldRole::Id)),
    ("language", Field::Role(FieldRole::Language)),
    // No column holds the section of an article.
    ("section", Field::Ignored),
    ("year", Field::Year),
    ("month", Field::Month),
    ("day", Field::Day),
    ("_", Field::Ignored),
];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Item {
    Literal(String),
    Field(Field),
}

/// What the end of a path looks like: the names of folders, and last that of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    parts: Vec<Vec<Item>>,
    /// As it was written.
    text: String,
}

impl PathPattern {
    /// Reads a pattern; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |what: String| {
            Error::usage(format!("cannot make sense of --path-pattern {text}: {what}"))
                .hint("write it like --path-pattern '{publisher}/{published}-{title}'")
        };
        let parts = text.split('/').filter(|part| !part.is_empty()).map(|part| items(part).map_err(wrong));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        let fields: Vec<Field> = parts.iter().flatten().filter_map(field_of).collect();
        let kept: Vec<Field> = fields.iter().copied().filter(|field| *field != Field::Ignored).collect();
        if kept.is_empty() {
            return Err(wrong("it names no field".to_owned()));
        }
        if let Some(twice) = kept.iter().enumerate().find_map(|(at, field)| {
            let name = FIELDS.iter().find(|(_, known)| known == field).map(|(name, _)| *name);
            kept[..at].contains(field).then_some(name)?
        }) {
            return Err(wrong(format!("it names {{{twice}}} twice")));
        }
        let of_date = kept.iter().filter(|field| matches!(field, Field::Year | Field::Month | Field::Day));
        match (of_date.count(), kept.contains(&Field::Role(FieldRole::Published))) {
            (0, _) | (3, false) => Ok(PathPattern { parts, text: text.to_owned() }),
            (_, true) => Err(wrong("the date is {published}, or {year}, {month} and {day}".to_owned())),
            _ => Err(wrong("{year}, {month} and {day} make a date together".to_owned())),
        }
    }

    /// What a path says, if its end is like the pattern. In an archive the path goes on behind the `!`.
    ///
    /// The name of the file is looked at without its ending, unless the pattern has one.
    pub(super) fn read(&self, path: &str, order: Option<DateOrder>) -> Option<Article> {
        let parts = parts_of(path);
        let first = parts.len().checked_sub(self.parts.len())?;
        let (file, folders) = parts[first..].split_last()?;
        let (pattern, above) = self.parts.split_last()?;
        let mut found = Found::default();
        for (items, name) in above.iter().zip(folders) {
            found.extend(Fit { items, text: name, order, failed: HashSet::new() }.whole()?);
        }
        let name = if names_ending(pattern) { file } else { without_ending(file) };
        found.extend(Fit { items: pattern, text: name, order, failed: HashSet::new() }.whole()?);
        article(&found, order)
    }

    /// The pattern as it was written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

/// Fields and what stands for them.
type Found<'p> = Vec<(Field, &'p str)>;

/// Whether a pattern of a file's name ends like one: `{title}.txt`, `{title}.{_}`.
fn names_ending(items: &[Item]) -> bool {
    match items {
        [.., Item::Literal(last)] => last.contains('.'),
        [.., Item::Literal(last), Item::Field(Field::Ignored)] => last.ends_with('.'),
        _ => false,
    }
}

fn field_of(item: &Item) -> Option<Field> {
    match item {
        Item::Field(field) => Some(*field),
        Item::Literal(_) => None,
    }
}

/// The pieces of a part of a pattern; the error says what is wrong.
fn items(part: &str) -> Result<Vec<Item>, String> {
    let mut items = Vec::new();
    let mut rest = part;
    while let Some(at) = rest.find(['{', '}']) {
        let inner = rest[at..].strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let (name, behind) = inner.ok_or_else(|| "a brace has no partner".to_owned())?;
        if at > 0 {
            items.push(Item::Literal(rest[..at].to_owned()));
        }
        let known = FIELDS.iter().find(|(known, _)| *known == name.trim());
        let (_, field) = known.ok_or_else(|| {
            let names: Vec<String> = FIELDS.iter().map(|(known, _)| format!("{{{known}}}")).collect();
            format!("there is no field {{{name}}}, only {}", names.join(", "))
        })?;
        items.push(Item::Field(*field));
        rest = behind;
    }
    if !rest.is_empty() {
        items.push(Item::Literal(rest.to_owned()));
    }
    Ok(items)
}

/// The names in a path, with those of members of archives behind a `!`.
fn parts_of(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in path.split(['/', std::path::MAIN_SEPARATOR]) {
        let mut rest = part;
        // A mark at the end of a name belongs to it.
        while let Some((archive, member)) = rest.split_once('!').filter(|(_, member)| !member.is_empty()) {
            parts.push(archive);
            rest = member;
        }
        parts.push(rest);
    }
    parts
}

/// A name without the endings that say what kind of file it is: `.txt`, `.txt.gz`.
fn without_ending(name: &str) -> &str {
    let mut name = name;
    for _ in 0..2 {
        let Some((stem, ending)) = name.rsplit_once('.') else { break };
        let is_ending = (1..=LONGEST_ENDING).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
        if stem.is_empty() || !is_ending {
            break;
        }
        let is_packing = matches!(ending, "gz" | "zst" | "bz2" | "xz");
        name = stem;
        if !is_packing {
            break;
        }
    }
    name
}

/// A name that is fitted to the pieces of a pattern.
struct Fit<'a> {
    items: &'a [Item],
    text: &'a str,
    order: Option<DateOrder>,
    /// From which piece on the rest of the text, from a byte on, does not fit: each is tried once.
    failed: HashSet<(usize, usize)>,
}

impl<'p> Fit<'p> {
    /// What stands for the fields, if the whole name fits.
    fn whole(mut self) -> Option<Found<'p>> {
        let mut found = Found::new();
        (self.text.len() <= LONGEST && self.from(0, 0, &mut found)).then_some(found)
    }

    fn from(&mut self, item: usize, at: usize, found: &mut Found<'p>) -> bool {
        if self.failed.contains(&(item, at)) {
            return false;
        }
        let text = self.text;
        let fits = match self.items.get(item) {
            None => at == text.len(),
            Some(Item::Literal(literal)) => {
                text[at..].starts_with(literal.as_str()) && self.from(item + 1, at + literal.len(), found)
            }
            Some(Item::Field(field)) => {
                let field = *field;
                let ends = text[at..].char_indices().map(|(from, mark)| at + from + mark.len_utf8());
                let mut ends: Vec<usize> = ends.filter(|end| self.may_be(field, &text[at..*end])).collect();
                // A date is as long as it can be, anything else as short: what parts it from the next is not in it.
                if field == Field::Role(FieldRole::Published) {
                    ends.reverse();
                }
                ends.into_iter().any(|end| {
                    found.push((field, &text[at..end]));
                    let fits = self.from(item + 1, end, found);
                    if !fits {
                        found.pop();
                    }
                    fits
                })
            }
        };
        if !fits {
            self.failed.insert((item, at));
        }
        fits
    }

    fn may_be(&self, field: Field, text: &str) -> bool {
        let digits = |most: usize| text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        match field {
            Field::Role(FieldRole::Published) => date(text, self.order).is_some(),
            Field::Year => text.len() == 4 && digits(4),
            Field::Month | Field::Day => digits(2),
            Field::Role(_) | Field::Ignored => true,
        }
    }
}

/// A date in a name, where `_` may stand for what parts its numbers.
fn date(text: &str, order: Option<DateOrder>) -> Option<String> {
    if text.len() > LONGEST_DATE {
        return None;
    }
    dates::parse_in(text, order).or_else(|| dates::parse_in(&text.replace('_', "-"), order))
}

/// What the stretches of a path come to; none if they are no date.
fn article(found: &Found<'_>, order: Option<DateOrder>) -> Option<Article> {
    let value = |wanted: Field| found.iter().find(|(field, _)| *field == wanted).map(|(_, text)| text.trim());
    let said = |role| value(Field::Role(role)).filter(|text| !text.is_empty()).map(str::to_owned);
    let published_at = match (value(Field::Year), value(Field::Month), value(Field::Day)) {
        (Some(year), Some(month), Some(day)) => {
            let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
            Some(date?.to_string())
        }
        _ => said(FieldRole::Published).and_then(|text| date(&text, order)),
    };
    Some(Article {
        external_id: said(FieldRole::Id),
        title: said(FieldRole::Title),
        author: said(FieldRole::Author),
        publisher: said(FieldRole::Publisher),
        published_at,
        url: said(FieldRole::Url),
        language: said(FieldRole::Language).and_then(|text| crate::read::fields::language_code(&text)),
        ..Article::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a path says: publisher, date, title, id, author.
    fn read(pattern: &str, path: &str) -> Option<String> {
        let pattern = PathPattern::parse(pattern).expect("is a pattern");
        let article = pattern.read(path, None)?;
        let fields =
            [article.publisher, article.published_at, article.title, article.external_id, article.author];
        Some(fields.map(Option::unwrap_or_default).join("|"))
    }

    #[test]
    fn the_end_of_a_path_is_read() {
        const USUAL: &str = "{publisher}/{published}-{title}";
        for (pattern, path, expected) in [
            (
                USUAL,
                "a/b/The Courier/2020-03-09-Ferry runs again.txt",
                "The Courier|2020-03-09|Ferry runs again||",
            ),
            (USUAL, "The Courier/20200309-ferry-runs.txt.gz", "The Courier|2020-03-09|ferry-runs||"),
            (USUAL, "year.zip!courier/2020-03-09-Ferry.txt", "courier|2020-03-09|Ferry||"),
            (USUAL, "Wow!/2020-03-09-Ferry.html", "Wow!|2020-03-09|Ferry||"),
            ("{title}-{published}", "ferry-runs-2020_03_09.txt", "|2020-03-09|ferry-runs||"),
            ("{title} ({id}).txt", "Ferry runs (17).txt", "||Ferry runs|17|"),
            ("{title}.{_}", "Ferry.txt", "||Ferry||"),
            ("{publisher}_{_}_{title}", "courier_x9_Ferry.txt", "courier||Ferry||"),
            ("{publisher}/{year}/{month}/{day}/{_}", "courier/2020/3/09/x.txt", "courier|2020-03-09|||"),
            ("{section}/{author}, {title}", "news/Ruiz, Ferry 2.0.txt", "||Ferry 2.0||Ruiz"),
            ("by {author}/{title}", "by Ana Ruiz/Mr. Smith goes", "||Mr. Smith goes||Ana Ruiz"),
        ] {
            assert_eq!(read(pattern, path).as_deref(), Some(expected), "{pattern} {path}");
        }
    }

    #[test]
    fn what_is_unlike_the_pattern_says_nothing() {
        for (pattern, path) in [
            ("{publisher}/{published}-{title}", "2020-03-09-Ferry.txt"),
            ("{publisher}/{published}-{title}", "courier/Ferry.txt"),
            ("{publisher}/{published}-{title}", "courier/2020-13-09-Ferry.txt"),
            ("{publisher}/{published}-{title}", "courier/2020-03-09-.txt"),
            ("{year}/{month}/{day}/{_}", "2020/02/31/x.txt"),
            ("{title}.md", "Ferry.txt"),
            ("{title}.{_}", "Ferry"),
        ] {
            assert_eq!(read(pattern, path), None, "{pattern} {path}");
        }
    }

    #[test]
    fn a_name_of_hard_pattern_takes_no_time() {
        let pattern = "{_}-{_}-{_}-{_}-{_}-{_}-{_}-{_}-{title}-x";
        assert_eq!(read(pattern, &"-a".repeat(150)), None);
        let dates = "{title}-{published}-{id}-x";
        assert_eq!(read(dates, &"1-".repeat(150)), None);
        assert_eq!(read("{title}", &"a".repeat(LONGEST + 1)), None);
    }

    #[test]
    fn a_pattern_that_makes_no_sense_is_an_error() {
        for (pattern, what) in [
            ("{outlet}/{title}", "there is no field {outlet}, only {title}, {author}, {publisher}"),
            ("{title", "a brace has no partner"),
            ("title}", "a brace has no partner"),
            ("x/y", "it names no field"),
            ("", "it names no field"),
            ("{_}", "it names no field"),
            ("{title}/{title}", "it names {title} twice"),
            ("{year}/{title}", "make a date together"),
            ("{published}-{year}-{month}-{day}", "the date is {published}, or"),
        ] {
            let error = PathPattern::parse(pattern).expect_err(pattern).to_string();
            assert!(error.contains(what), "{pattern}: {error}");
        }
    }
}
