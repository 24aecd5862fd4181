//! Comma-separated values (RFC 4180) with a header; NULL is an empty field, text is left as it is stored.

use std::io::Write;

use rusqlite::types::Value;

use crate::error::Error;
use crate::query::output::sink::{Sink, as_text};

/// Writes each row as it comes.
pub(super) struct CsvSink<'o> {
    out: csv::Writer<&'o mut dyn Write>,
}

impl<'o> CsvSink<'o> {
    pub(crate) fn new(out: &'o mut dyn Write) -> Self {
        CsvSink { out: csv::Writer::from_writer(out) }
    }
}

impl Sink for CsvSink<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.out.write_record(names).map_err(output_error)
    }

    fn row(&mut self, values: &[Value]) -> Result<(), Error> {
        self.out.write_record(values.iter().map(|value| as_text(value).into_owned())).map_err(output_error)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(Error::output)
    }
}

fn output_error(cause: csv::Error) -> Error {
    match cause.into_kind() {
        csv::ErrorKind::Io(cause) => Error::output(cause),
        other => Error::new("cannot write a row").because(format!("{other:?}")),
    }
}
