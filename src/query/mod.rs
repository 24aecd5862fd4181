//! tmp
pub mod dates;
mod pattern;
pub mod question;
pub mod questions;
