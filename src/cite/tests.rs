//! One invented quote in every form.

use crate::article::Article;
use crate::cite::{Citation, Page, write_bibtex, write_csl, write_text};
use crate::gear::Gear;
use crate::query::provenance::Provenance;
use crate::query::stored_quote::StoredQuote;

fn quote() -> StoredQuote {
    let body = "One.\n\n“We act,” said Ana Ruiz, “now.”\n\nTwo.";
    StoredQuote {
        id: 7,
        key: "0123456789abcdef0123456789abcdef".to_owned(),
        article: Article {
            title: Some("Ferry & {pier}\u{1b}[2J".to_owned()),
            author: Some("June Okoro, Teo Sand".to_owned()),
            publisher: Some("The Courier".to_owned()),
            published_at: Some("2020-03-09T08:00:00Z".to_owned()),
            url: Some("https://courier.example/a_b".to_owned()),
            ..Article::from_text(body)
        },
        article_id: 3,
        identity: String::new(),
        gear: Gear::Full,
        speaker: Some("Ana Ruiz".to_owned()),
        source: Some("Ana Ruiz".to_owned()),
        cue: Some("said".to_owned()),
        act: "statement".to_owned(),
        kind: "direct".to_owned(),
        text: "“We act,” … “now.”".to_owned(),
        confidence: 0.9,
        mode: "speech".to_owned(),
        vouched: true,
        pieces: vec![(6, 15), (31, 37)],
        about: Vec::new(),
    }
}

/// What is written of the quote.
fn written(write: impl FnOnce(&Citation, &mut Vec<u8>)) -> String {
    let provenance = Provenance {
        content_hash: "c0ffee".to_owned(),
        analyzed_at: "2026-01-02T03:04:05Z".to_owned(),
        version: "0.1.0".to_owned(),
        model: "5f2c".to_owned(),
    };
    let mut out = Vec::new();
    write(&Citation { quote: &quote(), provenance: &provenance }, &mut out);
    String::from_utf8(out).expect("is text")
}

#[test]
fn bibtex_takes_nothing_for_a_command() {
    let entry = written(|citation, out| write_bibtex(citation, out).expect("memory takes it"));
    let expected = "\
@article{onrecord-0123456789ab,
  author = {June Okoro and Teo Sand},
  title = {Ferry \\& \\{pier\\}\\textbackslash{}u\\{1b\\}[2J},
  journal = {The Courier},
  url = {https://courier.example/a_b},
  note = {Ana Ruiz (said): “We act,” … “now.” [onrecord quote 0123456789abcdef0123456789abcdef]},
  year = {2020},
  month = mar,
  day = {9},
}
";
    assert_eq!(entry, expected);
}

#[test]
fn csl_has_the_parts_of_the_date() {
    let list = written(|citation, out| write_csl(citation, out).expect("memory takes it"));
    let list: serde_json::Value = serde_json::from_str(&list).expect("is JSON");
    assert_eq!(list[0]["issued"]["date-parts"], serde_json::json!([[2020, 3, 9]]));
    assert_eq!(list[0]["author"][1]["literal"], "Teo Sand");
    assert_eq!(list[0]["type"], "article-newspaper");
}

#[test]
fn the_page_begins_at_the_quote() {
    written(|citation, _| {
        let page = Page::whole(citation);
        assert_eq!(page.lines[page.at], "[C “We act,”] said Ana Ruiz, [C “now.”]");
        assert_eq!(Page::passage(citation, false).lines, ["[C “We act,”] said Ana Ruiz, [C “now.”]"]);
    });
}

#[test]
fn the_text_names_all_by_which_it_is_found_again() {
    let text = written(|citation, out| write_text(citation, out).expect("memory takes it"));
    for line in [
        "Ana Ruiz (said): “We act,” … “now.”\n\n",
        "title       Ferry & {pier}\\u{1b}[2J\n",
        "quote       7, key 0123456789abcdef0123456789abcdef\n",
        "article     3, characters 6–37\n",
        "content     hash c0ffee\n",
        "analyzed    by onrecord 0.1.0, model 5f2c (full), on 2026-01-02T03:04:05Z\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}
