//! One JSON object a line, its keys in the order of the columns.
//!
//! Characters that a terminal would act on are written as `\u` escapes: the same text to a program.

use std::io::Write;

use rusqlite::types::Value;

use crate::error::Error;
use crate::query::output::sink::{Sink, as_text};
use crate::terminal::is_unsafe;

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

    fn row(&mut self, values: &[Value]) -> Result<(), Error> {
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
    pub(crate) fn object(&self, values: &[Value]) -> String {
        let members: Vec<String> =
            self.keys.iter().zip(values).map(|(key, value)| format!("{key}{}", json(value))).collect();
        format!("{{{}}}", members.join(","))
    }
}

fn json(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        // JSON has no infinity; SQL can make one.
        Value::Real(number) if !number.is_finite() => "null".into(),
        Value::Real(number) => {
            serde_json::Number::from_f64(*number).map_or("null".into(), |number| number.to_string())
        }
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => string(text),
        Value::Blob(_) => string(&as_text(value)),
    }
}

/// A JSON string.
fn string(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            _ if is_unsafe(character) => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    json.push_str(&format!("\\u{unit:04x}"));
                }
            }
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use crate::query::output::jsonl::string;

    #[test]
    fn strings_read_back_the_same() -> Result<(), serde_json::Error> {
        for text in ["plain", "“Señor”", "a\"b\\c\n\r\t\u{0}\u{1b}\u{85}\u{202e}\u{feff}\u{E0001}\u{1F600}"]
        {
            assert_eq!(serde_json::from_str::<String>(&string(text))?, text);
            assert!(!string(text).contains(crate::terminal::is_unsafe));
        }
        Ok(())
    }
}
