//! Parquet: typed columns, packed with Zstandard.
//!
//! Rows are gathered into groups of bounded size, so that memory stays small however many there are. Any column may hold
//! NULL. What is text stays as it is stored: no program that reads Parquet acts on it.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Type as Stored, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use crate::error::Error;
use crate::query::output::cell::Cell;
use crate::query::output::sink::{Sink, as_text};

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Whole numbers of 64 bits.
    Integer,
    /// Numbers of 64 bits.
    Real,
    /// Text.
    Text,
}

/// How many rows a group has at most.
const ROWS: usize = 50_000;

/// How many bytes of text are gathered before a group is written.
const BYTES: usize = 32 << 20;

/// Gathers rows and writes them in groups.
pub struct ParquetSink<'o> {
    out: Option<&'o mut (dyn Write + Send)>,
    kinds: Vec<ColumnKind>,
    writer: Option<SerializedFileWriter<&'o mut (dyn Write + Send)>>,
    /// The rows of the next group, column by column.
    columns: Vec<Vec<Cell>>,
    rows: usize,
    bytes: usize,
}

impl<'o> ParquetSink<'o> {
    /// Writes to `out` rows whose columns are of these kinds.
    pub fn new(kinds: Vec<ColumnKind>, out: &'o mut (dyn Write + Send)) -> Self {
        let columns = kinds.iter().map(|_| Vec::new()).collect();
        ParquetSink { out: Some(out), kinds, writer: None, columns, rows: 0, bytes: 0 }
    }

    fn write_group(&mut self) -> Result<(), Error> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = writer.next_row_group().map_err(failed)?;
        for (kind, cells) in self.kinds.iter().zip(&mut self.columns) {
            let cells = std::mem::take(cells);
            match kind {
                ColumnKind::Integer => write_column::<Int64Type>(&mut group, cells, whole),
                ColumnKind::Real => write_column::<DoubleType>(&mut group, cells, real),
                ColumnKind::Text => write_column::<ByteArrayType>(&mut group, cells, |cell| Some(text(cell))),
            }?;
        }
        group.close().map_err(failed)?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl Sink for ParquetSink<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        let Some(out) = self.out.take() else { return Ok(()) };
        let schema = schema(names, &self.kinds).map_err(failed)?;
        let packed = Compression::ZSTD(ZstdLevel::default());
        let by = concat!("onrecord version ", env!("CARGO_PKG_VERSION"));
        let properties =
            WriterProperties::builder().set_compression(packed).set_created_by(by.to_owned()).build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties));
        self.writer = Some(writer.map_err(failed)?);
        Ok(())
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            if let Cell::Text(text) = value {
                self.bytes += text.len();
            }
            column.push(value.clone());
        }
        self.rows += 1;
        if self.rows >= ROWS || self.bytes >= BYTES { self.write_group() } else { Ok(()) }
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.write_group()?;
        match self.writer.take() {
            Some(writer) => writer.close().map(|_| ()).map_err(failed),
            None => Ok(()),
        }
    }
}

fn schema(names: &[&str], kinds: &[ColumnKind]) -> Result<Type, ParquetError> {
    let columns = names.iter().zip(kinds).map(|(name, kind)| {
        let (stored, logical) = match kind {
            ColumnKind::Integer => (Stored::INT64, None),
            ColumnKind::Real => (Stored::DOUBLE, None),
            ColumnKind::Text => (Stored::BYTE_ARRAY, Some(LogicalType::String)),
        };
        // Without a word on repetition a column is optional: it may hold NULL.
        Type::primitive_type_builder(name, stored).with_logical_type(logical).build().map(Arc::new)
    });
    Type::group_type_builder("schema").with_fields(columns.collect::<Result<_, _>>()?).build()
}

/// Writes the next column of a group; a value that `take` finds to be of another kind is an error.
fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, &mut (dyn Write + Send)>,
    cells: Vec<Cell>,
    take: impl Fn(Cell) -> Option<T::T>,
) -> Result<(), Error> {
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(*cell != Cell::Null)).collect();
    let values: Option<Vec<T::T>> = cells.into_iter().filter(|cell| *cell != Cell::Null).map(take).collect();
    let values = values.ok_or_else(|| Error::new("a column holds values of another type than it says"))?;
    let Some(mut column) = group.next_column().map_err(failed)? else { return Ok(()) };
    column.typed::<T>().write_batch(&values, Some(&levels), None).map_err(failed)?;
    column.close().map_err(failed)
}

fn whole(cell: Cell) -> Option<i64> {
    match cell {
        Cell::Integer(number) => Some(number),
        _ => None,
    }
}

fn real(cell: Cell) -> Option<f64> {
    match cell {
        Cell::Real(number) => Some(number),
        Cell::Integer(number) => Some(number as f64),
        _ => None,
    }
}

fn text(cell: Cell) -> ByteArray {
    match cell {
        Cell::Text(text) => ByteArray::from(text.into_bytes()),
        other => ByteArray::from(as_text(&other).as_bytes().to_vec()),
    }
}

fn failed(cause: ParquetError) -> Error {
    Error::new("cannot write Parquet").because(cause)
}
