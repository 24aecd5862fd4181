//! Of the blocks of an article, those that are its text: without headline and byline above, pointers between and furniture
//! below.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::read::html::metadata::Metadata;
use crate::read::html::shown::says_who_or_when;
use crate::read::html::title::folded;
use crate::read::markup::cell_around;
use crate::read::markup::tag::Tag;
use crate::read::markup::text::Block;
use crate::read::markup::tree::{NodeId, Tree};

/// A longer block is never furniture for its words, in bytes.
const LONGEST_FURNITURE: usize = 240;

/// With what short blocks begin that belong to the page and not to the article; in lower case.
const BEGINNINGS: &str = "\
    read more|read also|also read|read next|read:|read full|read the full|read our|related:|\
    related stor|related article|related link|related content|related coverage|related topic|\
    related video|related post|see also|see more|more:|more on |more from |more stories|more news|watch:|\
    watch now|watch the video|watch video|listen:|listen to this|advertisement|advertising|\
    article continues|story continues|continue reading|sign up for our|sign up to|sign up here|\
    sign up now|get the latest|get our|get breaking|follow us|follow @|share this|share on|share article|\
    share your|click here|click to|tap here|photo:|photos:|image:|image source|image credit|photo credit|\
    picture:|pictured:|video:|©|you may also|you might also|recommended|most read|most popular|trending|\
    up next|next:|don't miss|don’t miss|tags:|filed under|topics:|published |published:|updated:|\
    last updated|first published|posted on|posted by|for more stories|for more news|\
    for more information, visit|for more on|leave a comment|leave a reply|join the conversation|\
    view comments|post a comment|show comments|comments|loading|end of article|print this|email this|\
    copy link|skip to|back to top|download our app|download the|join our|our newsletter|newsletter|\
    scroll to|scroll down|report a typo|thank you for reading|thanks for reading|support our|\
    enjoy this article|help us|to comment|reprints|submit a correction|have a news tip|got a tip|\
    get in touch with our|email us|contact us|write to us|tell us what|what do you think?|by submitting|\
    by signing up|by clicking|by subscribing|this article is free|this story is free|\
    already a subscriber|already a member|log in|sign in|register|create an account|accept all|\
    we use cookies|this website uses cookies|this site uses|this page requires|please enable|\
    enable javascript|javascript is|your browser|an error occurred|something went wrong|not now|\
    save article|listen now|play video|view gallery|open image|open gallery|close";

/// What stands in short blocks that belong to the page; in lower case.
const PARTS: &str = "\
    sign up for our|sign up to our|subscribe to our|subscribe now|to our newsletter|follow us on|\
    like us on|download our|delivered to your inbox|in your inbox|delivered through your letterbox|\
    website uses cookies|we use cookies|terms of service|terms of use|privacy policy|cookie policy|this material may not be published";

/// Headlines of what stands below an article.
const ENDINGS: &str = "\
    about the author|about the writer|about author|related|read more|read next|read also|more from|\
    more stories|more on this|more like this|you may also like|you might also like|recommended|comments|\
    leave a reply|leave a comment|most read|most popular|trending|latest news|top stories|editor's picks|\
    editors' picks|editor’s picks|sponsored|promoted|share this|around the web|from the web|\
    popular stories|other stories|keep reading|up next|what to read next|newsletter|sign up|subscribe";

/// Words that stand alone on pages and in no article.
const ALONE: &str = "\
    ad|ads|advert|adverts|advertisement|share|tweet|print|email|e-mail|facebook|twitter|whatsapp|\
    linkedin|pinterest|reddit|telegram|close|menu|tags|comments|comment|top|save|reply|like|more|next|\
    previous|back|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|annonce|reklama";

/// Takes the text of an article out of its blocks; what is in `stated` the page calls text.
pub(super) fn trim(
    tree: &Tree<'_>,
    blocks: Vec<Block>,
    standfirst: Option<Block>,
    metadata: &Metadata,
    stated: Option<Range<NodeId>>,
) -> Vec<Block> {
    let blocks = below_headline(tree, blocks, metadata, stated);
    let blocks = before_end(tree, blocks);
    let lists = link_lists(tree, &blocks);
    let tables = data_tables(tree, &blocks);
    let mut kept: Vec<Block> = Vec::new();
    let mut was_cut = false;
    for block in blocks {
        let is_heading = is_headline(tree, &block);
        let in_link_list = list_around(tree, block.node).is_some_and(|list| lists.contains(&list));
        let in_table = table_around(tree, block.node).is_some_and(|table| tables.contains(&table));
        if in_link_list || !in_table && is_furniture(&block, is_heading) {
            was_cut = true;
            continue;
        }
        // A headline over what was left out alone goes with it.
        if is_heading && was_cut && kept.last().is_some_and(|last| is_headline(tree, last)) {
            kept.pop();
        }
        was_cut = false;
        kept.push(block);
    }
    // A headline without text below it led to what was left out.
    while kept.last().is_some_and(|last| is_headline(tree, last) || last.linked * 10 >= last.text.len() * 9) {
        kept.pop();
    }
    if let Some(standfirst) = standfirst {
        let text = folded(&standfirst.text);
        if !kept.iter().take(3).any(|block| folded(&block.text).starts_with(&text)) {
            kept.insert(0, standfirst);
        }
    }
    kept
}

fn is_headline(tree: &Tree<'_>, block: &Block) -> bool {
    tree.tag(block.node).is_some_and(Tag::is_heading)
}

/// The blocks below the headline, and below what stands between it and the text: byline, date, section.
fn below_headline(
    tree: &Tree<'_>,
    mut blocks: Vec<Block>,
    metadata: &Metadata,
    stated: Option<Range<NodeId>>,
) -> Vec<Block> {
    let title = metadata.title.as_deref().map(folded).unwrap_or_default();
    let first_prose = blocks
        .iter()
        .position(|block| block.text.len() > 150 && block.linked * 2 < block.text.len())
        .unwrap_or(blocks.len());
    let is_headline = |block: &Block| {
        tree.tag(block.node) == Some(Tag::H1)
            || tree.above(block.node).take(2).any(|node| tree.tag(node) == Some(Tag::H1))
            || !title.is_empty() && folded(&block.text) == title
    };
    let reach = (first_prose + 2).min(blocks.len());
    let start = blocks[..reach].iter().rposition(is_headline).map_or(0, |at| at + 1);
    blocks.drain(..start);
    let first = blocks.iter().position(|block| is_sentence(&block.text)).unwrap_or(0);
    let above: Vec<Block> =
        blocks.drain(..first).filter(|block| is_kept_above(tree, block, stated.as_ref())).collect();
    blocks.splice(0..0, above);
    blocks
}

/// The blocks before a headline with which the furniture below an article begins.
fn before_end(tree: &Tree<'_>, mut blocks: Vec<Block>) -> Vec<Block> {
    let all: usize = blocks.iter().map(|block| block.text.len()).sum();
    let mut before = 0;
    let end = blocks.iter().position(|block| {
        before += block.text.len();
        let is_short = block.text.len() < 60 && block.linked * 2 < block.text.len();
        before * 10 > all * 6 && is_short && {
            let text = block.text.to_lowercase();
            let is_heading = tree.tag(block.node).is_some_and(Tag::is_heading)
                || block.marked * 10 > block.text.len() * 9
                || text.ends_with(':');
            ENDINGS.split('|').any(|ending| text.starts_with(ending))
                && (is_heading
                    || ENDINGS.split('|').any(|ending| ending == text.trim_end_matches([':', '.', '…', ' '])))
        }
    });
    blocks.truncate(end.unwrap_or(blocks.len()));
    blocks
}

/// Whether a scrap between headline and text belongs to the text: an item of a list, a second headline.
fn is_kept_above(tree: &Tree<'_>, block: &Block, stated: Option<&Range<NodeId>>) -> bool {
    let tag = tree.tag(block.node);
    let in_list =
        tag == Some(Tag::Li) || tree.above(block.node).take(2).any(|node| tree.tag(node) == Some(Tag::Li));
    let is_stated = tag == Some(Tag::P) && stated.is_some_and(|stated| stated.contains(&block.node));
    block.linked == 0
        && block.text.len() > 20
        && (tag.is_some_and(Tag::is_heading)
            || in_list
            || is_stated && !block.text.lines().all(says_who_or_when))
}

/// Whether a text is a sentence, and no byline or date.
fn is_sentence(text: &str) -> bool {
    text.len() >= 100
        || text.len() >= 40 && text.ends_with(['.', '!', '?', '…', '”', '"', '’', ')', ':', '。', '」'])
}

/// Whether a block is furniture by its words or its links.
fn is_furniture(block: &Block, is_heading: bool) -> bool {
    let text = block.text.as_str();
    if text.len() > LONGEST_FURNITURE {
        return false;
    }
    if !text.chars().any(char::is_alphanumeric) {
        return true;
    }
    // A link behind a few words that point to it: `Read more: …`, in whatever language.
    if block.linked * 2 > text.len() {
        let before = text.split([':', '|', '»', '>', '→']).next().unwrap_or_default();
        if before.len() < text.len() / 2 && before.len() + block.linked + 8 >= text.len() {
            return true;
        }
    }
    let is_link = block.linked * 10 >= text.len() * 9;
    if is_link && !is_heading && text.len() > 20 {
        return true;
    }
    let lower = text.to_lowercase();
    // A sentence may begin with any word; furniture hardly ever ends like one.
    let is_sentence = text.ends_with(['.', '!', '?', '”', '"', '’']);
    let alone = lower.trim_matches(|mark: char| !mark.is_alphanumeric());
    ALONE.split('|').any(|word| word == alone)
        || BEGINNINGS.split('|').any(|beginning| {
            lower.starts_with(beginning)
                && (text.len() < 100 && !is_sentence || block.linked * 4 > text.len())
        })
        || text.len() > 20 && PARTS.split('|').any(|part| lower.contains(part))
}

/// The lists whose items are links.
fn link_lists(tree: &Tree<'_>, blocks: &[Block]) -> HashSet<NodeId> {
    let mut lists: HashMap<NodeId, (usize, usize)> = HashMap::new();
    for block in blocks {
        if let Some(list) = list_around(tree, block.node) {
            let (text, linked) = lists.entry(list).or_default();
            *text += block.text.len();
            *linked += block.linked;
        }
    }
    lists.into_iter().filter(|(_, (text, linked))| *linked * 10 >= *text * 7).map(|(list, _)| list).collect()
}

/// The tables of an article: of several short cells a row, and not of links. Other tables set out a page.
fn data_tables(tree: &Tree<'_>, blocks: &[Block]) -> HashSet<NodeId> {
    /// Rows, cells, and the bytes in them that are text and that are links.
    #[derive(Default)]
    struct Cells {
        rows: HashSet<NodeId>,
        cells: HashSet<NodeId>,
        text: usize,
        linked: usize,
    }
    let mut tables: HashMap<NodeId, Cells> = HashMap::new();
    for block in blocks {
        let Some((table, cell)) = table_around(tree, block.node).zip(cell_around(tree, block.node)) else {
            continue;
        };
        let cells = tables.entry(table).or_default();
        cells.rows.insert(tree.parent(cell));
        cells.cells.insert(cell);
        cells.text += block.text.len();
        cells.linked += block.linked;
    }
    let is_data = |cells: &Cells| {
        let (rows, count) = (cells.rows.len(), cells.cells.len());
        rows >= 2 && count * 2 >= rows * 3 && cells.text < count * 80 && cells.linked * 2 < cells.text
    };
    tables.into_iter().filter(|(_, cells)| is_data(cells)).map(|(table, _)| table).collect()
}

/// The table that a cell lies in, if the node is in one.
fn table_around(tree: &Tree<'_>, node: NodeId) -> Option<NodeId> {
    let cell = cell_around(tree, node)?;
    tree.above(cell).take(3).find(|node| tree.tag(*node) == Some(Tag::Table))
}

/// The innermost list that a node lies in.
fn list_around(tree: &Tree<'_>, node: NodeId) -> Option<NodeId> {
    std::iter::once(node)
        .chain(tree.above(node))
        .find(|node| matches!(tree.tag(*node), Some(Tag::Ul | Tag::Ol)))
}
