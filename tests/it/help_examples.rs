//! Every example of every `--help` runs as it stands, in a folder that has what it speaks of.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use clap::{Command, CommandFactory};
use onrecord::cli::Cli;

use crate::archives::zipped;
use crate::shell::{in_shell, stub};
use crate::support::{sqlite3, write};

/// What examples name and only the database knows: what stands in the example, and the SQL that gives what it stands for.
const MEANT: [(&str, &str); 2] = [
    ("3f0c5a9d2b7e41868d1f60a4c2b95e73", "SELECT key FROM quotes WHERE id = 12"),
    (
        "17:203",
        "SELECT article_id || ':' || start FROM mentions JOIN people ON id = entity_id
         WHERE article_id = 17 AND people.name = 'Ana Ruiz' LIMIT 1",
    ),
];

/// What has to be done before an example: how that begins, and the commands.
const BEFORE: [(&str, &str); 7] = [
    ("onrecord merge organization:Northwind", "onrecord speaker 2 Northwind --new person"),
    (
        "onrecord saved run on_porto",
        "onrecord saved add on_porto 'what did {who} say about Porto since {year}?' --parameter year:date=2015
         printf 'who\\nAna Ruiz\\n' > names.csv",
    ),
    (
        "onrecord saved test on_porto on_bank",
        "onrecord saved add on_porto 'who said what about Porto?' --expect-rows '>=1'
         onrecord saved add on_bank 'who said what about Northwind?' --expect-rows '>=1'",
    ),
    (
        "onrecord saved import queries.toml",
        "onrecord saved add on_porto 'who said what about Porto?'
         onrecord saved export queries.toml && onrecord saved remove on_porto",
    ),
    ("onrecord saved remove on_porto", "onrecord saved add on_porto 'who said what about Porto?'"),
    ("onrecord score", "onrecord sample 10 > drawn.csv && sed '2,$s/^,/y,/' drawn.csv > sheet.csv"),
    ("onrecord corrections import corrections.jsonl", "onrecord corrections export > corrections.jsonl"),
];

/// Programs that examples call and a machine may lack, and what they do here.
const STUBS: [(&str, &str); 3] =
    [("pbpaste", "cat story.txt"), ("publish", "test -f \"$1\""), ("man", "cat > /dev/null")];

#[test]
fn every_example_of_every_help_runs() {
    let base = tempfile::tempdir().expect("a folder");
    furnish(base.path());
    let mut program = Cli::command();
    program.build();
    let mut failed = Vec::new();
    let (mut run, mut meant, mut before) = (0, [false; MEANT.len()], [false; BEFORE.len()]);
    for line in commands(&program).into_iter().flat_map(examples) {
        let folder = tempfile::tempdir().expect("a folder");
        copy(base.path(), folder.path());
        let mut line = line;
        for ((name, sql), used) in MEANT.iter().zip(&mut meant) {
            if line.contains(name) {
                *used = true;
                line = line.replace(name, sqlite3(&folder.path().join("onrecord.db"), sql).trim());
            }
        }
        for ((beginning, commands), used) in BEFORE.iter().zip(&mut before) {
            if line.starts_with(beginning) {
                *used = true;
                let output = in_shell(folder.path(), commands);
                assert!(output.status.success(), "{commands}: {}", said(&output));
            }
        }
        let output = in_shell(folder.path(), &line);
        if !output.status.success() {
            failed.push(format!("$ {line}\n{}{}", output.status, said(&output)));
        }
        run += 1;
    }
    assert!(failed.is_empty(), "{} of {run} examples fail:\n{}", failed.len(), failed.join("\n"));
    assert!(run > 100, "only {run} examples were found");
    assert!(meant.into_iter().chain(before).all(|used| used), "of no example: {meant:?} {before:?}");
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn commands(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|command| command.get_name() != "help").flat_map(commands);
    std::iter::once(command).chain(below).collect()
}

/// The lines of the block `Examples:` of a command.
fn examples(command: &Command) -> Vec<String> {
    let text = command
        .get_after_long_help()
        .or(command.get_after_help())
        .map(ToString::to_string)
        .unwrap_or_default();
    let block = text.split("Examples:\n").nth(1).unwrap_or_default();
    let lines = block.lines().take_while(|line| line.starts_with("  ")).map(|line| line.trim().to_owned());
    lines.collect()
}

/// Everything that examples speak of: a database, and files beside it.
fn furnish(folder: &Path) {
    for (name, script) in STUBS {
        stub(folder, name, script);
    }
    let story = |day: usize| {
        let short =
            if day < 4 { format!(" “We counted {day} boats,” Ruiz said.") } else { String::new() };
        format!(
            "“We will open the harbor of Porto on day {day}, and at once,” said Ana Ruiz, the mayor of Valdora. “Northwind owes Porto {day} \
             ships,” Leo Brandt said on Monday. “{day} ships are enough,” said Mira Costa.{short}"
        )
    };
    let record = |day: usize, body: &str| {
        format!(
            "{{\"id\": \"story-{day}\", \"title\": \"Day {day}\", \"publisher\": \"The Courier\", \"published\": \
             \"2017-03-{:02}\", \"{body}\": \"{}\"}}\n",
            day % 28 + 1,
            story(day)
        )
    };
    write(folder, "all.jsonl", (1..=34).map(|day| record(day, "text")).collect::<String>());
    write(folder, "dump.jsonl", record(40, "content_original"));
    let nested = format!(
        "{{\"content\": {{\"plain\": \"{}\"}}, \"meta\": {{\"datum\": \"2017-03-01\"}}}}\n",
        story(41)
    );
    write(folder, "api.jsonl", nested);
    write(folder, "more-stories.json", format!("[{}]", record(42, "text")));
    write(folder, "articles.jsonl", record(43, "text"));
    let page = format!(
        "<html><head><title>Day 44</title></head><body><h1>Day 44</h1><p>{}</p></body></html>",
        story(44).repeat(2)
    );
    for name in ["stories", "texts"] {
        fs::create_dir(folder.join(name)).expect("a folder");
    }
    write(folder, "stories/one.html", &page);
    write(folder, "story.html", &page);
    write(folder, "texts/2020-01-01-Harbor.txt", story(45));
    write(folder, "story.txt", story(1));
    write(folder, "story.md", story(2));
    write(folder, "statements.sql", "SELECT count(*) FROM quotes;\nSELECT count(*) FROM people;\n");
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    fs::copy(articles.join("docx/story.docx"), folder.join("story.docx")).expect("copies");
    write(folder, "archive.zip", zipped(&[("one.txt", story(46).as_bytes())]));
    let output = in_shell(
        folder,
        "set -e
        onrecord demo --quiet
        onrecord ingest all.jsonl --quiet
        onrecord speaker 20 'Ana M. Ruiz' --new person
        onrecord speaker 21 'Teo Sand' --new person
        onrecord speaker 22 'Breaking News' --new organization
        gzip --keep articles.jsonl && cp articles.jsonl.gz archive.jsonl.gz && rm all.jsonl
        mkdir -p .local/share/bash-completion/completions .config/fish/completions .zfunc .local/share/man/man1
        for name in archive one other before after; do cp onrecord.db $name.db; done
        onrecord rename 'Leo Brandt' 'Leo B. Brandt' --db after.db --yes",
    );
    assert!(output.status.success(), "{}", said(&output));
}

fn copy(from: &Path, to: &Path) {
    let status =
        std::process::Command::new("cp").arg("-R").arg(from.join(".")).arg(to).stdin(Stdio::null()).status();
    assert!(status.expect("copies").success());
}
