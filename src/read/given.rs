//! What the caller says of articles beside what their files say: by a table, by their paths, by flags.
//!
//! Of several, the more particular counts: the row of the file, then its path, then what is given for all. What a file says
//! of itself comes before all of them, unless the caller wants it the other way.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::article::Article;
use crate::read::dates::DateOrder;
use crate::read::path_name;
use crate::read::path_pattern::PathPattern;

/// What the caller says.
#[derive(Debug, Default)]
pub struct Said {
    /// Of every article: who published it, and when.
    pub publisher: Option<String>,
    /// ISO 8601.
    pub published_at: Option<String>,
    /// What the end of a path says.
    pub pattern: Option<PathPattern>,
    /// A table with a row for each file.
    pub metadata: Option<Metadata>,
    /// Whether it comes before what a file says of itself.
    pub wins: bool,
    /// In which order dates of numbers alone are in paths.
    pub date_order: Option<DateOrder>,
}

/// What is given, and how much of it found its file.
#[derive(Debug, Default)]
pub struct Given {
    said: Said,
    roots: HashSet<String>,
    unlike_pattern: AtomicU64,
    without_row: AtomicU64,
}

/// The rows of a table of metadata.
#[derive(Debug, Default)]
pub struct Metadata {
    rows: Vec<Row>,
    /// Rows by the paths that they name: as written, and from the root.
    by_name: HashMap<String, usize>,
    by_path: HashMap<String, usize>,
    /// Rows that name the file of another row, or none.
    left_out: u64,
    /// A hash of its content.
    hash: String,
}

#[derive(Debug)]
struct Row {
    says: Article,
    doubts: Vec<String>,
    is_met: AtomicBool,
}

impl Metadata {
    /// A table without rows, whose content has this hash.
    pub(super) fn new(hash: String) -> Self {
        Metadata { hash, ..Metadata::default() }
    }

    /// Adds what a row says of the file that it names, from `folder` or from an input; of several rows of a file the first
    /// counts.
    pub(super) fn add(&mut self, file: &str, folder: &Path, says: Article, doubts: Vec<String>) {
        let file = file.trim().replace('\\', "/");
        let name = path_name::name(Path::new(&file));
        if file.is_empty() || self.by_name.contains_key(&name) {
            self.left_out += 1;
            return;
        }
        let path = path_name::absolute(&folder.join(&file)).display().to_string();
        let row = self.rows.len();
        self.by_name.insert(name, row);
        self.by_path.entry(path).or_insert(row);
        self.rows.push(Row { says, doubts, is_met: AtomicBool::new(false) });
    }

    /// The row of a file; `below` is its path from the input.
    fn row(&self, source: &str, below: Option<&str>) -> Option<&Row> {
        let path = || path_name::absolute(Path::new(source)).display().to_string();
        let row = below.and_then(|below| self.by_name.get(below));
        let row = row.or_else(|| self.by_path.get(&path())).or_else(|| self.by_name.get(source));
        self.rows.get(*row?)
    }
}

impl Given {
    /// What is said of the articles in `inputs`, from which paths are counted where they are folders or archives.
    pub fn new<'a>(said: Said, inputs: impl IntoIterator<Item = &'a Path>) -> Self {
        Given { said, roots: inputs.into_iter().map(path_name::name).collect(), ..Given::default() }
    }

    fn is_empty(&self) -> bool {
        self.said.publisher.is_none()
            && self.said.published_at.is_none()
            && self.said.pattern.is_none()
            && self.said.metadata.is_none()
    }

    /// The path of a document from its input, a folder or an archive; none if it is the input itself.
    fn below<'s>(&self, source: &'s str) -> Option<&'s str> {
        let ends = source.char_indices().filter(|(_, mark)| matches!(mark, '/' | '!'));
        let root = ends.filter(|(end, _)| self.roots.contains(&source[..*end])).last();
        let in_place = || self.roots.contains(".") && !Path::new(source).is_absolute();
        root.map(|(end, _)| &source[end + 1..]).or_else(|| in_place().then_some(source))
    }

    /// What the path of a document says.
    fn by_path(&self, source: &str) -> Option<Article> {
        self.said.pattern.as_ref()?.read(self.below(source).unwrap_or(source), self.said.date_order)
    }

    /// Notes that a file was met, whatever becomes of it.
    pub(super) fn meet(&self, source: &str) {
        if self.said.pattern.is_some() && self.by_path(source).is_none() {
            self.unlike_pattern.fetch_add(1, Ordering::Relaxed);
        }
        if let Some(metadata) = &self.said.metadata {
            match metadata.row(source, self.below(source)) {
                Some(row) => row.is_met.store(true, Ordering::Relaxed),
                None => {
                    self.without_row.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }

    /// Gives an article what it lacks, or, where that is wanted, what is given for it in place of what it has. Gives what was
    /// odd about that.
    ///
    /// Title, id and address are those of one article: a file that may hold many has none of them. `title_is_text` says that
    /// the title was taken out of the text, to which it goes back if it is another than the one given.
    pub(super) fn add_to(&self, article: &mut Article, title_is_text: bool) -> Vec<String> {
        if self.is_empty() {
            return Vec::new();
        }
        let row = self.said.metadata.as_ref().and_then(|metadata| {
            let row = metadata.row(&article.source, self.below(&article.source));
            row.map(|row| (row.says.clone(), row.doubts.clone()))
        });
        let (mut given, doubts) = row.unwrap_or_default();
        if let Some(says) = self.by_path(&article.source) {
            fill(&mut given, &says);
        }
        let of_all = Article {
            publisher: self.said.publisher.clone(),
            published_at: self.said.published_at.clone(),
            ..Article::default()
        };
        fill(&mut given, &of_all);
        if !article.whole_file {
            (given.title, given.external_id, given.url) = (None, None, None);
        }
        let before = article.published_at.clone();
        if self.said.wins {
            let own = std::mem::take(article);
            fill(&mut given, &own);
            *article = Article {
                body: own.body,
                source: own.source,
                whole_file: own.whole_file,
                is_summary: own.is_summary,
                ..given
            };
            if let Some(title) =
                own.title.filter(|title| title_is_text && article.title.as_ref() != Some(title))
            {
                article.body = format!("{title}\n\n{}", article.body);
            }
        } else {
            fill(article, &given);
        }
        // A date that cannot be read does no harm where there is another.
        let is_needed = article.published_at.is_none() || self.said.wins && article.published_at == before;
        if is_needed { doubts } else { Vec::new() }
    }

    /// A hash of what is given, as far as it changes what is read.
    pub(super) fn fingerprint(&self) -> String {
        let metadata = self.said.metadata.as_ref().map(|metadata| metadata.hash.as_str());
        let pattern = self.said.pattern.as_ref().map(PathPattern::text);
        format!("{:?}", (&self.said.publisher, &self.said.published_at, pattern, metadata, self.said.wins))
    }

    /// How many files have a path that is unlike the pattern.
    pub fn unlike_pattern(&self) -> u64 {
        self.unlike_pattern.load(Ordering::Relaxed)
    }

    /// How many files have no row in the table.
    pub fn without_row(&self) -> u64 {
        self.without_row.load(Ordering::Relaxed)
    }

    /// How many rows of the table have met no file.
    pub fn rows_without_file(&self) -> u64 {
        let rows = self.said.metadata.iter().flat_map(|metadata| &metadata.rows);
        rows.filter(|row| !row.is_met.load(Ordering::Relaxed)).count() as u64
    }

    /// How many rows of the table name no file, or that of a row before them.
    pub fn rows_left_out(&self) -> u64 {
        self.said.metadata.as_ref().map_or(0, |metadata| metadata.left_out)
    }
}

/// Fills what is missing.
fn fill(article: &mut Article, says: &Article) {
    let Article { external_id, title, author, publisher, published_at, url, language, .. } = says;
    for (field, says) in [
        (&mut article.external_id, external_id),
        (&mut article.title, title),
        (&mut article.author, author),
        (&mut article.publisher, publisher),
        (&mut article.published_at, published_at),
        (&mut article.url, url),
        (&mut article.language, language),
    ] {
        if field.is_none() {
            field.clone_from(says);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(title: Option<&str>, publisher: Option<&str>) -> Article {
        Article {
            title: title.map(str::to_owned),
            publisher: publisher.map(str::to_owned),
            ..Article::default()
        }
    }

    /// A table with one row, a pattern and a publisher for all.
    fn given(wins: bool) -> Given {
        let mut metadata = Metadata::default();
        metadata.add("b/x.txt", Path::new("in"), said(Some("Row"), None), vec!["odd".to_owned()]);
        metadata.add("b\\x.txt", Path::new("in"), said(Some("Again"), None), Vec::new());
        metadata.add(" ", Path::new("in"), said(Some("Nothing"), None), Vec::new());
        let said = Said {
            publisher: Some("All".to_owned()),
            pattern: PathPattern::parse("{publisher}/{title}").ok(),
            metadata: Some(metadata),
            wins,
            ..Said::default()
        };
        Given::new(said, [Path::new("./in/")])
    }

    fn read(given: &Given, source: &str, own: Article) -> String {
        let mut article =
            Article { source: source.to_owned(), whole_file: true, body: "Text.".to_owned(), ..own };
        given.add_to(&mut article, true);
        let [title, publisher] = [article.title, article.publisher].map(Option::unwrap_or_default);
        format!("{title}|{publisher}|{}", article.body)
    }

    #[test]
    fn the_more_particular_comes_first() {
        let given = given(false);
        for (source, own, expected) in [
            ("in/b/x.txt", said(None, None), "Row|b|Text."),
            ("in/b/x.txt", said(Some("Own"), Some("O")), "Own|O|Text."),
            ("in/c/y.txt", said(None, None), "y|c|Text."),
            ("in/y.txt", said(None, None), "|All|Text."),
            ("elsewhere/y.txt", said(None, None), "y|elsewhere|Text."),
        ] {
            assert_eq!(read(&given, source, own), expected, "{source}");
        }
    }

    #[test]
    fn a_file_comes_last_where_that_is_wanted_and_loses_no_word() {
        let given = given(true);
        assert_eq!(read(&given, "in/b/x.txt", said(Some("Own"), Some("O"))), "Row|b|Own\n\nText.");
        assert_eq!(read(&given, "in/b/x.txt", said(Some("Row"), None)), "Row|b|Text.");
        assert_eq!(read(&given, "in/y.txt", said(Some("Own"), None)), "Own|All|Text.");
    }

    #[test]
    fn a_record_of_many_has_no_title_of_its_file() {
        let mut article = Article { source: "in/b/x.txt".to_owned(), ..Article::from_text("Text.") };
        given(false).add_to(&mut article, false);
        assert_eq!((article.title, article.publisher.as_deref()), (None, Some("b")));
    }

    #[test]
    fn what_finds_no_partner_is_counted() {
        let given = given(false);
        for source in ["in/b/x.txt", "in/c/y.txt", "in/y.txt"] {
            given.meet(source);
        }
        let counts =
            [given.unlike_pattern(), given.without_row(), given.rows_without_file(), given.rows_left_out()];
        assert_eq!(counts, [1, 2, 0, 2]);
    }

    #[test]
    fn a_table_names_files_from_its_folder_or_from_the_input() {
        for (file, folder, source) in [
            ("x.txt", "tables", "tables/x.txt"),
            ("../in/x.txt", "tables", "in/x.txt"),
            ("b/x.txt", "tables", "in/b/x.txt"),
            ("./x.txt", "tables", "in/x.txt"),
            ("may/x.txt", "tables", "in!may/x.txt"),
            ("in/x.txt", "tables", "in/x.txt"),
        ] {
            let mut metadata = Metadata::default();
            metadata.add(file, Path::new(folder), said(Some("Row"), None), Vec::new());
            let table = Said { metadata: Some(metadata), ..Said::default() };
            let given = Given::new(table, [Path::new("in")]);
            assert_eq!(read(&given, source, said(None, None)), "Row||Text.", "{file} {source}");
        }
    }
}
