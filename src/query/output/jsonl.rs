//! One JSON object a line, its keys in the order of the columns.
//!
//! Characters that a terminal would act on are written as `\u` escapes: the same text to a program.

use std::io::Write;

use crate::error::Error;
use crate::json::string;
use crate::query::output::cell::Cell;
use crate::query::output::sink::{Sink, as_text};

/// Writes each row as it comes.
pub(super) struct JsonlSink<'o> {
    out: &'o mut dyn Write,
    objects: Objects,
}

impl<'o> JsonlSink<'o> {
    pub(crate) fn new(out: &'o mut dyn Write) -> Self {
        JsonlSink { out, objects: Objects::default() }
    }
}

impl Sink for JsonlSink<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.objects = Objects::with_keys(names);
        Ok(())
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        let mut line = self.objects.object(values);
        line.push('\n');
        self.out.write_all(line.as_bytes()).map_err(Error::output)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(Error::output)
    }
}

/// Makes JSON objects with the same keys.
#[derive(Default)]
pub(super) struct Objects {
    /// `"key":` of each column.
    keys: Vec<String>,
}

impl Objects {
    pub(super) fn with_keys(names: &[&str]) -> Self {
        Objects { keys: names.iter().map(|name| format!("{}:", string(name))).collect() }
    }

    /// One row as an object on one line.
    pub(crate) fn object(&self, values: &[Cell]) -> String {
        let members: Vec<String> =
            self.keys.iter().zip(values).map(|(key, value)| format!("{key}{}", json(value))).collect();
        format!("{{{}}}", members.join(","))
    }
}

fn json(value: &Cell) -> String {
    match value {
        Cell::Null => "null".into(),
        // JSON has no infinity; SQL can make one.
        Cell::Real(number) if !number.is_finite() => "null".into(),
        Cell::Real(number) => {
            serde_json::Number::from_f64(*number).map_or("null".into(), |number| number.to_string())
        }
        Cell::Integer(number) => number.to_string(),
        Cell::Text(text) => string(text),
        Cell::List(texts) => {
            format!("[{}]", texts.iter().map(|text| string(text)).collect::<Vec<_>>().join(","))
        }
        Cell::Blob(_) => string(&as_text(value)),
    }
}
