//! Writes out what the encoder sees of articles, for those who train it (`trainer/student`): JSON lines in, JSON lines out.
//!
//! A line holds the `id` that was read; `tokens`, each `[start, end)` in code points; `rows`, what the encoder sees of each;
//! `heads`, the token that each hangs on, -1 for a root.

use std::error::Error;
use std::io::{BufRead, BufReader, BufWriter, Write, stdout};

use onrecord::annotate::{Model, annotate};
use onrecord::article::Article;
use onrecord::span::CodePoints;
use onrecord::training::training_tokens;
use serde_json::{Value, json};

use crate::options::Options;

/// Reads the file that `--data` names, and prints a line for each of its articles.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let model = Model::read(&std::fs::read(&options.model)?)?;
    let mut out = BufWriter::new(stdout().lock());
    for line in BufReader::new(std::fs::File::open(&options.data)?).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let article = Article::from_text(row["text"].as_str().unwrap_or_default().to_owned());
        let text = annotate(&article, &model);
        let points = CodePoints::new(text.body());
        let tokens: Vec<(usize, usize)> =
            text.document.tokens.iter().map(|token| points.of(token.span)).collect();
        let heads: Vec<isize> =
            (0..tokens.len()).map(|token| text.syntax.head(token).map_or(-1, |head| head as isize)).collect();
        let rows = training_tokens(&text, &model);
        writeln!(out, "{}", json!({ "id": row["id"], "tokens": tokens, "rows": rows, "heads": heads }))?;
    }
    Ok(out.flush()?)
}
