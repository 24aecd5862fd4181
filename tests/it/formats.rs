//! What is read from one file of each kind: `<name>.articles` beside it lists its articles field by field.
//!
//! Rewritten with `UPDATE=1 cargo test formats`, then read line by line before it is committed.

use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use onrecord::read::{self, FORMATS, FieldRole, Found, Options, ReadArticle, RejectionKind};

use crate::support::program;

#[test]
fn every_file_gives_its_articles() {
    let mut wrong = Vec::new();
    for format in FORMATS {
        let files = files(&Path::new("tests/articles").join(format.name()));
        assert!(!files.is_empty(), "the format {} has no file", format.name());
        for path in files {
            let list = path.with_extension("articles");
            let (found, expected) = (describe(&path), std::fs::read_to_string(&list).unwrap_or_default());
            if found != expected {
                if std::env::var_os("UPDATE").is_some() {
                    std::fs::write(&list, &found).expect("the list can be written");
                }
                wrong.push(format!("{}\nexpected:\n{expected}found:\n{found}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} files differ\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_a_saved_page_shows_is_passed_over_as_one() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let page = "<html><h1>Ferry sails again</h1><p>The night ferry to Valdora sailed again on Wednesday, and nobody was on board.</p></html>";
    std::fs::write(folder.path().join("ferry.html"), page).expect("is written");
    for name in ["ferry_files", "quay_files"] {
        let inside = folder.path().join(name);
        std::fs::create_dir(&inside).expect("a folder is made");
        std::fs::write(inside.join("a.html"), page).expect("is written");
        std::fs::write(inside.join("a.js"), "x()").expect("is written");
    }
    let mut found = Vec::new();
    let flow = read::documents(&[folder.path().to_owned()], &Options::default(), &mut |piece| {
        let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        found.push(match piece {
            Found::Document(document) => format!("read {}", name(&document.source)),
            Found::Rejected(rejection) => format!("rejected {}", name(&rejection.source)),
            Found::Skipped(path) | Found::LeadsOut(path) => format!("passed over {}", name(&path)),
            Found::Unchanged(_) | Found::Finished(_) => return ControlFlow::Continue(()),
            Found::Opened(opened) => format!("opened {}", name(&opened.source)),
        });
        ControlFlow::Continue(())
    });
    assert_eq!(flow, ControlFlow::Continue(()));
    assert_eq!(found, ["read ferry.html", "passed over ferry_files", "read a.html", "rejected a.js"]);
}

#[test]
fn the_documentation_names_every_format_and_field() {
    let text = std::fs::read_to_string("docs/input.md").expect("docs/input.md is there");
    for format in FORMATS {
        assert!(
            text.contains(&format!("| `{}` |", format.name())),
            "docs/input.md has no row for the format {}",
            format.name()
        );
    }
    for role in FieldRole::ALL {
        let fields: Vec<String> = role.usual_fields().iter().map(|field| format!("`{field}`")).collect();
        let row = format!("| `{}` | {} |", role.name(), fields.join(", "));
        assert!(text.contains(&row), "docs/input.md lacks: {row}");
    }
    let kinds = text.split("| kind | what is wrong |").nth(1).expect("docs/input.md has a table of kinds");
    for kind in RejectionKind::names() {
        assert!(kinds.contains(&format!("`{kind}`")), "docs/input.md has no row for the kind {kind}");
    }
}

/// The input files of a folder, sorted by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("is readable").path()).collect();
    files.retain(|path| path.extension().is_none_or(|ending| ending != "articles"));
    files.sort();
    files
}

/// Everything that is read from a file, in its order.
fn describe(path: &Path) -> String {
    let options = Options { pdf_program: Some(program().into()), ..Options::default() };
    let mut text = String::new();
    let flow = read::documents(&[path.to_owned()], &options, &mut |found| {
        let line = match &found {
            Found::Document(document) => document.line,
            Found::Rejected(rejection) => rejection.line,
            Found::Finished(_) => return ControlFlow::Continue(()),
            Found::Skipped(name) | Found::LeadsOut(name) | Found::Unchanged(name) => {
                panic!("{name} is no hidden file")
            }
            Found::Opened(_) => None,
        };
        let place = line.map_or("the file".to_owned(), |line| format!("line {line}"));
        match found {
            Found::Document(document) => match document.article(&options) {
                Ok(reading) => article(&mut text, &place, document.format.name(), &reading),
                Err(reason) => writeln!(text, "{place}: rejected: {reason}\n").expect("memory takes it"),
            },
            Found::Rejected(rejection) => {
                writeln!(text, "{place}: rejected: {}\n", rejection.reason).expect("memory takes it");
            }
            Found::Skipped(_)
            | Found::LeadsOut(_)
            | Found::Unchanged(_)
            | Found::Finished(_)
            | Found::Opened(_) => {}
        }
        ControlFlow::Continue(())
    });
    assert_eq!(flow, ControlFlow::Continue(()));
    text
}

fn article(text: &mut String, place: &str, format: &str, reading: &ReadArticle) {
    let article = &reading.article;
    writeln!(text, "{place}: {format}").expect("memory takes it");
    for (name, value) in [
        ("id", &article.external_id),
        ("title", &article.title),
        ("author", &article.author),
        ("publisher", &article.publisher),
        ("published_at", &article.published_at),
        ("url", &article.url),
        ("language", &article.language),
        ("body", &Some(article.body.clone())),
    ] {
        if let Some(value) = value {
            writeln!(text, "  {name}: {value:?}").expect("memory takes it");
        }
    }
    for doubt in &reading.doubts {
        writeln!(text, "  odd: {doubt}").expect("memory takes it");
    }
    text.push('\n');
}
