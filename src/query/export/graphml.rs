//! The network as GraphML (<http://graphml.graphdrawing.org>), for Gephi, Cytoscape, yEd, igraph and networkx.

use std::io::Write;

use rusqlite::Connection;

use crate::error::Error;
use crate::query::export::attributes::{Attribute, value};
use crate::query::export::each_row::EachRow;
use crate::query::export::network::{self, EDGE_COLUMNS, NODE_COLUMNS, Narrowing};
use crate::query::export::xml::Xml;
use crate::query::output::Cell;

const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";

/// Writes the network, or a part of it.
pub fn graphml(db: &Connection, narrowing: &Narrowing, out: &mut dyn Write) -> Result<(), Error> {
    let mut xml = Xml::new(out)?;
    xml.open("graphml", &[("xmlns", NAMESPACE)])?;
    let (of_nodes, of_edges) = (Attribute::of(&NODE_COLUMNS), Attribute::of(&EDGE_COLUMNS));
    for (attributes, bearer) in [(&of_nodes, "node"), (&of_edges, "edge")] {
        for attribute in attributes {
            xml.empty(
                "key",
                &[
                    ("id", &key(bearer, attribute)),
                    ("for", bearer),
                    ("attr.name", attribute.name),
                    ("attr.type", attribute.type_name()),
                ],
            )?;
        }
    }
    xml.open("graph", &[("id", "onrecord"), ("edgedefault", "directed")])?;
    let mut nodes = EachRow(|row: &[Cell]| {
        xml.open("node", &[("id", &value(&NODE_COLUMNS, row, "id"))])?;
        data(&mut xml, "node", &of_nodes, row)?;
        xml.close("node")
    });
    network::nodes(db, narrowing, &mut nodes)?;
    let mut edges = EachRow(|row: &[Cell]| {
        let [id, source, target] = ["id", "source", "target"].map(|name| value(&EDGE_COLUMNS, row, name));
        xml.open("edge", &[("id", &id), ("source", &source), ("target", &target)])?;
        data(&mut xml, "edge", &of_edges, row)?;
        xml.close("edge")
    });
    network::edges(db, narrowing, &mut edges)?;
    xml.close("graph")?;
    xml.close("graphml")?;
    xml.finish()
}

fn data(xml: &mut Xml<'_>, bearer: &str, attributes: &[Attribute], row: &[Cell]) -> Result<(), Error> {
    for attribute in attributes {
        if let Some(value) = attribute.value(row) {
            xml.text("data", &[("key", &key(bearer, attribute))], &value)?;
        }
    }
    Ok(())
}

/// Keys of nodes and of edges have ids of one space.
fn key(bearer: &str, attribute: &Attribute) -> String {
    format!("{bearer}.{}", attribute.name)
}
