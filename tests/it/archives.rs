//! Archives: the same rows however they are packed, what is left of one that was cut off, and what is made to do harm.

use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use onrecord::read::{self, Found, Options};
use zip::write::SimpleFileOptions;

use crate::support::{archive, gzip, onrecord, record, run, run_onrecord, sqlite3, write};

pub(crate) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("memory takes it");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("ends").into_inner()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, *bytes).expect("memory takes it");
    }
    builder.into_inner().expect("ends")
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).expect("opens");
    writer.write_all(bytes).expect("memory takes it");
    writer.finish().expect("ends")
}

/// Titles of the articles of a file, and what was rejected.
fn found(path: &Path) -> (Vec<String>, Vec<String>) {
    let options = Options::default();
    let (mut titles, mut rejected) = (Vec::new(), Vec::new());
    let _ = read::documents(&[path.to_owned()], &options, &mut |found| {
        match found {
            Found::Document(document) => match document.article(&options) {
                Ok(reading) => titles.push(reading.article.title.unwrap_or_default()),
                Err(reason) => rejected.push(reason.words),
            },
            Found::Rejected(rejection) => rejected.push(rejection.to_string()),
            Found::Skipped(_)
            | Found::LeadsOut(_)
            | Found::Unchanged(_)
            | Found::Finished(_)
            | Found::Opened(_) => {}
        }
        ControlFlow::Continue(())
    });
    (titles, rejected)
}

/// So many stories with names of their own, of a text that does not shrink to nothing.
fn stories(count: usize) -> Vec<(String, Vec<u8>)> {
    let words =
        |number: usize| (0..60).map(move |word| format!("w{} ", (number * 7919 + word * 104_729) % 100_003));
    let story = |number: usize| {
        let text: String = words(number).collect();
        (format!("{number}.txt"), format!("Story {number}\n\n{text}").into_bytes())
    };
    (0..count).map(story).collect()
}

fn borrowed(members: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect()
}

#[test]
fn an_archive_gives_the_same_rows_however_it_is_packed() {
    let lines = archive(0..40).into_bytes();
    let rows = |name: &str, bytes: &[u8]| {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), name, bytes);
        let ended = run_onrecord(folder.path(), &["ingest", "--fast", name]);
        assert_eq!(ended.code, Some(0), "{name}: {}", ended.stderr);
        sqlite3(
            &folder.path().join("test.db"),
            "SELECT id, external_id, title, body, author, publisher, published_at, url, language, content_hash FROM articles;
             SELECT id, kind, name FROM entities; SELECT key, speaker_text, cue, text, start, end, vouched FROM quotes",
        )
    };
    let plain = rows("a.jsonl", &lines);
    assert!(plain.lines().count() > 80);
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(&lines)),
        ("a.jsonl.zst", zstd::encode_all(&lines[..], 3).expect("memory takes it")),
        ("a.jsonl.xz", xz(&lines)),
        ("a.zip", zipped(&[("a.jsonl", &lines)])),
        ("a.tar", tarred(&[("a.jsonl", &lines)])),
        ("a.tar.gz", gzip(&tarred(&[("a.jsonl", &lines)]))),
        ("b.zip", zipped(&[("a.tar", &tarred(&[("a.jsonl.gz", &gzip(&lines))]))])),
    ] {
        assert!(rows(name, &bytes) == plain, "{name} gives other rows");
    }
}

#[test]
fn of_a_zip_that_breaks_off_what_stands_before_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = zipped(&borrowed(&stories(30)));
    for share in [30, 60, 90] {
        let path = write(folder.path(), "a.zip", &whole[..whole.len() * share / 100]);
        let (titles, rejected) = found(&path);
        let least = 30 * share / 100 - 4;
        assert!(titles.len() >= least, "{} of {share} %", titles.len());
        assert!(
            titles.iter().enumerate().all(|(number, title)| *title == format!("Story {number}")),
            "{titles:?}"
        );
        assert!(rejected.last().is_some_and(|said| said.contains("list of members")), "{rejected:?}");
        // In a pipe it is the same.
        let piped = std::fs::read(&path).expect("is there");
        let elsewhere = tempfile::tempdir().expect("a folder");
        let ended = run(&mut onrecord(elsewhere.path(), &["ingest", "--fast", "-"]), &piped);
        assert_eq!(ended.code, Some(3), "{}", ended.stderr);
        let count = sqlite3(&elsewhere.path().join("test.db"), "SELECT count(*) FROM articles");
        assert_eq!(count.trim(), titles.len().to_string());
    }
}

#[test]
fn members_whose_size_stands_behind_them_are_found_without_the_list() {
    // As programs write them that cannot go back: the sizes are zero, a flag says so, and they follow.
    let mut packed = Vec::new();
    for number in 0..3 {
        let text = format!("Story {number}\n\nA text of it.");
        let mut encoder = flate2::read::DeflateEncoder::new(text.as_bytes(), flate2::Compression::default());
        let mut content = Vec::new();
        encoder.read_to_end(&mut content).expect("is packed");
        let mut header = b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0".to_vec();
        header.extend([0; 12]);
        header.extend(b"\x05\0\0\0");
        header.extend(format!("{number}.txt").bytes());
        packed.extend(header);
        packed.extend(&content);
        packed.extend(b"PK\x07\x08\0\0\0\0");
        packed.extend((content.len() as u32).to_le_bytes());
        packed.extend((text.len() as u32).to_le_bytes());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (titles, rejected) = found(&write(folder.path(), "a.zip", packed));
    assert_eq!(titles, ["Story 0", "Story 1", "Story 2"]);
    assert_eq!(rejected.len(), 1);
}

#[test]
fn long_names_in_a_tar_are_read_within_a_bound() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = format!("{}/story.txt", "folder/".repeat(60).trim_end_matches('/'));
    let (titles, rejected) = found(&write(folder.path(), "a.tar", tarred(&[(&name, b"Long\n\nA text.")])));
    assert_eq!((titles, rejected), (vec!["Long".to_owned()], Vec::new()));
    for kind in [tar::EntryType::GNULongName, tar::EntryType::GNULongLink, tar::EntryType::XHeader] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(8 << 30);
        header.set_path("././@LongLink").expect("fits");
        header.set_cksum();
        let bytes =
            [tarred(&[("a.txt", b"First\n\nA text.")])[..1024].to_vec(), header.as_bytes().to_vec()].concat();
        let (titles, rejected) = found(&write(folder.path(), "a.tar", bytes));
        assert_eq!(titles, ["First"]);
        assert!(rejected[0].contains("a name in it is longer than 64 KB"), "{rejected:?}");
    }
}

#[test]
fn names_of_pax_are_those_that_count() {
    let mut builder = tar::Builder::new(Vec::new());
    let extensions: [(&str, &[u8]); 1] = [("path", "folder/café.txt".as_bytes())];
    builder.append_pax_extensions(extensions).expect("memory takes it");
    let mut header = tar::Header::new_ustar();
    header.set_size(15);
    builder.append_data(&mut header, "short.txt", &b"Story\n\nA text. "[..]).expect("memory takes it");
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.tar", builder.into_inner().expect("ends"));
    let ended = run_onrecord(folder.path(), &["ingest", "--fast", "a.tar"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let source = sqlite3(&folder.path().join("test.db"), "SELECT source FROM articles");
    assert_eq!(source, "a.tar!folder/café.txt\n");
}

#[test]
fn what_comes_in_a_pipe_has_a_budget_too() {
    let folder = tempfile::tempdir().expect("a folder");
    // None of them gives more than a document may hold; all together give more than so few bytes may.
    let inner = zipped(&[("z.txt", "word ".repeat(12 << 20).as_bytes())]);
    let members: Vec<_> = NAMES.iter().map(|name| (*name, &inner[..])).collect();
    let bomb = gzip(&zipped(&members));
    let ended = run(&mut onrecord(folder.path(), &["ingest", "--fast", "-"]), &bomb);
    assert_eq!(ended.code, Some(3));
    assert!(ended.stderr.contains("expands more than"), "{}", ended.stderr);
}

const NAMES: [&str; 12] = [
    "a.zip", "b.zip", "c.zip", "d.zip", "e.zip", "f.zip", "g.zip", "h.zip", "i.zip", "j.zip", "k.zip",
    "l.zip",
];

#[test]
fn of_a_document_that_breaks_off_what_stands_before_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let paragraphs: String = (0..200)
        .map(|number| {
            format!(
                "<w:p><w:r><w:t>Day {number}: {}</w:t></w:r></w:p>",
                record(number).replace(['<', '&'], "")
            )
        })
        .collect();
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{paragraphs}</w:body></w:document>");
    let whole = zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())]);
    let path = write(folder.path(), "a.docx", &whole[..whole.len() * 2 / 3]);
    let (titles, rejected) = found(&path);
    assert_eq!((titles.len(), rejected.len()), (1, 1), "{rejected:?}");
    assert!(rejected[0].contains("breaks off"), "{rejected:?}");
    let lines: String = stories(50)
        .into_iter()
        .map(|(_, text)| format!("{}\n", String::from_utf8_lossy(&text[9..])))
        .collect();
    let text = gzip(format!("Story\n\n{lines}").as_bytes());
    let (titles, rejected) = found(&write(folder.path(), "a.txt.gz", &text[..text.len() * 2 / 3]));
    assert_eq!((titles.len(), rejected.len()), (1, 1), "{rejected:?}");
}

#[test]
fn what_stands_in_a_frame_is_read_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let frame = "<w:txbxContent><w:p><w:r><w:t>In a frame.</w:t></w:r></w:p></w:txbxContent>";
    let second = frame.replace("In a", "In another");
    let document = format!(
        "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>\
         <w:p><w:r><w:t>Before.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{frame}</mc:Choice>\
         <mc:Fallback>{frame}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:pict>{second}</w:pict></w:r></w:p>\
         <w:p><w:r><w:t>Behind.</w:t></w:r></w:p></w:body></w:document>"
    );
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\"><w:p><w:r><w:t>rule</w:t></w:r></w:p></w:footnote>\
                 <w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let header = "<w:hdr xmlns:w=\"w\"><w:p><w:r><w:t>Each page.</w:t></w:r></w:p></w:hdr>";
    let bytes = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("word/header1.xml", header.as_bytes()),
    ]);
    write(folder.path(), "a.docx", bytes);
    assert_eq!(run_onrecord(folder.path(), &["ingest", "--fast", "a.docx"]).code, Some(0));
    let body = sqlite3(&folder.path().join("test.db"), "SELECT body FROM articles");
    assert_eq!(body, "Before.\n\nIn a frame.\n\nIn another frame.\n\nBehind.\n\nA note.\n");
}

#[test]
fn a_day_of_a_wire_is_a_story_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = |number: usize| {
        format!(
            "\u{16}\u{16}\u{1}a{number:04} r i\r\n\u{2}Story {number} about the ferry\r\n\r\n   The ferry to Valdora sails again from Monday, the harbor said.\r\n   “Yes,” the mayor said when she was asked whether it was full, “and it will be full until the last day of the summer, as it has been in every year since the bridge fell.”\r\n\u{3}\r\nXY-03-09-21 1015GMT\r\n\u{4}\r\n"
        )
    };
    let (titles, rejected) = found(&write(folder.path(), "day.txt", (0..3).map(story).collect::<String>()));
    assert!(rejected.is_empty(), "{rejected:?}");
    assert_eq!(titles, ["Story 0 about the ferry", "Story 1 about the ferry", "Story 2 about the ferry"]);
    assert!(rejected.is_empty(), "{rejected:?}");
}
