//! The blocks of the README run in the order in which they stand, in one shell, as a reader would type them.

use std::path::Path;

use assert_cmd::cargo::cargo_bin;

use crate::command::onrecord;
use crate::shell::{in_bare_shell, in_shell};
use crate::support::write;

/// What is not run as it stands: how the line begins, what is run instead, and why.
const INSTEAD: [(&str, &str, &str); 5] = [
    ("cargo run --release --locked -- demo", "PROGRAM demo", "is built already"),
    ("cargo test --locked --workspace", "true", "is what runs now"),
    (
        "cargo install --locked --path .",
        "export PATH=FOLDER:$PATH",
        "from here on the program is on the path",
    ),
    ("datasette onrecord-demo.db", "true", "serves until it is stopped"),
    ("cargo add onrecord", "true", "needs a package; examples/analyze.rs is the code below it"),
];

#[test]
fn the_readme_runs_from_the_first_block_to_the_last() {
    let readme =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("reads");
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    furnish(folder);
    let program = cargo_bin("onrecord");
    let mut used = [false; INSTEAD.len()];
    let mut script = String::from("set -ex\n");
    for line in blocks(&readme).flat_map(str::lines) {
        let instead = INSTEAD.iter().position(|(beginning, ..)| line.starts_with(beginning));
        match instead {
            Some(place) => {
                used[place] = true;
                let parent = program.parent().expect("is in a folder").display().to_string();
                let run = INSTEAD[place].1.replace("PROGRAM", &program.display().to_string());
                script.push_str(&run.replace("FOLDER", &parent));
            }
            None => script.push_str(line),
        }
        script.push('\n');
    }
    assert!(used.iter().all(|used| *used), "no such line: {used:?}");
    let run = in_bare_shell(folder, &script);
    let said = format!("{}\n{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{said}");
    // The last correction of all has found its quotes, and nothing is broken.
    for db in ["onrecord.db", "onrecord-demo.db", "other.db"] {
        let checked = onrecord(folder, &["check", "--db", db]);
        assert!(checked.starts_with("exit code 0\n"), "{db}: {checked}");
    }
    let other =
        onrecord(folder, &["query", "who is Ingrid Vasko-Lund?", "--db", "other.db", "--format", "csv"]);
    assert!(other.contains("Ingrid Vasko-Lund"), "{other}");
}

/// The blocks that are for a shell.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n```sh\n").skip(1).filter_map(|block| block.split("\n```").next())
}

/// What a reader has of their own: articles, a draft, two databases to be compared and a third for corrections.
fn furnish(folder: &Path) {
    let article = |number: usize, field: &str| {
        format!(
            "{{\"id\": \"own-{number}\", \"title\": \"Day {number}\", \"meta\": {{\"date\": \"2024-05-0{number}\"}}, \"{field}\": \
             \"“The harbor will open on day {number},” said Ana Ruiz, the mayor of Porto. Northwind paid for it.\"}}\n"
        )
    };
    std::fs::create_dir(folder.join("articles")).expect("a folder");
    write(folder, "articles/one.jsonl", article(1, "text"));
    write(folder, "archive.jsonl", article(2, "text"));
    write(folder, "dump.jsonl", article(3, "text"));
    write(folder, "export.json", article(4, "content_original"));
    let draft = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles/docx/story.docx");
    std::fs::copy(draft, folder.join("story.docx")).expect("copies");
    let made = in_shell(
        folder,
        "set -e
        gzip archive.jsonl dump.jsonl
        onrecord demo --db other.db && cp other.db before.db && cp other.db after.db",
    );
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
