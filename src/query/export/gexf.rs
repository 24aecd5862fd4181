//! The network as GEXF 1.3 (<https://gexf.net>), the format of Gephi.

use std::io::Write;

use rusqlite::Connection;

use crate::error::Error;
use crate::query::export::attributes::{Attribute, value};
use crate::query::export::each_row::EachRow;
use crate::query::export::network::{self, EDGE_COLUMNS, NODE_COLUMNS, Narrowing};
use crate::query::export::xml::Xml;
use crate::query::output::{Cell, ColumnKind};

const NAMESPACE: &str = "http://gexf.net/1.3";

/// What GEXF has a place of its own for.
const BUILT_IN: [&str; 2] = ["label", "weight"];

/// Writes the network, or a part of it.
pub fn gexf(db: &Connection, narrowing: &Narrowing, out: &mut dyn Write) -> Result<(), Error> {
    let mut xml = Xml::new(out)?;
    xml.open("gexf", &[("xmlns", NAMESPACE), ("version", "1.3")])?;
    xml.open("meta", &[])?;
    xml.text("creator", &[], concat!("onrecord ", env!("CARGO_PKG_VERSION")))?;
    xml.close("meta")?;
    xml.open("graph", &[("mode", "static"), ("defaultedgetype", "directed")])?;
    let of_nodes = declare(&mut xml, "node", &NODE_COLUMNS)?;
    let of_edges = declare(&mut xml, "edge", &EDGE_COLUMNS)?;
    xml.open("nodes", &[])?;
    let mut nodes = EachRow(|row: &[Cell]| {
        let [id, label] = ["id", "label"].map(|name| value(&NODE_COLUMNS, row, name));
        xml.open("node", &[("id", &id), ("label", &label)])?;
        values(&mut xml, &of_nodes, row)?;
        xml.close("node")
    });
    network::nodes(db, narrowing, &mut nodes)?;
    xml.close("nodes")?;
    xml.open("edges", &[])?;
    let mut edges = EachRow(|row: &[Cell]| {
        let [id, source, target, label, weight] =
            ["id", "source", "target", "predicate", "weight"].map(|name| value(&EDGE_COLUMNS, row, name));
        xml.open(
            "edge",
            &[("id", &id), ("source", &source), ("target", &target), ("label", &label), ("weight", &weight)],
        )?;
        values(&mut xml, &of_edges, row)?;
        xml.close("edge")
    });
    network::edges(db, narrowing, &mut edges)?;
    xml.close("edges")?;
    xml.close("graph")?;
    xml.close("gexf")?;
    xml.finish()
}

/// Declares the attributes among columns, and gives them.
fn declare(
    xml: &mut Xml<'_>,
    bearer: &str,
    columns: &[(&'static str, ColumnKind)],
) -> Result<Vec<Attribute>, Error> {
    let mut attributes = Attribute::of(columns);
    attributes.retain(|attribute| !BUILT_IN.contains(&attribute.name));
    xml.open("attributes", &[("class", bearer)])?;
    for attribute in &attributes {
        let type_name = match attribute.type_name() {
            "int" => "integer",
            other => other,
        };
        xml.empty("attribute", &[("id", attribute.name), ("title", attribute.name), ("type", type_name)])?;
    }
    xml.close("attributes")?;
    Ok(attributes)
}

fn values(xml: &mut Xml<'_>, attributes: &[Attribute], row: &[Cell]) -> Result<(), Error> {
    xml.open("attvalues", &[])?;
    for attribute in attributes {
        if let Some(value) = attribute.value(row) {
            xml.empty("attvalue", &[("for", attribute.name), ("value", &value)])?;
        }
    }
    xml.close("attvalues")
}
