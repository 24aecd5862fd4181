//! One news article as it was read: its text and what the archive says of it.
//!
//! Nothing here is changed after reading, so that offsets into the body hold for good.

/// What stands for standard input where a file is named. No path of a file is written like this.
pub const STANDARD_INPUT: &str = "-";

/// One article.
///
/// Every text is kept as the archive gives it; only NUL and what is no Unicode has become U+FFFD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The id that the input gave.
    pub external_id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The text that all spans point into.
    pub body: String,
    /// The byline; several authors are joined by `, `.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// ISO 8601 in UTC: a date (`2016-09-20`), or a date and time (`2016-09-20T14:05:00Z`).
    pub published_at: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// ISO 639-1 code, where the input says it.
    pub language: Option<String>,
    /// The file it came from, and the member inside an archive.
    pub source: String,
    /// Whether its file can hold no other article, so that the file stands for the article.
    pub whole_file: bool,
    /// Whether the input holds but a summary or a headline, which is taken for the text.
    pub is_summary: bool,
}

impl Article {
    /// An article that nothing is known of but its text.
    pub fn from_text(body: impl Into<String>) -> Self {
        Article { body: body.into(), ..Article::default() }
    }

    /// A hash of everything that the input says of the article, its place in the file system aside.
    ///
    /// Two records with the same hash are the same article: a moved or copied archive brings nothing new.
    /// Hexadecimal, 32 digits (the first half of BLAKE3).
    pub fn content_hash(&self) -> String {
        let fields = [
            &self.external_id,
            &self.title,
            &self.author,
            &self.publisher,
            &self.published_at,
            &self.url,
            &self.language,
        ];
        hash(fields.iter().map(|field| field.as_deref()).chain([Some(self.body.as_str())]))
    }

    /// A hash of the text alone, by which copies of one story are found. Hexadecimal, 32 digits.
    pub fn body_hash(&self) -> String {
        hash([Some(self.body.as_str())].into_iter())
    }

    /// What stays the same when the article is changed: its id, address and publisher where the input
    /// gives an id or an address, else its file, together with the headline where a file holds many.
    ///
    /// An id alone counts within its file only, since two archives may both number from 1. Nothing on standard input,
    /// which is another archive each time, has the identity of anything in a file. Equal identities are a hint and no
    /// proof: whether one is a version of the other, their words decide.
    pub fn identity(&self) -> String {
        let file = Some(self.source.as_str());
        let piped = (self.source == STANDARD_INPUT).then_some("on standard input");
        let (id, url, publisher) =
            (self.external_id.as_deref(), self.url.as_deref(), self.publisher.as_deref());
        match (id, url) {
            (Some(_), None) if publisher.is_none() => hash([Some("id in file"), id, file].into_iter()),
            (Some(_), _) => hash([Some("id"), id, url, publisher].into_iter().chain(piped.map(Some))),
            (None, Some(_)) => hash([Some("url"), url].into_iter().chain(piped.map(Some))),
            (None, None) if self.whole_file => hash([Some("file"), file].into_iter()),
            (None, None) => hash([Some("headline"), file, self.title.as_deref()].into_iter()),
        }
    }
}

/// Hashes a list of optional texts so that no two different lists give the same bytes.
fn hash<'a>(fields: impl Iterator<Item = Option<&'a str>>) -> String {
    let mut hasher = blake3::Hasher::new();
    for field in fields {
        match field {
            Some(text) => {
                hasher.update(&[1]);
                hasher.update(&(text.len() as u64).to_le_bytes());
                hasher.update(text.as_bytes());
            }
            None => {
                hasher.update(&[0]);
            }
        }
    }
    hasher.finalize().to_hex()[..32].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: Option<&str>, source: &str, body: &str) -> Article {
        Article {
            external_id: id.map(str::to_owned),
            source: source.to_owned(),
            body: body.to_owned(),
            ..Article::default()
        }
    }

    #[test]
    fn the_file_is_no_part_of_the_content() {
        let (one, other) = (article(Some("7"), "a.jsonl", "x"), article(Some("7"), "b.jsonl", "x"));
        assert_eq!(one.content_hash(), other.content_hash());
    }

    #[test]
    fn a_bare_id_counts_within_its_file() {
        let one = article(Some("7"), "a.jsonl", "x");
        assert_eq!(one.identity(), article(Some("7"), "a.jsonl", "y").identity());
        assert_ne!(one.identity(), article(Some("7"), "b.jsonl", "y").identity());
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let one = Article { title: Some("ab".into()), author: Some("c".into()), ..Article::default() };
        let other = Article { title: Some("a".into()), author: Some("bc".into()), ..Article::default() };
        assert_ne!(one.content_hash(), other.content_hash());
    }
}
