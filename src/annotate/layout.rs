//! What the parts of a page are: the article's own text, its byline and dateline, captions, and the furniture around it, such as
//! pointers to other stories, sign-up lines and share bars.
//!
//! Knows how such lines are worded and set, in English, and nothing of what other articles look like. Furniture and captions are
//! blanked before analysis ([`blanked`]), each byte by a space, so that nothing is found in them and every place stays what it was.
//! Start reading at [`blocks`].

use crate::annotate::segment::paragraphs;
use crate::article::Article;
use crate::span::{Byte, Span};

/// What a stretch of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The headline, where the text begins with it.
    Title,
    /// Who wrote it.
    Byline,
    /// Where it was written: `PORTO SERENO (AP) —`.
    Dateline,
    /// The article's own text.
    Body,
    /// What stands below a picture.
    Caption,
    /// What the page puts around every article.
    Furniture,
}

impl BlockKind {
    /// All kinds.
    pub const ALL: [BlockKind; 6] = [
        BlockKind::Title,
        BlockKind::Byline,
        BlockKind::Dateline,
        BlockKind::Body,
        BlockKind::Caption,
        BlockKind::Furniture,
    ];

    /// The word in the database.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Title => "title",
            BlockKind::Byline => "byline",
            BlockKind::Dateline => "dateline",
            BlockKind::Body => "body",
            BlockKind::Caption => "caption",
            BlockKind::Furniture => "furniture",
        }
    }

    /// Whether it is no part of what the article says.
    fn is_aside(self) -> bool {
        matches!(self, BlockKind::Caption | BlockKind::Furniture)
    }
}

/// A stretch of a body that is of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is; bytes of the body.
    pub span: Span<Byte>,
}

/// Cuts the body of an article into blocks in text order; none overlaps another, and all that is not white space is in one.
pub(crate) fn blocks(article: &Article) -> Vec<Block> {
    let body = article.body.as_str();
    let mut blocks: Vec<Block> = Vec::new();
    for (number, paragraph) in paragraphs::cut(body).into_iter().enumerate() {
        let is_title = number == 0
            && article.title.as_deref().is_some_and(|title| title.trim() == paragraph.slice(body));
        let found = match is_title {
            true => vec![Block { kind: BlockKind::Title, span: paragraph }],
            false => of_paragraph(body, paragraph, number),
        };
        blocks.extend(found);
    }
    joined(blocks)
}

/// One block for all that follow each other and are of one kind.
pub(crate) fn joined(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::new();
    for block in blocks {
        match joined.last_mut() {
            Some(last) if last.kind == block.kind => last.span = last.span.join(block.span),
            _ => joined.push(block),
        }
    }
    joined
}

/// The body with spaces in the place of captions and furniture; `None` where there are none.
pub(crate) fn blanked(body: &str, blocks: &[Block]) -> Option<String> {
    let mut blanked = String::new();
    let mut written = 0;
    for Block { span, .. } in blocks.iter().filter(|block| block.kind.is_aside()) {
        blanked.push_str(&body[written..span.start()]);
        for character in span.slice(body).chars() {
            match character {
                '\n' => blanked.push('\n'),
                _ => (0..character.len_utf8()).for_each(|_| blanked.push(' ')),
            }
        }
        written = span.end();
    }
    if written == 0 {
        return None;
    }
    blanked.push_str(&body[written..]);
    Some(blanked)
}

/// A span without the captions and the furniture in it: the pieces that are left, without white space at their ends.
pub(crate) fn without_asides(body: &str, blocks: &[Block], span: Span<Byte>) -> Vec<Span<Byte>> {
    let mut pieces = Vec::new();
    let mut start = span.start();
    let first = blocks.partition_point(|block| block.span.end() <= span.start());
    let inside = blocks[first..].iter().take_while(|block| block.span.start() < span.end());
    let inside = inside.filter(|block| block.kind.is_aside());
    for block in inside {
        pieces.push(Span::new(start, block.span.start().max(start)));
        start = block.span.end();
    }
    pieces.push(Span::new(start.min(span.end()), span.end()));
    pieces.into_iter().map(|piece: Span<Byte>| piece.trim(body)).filter(|piece| !piece.is_empty()).collect()
}

/// How far down a byline may stand, in paragraphs.
const TOP: usize = 4;

/// The blocks of one paragraph, the `number`th of its article.
fn of_paragraph(body: &str, paragraph: Span<Byte>, number: usize) -> Vec<Block> {
    let text = paragraph.slice(body);
    if let Some(kind) = whole(text, number) {
        return vec![Block { kind, span: paragraph }];
    }
    let mut asides: Vec<Span<Byte>> = in_brackets(text).chain(run_in(text)).chain(players(text)).collect();
    asides.sort_unstable();
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut push = |kind: BlockKind, from: usize, to: usize| {
        let span = Span::new(paragraph.start() + from, paragraph.start() + to).trim(body);
        if !span.is_empty() {
            blocks.push(Block { kind, span });
        }
    };
    if let Some(end) = dateline(text).filter(|_| number < TOP) {
        push(BlockKind::Dateline, 0, end);
        start = end;
    }
    for aside in asides.into_iter().filter(|aside| !aside.is_empty()) {
        if aside.start() >= start {
            push(BlockKind::Body, start, aside.start());
            push(BlockKind::Furniture, aside.start(), aside.end());
            start = aside.end();
        }
    }
    push(BlockKind::Body, start, text.len());
    blocks
}

/// How a line of furniture begins, in lower case, how many words it has at most, and what else it must hold: any of these.
const OPENINGS: &[(&str, usize, &[&str])] = &[
    ("also read", 40, &[]),
    ("catch up on", 40, &["podcast", "newsletter"]),
    ("chat with us", 30, &[]),
    ("click here", 60, &[]),
    ("contact", 25, &["@"]),
    ("continue reading", 12, &[]),
    ("copyright", 120, &[]),
    ("correction:", 120, &[]),
    ("corrections & amplifications", 6, &[]),
    ("download our", 40, &[]),
    ("download the", 40, &["app"]),
    ("e-mail", 25, &["@"]),
    ("editor's note", 120, &[]),
    ("editor’s note", 120, &[]),
    ("email", 25, &["@", "sign up", "newsletter"]),
    ("follow", 30, &["on twitter", "on facebook", "on instagram", "@"]),
    ("follow us", 30, &[]),
    ("full coverage:", 20, &[]),
    ("get", 60, &["inbox", "newsletter", "our app", "breaking news alerts"]),
    ("get the latest", 40, &[]),
    ("join our", 40, &["newsletter", "mailing list", "whatsapp"]),
    ("like us on", 30, &[]),
    ("listen to", 40, &["podcast", "episode"]),
    ("mailing list", 60, &[]),
    ("more:", 40, &[]),
    ("more from", 12, &[]),
    ("newsletter", 60, &["sign", "subscribe"]),
    ("please include", 60, &["contact", "number"]),
    ("read also", 40, &[]),
    ("read more", 40, &[]),
    ("read next", 30, &[]),
    ("read the full", 30, &[]),
    ("related:", 60, &[]),
    ("related articles", 40, &[]),
    ("related stories", 40, &[]),
    ("see also", 40, &[]),
    ("share this", 30, &[]),
    ("sign up", 20, &[]),
    ("sign up", 80, &["newsletter", "here", "inbox", "alerts", "email", "daily", "free"]),
    ("skip twitter post", 20, &[]),
    ("end of twitter post", 20, &[]),
    ("report", 6, &["this ad"]),
    ("story continued below", 6, &[]),
    ("story continues below", 6, &[]),
    ("subscribe", 60, &["newsletter", "podcast", "channel", "apple", "email", "today", "now", "inbox"]),
    ("support", 30, &["journalism", "subscribe", "donat"]),
    ("visit", 20, &["homepage for more"]),
    ("vote now", 20, &[]),
    ("want more", 60, &["sign up", "subscribe", "inbox"]),
    ("watch:", 40, &[]),
    ("watch live", 12, &[]),
    ("©", 120, &[]),
];

/// How a caption begins, in lower case, and how many words it has at most.
const CAPTIONS: &[(&str, usize)] = &[
    ("enlarge this image", 80),
    ("toggle caption", 80),
    ("hide caption", 80),
    ("image caption", 80),
    ("image copyright", 80),
    ("image source", 40),
    ("media caption", 80),
    ("media playback is", 80),
    ("photo:", 60),
    ("photos:", 60),
    ("picture:", 60),
    ("photograph:", 60),
    ("file photo", 40),
];

/// Lines that are nothing else, in lower case.
const LINES: &[&str] = &[
    "advertisement",
    "advertisement continue reading the main story",
    "comments",
    "copy link",
    "email",
    "facebook",
    "getty images",
    "latest:",
    "link copied",
    "loading",
    "loading...",
    "pinterest",
    "photo",
    "print",
    "related",
    "reddit",
    "share",
    "tweet",
    "twitter",
    "urgent:",
    "video",
    "whatsapp",
    "youtube",
];

/// What only furniture says, in lower case, in a paragraph of so many words at most.
const SAYINGS: &[(&str, usize)] = &[
    ("all rights reserved", 80),
    ("click here for reprint", 60),
    ("contributed reporting", 25),
    ("contributed to this", 25),
    ("delivered to your inbox", 60),
    ("straight to your inbox", 60),
    ("do not represent the views of", 60),
    ("for reprint permission", 60),
    ("material may not be published", 80),
    ("privacy policy", 60),
    ("sign up here", 60),
    ("sign up for our", 60),
    ("subscribe to our", 60),
    ("terms of use", 60),
];

/// Fields of a header that a database of articles puts above the text.
const FIELDS: &[(&str, BlockKind)] = &[
    ("BYLINE", BlockKind::Byline),
    ("COPYRIGHT", BlockKind::Furniture),
    ("DATELINE", BlockKind::Dateline),
    ("GRAPHIC", BlockKind::Caption),
    ("HEADLINE", BlockKind::Furniture),
    ("LANGUAGE", BlockKind::Furniture),
    ("LENGTH", BlockKind::Furniture),
    ("LOAD-DATE", BlockKind::Furniture),
    ("PUB-TYPE", BlockKind::Furniture),
    ("PUBLICATION-TYPE", BlockKind::Furniture),
    ("SECTION", BlockKind::Furniture),
    ("SOURCE", BlockKind::Furniture),
    ("SUBJECT", BlockKind::Furniture),
];

/// What a whole paragraph is, if it is not the article's own text.
fn whole(text: &str, number: usize) -> Option<BlockKind> {
    // `* * *`, `___`
    const LONGEST_RULE: usize = 40;
    if text.len() <= LONGEST_RULE && !text.contains(char::is_alphanumeric) {
        return Some(BlockKind::Furniture);
    }
    let field = |(name, kind): &(&str, BlockKind)| text.strip_prefix(name)?.strip_prefix(':').map(|_| *kind);
    if let Some(kind) = FIELDS.iter().find_map(field) {
        return Some(kind);
    }
    // Nothing below is longer, and most paragraphs are.
    const LONGEST: usize = 120;
    let words = text.split_whitespace().take(LONGEST + 1).count();
    if words > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    let begins = |opening: &str| {
        lower.strip_prefix(opening).is_some_and(|rest| {
            !opening.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
        })
    };
    let is_opening = |(opening, most, holds): &(&str, usize, &[&str])| {
        words <= *most
            && begins(opening)
            && (holds.is_empty() || holds.iter().any(|other| lower.contains(other)))
    };
    if CAPTIONS.iter().any(|(opening, most)| words <= *most && begins(opening)) {
        return Some(BlockKind::Caption);
    }
    // `We say so,” was all that …`: what is spoken is the article's.
    let speaks = text.contains(['“', '”', '"']);
    let is_furniture = LINES.contains(&lower.as_str())
        || OPENINGS.iter().any(is_opening)
        || !speaks && SAYINGS.iter().any(|(saying, most)| words <= *most && lower.contains(saying));
    if is_furniture {
        return Some(BlockKind::Furniture);
    }
    (number < TOP && is_byline(text, words)).then_some(BlockKind::Byline)
}

/// `By Ana Ruiz`, `By ANA RUIZ and Leo Brandt, The Courier`: a short line of names, without a full stop at its end.
fn is_byline(text: &str, words: usize) -> bool {
    const LONGEST: usize = 12;
    let mut rest = text.split_whitespace();
    let by = rest.next().is_some_and(|first| first == "By" || first == "BY");
    by && words <= LONGEST
        && words > 1
        && !text.ends_with(['.', '?', '!', '”', '"'])
        && rest.all(|word| {
            word.starts_with(char::is_uppercase) || matches!(word, "and" | "of" | "for" | "in" | "|" | "&")
        })
}

/// Where the dateline of a paragraph ends: a place in capitals and a dash, with an agency in brackets or a date between.
fn dateline(text: &str) -> Option<usize> {
    const LONGEST: usize = 60;
    let dash = text.char_indices().take(LONGEST).find(|(_, character)| matches!(character, '—' | '–'));
    let (at, dash) = match dash {
        Some((at, dash)) => (at, dash.len_utf8()),
        None => (text.find("--").filter(|at| *at < LONGEST)?, 2),
    };
    let head = text.get(..at)?.trim_end();
    let place = head.split(['(', ',']).next().unwrap_or_default().trim_end();
    let in_capitals = place.chars().filter(|letter| letter.is_alphabetic()).count() >= 3
        && !place.contains(char::is_lowercase)
        && place.starts_with(char::is_uppercase);
    in_capitals.then_some(at + dash)
}

/// Pointers in brackets: `( PHOTOS: Ten bridges)`, `[READ MORE: …]`.
fn in_brackets(text: &str) -> impl Iterator<Item = Span<Byte>> + '_ {
    const LABELS: &[&str] = &[
        "photo",
        "photos",
        "video",
        "videos",
        "read more",
        "related",
        "more",
        "watch",
        "see also",
        "also on",
        "read",
    ];
    const LONGEST: usize = 240;
    text.match_indices(['(', '[']).filter_map(|(at, open)| {
        let close = if open == "(" { ')' } else { ']' };
        let inside = &text[at + 1..];
        // No farther than the longest: a text may be all brackets.
        let near = inside.char_indices().take_while(|(place, _)| *place < LONGEST);
        let end = near.into_iter().find(|(_, character)| *character == close)?.0;
        let (label, _) = inside[..end].split_once(':')?;
        let label = label.trim();
        let in_capitals = !label.contains(char::is_lowercase) || label.to_lowercase().starts_with("also on");
        let is_label = LABELS.iter().any(|other| label.to_lowercase().starts_with(other));
        (in_capitals && is_label).then(|| Span::new(at, at + 1 + end + 1))
    })
}

/// A player with its list of videos: from `JUST WATCHED` to the last `MUST WATCH` or `Replay More Videos`.
fn players(text: &str) -> impl Iterator<Item = Span<Byte>> + '_ {
    const OPENS: &str = "JUST WATCHED";
    text.match_indices(OPENS).filter_map(|(start, _)| {
        // Up to the next player: what stands between two is the article's.
        let behind = &text[start + OPENS.len()..];
        let own = &behind[..behind.find(OPENS).unwrap_or(behind.len())];
        let ends = ["MUST WATCH", "Replay More Videos ..."].into_iter();
        let end = ends.filter_map(|end| own.rfind(end).map(|at| at + end.len())).max()?;
        Some(Span::new(start, start + OPENS.len() + end))
    })
}

/// How long the headlines of other stories are that run into a text, in bytes.
const LONGEST_RUN_IN: usize = 600;

/// How many joints are looked at before one `MORE`.
const MOST_JOINTS: usize = 20;

/// Headlines of other stories that run into the text behind a name, and end with `MORE`: `Ana Ruiz` **Ana Maria RuizPort strike to
/// end Minister: port is safe MORE** `said`.
fn run_in(text: &str) -> impl Iterator<Item = Span<Byte>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let more = from + find_word(&text[from..], "MORE")?;
            let before = &text[from..more];
            let floor = before.len().saturating_sub(LONGEST_RUN_IN);
            let near = joints(before).filter(|joint| *joint >= floor);
            let joint = near.take(MOST_JOINTS).find_map(|joint| name_start(before, joint));
            let start = from;
            from = more + "MORE".len();
            if let Some(name) = joint {
                return Some(Span::new(start + name, from));
            }
        }
    })
}

/// Where a word stands by itself.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let is_alone = |(at, _): &(usize, &str)| {
        !text[..*at].ends_with(char::is_alphanumeric)
            && !text[at + word.len()..].starts_with(char::is_alphanumeric)
    };
    text.match_indices(word).find(is_alone).map(|(at, _)| at)
}

/// Where a capital follows a small letter within a word: `Ruiz|Port`, but not `Mc|Coy`.
fn joints(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut word = 0;
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, character)| {
        if !before.is_alphanumeric() {
            word = at;
        }
        let joins = before.is_lowercase() && character.is_uppercase() && at - word > 3;
        before = character;
        joins.then_some(at)
    })
}

/// Where the name begins that a run of headlines repeats: behind `Ruiz` in `Ana Ruiz Ana Maria Ruiz|Port`; `None` where it
/// repeats none, as in `WhatsApp users want MORE`.
fn name_start(text: &str, joint: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let head = &text[..joint];
    let last_start = last_word_start(head);
    let last = &head[last_start..];
    let mut end = last_start;
    for _ in 0..LONGEST {
        let before = head[..end].trim_end();
        let start = last_word_start(before);
        if &before[start..] == last {
            return Some(before.len());
        }
        if start == 0 {
            break;
        }
        end = start;
    }
    None
}

/// Where the last word of a text begins; no farther back than a name is long.
fn last_word_start(text: &str) -> usize {
    const LONGEST: usize = 100;
    let mut back = text.char_indices().rev().take(LONGEST);
    back.find(|(_, character)| character.is_whitespace()).map_or(0, |(at, space)| at + space.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks_of(body: &str) -> Vec<Block> {
        blocks(&Article { body: body.to_owned(), ..Article::default() })
    }

    fn kinds(body: &str) -> Vec<(&'static str, &str)> {
        blocks_of(body).iter().map(|block| (block.kind.name(), block.span.slice(body))).collect()
    }

    #[test]
    fn lines_of_the_page_are_told_from_the_text() {
        for line in [
            "Advertisement",
            "Story Continued Below",
            "READ MORE: Ten bridges that fell",
            "Sign up for our newsletter and get ten bridges a day.",
            "Follow Ana Ruiz on Twitter.",
            "Copyright © 2019 The Merrow Gazette. All rights reserved.",
            "Leo Brandt contributed to this report.",
            "* * *",
            "LENGTH: 512 words",
            "Editor's note: an earlier version misspelled the name of the mayor.",
        ] {
            assert_eq!(kinds(line), [("furniture", line)]);
        }
        for line in
            ["Image caption Ana Ruiz walks to court", "Enlarge this image toggle caption Leo Brandt/AP"]
        {
            assert_eq!(kinds(line), [("caption", line)]);
        }
        for line in [
            "Follow the money, Ana Ruiz said, and you will find the bridge.",
            "Reading more than one paper is wise, the mayor said.",
            "“Sign up here,” Ana Ruiz told the crowd.",
            "Subscribers of the paper were angry.",
            "More than ten bridges fell.",
            "Get out of the harbor, Ana Ruiz told the captains.",
            "By Monday the harbor was closed.",
        ] {
            assert_eq!(kinds(line), [("body", line)]);
        }
    }

    #[test]
    fn bylines_and_datelines_stand_at_the_top() {
        assert_eq!(
            kinds("By Ana Ruiz and LEO BRANDT\n\nPORT MERROW (AP) — The ferry sails.\n\nBy Ana Ruiz"),
            [
                ("byline", "By Ana Ruiz and LEO BRANDT"),
                ("dateline", "PORT MERROW (AP) —"),
                ("body", "The ferry sails."),
                ("byline", "By Ana Ruiz"),
            ]
        );
        assert_eq!(kinds("BREAD — it is dear — will cost more.")[0].0, "dateline");
        assert_eq!(kinds("Bread — it is dear — will cost more.")[0].0, "body");
    }

    #[test]
    fn headlines_that_run_into_a_sentence_are_cut_out_of_it() {
        assert_eq!(
            kinds(
                "Mayor Ruiz Ana Maria RuizPort strike to end Harbor Bank: we stay MORE said the port is safe."
            ),
            [
                ("body", "Mayor Ruiz"),
                ("furniture", "Ana Maria RuizPort strike to end Harbor Bank: we stay MORE"),
                ("body", "said the port is safe."),
            ]
        );
        assert_eq!(kinds("Alan McCoy wants MORE for the port.")[0].0, "body");
        assert_eq!(kinds("WhatsApp users want MORE privacy.").len(), 1);
        assert_eq!(kinds("Mayor\u{a0}RuizPort strike MORE").len(), 1);
        assert_eq!(kinds("JUST WATCHED A MUST WATCH He left. JUST WATCHED B MUST WATCH").len(), 3);
        assert_eq!(
            kinds("The port is safe. ( PHOTOS: Ten bridges) It will stay.")[1],
            ("furniture", "( PHOTOS: Ten bridges)")
        );
        assert_eq!(kinds("The port (closed: nobody knows why) is safe.").len(), 1);
    }

    #[test]
    fn a_text_may_begin_with_its_headline() {
        let body = "Ferry sails again\n\nThe ferry sails.".to_owned();
        let article = Article { title: Some("Ferry sails again".into()), body, ..Article::default() };
        let kinds: Vec<BlockKind> = blocks(&article).iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Title, BlockKind::Body]);
    }

    #[test]
    fn blanks_keep_every_place() {
        let body = "“Ja – so,” Ana said.\n\n© 2019 Gazette – all\nAdvertisement\n\nLeo left.";
        let blocks = blocks_of(body);
        let blanked = blanked(body, &blocks).unwrap_or_default();
        assert_eq!(blanked.len(), body.len());
        assert_eq!(blanked.find("Leo left."), body.find("Leo left."));
        assert!(!blanked.contains("Gazette") && !blanked.contains("Advertisement"));
        assert_eq!(super::blanked("Leo left.", &blocks_of("Leo left.")), None);
    }

    #[test]
    fn a_span_over_furniture_falls_into_pieces() {
        let body = "He said it\n\nAdvertisement\n\nwould end.";
        let blocks = blocks_of(body);
        let pieces = without_asides(body, &blocks, Span::new(3, body.len()));
        assert_eq!(
            pieces.iter().map(|piece| piece.slice(body)).collect::<Vec<_>>(),
            ["said it", "would end."]
        );
    }
}
