//! Runs the program as a person would and keeps all that it shows: output, messages and exit code as one text.

use std::path::Path;

use assert_cmd::Command;

/// Runs `onrecord ARGUMENTS` in a folder; the exit code, then standard output, then standard error.
pub(crate) fn onrecord(folder: &Path, arguments: &[&str]) -> String {
    let output = command(folder).args(arguments).output().expect("the program starts");
    let code = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&*folder.to_string_lossy(), "FOLDER");
    let mut text = format!("exit code {code}\n");
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        if !bytes.is_empty() {
            text.push_str(&format!("--- {name}\n{}", shown(bytes)));
        }
    }
    text
}

/// The program in a folder, with nothing from the environment that would change what it shows.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("onrecord").expect("the program is built");
    command.current_dir(folder).env_remove("ONRECORD_DB").env("COLUMNS", "100").env_remove("RUST_BACKTRACE");
    command
}
