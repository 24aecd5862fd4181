//! Comma-separated values (RFC 4180) with a header; NULL is an empty field, text is left as it is stored.

use std::io::Write;

use super::{Sink, Value, as_text};
use crate::error::Error;

/// Writes each row as it comes.
pub(super) struct Csv<'o> {
    out: csv::Writer<&'o mut dyn Write>,
}

impl<'o> Csv<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Self {
        Csv { out: csv::Writer::from_writer(out) }
    }
}

impl Sink for Csv<'_> {
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
