//! `docs/cli.md` says what the program's own help says. Rewritten with `UPDATE=1 cargo test cli_reference`.

use std::path::Path;

use clap::{Command, CommandFactory};
use onrecord::cli::Cli;
use onrecord::query::question::parse;

const MARK: &str = "<!-- from here on: UPDATE=1 cargo test cli_reference -->\n";

#[test]
fn the_reference_is_what_help_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let written = std::fs::read_to_string(&path).expect("docs/cli.md can be read");
    let (by_hand, _) = written.split_once(MARK).expect("docs/cli.md has its mark");
    let expected = format!("{by_hand}{MARK}{}", reference());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &expected).expect("docs/cli.md can be written");
        return;
    }
    assert!(written == expected, "docs/cli.md is out of date: run UPDATE=1 cargo test cli_reference");
}

#[test]
fn every_command_has_examples() {
    let mut program = Cli::command();
    program.build();
    for command in commands(&program) {
        let help = command.clone().render_long_help().to_string();
        let needs_none =
            command.has_subcommands() && command.get_name() == "onrecord" || command.get_name() == "help";
        assert!(needs_none || help.contains("Examples:\n  "), "{}", command.get_name());
    }
}

/// The questions, then the help of every command.
fn reference() -> String {
    let mut text = String::from("\n## Questions\n\n| question | flags |\n| --- | --- |\n");
    for (example, meaning) in parse::examples() {
        text.push_str(&format!("| {example} | `{}` |\n", meaning.to_flags()));
    }
    let mut program = Cli::command().disable_help_subcommand(true).max_term_width(100).term_width(100);
    program.build();
    for command in commands(&program) {
        let name = command.get_bin_name().unwrap_or(command.get_name());
        let help = command.clone().term_width(100).render_long_help().to_string();
        // The questions stand above.
        let help = help.split("\n\nQuestions, and the flags").next().unwrap_or_default().trim_end();
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        text.push_str(&format!("\n## `{name}`\n\n```text\n{}\n```\n", lines.join("\n")));
    }
    text
}

fn commands(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|command| command.get_name() != "help").flat_map(commands);
    std::iter::once(command).chain(below).collect()
}
