//! Runs the program on a terminal of its own, as `script` of util-linux makes one.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;

/// What came of a program on a terminal.
pub(crate) struct Shown {
    pub(crate) code: Option<i32>,
    pub(crate) text: String,
}

/// Runs `onrecord ARGUMENTS` on a terminal of ten rows and eighty columns, with variables set and lines typed, each once
/// the program is quiet: what is typed before a prompt is there is lost.
pub(crate) fn on_terminal(
    folder: &Path,
    arguments: &str,
    variables: &[(&str, &str)],
    typed: &[&str],
) -> Shown {
    let program = cargo_bin("onrecord");
    let line = format!("stty rows 10 cols 80; exec '{}' {arguments}", program.display());
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).current_dir(folder);
    command.env_remove("ONRECORD_DB").env_remove("COLUMNS").env_remove("PAGER").env("TERM", "xterm");
    command
        .env("NO_COLOR", "1")
        .env("HOME", folder)
        .env_remove("XDG_DATA_HOME")
        .envs(variables.iter().copied());
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script of util-linux is there (apt-get install bsdutils)");
    let mut out = child.stdout.take().expect("is piped");
    let text = Arc::new(Mutex::new(Vec::new()));
    let reader = std::thread::spawn({
        let text = Arc::clone(&text);
        move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = out.read(&mut bytes) {
                text.lock().expect("is whole").extend_from_slice(&bytes[..count]);
            }
        }
    });
    let mut keyboard = child.stdin.take().expect("is piped");
    for line in typed {
        wait_until_quiet(&text);
        keyboard.write_all(line.as_bytes()).and_then(|()| keyboard.flush()).expect("is typed");
    }
    if !typed.is_empty() {
        wait_until_quiet(&text);
    }
    drop(keyboard);
    let code = child.wait().expect("ends").code();
    reader.join().expect("reads to the end");
    let text = String::from_utf8_lossy(&text.lock().expect("is whole")).into_owned();
    Shown { code, text }
}

/// Waits until something was printed and nothing more comes.
fn wait_until_quiet(text: &Mutex<Vec<u8>>) {
    let mut before = 0;
    for _ in 0..100 {
        std::thread::sleep(Duration::from_millis(400));
        let now = text.lock().expect("is whole").len();
        if now > 0 && now == before {
            return;
        }
        before = now;
    }
}
