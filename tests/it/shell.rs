//! Runs lines of documentation in a shell, as a reader would.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::cargo_bin;

/// Where the programs lie that stand in for those that a machine may lack.
const STUBS: &str = ".stubs";

/// Runs a script in a folder, which is home too, with the program on the path; nobody is at the keyboard.
pub(crate) fn in_shell(folder: &Path, script: &str) -> Output {
    let program = cargo_bin("onrecord");
    let mut path: OsString = folder.join(STUBS).into();
    path.push(":");
    path.push(program.parent().expect("is in a folder"));
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    run(folder, script, &path)
}

/// The same where the program is not on the path yet.
pub(crate) fn in_bare_shell(folder: &Path, script: &str) -> Output {
    run(folder, script, &std::env::var_os("PATH").unwrap_or_default())
}

fn run(folder: &Path, script: &str, path: &OsString) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).current_dir(folder).env("PATH", path).env("HOME", folder).stdin(Stdio::null());
    shell
        .env_remove("ONRECORD_DB")
        .env_remove("XDG_DATA_HOME")
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("runs")
}

/// Puts a program on the path of [`in_shell`].
pub(crate) fn stub(folder: &Path, name: &str, script: &str) {
    let file = folder.join(STUBS).join(name);
    std::fs::create_dir_all(folder.join(STUBS)).expect("a folder");
    std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("is written");
    #[cfg(unix)]
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("may be run");
}
