//! Countries: where a place lies, whom *the Russians* and *Valdoran* stand for.
//!
//! `location` tells the country of a place, `demonyms` learns adjectives and peoples from the article, `adjectives` makes
//! mentions of them, `of_offices` those of countries that an office alone names. Knows word lists and one article; never what is stored. Start reading at `demonyms`.

pub(super) mod adjectives;
pub(crate) mod demonyms;
pub(super) mod location;
pub(super) mod of_offices;
