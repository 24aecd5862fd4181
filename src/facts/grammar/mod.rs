//! English, and no news: phrases, trees, roles, forms of words.

pub(crate) mod descriptors;
pub(crate) mod inflect;
pub(crate) mod phrase;
pub(crate) mod role;
