//! Prints who says what in a text: `cargo run --example analyze -- FILE`, or without a file in one that is built in.

use std::{env, error, fs};

use onrecord::terminal::one_line;
use onrecord::{Article, Model, analyze};

const BUILT_IN: &str = "“We will appeal,” said Ana Ruiz, the mayor of Porto Sereno. Leo Brandt, a \
    spokesman for Northwind, said that the pier was not safe.";

fn main() -> Result<(), Box<dyn error::Error>> {
    let text = match env::args_os().nth(1) {
        Some(file) => fs::read_to_string(file)?,
        None => BUILT_IN.to_owned(),
    };
    let article = Article::from_text(text);
    let facts = analyze(&article, Model::embedded()).facts;
    for quote in &facts.quotes {
        let speaker = quote.speaker.map_or("somebody", |id| &facts.entities[id.index()].name);
        let words: Vec<&str> = quote.content.iter().map(|piece| piece.slice(&article.body)).collect();
        println!("{} ({}): {}", one_line(speaker), quote.act.name(), one_line(&words.join(" … ")));
    }
    Ok(())
}
