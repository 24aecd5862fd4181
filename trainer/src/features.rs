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
use crate::{evaluate, names, recognizer, train};

/// Prints what the encoder of names sees of the corpora of names, if `--data` names their folder, or of articles, with the
/// names that the model itself finds in them (self-training: Yarowsky 1995).
fn run_names(options: &Options) -> Result<(), Box<dyn Error>> {
    let model = Model::read(&std::fs::read(&options.model)?)?;
    let mut out = BufWriter::new(stdout().lock());
    if options.data.is_file() {
        for mut text in names::read_jsonl(&options.data)? {
            let read = annotate(&text.article, &model);
            let names = read.names.iter().map(|name| (read.document.bytes(name.tokens), name.kind));
            text.names = names.collect();
            recognizer::write_rows("raw", &text, 1, &model, &mut out)?;
        }
        return Ok(out.flush()?);
    }
    for (text, times) in train::texts(options)? {
        recognizer::write_rows("train", &text, times, &model, &mut out)?;
    }
    for part in evaluate::NAME_CORPORA {
        for text in names::read_jsonl(&options.data.join(part).join("dev.jsonl"))? {
            recognizer::write_rows(part, &text, 0, &model, &mut out)?;
        }
    }
    Ok(out.flush()?)
}

/// Reads the file that `--data` names, and prints a line for each of its articles.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    if options.only.iter().any(|only| only == "name") {
        return run_names(options);
    }
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
