//! One JSON array of objects, one object a line; `[]` where there is no row.

use std::io::Write;

use crate::error::Error;
use crate::query::output::cell::Cell;
use crate::query::output::jsonl::Objects;
use crate::query::output::sink::Sink;

/// Writes each row as it comes.
pub(super) struct JsonSink<'o> {
    out: &'o mut dyn Write,
    objects: Objects,
    /// What stands before the next object.
    before: &'static str,
}

impl<'o> JsonSink<'o> {
    pub(crate) fn new(out: &'o mut dyn Write) -> Self {
        JsonSink { out, objects: Objects::default(), before: "[\n" }
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        self.out.write_all(text.as_bytes()).map_err(Error::output)
    }
}

impl Sink for JsonSink<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.objects = Objects::with_keys(names);
        Ok(())
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        let object = self.objects.object(values);
        let before = std::mem::replace(&mut self.before, ",\n");
        self.write(before)?;
        self.write(&object)
    }

    fn finish(&mut self) -> Result<(), Error> {
        let empty = self.before == "[\n";
        self.write(if empty { "[]\n" } else { "\n]\n" })?;
        self.out.flush().map_err(Error::output)
    }
}
