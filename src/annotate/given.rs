//! Layers that are given, not found: what the unit tests of the stages above them build on, so that a new model turns
//! none of them red.
//!
//! `tests/annotations/<module>.conllu` holds the invented texts of one module of unit tests, as CoNLL-U. Each begins with
//! `# newdoc` and `# text = "…"`, the body as a JSON string; `# of_games = true` stands where it is about team games. A
//! form is what the body has next behind white space (or right behind the form before it, if that says
//! `SpaceAfter=No`). `NewPar=Yes` begins a paragraph, `Name=B-PER` and `Name=I-PER` a name and its further tokens.
//!
//! `UPDATE=1 cargo test --lib` adds the texts that are missing, as the present model reads them; every line is then read
//! and corrected by hand. What is there is never written again.

use std::fs;
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::annotate::features::{Clusters, Lexeme, VERSION, lexemes};
use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::annotate::model::Model;
use crate::annotate::model::file::ModelFile;
use crate::annotate::names::name::{Name, NameKind};
use crate::annotate::names::nonlocal::evidence;
use crate::annotate::names::page::Page;
use crate::annotate::names::{self, recognize};
use crate::annotate::parse::Tree;
use crate::annotate::parse::syntax::Syntax;
use crate::annotate::tag::Tag;
use crate::annotate::{Annotations, Document, Token, annotate};
use crate::article::Article;
use crate::gear::Gear;
use crate::span::Span;

/// What opens a document in a file.
const DOCUMENT: &str = "# newdoc\n";

/// How the files print the kinds of names.
const KINDS: [(NameKind, &str); 4] = [
    (NameKind::Person, "PER"),
    (NameKind::Organization, "ORG"),
    (NameKind::Place, "LOC"),
    (NameKind::Other, "MISC"),
];

/// A model that has learned nothing: each stage does what its rules say.
pub(crate) fn untrained() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| {
        Model::from_file(&ModelFile::new(VERSION), Gear::Full).expect("every part may be missing")
    });
    &MODEL
}

/// All layers over an article, as the file of the calling module gives them.
#[track_caller]
pub(crate) fn annotations(article: &Article) -> Annotations<'_> {
    given(article, &file_of(Location::caller()), |article| annotate(article, Model::embedded()))
}

/// All layers over an article, as the file of the calling module gives them, and its names mended: there they stand as
/// they were recognized.
#[track_caller]
pub(super) fn mended(article: &Article) -> Annotations<'_> {
    let mut text = given(article, &file_of(Location::caller()), recognized);
    let lexemes = lexemes(&article.body, &text.document, &Clusters::default());
    let mut names = std::mem::take(&mut text.names);
    text.of_games = on_page(&text, &lexemes, |page| names::mend(page, &mut names));
    text.names = names;
    text
}

/// An article as the present model reads it, its names as they were recognized.
fn recognized(article: &Article) -> Annotations<'_> {
    let model = Model::embedded();
    let mut text = annotate(article, model);
    let lexemes = lexemes(&article.body, &text.document, &model.clusters);
    text.names = on_page(&text, &lexemes, |page| {
        recognize::recognize(page.document, page.lexemes, page.evidence, page.tags, &model.recognizer)
    });
    text.of_games = false;
    text
}

fn on_page<T>(text: &Annotations, lexemes: &[Lexeme], look: impl FnOnce(Page) -> T) -> T {
    let (body, document) = (text.body(), &text.document);
    let evidence = evidence(body, document, lexemes);
    look(Page { body, document, lexemes, evidence: &evidence, tags: &text.tags })
}

/// The file of the module that a place in the source belongs to: `offices.conllu` for `src/facts/offices/mod.rs`.
fn file_of(place: &Location) -> PathBuf {
    let mut module = Path::new(place.file()).with_extension("");
    if module.ends_with("mod") || module.ends_with("tests") {
        module.pop();
    }
    let name = module.file_name().expect("a test stands in a module");
    folder().join(name).with_extension("conllu")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/annotations")
}

/// The layers that a file gives for an article; `present` writes them where they are missing and that is asked for.
fn given<'a>(
    article: &'a Article,
    file: &Path,
    present: impl FnOnce(&'a Article) -> Annotations<'a>,
) -> Annotations<'a> {
    // Tests run side by side, and two of them may add to one file.
    static FILES: Mutex<()> = Mutex::new(());
    let _alone = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    let mut content = fs::read_to_string(file).unwrap_or_default();
    if let Some(document) = documents(&content).find(|document| body_of(document) == article.body) {
        return read(article, document);
    }
    assert!(
        std::env::var_os("UPDATE").is_some(),
        "{} does not hold this text: `UPDATE=1 cargo test --lib` writes it with the present model; then read and \
         correct every line by hand\n{}",
        file.display(),
        article.body
    );
    let document = write(&present(article));
    content.push_str(DOCUMENT);
    content.push_str(&document);
    fs::create_dir_all(folder()).expect("the folder can be made");
    fs::write(file, content).expect("the text can be written");
    read(article, &document)
}

/// The documents of a file, each behind the line that opens it.
fn documents(content: &str) -> impl Iterator<Item = &str> {
    content.split(DOCUMENT).filter(|document| !document.is_empty())
}

/// The text that a document is of.
fn body_of(document: &str) -> String {
    let text = document.lines().find_map(|line| line.strip_prefix("# text = "));
    serde_json::from_str(text.expect("a document says what it is of")).expect("the text is a JSON string")
}

/// Reads the layers of an article from a document.
fn read<'a>(article: &'a Article, lines: &str) -> Annotations<'a> {
    let body = article.body.as_str();
    let (mut document, mut tags, mut tree, mut names) =
        (Document::default(), Vec::new(), Tree::default(), Vec::new());
    let (mut at, mut tight) = (0, false);
    for sentence in lines.split("\n\n") {
        let first = document.tokens.len();
        for row in sentence.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let columns: Vec<&str> = row.split('\t').collect();
            let [_, form, lemma, upos, xpos, _, head, relation, _, misc] = columns[..] else {
                panic!("a row has ten columns: {row}");
            };
            let misc =
                |key: &str| misc.split('|').find_map(|field| field.strip_prefix(key)?.strip_prefix('='));
            let token = document.tokens.len();
            if misc("NewPar").is_some() {
                document.paragraphs.push(Span::new(token, token));
            }
            if !tight {
                at += body[at..].len() - body[at..].trim_start().len();
            }
            assert!(body[at..].starts_with(form), "the text does not go on so: {row}\n{body}");
            let span = Span::new(at, at + form.len());
            at = span.end();
            tight = misc("SpaceAfter") == Some("No");
            let paragraph = document.paragraphs.last_mut().expect("the first row of a text has NewPar=Yes");
            *paragraph = Span::new(paragraph.start(), token + 1);
            let (sentence, paragraph) =
                (document.sentences.len() as u32, document.paragraphs.len() as u32 - 1);
            document.tokens.push(Token { span, sentence, paragraph });
            tags.push(Tag {
                upos: Upos::from_name(upos).unwrap_or_else(|| panic!("no part of speech: {row}")),
                xpos: Xpos::from_name(xpos).unwrap_or_else(|| panic!("no part of speech: {row}")),
                lemma: lemma.into(),
            });
            let head: u32 = head.parse().unwrap_or_else(|_| panic!("no head: {row}"));
            tree.heads.push(head.checked_sub(1).map(|head| first as u32 + head));
            tree.relations
                .push(Relation::from_name(relation).unwrap_or_else(|| panic!("no relation: {row}")));
            match misc("Name").map(|name| name.split_once('-').expect("a name is printed as B-PER")) {
                Some(("I", _)) => {
                    let name: &mut Name = names.last_mut().expect("a name begins with B");
                    name.tokens = Span::new(name.tokens.start(), token + 1);
                }
                Some((_, kind)) => {
                    let kind = KINDS.iter().find(|(_, printed)| *printed == kind).expect("a kind of name").0;
                    names.push(Name { tokens: Span::new(token, token + 1), kind });
                }
                None => {}
            }
        }
        if document.tokens.len() > first {
            document.sentences.push(Span::new(first, document.tokens.len()));
        }
    }
    assert_eq!(body[at..].trim(), "", "the rows end before the text does");
    let of_games = lines.lines().any(|line| line == "# of_games = true");
    Annotations { article, document, tags, syntax: Syntax::new(tree), names, of_games }
}

/// Writes the layers of an article as a document.
fn write(text: &Annotations) -> String {
    let document = &text.document;
    let mut lines = format!("# text = {}\n", serde_json::Value::from(text.body()));
    if text.of_games {
        lines.push_str("# of_games = true\n");
    }
    for sentence in &document.sentences {
        for token in sentence.range() {
            let tag = &text.tags[token];
            let head = text.syntax.head(token).map_or(0, |head| head - sentence.start() + 1);
            let columns = [
                (token - sentence.start() + 1).to_string(),
                text.word(token).to_owned(),
                tag.lemma.to_string(),
                tag.upos.as_str().to_owned(),
                tag.xpos.as_str().to_owned(),
                "_".to_owned(),
                head.to_string(),
                text.syntax.relation(token).as_str().to_owned(),
                "_".to_owned(),
                misc(text, token),
            ];
            lines.push_str(&columns.join("\t"));
            lines.push('\n');
        }
        lines.push('\n');
    }
    lines
}

/// What the last column says of a token.
fn misc(text: &Annotations, token: usize) -> String {
    let (document, mut fields) = (&text.document, Vec::new());
    if let Some(name) = text.names.iter().find(|name| name.tokens.contains(token)) {
        let place = if name.tokens.start() == token { "B" } else { "I" };
        let kind = KINDS.iter().find(|(kind, _)| *kind == name.kind).expect("every kind is listed").1;
        fields.push(format!("Name={place}-{kind}"));
    }
    if document.paragraphs.iter().any(|paragraph| paragraph.start() == token) {
        fields.push("NewPar=Yes".to_owned());
    }
    let end = document.tokens[token].span.end();
    if document.tokens.get(token + 1).is_some_and(|next| next.span.start() == end) {
        fields.push("SpaceAfter=No".to_owned());
    }
    if fields.is_empty() { "_".to_owned() } else { fields.join("|") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_as_it_is_written() {
        let files = fs::read_dir(folder()).expect("the folder is there");
        let mut count = 0;
        for file in files.map(|file| file.expect("an entry can be read").path()) {
            let content = fs::read_to_string(&file).expect("a file of layers is UTF-8");
            for document in documents(&content) {
                let article = Article { body: body_of(document), ..Article::default() };
                let text = read(&article, document);
                assert_eq!(write(&text), document, "{}", file.display());
                for sentence in &text.document.sentences {
                    let inside = |token| {
                        text.syntax.head(token).is_none_or(|head| sentence.contains(head) && head != token)
                    };
                    let roots = sentence.range().filter(|token| text.syntax.head(*token).is_none()).count();
                    assert!(roots == 1 && sentence.range().all(inside), "no tree: {}", article.body);
                }
                count += 1;
            }
        }
        assert!(count >= 100, "texts are missing: {count}");
    }
}
