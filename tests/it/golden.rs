//! Golden articles: short invented texts, one difficulty each, and what a reader would take from them.
//!
//! `<name>.facts` lists what is found in `<name>.txt`. Rewritten with `UPDATE=1 cargo test golden`, then read line
//! by line before it is committed; a result that is known to be wrong stands there as it is, with a line that
//! begins with `# wrong:` above it.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use onrecord::annotate::Model;
use onrecord::article::Article;
use onrecord::facts::Facts;
use onrecord::pipeline::analyze;
use onrecord::span::CodePoints;

#[test]
fn every_golden_article_gives_its_facts() {
    let model = Model::embedded();
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for path in articles() {
        let file = std::fs::read_to_string(&path).expect("a golden article is UTF-8");
        let (title, body) =
            file.split_once("\n\n").expect("a golden article has a title line and an empty line");
        let article =
            Article { title: Some(title.into()), body: body.trim_end().into(), ..Article::default() };
        let found = describe(&article, &analyze(&article, model).facts);
        let facts = path.with_extension("facts");
        let expected = std::fs::read_to_string(&facts).unwrap_or_default();
        let remarks = |text: &str| {
            text.lines()
                .filter(|line| !line.starts_with('#'))
                .fold(String::new(), |all, line| all + line + "\n")
        };
        if remarks(&expected) != found {
            if update {
                let kept = expected.lines().filter(|line| line.starts_with('#'));
                let text = kept.fold(String::new(), |all, line| all + line + "\n") + &found;
                std::fs::write(&facts, text).expect("the facts can be written");
            }
            wrong.push(format!("{}\nexpected:\n{}found:\n{found}", path.display(), remarks(&expected)));
        }
    }
    assert!(wrong.is_empty(), "{} articles differ\n\n{}", wrong.len(), wrong.join("\n"));
}

/// All golden articles in plain text, sorted by name.
fn articles() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles/text");
    let entries = std::fs::read_dir(folder).expect("the folder of golden articles is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    assert!(paths.len() >= 55, "golden articles are missing");
    paths
}

/// The facts as lines: who is there, who said what about whom, who is what to whom.
fn describe(article: &Article, facts: &Facts) -> String {
    let points = CodePoints::new(&article.body);
    let name = |id: onrecord::facts::EntityId| facts.entities[id.index()].name.as_str();
    let mut lines = String::new();
    for entity in &facts.entities {
        let gender = entity.gender.map_or("", |gender| gender.name());
        let aliases = entity.aliases.join(", ");
        let line = format!("{} {} {gender} = {aliases}", entity.kind.name(), entity.name);
        writeln!(lines, "{}", line.trim_end_matches([' ', '=']).replace("  ", " ")).expect("strings grow");
    }
    for quote in &facts.quotes {
        let content: Vec<&str> = quote.content.iter().map(|piece| piece.slice(&article.body)).collect();
        let cue: Vec<&str> = quote.cue.iter().map(|piece| piece.slice(&article.body)).collect();
        let about: Vec<&str> = quote.about.iter().map(|id| name(*id)).collect();
        let (start, end) = points.of(quote.extent());
        writeln!(
            lines,
            "{} {}: {} <{}> [{}] {} | about {} | {start}..{end}",
            quote.kind.name(),
            quote.act.name(),
            quote.speaker.map_or("–", name),
            quote.source.map_or("", |source| source.slice(&article.body)),
            cue.join(" … "),
            content.join(" … ").replace('\n', " ⏎ "),
            if about.is_empty() { "–".to_owned() } else { about.join(", ") },
        )
        .expect("strings grow");
    }
    for link in &facts.relationships {
        writeln!(
            lines,
            "{}: {} {} {} ({})",
            link.status.name(),
            name(link.subject),
            link.predicate,
            link.object.map_or("–", name),
            link.detail.map_or("", |detail| detail.slice(&article.body)),
        )
        .expect("strings grow");
    }
    lines
}
