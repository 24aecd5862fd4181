//! A table of metadata beside the files: a row for each, which names it and says what an article lacks.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::read::evidence::Evidence;
use crate::read::fields::same_name;
use crate::read::format::Options;
use crate::read::given::Metadata;
use crate::read::rejection::{MAX_DOCUMENT, shortened, too_large};
use crate::read::table::{self, Sheet};
use crate::read::{decode, record};

/// What the column is called that names the file, the likeliest first.
const FILE: [&str; 4] = ["path", "file", "filename", "filepath"];

impl Metadata {
    /// Reads a table: CSV, TSV, JSON lines or an array of objects. Its columns go by the names that records have, or by those of
    /// the caller's map.
    ///
    /// Fails if it cannot be read, or names no files.
    pub fn read(path: &Path, options: &Options) -> Result<Self, Error> {
        let wrong = |reason: String| {
            Error::usage(format!("cannot take metadata from {}: {reason}", path.display()))
                .hint("it has to be a table (CSV, TSV) or JSON lines, with a column path, file or filename")
        };
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut bytes))
            .map_err(|error| wrong(error.to_string()))?;
        if bytes.len() > MAX_DOCUMENT {
            return Err(wrong(too_large().words));
        }
        let text = decode::text(&bytes).map_err(|reason| wrong(reason.to_owned()))?;
        let Sheet { names, rows } = sheet(&text).map_err(wrong)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut metadata = Metadata::new(blake3::hash(text.as_bytes()).to_hex().to_string());
        let mut has_file = rows.is_empty();
        for mut row in rows {
            let key = FILE.iter().find_map(|name| row.keys().find(|key| same_name(key, name)).cloned());
            let file = key.and_then(|key| row.remove(&key)).and_then(|file| match file {
                Value::String(file) => Some(file),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            });
            has_file |= file.is_some();
            let (says, doubts) = record::said(&row, options, &mut Evidence::default());
            let doubts = doubts.into_iter().map(|doubt| format!("in {}: {doubt}", path.display()));
            metadata.add(file.as_deref().unwrap_or_default(), folder, says, doubts.collect());
        }
        if has_file { Ok(metadata) } else { Err(wrong(without_file(&names))) }
    }
}

/// Whether a column is called so that it names the files.
fn names_files(column: &str) -> bool {
    FILE.iter().any(|name| same_name(column, name))
}

/// The rows of a table, as records; what is no table has no names of columns.
fn sheet(text: &str) -> Result<Sheet, String> {
    let text = text.trim_start_matches(['\u{FEFF}', '\n', '\r', ' ']);
    let rows = match text.bytes().next() {
        Some(b'[') => serde_json::from_str(text).map_err(|error| error.to_string()),
        Some(b'{') => {
            let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
            lines
                .map(|(line, number)| {
                    serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))
                })
                .collect()
        }
        _ => return table::sheet(text.as_bytes(), |names| names.iter().any(|name| names_files(name))),
    };
    rows.map(|rows| Sheet { names: Vec::new(), rows })
}

/// Why a table with these columns is of no use.
fn without_file(columns: &[String]) -> String {
    let listed: Vec<_> = columns.iter().take(12).map(|name| shortened(name)).collect();
    match listed.as_slice() {
        [] => "no row of it names a file".to_owned(),
        listed => format!("none of its columns names the files, only {}", listed.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_all_kinds_have_the_same_rows() {
        let expected = r#"[{"file":"a.txt","title":"The pier"},{"file":"b.txt","title":"Rain, again"}]"#;
        for text in [
            "file,title\na.txt,The pier\nb.txt,\"Rain, again\"\n",
            "\u{FEFF}file\ttitle\r\na.txt\tThe pier\r\nb.txt\tRain, again\r\n",
            "{\"file\": \"a.txt\", \"title\": \"The pier\"}\n\n{\"file\": \"b.txt\", \"title\": \"Rain, again\"}",
            expected,
            "sep=;\nfile;title\na.txt;The pier\nb.txt;Rain, again\n",
            "Exported on 6 May 2024, all of it\n\nfile;title\na.txt;The pier\nb.txt;Rain, again\n",
            "file,title\ra.txt,The pier\rb.txt,\"Rain, again\"\r",
        ] {
            let rows = sheet(text).expect("are rows").rows;
            assert_eq!(serde_json::to_string(&rows).expect("is JSON"), expected, "{text}");
        }
        assert!(sheet("{\"file\": 1}\n{\"file\"\n").expect_err("is broken").starts_with("line 2: "));
        assert!(sheet("nothing").is_err());
        let broken = "file,title\na.txt,\"The pier\nb.txt,\"Rain, again\"\nc.txt,Snow\n";
        assert_eq!(
            sheet(broken).expect_err("is broken"),
            "line 2: a mark of quotation in it is never closed"
        );
    }
}
