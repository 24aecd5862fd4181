//! House rules as ordinary tests: headers, who may use whom, no circles, no long files, no forgotten test file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each folder or file of the product may use of ours, itself aside: the longest row that fits a file counts, and a
/// name stands for all below it. What is not listed may use nothing.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &["span"]),
    ("dates", &["calendar", "error"]),
    ("read", &["article", "calendar", "error"]),
    // A process of its own, which answers what `read` has asked.
    ("pdf", &["guard", "read"]),
    // The layers of language: each stage the part of the model that is its own, and the layers below.
    ("annotate", &["article", "span", "error", "gear", "name_key"]),
    ("annotate::model", &["error", "annotate", "gear"]),
    ("annotate::segment", &["span", "error", "annotate::document", "annotate::features", "annotate::model"]),
    (
        "annotate::names",
        &[
            "span",
            "error",
            "gear",
            "name_key",
            "annotate::document",
            "annotate::features",
            "annotate::labels",
            "annotate::lexicon",
            "annotate::model",
            "annotate::offices",
            "annotate::tag",
            "calendar",
        ],
    ),
    (
        "annotate::parse",
        &[
            "span",
            "error",
            "annotate::document",
            "annotate::features",
            "annotate::labels",
            "annotate::model",
            "annotate::tag",
        ],
    ),
    // The types that every stage of the facts gives stand on the ground.
    ("facts", &["annotate", "article", "calendar", "dates", "span", "error", "name_key"]),
    ("facts::entity", &["annotate::lexicon", "span"]),
    ("facts::quote_form", &[]),
    ("facts::quote", &["facts::entity", "facts::quote_form", "span"]),
    ("facts::relationship", &["facts::entity", "span"]),
    ("facts::grammar", &["annotate", "calendar", "span"]),
    ("facts::offices", &["annotate", "facts::grammar", "name_key", "span"]),
    // Who said what: knows no entity.
    (
        "facts::attribution",
        &[
            "annotate",
            "error",
            "facts::grammar",
            "facts::quote",
            "facts::quote_form",
            "gear",
            "name_key",
            "span",
        ],
    ),
    // Who is meant: knows quotes, never how they were found.
    (
        "facts::reference",
        &[
            "annotate",
            "facts::entity",
            "facts::grammar",
            "facts::offices",
            "facts::quote",
            "name_key",
            "span",
        ],
    ),
    (
        "facts::reference::names",
        &[
            "annotate",
            "facts::entity",
            "facts::grammar",
            "facts::offices",
            "facts::reference::countries",
            "facts::reference::gender",
            "facts::reference::party_words",
            "facts::reference::resolution",
            "name_key",
            "span",
        ],
    ),
    (
        "facts::reference::coreference",
        &[
            "annotate",
            "facts::entity",
            "facts::grammar",
            "facts::offices",
            "facts::quote",
            "facts::reference::gender",
            "facts::reference::parties",
            "facts::reference::party_words",
            "facts::reference::resolution",
            "name_key",
            "span",
        ],
    ),
    (
        "facts::reference::countries",
        &[
            "annotate",
            "facts::entity",
            "facts::grammar",
            "facts::offices",
            "facts::quote",
            "facts::reference::resolution",
            "name_key",
            "span",
        ],
    ),
    (
        "facts::speakers",
        &[
            "annotate",
            "facts::entity",
            "facts::grammar",
            "facts::offices",
            "facts::quote",
            "facts::quote_form",
            "facts::reference::resolution",
            "span",
        ],
    ),
    (
        "facts::relations",
        &[
            "annotate",
            "calendar",
            "dates",
            "facts::entity",
            "facts::grammar",
            "facts::offices",
            "facts::quote",
            "facts::reference::resolution",
            "facts::relationship",
            "span",
        ],
    ),
    ("language", &["article"]),
    ("pipeline", &["annotate", "facts", "article", "error", "span"]),
    ("store", &["facts", "article", "span", "error", "gear", "name_key"]),
    ("store::copies", &["name_key"]),
    // How rows are written; what they mean is decided beside it.
    ("store::tables", &["annotate", "article", "error", "facts", "gear", "name_key", "span", "store"]),
    ("store::furniture", &["annotate", "error", "span", "store"]),
    (
        "store::linking",
        &["article", "facts", "name_key", "span", "store::corrections", "store::place", "store::tables"],
    ),
    (
        "store::corrections",
        &[
            "error",
            "facts",
            "json",
            "name_key",
            "span",
            "store::copies",
            "store::database",
            "store::failure",
            "store::identity",
            "store::place",
            "store::tables",
        ],
    ),
    (
        "query",
        &["article", "dates", "error", "facts", "gear", "json", "name_key", "span", "store", "terminal"],
    ),
    // What is asked knows neither SQL nor rows; of the facts, only the table of predicates.
    ("query::question", &["dates", "error", "facts"]),
    (
        "query::answer",
        &[
            "dates",
            "error",
            "facts",
            "name_key",
            "query::audience",
            "query::failure",
            "query::names",
            "query::notes",
            "query::output",
            "query::paging",
            "query::question",
            "query::stored_entity",
        ],
    ),
    ("json", &["terminal"]),
    ("query::output", &["error", "json", "terminal"]),
    (
        "explain",
        &["annotate", "article", "facts", "gear", "json", "pipeline", "query", "span", "store", "terminal"],
    ),
    ("cite", &["article", "explain", "gear", "json", "query", "span", "terminal"]),
    (
        "draft",
        &[
            "annotate", "article", "dates", "error", "facts", "guard", "inspect", "language", "name_key",
            "pipeline", "query", "read", "span", "terminal",
        ],
    ),
    ("inspect", &["article", "error", "guard", "json", "read", "terminal"]),
    ("training", &["annotate", "facts"]),
    ("wire", &["pipeline", "annotate", "facts", "span"]),
    ("extract", &["annotate", "article", "error", "guard", "json", "pipeline", "read", "wire"]),
    (
        "ingest",
        &[
            "read", "pipeline", "annotate", "facts", "article", "language", "span", "store", "error", "gear",
            "guard",
        ],
    ),
];

/// The modules that may use every other: the command line and what only it needs.
const EDGES: &[&str] = &["cli", "main", "lib"];

/// How many lines a source file may have, its tests aside; a file that is all table may be longer.
const LONGEST_FILE: usize = 500;

/// The files that are one table each.
const TABLES: &[&str] = &[
    "src/facts/relations/predicates.rs",
    "src/facts/attribution/cues/verbs.rs",
    "src/query/question/forms.rs",
];

/// How many lines a function may have.
const LONGEST_FUNCTION: usize = 80;

/// The functions that are one list of features each.
const FEATURE_LISTS: &[&str] = &["src/annotate/parse/state.rs: features"];

#[test]
fn every_file_says_what_it_is_for() {
    let bare: Vec<PathBuf> =
        rust_files().into_iter().filter(|path| !text(path).trim_start().starts_with("//!")).collect();
    assert!(bare.is_empty(), "files without a `//!` header: {bare:?}");
}

#[test]
fn modules_use_only_those_below_them() {
    let mut wrong = Vec::new();
    for (module, used) in imports("src") {
        if EDGES.contains(&module.split("::").next().unwrap_or_default()) {
            continue;
        }
        let rows = MAY_USE.iter().filter(|(name, _)| is_in(&module, name));
        let (row, allowed) = rows
            .max_by_key(|(name, _)| name.len())
            .map_or((module.as_str(), &[][..]), |(name, used)| (*name, *used));
        for used in used {
            if !is_in(&used, row) && !allowed.iter().any(|allowed| is_in(&used, allowed)) {
                wrong.push(format!("{module} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "MAY_USE in tests/it/tidy.rs does not allow: {}", wrong.join("\n"));
}

#[test]
fn no_two_files_import_each_other_in_a_circle() {
    for sources in ["src", "trainer/src", "fuzz/src"] {
        let imports = imports(sources);
        assert!(imports.len() > 5, "{sources} has files that import each other");
        assert_eq!(
            circle(&imports),
            None,
            "{sources}: each of these imports the next, and the last the first"
        );
    }
}

#[test]
fn a_circle_is_found() {
    let imports = |pairs: &[(&str, &[&str])]| -> Imports {
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        pairs.iter().map(|(name, used)| ((*name).to_owned(), own(used))).collect()
    };
    assert_eq!(circle(&imports(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])), None);
    let found = circle(&imports(&[("a", &["b"]), ("b", &["c"]), ("c", &["d", "b"]), ("d", &[])]));
    assert_eq!(found, Some(vec!["b".to_owned(), "c".to_owned()]));
}

#[test]
fn paths_between_files_begin_at_the_root() {
    let mut wrong = Vec::new();
    for path in rust_files() {
        if module_of(&path, "src").is_none() {
            continue;
        }
        let text = text(&path);
        wrong.extend(
            product_code(&text)
                .lines()
                .filter(|line| !line.trim_start().starts_with("//") && names(line, "super::"))
                .map(|line| format!("{}: {}", path.display(), line.trim())),
        );
    }
    assert!(
        wrong.is_empty(),
        "write `crate::` here, so that who uses whom can be read:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn no_file_and_no_function_is_long() {
    let mut long = Vec::new();
    for path in rust_files() {
        let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        if !["src/", "trainer/src/", "fuzz/src/"].iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let text = text(&path);
        let code = product_code(&text);
        let lines = code.lines().count();
        if lines > LONGEST_FILE && !TABLES.contains(&name.as_str()) {
            long.push(format!("{name} has {lines} lines"));
        }
        for (function, lines) in functions(code) {
            if lines > LONGEST_FUNCTION && !FEATURE_LISTS.contains(&format!("{name}: {function}").as_str()) {
                long.push(format!("{name}: {function} has {lines} lines"));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn only_store_and_query_know_the_database() {
    let allowed = |module: &str| is_in(module, "store") || is_in(module, "query");
    let wrong: Vec<PathBuf> = rust_files()
        .into_iter()
        .filter(|path| module_of(path, "src").is_some_and(|module| !allowed(&module)))
        .filter(|path| text(path).contains("rusqlite"))
        .collect();
    assert!(wrong.is_empty(), "these name rusqlite: {wrong:?}");
}

#[test]
fn only_the_root_asks_for_features() {
    let asks = ["cfg(feature", "cfg(not(feature", "cfg_attr(feature", "cfg_attr(not(feature"];
    let wrong: Vec<PathBuf> = rust_files()
        .into_iter()
        .filter(|path| module_of(path, "src").is_some_and(|module| module != "lib"))
        .filter(|path| asks.iter().any(|ask| text(path).contains(ask)))
        .collect();
    assert!(wrong.is_empty(), "a module is there or not, as lib.rs says; these ask themselves: {wrong:?}");
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

/// Every Rust file of the product, the trainer, the fuzzer, the tests, the benches and the examples.
fn rust_files() -> Vec<PathBuf> {
    let folders = ["src", "trainer/src", "fuzz/src", "tests", "benches", "examples"];
    let mut folders: Vec<PathBuf> = folders.into_iter().map(|folder| root().join(folder)).collect();
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

/// What each module of a package imports, both by their paths from its root: `facts::quote`.
type Imports = BTreeMap<String, BTreeSet<String>>;

/// The imports of the files under `sources`, tests aside. A path counts for the longest module that it begins with; its
/// declaration of a module below makes a file no importer of it.
fn imports(sources: &str) -> Imports {
    let files: BTreeMap<String, PathBuf> = rust_files()
        .into_iter()
        .filter_map(|path| Some((module_of(&path, sources)?, path)))
        .filter(|(module, _)| module.rsplit("::").next() != Some("tests"))
        .collect();
    let mut imports = Imports::new();
    for (module, path) in &files {
        let used = imports.entry(module.clone()).or_default();
        for name in uses(product_code(&text(path))) {
            let mut name = name.as_str();
            while !files.contains_key(name) {
                name = name.rsplit_once("::").map_or("", |(above, _)| above);
                if name.is_empty() {
                    break;
                }
            }
            if !name.is_empty() && name != module {
                used.insert(name.to_owned());
            }
        }
    }
    imports
}

/// Modules each of which imports the next, and the last the first; `None` if there are none.
fn circle(imports: &Imports) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    imports.keys().find_map(|module| walk(imports, module, &mut Vec::new(), &mut done))
}

/// Follows the imports of a module; `above` leads to it, and nothing behind what is `done` leads back to itself.
fn walk<'a>(
    imports: &'a Imports,
    module: &'a str,
    above: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) -> Option<Vec<String>> {
    if let Some(first) = above.iter().position(|before| *before == module) {
        return Some(above[first..].iter().map(|module| (*module).to_owned()).collect());
    }
    if done.contains(module) {
        return None;
    }
    above.push(module);
    let found = imports.get(module).into_iter().flatten().find_map(|used| walk(imports, used, above, done));
    above.pop();
    done.insert(module);
    found
}

/// The path from the root of its package of the module that a file under `sources` is: `facts::quote` for
/// `src/facts/quote.rs`, `facts` for `src/facts/mod.rs`.
fn module_of(path: &Path, sources: &str) -> Option<String> {
    let inside = path.strip_prefix(root().join(sources)).ok()?.with_extension("");
    let names: Vec<&str> =
        inside.iter().filter_map(|name| name.to_str()).filter(|name| *name != "mod").collect();
    Some(names.join("::"))
}

/// Whether a module is another, or lies in it.
fn is_in(module: &str, other: &str) -> bool {
    module.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// A file without its tests, which may use what they like.
fn product_code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

/// The functions of a file with their numbers of lines, told by the layout that rustfmt gives them.
fn functions(code: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let head = line.trim_start().split('(').next().unwrap_or_default();
        let Some(name) = head.strip_prefix("fn ").or_else(|| head.split_once(" fn ").map(|(_, name)| name))
        else {
            continue;
        };
        if line.trim_start().starts_with("//") || line.ends_with('}') || line.ends_with(';') {
            continue;
        }
        let closes = |line: &&str| **line == format!("{}}}", " ".repeat(indent));
        if let Some(length) = lines[start..].iter().position(closes) {
            found.push((first_name(name), length + 1));
        }
    }
    found
}

/// Whether a line of code names something behind `path`, outside of what is said of visibility.
fn names(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(start, _)| !line[..start].ends_with("pub(in "))
}

/// The paths that a text names behind `crate::`, whole.
fn uses(text: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (start, _) in text.match_indices("crate::") {
        let line = text[..start].rsplit('\n').next().unwrap_or_default();
        if line.ends_with("pub(in ") || line.trim_start().starts_with("//") {
            continue;
        }
        tree(&text[start + "crate::".len()..], "", &mut used);
    }
    used
}

/// Adds the paths of a tree of names, `a::{b, c::d}`, each behind `above`; gives what follows the tree.
fn tree<'a>(text: &'a str, above: &str, used: &mut BTreeSet<String>) -> &'a str {
    let behind = |name: &str| if above.is_empty() { name.to_owned() } else { format!("{above}::{name}") };
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = tree(rest.trim_start(), above, used).trim_start();
            match rest.strip_prefix(',') {
                Some(next) => rest = next,
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
        }
    }
    let name = first_name(text);
    let rest = &text[name.len()..];
    let path = if name == "self" { above.to_owned() } else { behind(&name) };
    match rest.strip_prefix("::") {
        Some(below) if !name.is_empty() => tree(below, &path, used),
        _ => {
            if !name.is_empty() {
                used.insert(path);
            }
            rest
        }
    }
}

/// The identifier that a text begins with.
fn first_name(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[test]
fn uses_reads_paths_and_lists() {
    let text = "use crate::span::Span;
        use crate::{article::Article, error::{self, Error}};
        /// [`crate::store`]
        pub(in crate::facts) fn f() { crate::name_key::name_key(x) }";
    let expected = ["article::Article", "error", "error::Error", "name_key::name_key", "span::Span"];
    assert_eq!(uses(text), BTreeSet::from(expected.map(str::to_owned)));
}

#[test]
fn unit_tests_of_stages_ask_no_trained_model() {
    let stages = [root().join("src/annotate"), root().join("src/facts")];
    // The one writes the layers that the tests of all stages read, the others compare what was trained with who trained it.
    let trained = ["annotate/given.rs", "annotate/model/encoder/mod.rs", "annotate/model/encoder/reports.rs"]
        .map(|path| root().join("src").join(path));
    let asks: Vec<PathBuf> = rust_files()
        .into_iter()
        .filter(|path| !trained.contains(path) && stages.iter().any(|stage| path.starts_with(stage)))
        .filter(|path| text(path).contains("Model::embedded()"))
        .collect();
    assert!(asks.is_empty(), "build these tests on `annotate::given`: {asks:?}");
}
