//! [`EachRow`]: rows for what is no list of rows.

use crate::error::Error;
use crate::query::output::{Cell, Sink};

/// Hands each row to a function.
pub(super) struct EachRow<F>(pub(super) F);

impl<F: FnMut(&[Cell]) -> Result<(), Error>> Sink for EachRow<F> {
    fn columns(&mut self, _: &[&str]) -> Result<(), Error> {
        Ok(())
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        (self.0)(values)
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
