//! PDF: read in a process of its own, which may fail, hang and be missing without harm to the run.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use onrecord::read::{self, Found, Options};

use crate::support::{onrecord, program, run, run_onrecord, sqlite3, write};

/// A PDF of one page with this content.
fn pdf(content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = file.len();
    file.push_str(&format!(
        "xref\n0 6\n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ));
    file.into_bytes()
}

/// Lines of text, each at its place.
fn lines(lines: &[(u32, u32, &str)]) -> String {
    let shown = lines.iter().map(|(x, y, line)| format!("BT /F 10 Tf {x} {y} Td ({line}) Tj ET\n"));
    shown.collect()
}

/// What the library makes of a PDF with this reader: the body, or why there is none.
fn read_with(reader: Option<PathBuf>, file: &Path) -> Vec<Result<String, String>> {
    let options = Options { pdf_program: reader, ..Options::default() };
    let mut read = Vec::new();
    let _ = read::documents(&[file.to_owned()], &options, &mut |found| {
        if let Found::Document(document) = found {
            let reading = document.article(&options);
            read.push(reading.map(|reading| reading.article.body).map_err(|reason| reason.words));
        }
        ControlFlow::Continue(())
    });
    read
}

#[test]
fn a_pdf_is_an_article_among_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = lines(&[(60, 700, "“The pier is safe,” said Ana Ruiz."), (60, 600, "It will open in May.")]);
    write(folder.path(), "in/a.pdf", pdf(&page.replace('“', "\\252").replace('”', "\\272")));
    write(folder.path(), "in/b.pdf", b"%PDF-1.4\nnothing\n%%EOF\n");
    write(folder.path(), "in/c.txt", "A text behind them.");
    let ended = run_onrecord(folder.path(), &["ingest", "in"]);
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    assert!(ended.stderr.contains("in/b.pdf: it is damaged, and no page can be found"), "{}", ended.stderr);
    let stored = sqlite3(&folder.path().join("test.db"), "SELECT source, body FROM articles ORDER BY id");
    assert_eq!(
        stored,
        "in/a.pdf|“The pier is safe,” said Ana Ruiz.\n\nIt will open in May.\nin/c.txt|A text behind them.\n"
    );
}

#[test]
fn text_above_is_read_before_text_below_whatever_was_drawn_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = lines(&[
        (60, 500, "Third it rained."),
        (60, 700, "First it"),
        (100, 700, "snowed."),
        (60, 600, "Then it blew."),
    ]);
    let file = write(folder.path(), "a.pdf", pdf(&page));
    let read = read_with(Some(program().into()), &file);
    assert_eq!(read, [Ok("First it snowed.\n\nThen it blew.\n\nThird it rained.".to_owned())]);
}

#[test]
fn without_a_reader_a_pdf_is_rejected_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(folder.path(), "a.pdf", pdf(&lines(&[(60, 700, "A text.")])));
    for (reader, reason) in [(None, "name onrecord"), (Some("no/such/program".into()), "cannot be started")] {
        let [Err(said)] = &read_with(reader, &file)[..] else { panic!("it is read") };
        assert!(said.contains(reason), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_fails_costs_its_file_and_no_more() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().expect("a folder");
    let file = write(folder.path(), "a.pdf", pdf(&lines(&[(60, 700, "A text.")])));
    // One that says nothing, one that says what is no answer, one that is killed, one that never stops.
    for body in ["exit 0", "echo no", "kill -9 $$", "yes '{}'"] {
        let script = write(folder.path(), "reader", format!("#!/bin/sh\n{body}\n"));
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("may be run");
        let [Err(said)] = &read_with(Some(script), &file)[..] else { panic!("{body} is read") };
        assert!(said.contains("its reader failed over it"), "{body}: {said}");
    }
}

#[test]
fn the_reader_answers_whatever_it_is_given() {
    let folder = tempfile::tempdir().expect("a folder");
    for (input, answer) in [
        (&b""[..], "it is damaged"),
        (b"%PDF-1.7", "it is damaged"),
        (&pdf(""), "its pages are empty"),
        (&pdf(&lines(&[(60, 700, "A text.")])), "A text."),
    ] {
        let mut command = std::process::Command::new(program());
        let ended = run(command.current_dir(folder.path()).arg("read-pdf"), input);
        assert_eq!(ended.code, Some(0));
        assert!(ended.stdout.contains(answer) && ended.stdout.ends_with("}\n"), "{}", ended.stdout);
    }
    // For people there is no such command.
    assert_eq!(run(&mut onrecord(folder.path(), &["read-pdf"]), b"").code, Some(2));
}
