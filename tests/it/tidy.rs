//! House rules as ordinary tests: headers, who may use whom, no forgotten test file, migrations that are all built in.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules of ours each module may use. What is not listed may use nothing.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &["span"]),
    ("read", &["article", "error"]),
    ("annotate", &["article", "span", "error", "name_key"]),
    ("facts", &["annotate", "article", "span", "error", "name_key"]),
    ("pipeline", &["annotate", "facts", "article", "error"]),
    ("store", &["facts", "article", "span", "error", "name_key"]),
    ("query", &["article", "error", "name_key", "store", "terminal"]),
    ("explain", &["annotate", "article", "facts", "pipeline", "query", "span", "store", "terminal"]),
    ("wire", &["pipeline", "annotate", "facts", "span"]),
    ("extract", &["annotate", "article", "error", "ingest", "pipeline", "read", "wire"]),
    ("ingest", &["read", "pipeline", "annotate", "facts", "article", "store", "error"]),
];

/// The modules that may use every other: the command line and what only it needs.
const EDGES: &[&str] = &["cli", "main", "lib"];

#[test]
fn every_file_says_what_it_is_for() {
    let bare: Vec<PathBuf> =
        rust_files().into_iter().filter(|path| !text(path).trim_start().starts_with("//!")).collect();
    assert!(bare.is_empty(), "files without a `//!` header: {bare:?}");
}

#[test]
fn modules_use_only_those_below_them() {
    let mut wrong = Vec::new();
    for path in rust_files() {
        let Some(module) = module_of(&path) else { continue };
        if EDGES.contains(&module.as_str()) {
            continue;
        }
        let allowed =
            MAY_USE.iter().find(|(name, _)| *name == module).map_or(&[][..], |(_, allowed)| allowed);
        for used in uses(product_code(&text(&path))) {
            if used != module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_store_and_query_know_the_database() {
    let allowed = |path: &Path| module_of(path).is_some_and(|module| module == "store" || module == "query");
    let wrong: Vec<PathBuf> = rust_files()
        .into_iter()
        .filter(|path| module_of(path).is_some() && !allowed(path) && text(path).contains("rusqlite"))
        .collect();
    assert!(wrong.is_empty(), "these name rusqlite: {wrong:?}");
}

#[test]
fn no_test_file_is_forgotten() {
    let folder = root().join("tests/it");
    let main = text(&folder.join("main.rs"));
    for entry in fs::read_dir(&folder).expect("the folder of tests is there") {
        let path = entry.expect("an entry can be read").path();
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else { continue };
        let is_module = path.extension().is_some_and(|extension| extension == "rs") && name != "main";
        assert!(
            !is_module || main.contains(&format!("mod {name};")),
            "tests/it/main.rs does not list {name}"
        );
    }
}

/// The crate's own folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file of the product, the trainer and the tests.
fn rust_files() -> Vec<PathBuf> {
    let mut folders =
        vec![root().join("src"), root().join("trainer/src"), root().join("tests"), root().join("benches")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    assert!(files.len() > 20, "the walk finds the files");
    files
}

/// The top module that a file of the product belongs to: `facts` for `src/facts/quotes.rs`.
fn module_of(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root().join("src")).ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    Some(first.trim_end_matches(".rs").to_owned())
}

/// A file without its tests, which may use what they like.
fn product_code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// The top modules that a text names behind `crate::`.
fn uses(text: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (start, _) in text.match_indices("crate::") {
        if text[..start].ends_with("pub(in ") {
            continue;
        }
        let rest = &text[start + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let mut depth = 0;
                let mut name = String::new();
                for character in list.chars() {
                    match character {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            used.insert(first_name(&name));
                            name.clear();
                            continue;
                        }
                        _ => {}
                    }
                    name.push(character);
                }
                used.insert(first_name(&name));
            }
            None => {
                used.insert(first_name(rest));
            }
        }
    }
    used.remove("");
    used
}

/// The identifier that a text begins with.
fn first_name(text: &str) -> String {
    text.trim().chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[test]
fn uses_reads_paths_and_lists() {
    let text = "use crate::span::Span; use crate::{article::Article, error::{Error, Warning}}; crate::name_key::name_key(x)";
    let expected = ["article", "error", "name_key", "span"].map(str::to_owned);
    assert_eq!(uses(text), BTreeSet::from(expected));
}

#[test]
fn unit_tests_of_stages_ask_no_trained_model() {
    let stages = [root().join("src/annotate"), root().join("src/facts")];
    // It writes the layers that the tests of all stages read.
    let writer = root().join("src/annotate/given.rs");
    let asks: Vec<PathBuf> = rust_files()
        .into_iter()
        .filter(|path| *path != writer && stages.iter().any(|stage| path.starts_with(stage)))
        .filter(|path| text(path).contains("Model::embedded()"))
        .collect();
    assert!(asks.is_empty(), "build these tests on `annotate::given`: {asks:?}");
}
