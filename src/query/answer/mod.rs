//! Questions → rows.

pub(crate) mod counts;
pub(crate) mod quotes;
pub(crate) mod relations;
pub(crate) mod selection;
pub(crate) mod statement;
