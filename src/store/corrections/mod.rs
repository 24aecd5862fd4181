//! The table `corrections`: verdicts of a person, as they are kept, exported and imported.
//!
//! Knows what a correction says and how it is written. Never applies one: that is `correct`.

pub(crate) mod article_rows;
pub(crate) mod correction;
pub(crate) mod difference;
pub(crate) mod give;
pub(crate) mod machine;
pub(crate) mod newcomers;
pub(crate) mod overrule;
pub(crate) mod registry;
pub(crate) mod rows;
pub(crate) mod ruled_article;
pub(crate) mod rulings;
pub(crate) mod shown;
pub(crate) mod table;
