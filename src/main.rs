//! The onrecord program: parses arguments, runs, and exits with the code that the outcome stands for.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(onrecord::cli::main())
}
