//! Countries behind places, adjectives and the names of their people.

pub(crate) mod adjectives;
pub(crate) mod demonyms;
pub(crate) mod location;
pub(crate) mod of_offices;
