//! What the formats for graphs hang on nodes and edges: the columns that say no more than who is at which end are left out.

use crate::query::output::{Cell, ColumnKind};

/// Columns that a graph says by its form: the ends of an edge, and that all edges are directed.
const BY_FORM: [&str; 6] = ["id", "source", "source_label", "target", "target_label", "type"];

/// An attribute of nodes or edges.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute {
    /// Which column it is.
    column: usize,
    /// What it is called.
    pub(super) name: &'static str,
    /// What its values are.
    kind: ColumnKind,
}

impl Attribute {
    /// The attributes among columns.
    pub(super) fn of(columns: &[(&'static str, ColumnKind)]) -> Vec<Attribute> {
        let all = columns.iter().enumerate();
        let attributes = all.map(|(column, (name, kind))| Attribute { column, name, kind: *kind });
        attributes.filter(|attribute| !BY_FORM.contains(&attribute.name)).collect()
    }

    /// The type, by the name that both formats have for it. No count needs more than 32 bits.
    pub(super) fn type_name(&self) -> &'static str {
        match self.kind {
            ColumnKind::Integer => "int",
            ColumnKind::Real => "double",
            ColumnKind::Text => "string",
        }
    }

    /// Its value in a row, if there is one.
    pub(super) fn value(&self, row: &[Cell]) -> Option<String> {
        row.get(self.column).and_then(text)
    }
}

/// The value of a named column in a row, as text; empty where there is none.
pub(super) fn value(columns: &[(&'static str, ColumnKind)], row: &[Cell], name: &str) -> String {
    let column = columns.iter().position(|(column, _)| *column == name);
    column.and_then(|column| row.get(column)).and_then(text).unwrap_or_default()
}

fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(text.clone()),
        Cell::Integer(number) => Some(number.to_string()),
        Cell::Real(number) => Some(number.to_string()),
        Cell::Null | Cell::Blob(_) | Cell::List(_) => None,
    }
}
