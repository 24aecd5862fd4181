//! A message as its sender wrote it: without what it quotes of the message that it answers, and without the signature below.
//!
//! Whoever reads an archive of mail has the other message too, or asks what this sender said: words of others would be
//! credited to the wrong one. What is forwarded is what the message is about, and stays.

use crate::read::markup::tag::Tag;
use crate::read::markup::tree::{NodeId, Tree};

/// A longer ending is no signature, in lines.
const LONGEST_SIGNATURE: usize = 12;

/// How long the lines may be that say whom a message quotes: `On …, Ana Ruiz wrote:`; and how many they are.
const LONGEST_ATTRIBUTION: usize = 300;

/// The words of the sender, and how many lines were left out. All of the text, if nothing of it is the sender's own.
pub(crate) fn own_words(text: &str, is_reply: bool) -> (String, usize) {
    let lines: Vec<&str> = text.lines().collect();
    let all = lines.len();
    let is_reply = is_reply
        || (0..all).any(|at| attribution(&lines[at..]).is_some_and(|count| quotes(&lines, at + count)));
    let signature = signature(&lines);
    let mut own: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < all {
        let line = lines[at].trim();
        if is_forwarded(line) {
            own.extend(&lines[at..]);
            break;
        }
        if Some(at) == signature || is_original(&lines[at..]) {
            break;
        }
        if let Some(count) = attribution(&lines[at..]) {
            // Some programs mark nothing of what they quote below: then it is all that follows.
            if !quotes(&lines, at + count) && is_reply {
                break;
            }
            if quotes(&lines, at + count) {
                at += count;
                continue;
            }
        }
        if !(is_reply && line.starts_with('>')) {
            own.push(lines[at]);
        }
        at += 1;
    }
    let left_out = lines.iter().filter(|line| !line.trim().is_empty()).count()
        - own.iter().filter(|line| !line.trim().is_empty()).count();
    if left_out == 0 || own.iter().all(|line| line.trim().is_empty()) {
        return (text.to_owned(), 0);
    }
    // Where lines were left out, one empty line is enough.
    own.dedup_by(|one, other| one.trim().is_empty() && other.trim().is_empty());
    (own.join("\n"), left_out)
}

/// Where the signature begins: behind two dashes and a space, as the standard has it.
fn signature(lines: &[&str]) -> Option<usize> {
    let at = lines.iter().rposition(|line| *line == "-- " || line.trim_end() == "--")?;
    let below = &lines[at + 1..];
    let is_short = below.len() <= LONGEST_SIGNATURE && below.iter().all(|line| line.len() <= 100);
    (is_short && !below.iter().any(|line| line.starts_with('>') || is_forwarded(line))).then_some(at)
}

/// How many lines say whom a message quotes, if these begin with such.
fn attribution(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?.trim();
    let begins = first.starts_with("On ") || first.ends_with(" wrote:") || first.ends_with(" writes:");
    if !begins || first.starts_with('>') {
        return None;
    }
    let mut joined = String::new();
    for (count, line) in lines.iter().take(3).enumerate() {
        joined.push_str(line.trim());
        joined.push(' ');
        let words = joined.trim_end();
        if words.len() > LONGEST_ATTRIBUTION {
            return None;
        }
        if words.ends_with(" wrote:") || words.ends_with(" writes:") || words.ends_with(" wrote :") {
            let has_time = words.bytes().any(|byte| byte.is_ascii_digit()) || words.contains('@');
            return (has_time || words.split(' ').count() <= 6).then_some(count + 1);
        }
    }
    None
}

/// Whether lines that are marked as quoted follow.
fn quotes(lines: &[&str], from: usize) -> bool {
    let next = lines.get(from..).and_then(|lines| lines.iter().find(|line| !line.trim().is_empty()));
    next.is_some_and(|line| line.trim_start().starts_with('>'))
}

/// Whether lines begin the message that is answered, as some programs put it below: a rule, and its header.
fn is_original(lines: &[&str]) -> bool {
    let line = lines[0].trim();
    let named = line.trim_matches('-').trim();
    if line.starts_with("--") && named.eq_ignore_ascii_case("original message") {
        return true;
    }
    let is_rule = line.len() >= 20 && line.bytes().all(|byte| byte == b'_');
    let mut below = lines[1..].iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    is_rule
        && below.next().is_some_and(|line| line.starts_with("From:"))
        && below.next().is_some_and(|line| line.starts_with("Sent:") || line.starts_with("Date:"))
}

fn is_forwarded(line: &str) -> bool {
    let named = line.trim().trim_matches(['-', ' ', ':']).to_lowercase();
    matches!(named.as_str(), "forwarded message" | "begin forwarded message" | "forwarded by" | "fwd")
        || line.starts_with("---") && named.starts_with("forwarded")
}

/// How many nodes of an element are looked at for what it says first.
const FIRST_NODES: usize = 40;

/// Classes of elements that hold what is quoted of the message that is answered, or a signature, by the programs that write them.
const QUOTED_CLASSES: &[&str] = &[
    "gmail_quote",
    "gmail_signature",
    "yahoo_quoted",
    "moz-cite-prefix",
    "moz-signature",
    "protonmail_quote",
];

/// Whether an element of HTML holds what is quoted of the message that is answered, or a signature; what is forwarded is neither.
pub(crate) fn is_quoted(tree: &Tree<'_>, node: NodeId) -> bool {
    let is_named = tree.attributes(node).any(|(name, value)| {
        let is = |names: &[&str]| value.split_ascii_whitespace().any(|value| names.contains(&value));
        match name.to_ascii_lowercase().as_str() {
            "class" => is(QUOTED_CLASSES),
            "id" => is(&["divRplyFwdMsg", "reply-intro", "OLK_SRC_BODY_SECTION"]),
            "type" => tree.tag(node) == Some(Tag::Blockquote) && value.eq_ignore_ascii_case("cite"),
            _ => false,
        }
    });
    is_named && {
        let mut first = (node + 1..tree.end(node)).take(FIRST_NODES).filter_map(|inner| tree.text(inner));
        !first.any(|text| text.to_lowercase().contains("forwarded message"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_are_left_out() {
        for (text, own, left_out) in [
            (
                "I agree.\n\nOn 6 May 2024, Ana Ruiz wrote:\n> The pier is closed.\n> Since when?\n",
                "I agree.",
                3,
            ),
            (
                "On Mon, May 6, 2024 at 10:15 AM Ana Ruiz\n<ana@example.org> wrote:\n\n> Is it closed?\n\nYes.\n\n> Since when?\n\nMonday.\n",
                "Yes.\n\nMonday.",
                4,
            ),
            ("No.\n\n-----Original Message-----\nFrom: Ana\nThe pier is closed.\n", "No.", 3),
            ("No.\n________________________________\nFrom: Ana\nSent: Monday\nIt is closed.", "No.", 4),
            ("The pier is closed.\n\n-- \nAna Ruiz\nMayor\n", "The pier is closed.", 3),
            (
                "No.\n\nOn 6 May 2024, Ana wrote:\n\nThe pier is closed.\n",
                "No.\n\nOn 6 May 2024, Ana wrote:\n\nThe pier is closed.",
                0,
            ),
            (
                "See below.\n\n---------- Forwarded message ---------\nFrom: Ana\n\n> The pier is closed.\n",
                "See below.\n\n---------- Forwarded message ---------\nFrom: Ana\n\n> The pier is closed.",
                0,
            ),
            ("> A line of a poem\n", "> A line of a poem", 0),
            ("On Monday she wrote:\nThe pier is closed.", "On Monday she wrote:\nThe pier is closed.", 0),
        ] {
            let (words, count) = own_words(text, false);
            assert_eq!((words.trim(), count), (own, left_out), "{text}");
        }
        assert_eq!(
            own_words("No.\n\nOn 6 May 2024, Ana wrote:\n\nThe pier is closed.\n", true).0.trim(),
            "No."
        );
        assert_eq!(own_words("> Closed?\n", true), ("> Closed?\n".to_owned(), 0));
    }

    #[test]
    fn what_html_quotes_is_left_out_and_what_it_forwards_is_not() {
        let text = |quoted: &str| {
            let html = format!("<div>I agree.</div><div class='gmail_quote x'>{quoted}</div>");
            crate::read::markup::fragment_text_without(&html, is_quoted)
        };
        assert_eq!(
            text("<div>On Monday Ana wrote:</div><blockquote>The pier is closed.</blockquote>"),
            "I agree."
        );
        assert!(
            text("<div>---------- Forwarded message ---------</div>The pier is closed.").ends_with("closed.")
        );
    }
}
