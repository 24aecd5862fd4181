//! A checked draft made for reading, one quote after the other. All of it is safe to show.
//!
//! ```text
//! draft.md · 2 quotes: 1 stands, 1 does not
//!
//! 1  NEGATION LOST
//!    draft      Ana Ruiz: “We will pay the bill,”
//!    archive    Ana Ruiz (said): “We will not pay the bill.”
//!    words      We will [-not-] pay the bill
//!    where      2020-03-09 · The Courier · Ferry runs again · quote 12
//!               https://courier.example/ferry
//! ```

use std::io::{self, Write};

use crate::article::STANDARD_INPUT;
use crate::draft::checked::{Checked, CheckedDraft, CheckedQuote};
use crate::draft::finding::Finding;
use crate::query::alike::ArchiveArticle;
use crate::query::output::Screen;
use crate::query::revisions::{GREEN, RED, colored, shown_pieces, wrapped};
use crate::terminal::one_line;

/// How wide the column of labels is, with the space before it.
const LABELS: usize = 14;

/// Writes all drafts.
pub fn write_text(checked: &Checked, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    for (index, draft) in checked.drafts.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write_draft(draft, screen, out)?;
    }
    Ok(())
}

fn write_draft(draft: &CheckedDraft, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let line = draft.line.map(|line| format!(":{line}")).unwrap_or_default();
    let source = if draft.source == STANDARD_INPUT { "standard input" } else { &draft.source };
    let summary = format!("{}{line} · {}", one_line(source), summary(draft));
    wrapped(&summary, "", "  ", screen, out)?;
    for (index, quote) in draft.quotes.iter().enumerate() {
        writeln!(out)?;
        write_quote(index + 1, quote, screen, out)?;
    }
    Ok(())
}

/// How many quotes stand.
fn summary(draft: &CheckedDraft) -> String {
    let standing = draft.quotes.iter().filter(|quote| quote.stands()).count();
    let failing = draft.quotes.len() - standing;
    let verb =
        |count: usize, one: &str, several: &str| if count == 1 { one.to_owned() } else { several.to_owned() };
    match draft.quotes.len() {
        0 => "no quotes to compare".to_owned(),
        1 if failing == 0 => "1 quote, which stands".to_owned(),
        1 => "1 quote, which does not stand".to_owned(),
        all => format!(
            "{all} quotes: {standing} {}, {failing} {}",
            verb(standing, "stands", "stand"),
            verb(failing, "does not", "do not")
        ),
    }
}

fn write_quote(number: usize, quote: &CheckedQuote, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let verdict: Vec<&str> = quote.findings.iter().map(|finding| finding.in_words()).collect();
    let verdict = if verdict.is_empty() { "stands".to_owned() } else { verdict.join("; ") };
    let color = if quote.stands() { GREEN } else { RED };
    writeln!(out, "{number:<3}{}", colored(&verdict, color, screen.colors))?;
    let date = quote.stated_date.as_ref().map(|date| format!(" · dated {}", one_line(date)));
    let claim = said(&quote.speaker, &quote.source, None, &quote.text);
    field("draft", &format!("{claim}{}", date.unwrap_or_default()), screen, out)?;
    if let Some(found) = &quote.found {
        let doubt = if found.vouched { "" } else { " · not vouched for" };
        let said =
            crate::draft::text::said(&found.speaker, &found.speaker_text, found.cue.as_deref(), &found.text);
        field("archive", &format!("{said}{doubt}"), screen, out)?;
    }
    if !quote.pieces.is_empty() && quote.findings.iter().any(|finding| is_of_words(*finding)) {
        field("words", &shown_pieces(&quote.pieces, screen.colors), screen, out)?;
    }
    match (&quote.found, &quote.printed) {
        (Some(found), _) => write_article(&found.article, &format!("quote {}", found.id), screen, out),
        (None, Some(article)) => write_article(article, &format!("article {}", article.id), screen, out),
        (None, None) => Ok(()),
    }
}

/// Whether a finding shows in the words.
fn is_of_words(finding: Finding) -> bool {
    !matches!(finding, Finding::OtherSpeaker | Finding::SpeakerUnclear | Finding::DateDiffers)
}

/// Who said what, and how.
fn said(speaker: &Option<String>, source: &Option<String>, cue: Option<&str>, text: &str) -> String {
    let speaker = speaker.as_ref().or(source.as_ref()).map_or("nobody named".into(), |name| one_line(name));
    let cue = cue.map(|cue| format!(" ({})", one_line(cue))).unwrap_or_default();
    format!("{speaker}{cue}: {}", one_line(text))
}

fn write_article(article: &ArchiveArticle, id: &str, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let parts = [&article.published_at, &article.publisher, &article.title];
    let parts = parts.into_iter().flatten().map(|part| one_line(part).into_owned());
    field("where", &parts.chain([id.to_owned()]).collect::<Vec<_>>().join(" · "), screen, out)?;
    match &article.url {
        Some(url) => writeln!(out, "{}{}", " ".repeat(LABELS), one_line(url)),
        None => Ok(()),
    }
}

fn field(label: &str, text: &str, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    let first = format!("   {label:<width$}", width = LABELS - 3);
    wrapped(text, &first, &" ".repeat(LABELS), screen, out)
}
