//! How a note is laid out. All that comes from articles is text in it, and begins no markup.

use crate::json;
use crate::query::export::notes::file_names::FileNames;
use crate::query::export::notes::told::{Noted, Said, Tie};
use crate::query::output::escaped_markdown;
use crate::terminal::one_line;

/// A note, as far as it is written.
pub(super) struct Page<'n> {
    names: &'n FileNames,
    text: String,
    /// The heading that stands before the next line, if one follows.
    heading: Option<&'static str>,
}

impl<'n> Page<'n> {
    pub(super) fn new(names: &'n FileNames) -> Self {
        Page { names, text: String::new(), heading: None }
    }

    /// The fields before the text, in YAML, of which JSON is a part; and the title.
    pub(super) fn front(&mut self, noted: &Noted, aliases: &[String]) {
        let aliases: Vec<String> = aliases.iter().map(|alias| json::string(alias)).collect();
        let fields = [
            ("id", noted.id.to_string()),
            ("name", json::string(&noted.name)),
            ("aliases", format!("[{}]", aliases.join(", "))),
            ("kind", noted.kind.clone()),
            ("mentions", noted.mentions.to_string()),
            ("quotes", noted.quotes.to_string()),
        ];
        self.text.push_str("---\n");
        for (name, value) in fields {
            self.text.push_str(&format!("{name}: {value}\n"));
        }
        self.text.push_str(&format!("---\n\n# {}\n", plain(&noted.name)));
        if let Some(description) = &noted.description {
            self.text.push_str(&format!("\n{}\n", plain(description)));
        }
    }

    /// What it is to others, and they to it.
    pub(super) fn ties(&mut self, ties: &[Tie]) {
        for (forward, heading) in [(true, "Offices and relationships"), (false, "Told of it by others")] {
            self.heading(heading);
            ties.iter().filter(|tie| tie.forward == forward).for_each(|tie| self.tie(tie));
        }
    }

    fn tie(&mut self, tie: &Tie) {
        let predicate = tie.predicate.replace('_', " ");
        let other = tie.other.as_ref().map(|(id, name)| self.link(Some(*id), name));
        let detail = tie.detail.as_deref().map(plain);
        let mut parts = match (tie.forward, other) {
            (true, other) => vec![Some(predicate), other, detail],
            (false, other) => vec![other, Some(predicate), detail],
        };
        let seen = match (day(tie.first_seen.as_deref()), day(tie.last_seen.as_deref())) {
            (Some(first), Some(last)) if first != last => Some(format!("{first} to {last}")),
            (first, last) => first.or(last).map(str::to_owned),
        };
        let status = (tie.status != "asserted").then(|| tie.status.clone());
        let articles =
            if tie.articles == 1 { "1 article".to_owned() } else { format!("{} articles", tie.articles) };
        let source: Vec<String> = [status, seen, Some(articles)].into_iter().flatten().collect();
        parts.push(Some(format!("({})", source.join(", "))));
        let line: Vec<String> = parts.into_iter().flatten().collect();
        self.line(&format!("- {}", line.join(" ")));
    }

    /// A quote with its source; `link` says what those are to it who stand beside it.
    pub(super) fn said(&mut self, said: &Said, link: &str) {
        let linked: Vec<String> = said.linked.iter().map(|(id, name)| self.link(*id, name)).collect();
        let linked = (!linked.is_empty()).then(|| format!("{link} {}", linked.join(", ")));
        let title = match (&said.title, &said.url) {
            (title, Some(url)) if is_address(url) => {
                Some(format!("[{}](<{url}>)", plain(title.as_deref().unwrap_or(url))))
            }
            (title, _) => title.as_deref().map(plain),
        };
        let date = day(said.published_at.as_deref()).map(str::to_owned);
        let source: Vec<String> =
            [date, said.publisher.as_deref().map(plain), title, linked].into_iter().flatten().collect();
        self.line(&format!("- {}\n  – {}", plain(&said.text), source.join(", ")));
    }

    /// A heading, which is written if anything stands below it.
    pub(super) fn heading(&mut self, heading: &'static str) {
        self.heading = Some(heading);
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    fn line(&mut self, line: &str) {
        if let Some(heading) = self.heading.take() {
            self.text.push_str(&format!("\n## {heading}\n\n"));
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A wikilink; the name of a file has no character that ends one. Who has no note is named.
    fn link(&self, id: Option<i64>, name: &str) -> String {
        match id {
            Some(id) => format!("[[{}]]", self.names.of(id, name)),
            None => plain(name),
        }
    }
}

/// Text on one line that begins no markup, also where it stands first: a list, a heading, a number.
fn plain(text: &str) -> String {
    let escaped = escaped_markdown(&one_line(text));
    let line = escaped.trim();
    match line.chars().next() {
        Some('-' | '+' | '=' | ':' | '%' | '{' | '@') => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

/// The day of a stored date.
fn day(date: Option<&str>) -> Option<&str> {
    date.map(|date| date.get(..10).unwrap_or(date))
}

/// Whether a link may lead there: an address of the web without what would end the link.
fn is_address(url: &str) -> bool {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web
        && !url.contains(|character: char| {
            character.is_whitespace() || "<>\\[]|".contains(character) || character.is_control()
        })
}
