//! Quotes that marks or layout show.

pub(crate) mod adjacent;
pub(crate) mod ahead;
pub(crate) mod block;
pub(crate) mod continued;
pub(crate) mod naming;
pub(crate) mod transcript;
