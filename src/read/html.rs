//! HTML pages: one article a file, with what the page says of it.

mod content;
mod furniture;
mod linked_data;
mod metadata;
mod title;
mod trim;

use crate::read::markup::tree::Tree;

pub(crate) fn extract(page: &str) -> (String, Option<String>) {
    let tree = Tree::parse(page);
    let metadata = metadata::metadata(&tree);
    let content = content::content(&tree, &metadata);
    let texts: Vec<&str> = content.blocks.iter().map(|block| block.text.as_str()).collect();
    (texts.join("\n\n"), metadata.title)
}
