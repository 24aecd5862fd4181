//! scratch
use super::{Outcome, Settings};
use crate::error::Error;
use std::io::{BufRead, Write};
/// Analyze articles without a database: JSONL in, JSONL out
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    tokens: bool,
    path: Option<String>,
}
#[derive(serde::Deserialize)]
struct In<'a> {
    #[serde(borrow)]
    id: Option<&'a serde_json::value::RawValue>,
    text: String,
    title: Option<String>,
}
/// Runs the command.
pub(crate) fn run(args: &Args, _settings: &Settings) -> Result<Outcome, Error> {
    let model = crate::annotate::model::Model::embedded()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap_or_default();
        let i: In = serde_json::from_str(&line).unwrap();
        let a = crate::article::Article { title: i.title, body: i.text, ..Default::default() };
        let an = crate::pipeline::analyze(&a, model);
        serde_json::to_writer(&mut out, &crate::wire::Extraction::new(i.id, &an, args.tokens)).unwrap();
        out.write_all(b"\n").unwrap();
    }
    Ok(Outcome::Done)
}
