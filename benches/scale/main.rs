//! How questions fare in a large archive: each promised form is asked with many names of a database of any size.
//!
//! ```text
//! cargo bench --bench scale -- make analyzed.db large.db 1000000   # large.db: rows like those of analyzed.db
//! cargo bench --bench scale -- ask large.db                        # lines for eval/scale.csv on standard output
//! cargo bench --bench scale -- trace large.db "who is Ana Ruiz?"   # what each statement of one answer takes
//! ```
//!
//! The large database has the rows of an analyzed archive again and again, each time under other ids and dates; who is
//! mentioned often is one and the same in all copies, who is rare gets another name in each. Bodies are cut after 600
//! characters, so that a million articles fit on a disk. It stays outside the repository.

mod ask;
mod copies;

use std::path::Path;
use std::process::ExitCode;

use onrecord::error::Error;

fn main() -> ExitCode {
    // Cargo adds a flag of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done: Result<(), Error> = match words[..] {
        ["make", from, to, articles] => match articles.parse() {
            Ok(articles) => copies::make(Path::new(from), Path::new(to), articles),
            Err(_) => Err(Error::usage(format!("`{articles}` is no number of articles"))),
        },
        ["trace", db, question] => ask::traced(Path::new(db), question),
        ["ask", db] => ask::all(Path::new(db)),
        ["make" | "ask" | "trace", ..] => {
            Err(Error::usage("say `make FROM TO ARTICLES`, `ask DB` or `trace DB QUESTION`"))
        }
        // `cargo bench` runs every benchmark with the same words: without a database there is nothing to measure.
        _ => Ok(()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
