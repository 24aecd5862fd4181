//! [`ArticleSlot`]: where the facts of an article are written, and what it kept from before.
//!
//! Handed from `save` to those who write its rows; reads and writes nothing itself.

use std::collections::HashMap;

use crate::store::linking::remembered::Remembered;

/// Where facts are written: an article's row, and what it kept from before.
#[derive(Debug)]
pub(super) struct ArticleSlot {
    pub(crate) article_id: i64,
    /// `articles.identity`.
    pub(crate) identity: String,
    /// The ids of the quotes that it had before, by their keys.
    pub(super) quote_ids: HashMap<String, i64>,
    /// Who was who in it before, where that is to stay.
    pub(super) remembered: Option<Remembered>,
}
