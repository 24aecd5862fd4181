//! Electronic books (EPUB): a chapter an article, as newspapers are made into them.

use std::collections::HashMap;
use std::io::Read;
use std::ops::ControlFlow;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::office::Parts;
use crate::read::rejection::{self, MAX_DOCUMENT, Reason, Rejection};
use crate::read::xml::Element;
use crate::read::{markup, members, record, xml};

/// The format.
pub(crate) struct Epub;

/// A shorter chapter is a title page or a list, in characters.
const SHORTEST: usize = 200;

impl InputFormat for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        let begins = &head.bytes[..head.bytes.len().min(200)];
        members::is_zip(head.bytes) && memchr::memmem::find(begins, b"mimetypeapplication/epub+zip").is_some()
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let mut bytes = Vec::new();
        let read = stream.input.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut bytes);
        let chapters = match read {
            Err(error) => Err(rejection::broken(&error)),
            Ok(_) if bytes.len() > MAX_DOCUMENT => Err(rejection::too_large()),
            Ok(_) => chapters(&bytes),
        };
        match chapters {
            Err(reason) => emit(Found::Rejected(Rejection::new(stream.source, None, reason))),
            Ok((chapters, fault)) => {
                for chapter in chapters {
                    let bytes = serde_json::to_vec(&chapter).unwrap_or_default();
                    let line = Some(1);
                    emit(Found::Document(RawDocument {
                        source: stream.source.clone(),
                        line,
                        bytes,
                        format: self,
                        address: None,
                        doubts: Vec::new(),
                    }))?;
                }
                match fault {
                    Some(reason) => emit(Found::Rejected(Rejection::new(stream.source, None, reason))),
                    None => ControlFlow::Continue(()),
                }
            }
        }
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        record::article(document, options)
    }
}

/// The fields of each chapter, and what is missing from the book.
type Chapters = (Vec<Map<String, Value>>, Option<String>);

/// The chapters of a book in the order of reading; all of a book that has only short ones is one.
fn chapters(bytes: &[u8]) -> Result<Chapters, Reason> {
    let mut parts = Parts::of(bytes)?;
    let container = parts.xml("META-INF/container.xml")?.ok_or("it has no list of its chapters")?;
    let path = container.find("rootfile").and_then(|file| file.attribute("full-path"));
    let path = path.ok_or("it has no list of its chapters")?.to_owned();
    let package = parts.xml(&path)?.ok_or("it has no list of its chapters")?;
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let of_book = |name: &str| package.find(name).and_then(Element::line);
    let manifest: HashMap<&str, &Element> =
        package.find_all("item").into_iter().filter_map(|item| Some((item.attribute("id")?, item))).collect();
    let mut found: Vec<(Option<String>, String)> = Vec::new();
    for reference in package.find_all("itemref") {
        let file = reference.attribute("idref").and_then(|id| manifest.get(id));
        let Some(address) = file.and_then(|file| file.attribute("href")) else { continue };
        let Some(bytes) = parts.bytes(&member(&folder, address))? else { continue };
        let text = xml::decoded(&bytes)?;
        let prose = markup::fragment_text(&text);
        if !prose.is_empty() {
            let heading = heading(&text);
            let below =
                heading.as_deref().and_then(|heading| prose.strip_prefix(heading)).map(str::trim_start);
            let prose = below.filter(|below| !below.is_empty()).map(str::to_owned).unwrap_or(prose);
            found.push((heading, prose));
        }
    }
    let long: Vec<_> = found.iter().filter(|(_, prose)| prose.chars().count() >= SHORTEST).cloned().collect();
    if long.is_empty() {
        let prose = found.into_iter().map(|(_, prose)| prose).collect::<Vec<_>>().join("\n\n");
        if prose.is_empty() {
            return Err(rejection::no_text());
        }
        found = vec![(None, prose)];
    } else {
        found = long;
    }
    let book = of_book("dc:title");
    let chapters = found.into_iter().map(|(heading, prose)| {
        let mut fields = Map::new();
        let entries = [
            ("title", heading.or_else(|| book.clone())),
            ("author", of_book("dc:creator")),
            ("publisher", of_book("dc:publisher").or_else(|| book.clone())),
            ("published", of_book("dc:date")),
            ("language", of_book("dc:language")),
            ("text", Some(prose)),
        ];
        for (name, value) in entries {
            fields.extend(value.map(|value| (name.to_owned(), value.into())));
        }
        fields
    });
    Ok((chapters.collect(), parts.fault()))
}

/// The member that an address leads to from a folder: `../text/one%20two.xhtml#start` from `OEBPS/package/`.
fn member(folder: &str, address: &str) -> String {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().unwrap_or(path.into());
    let from = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in from.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            // Above the root there is nothing.
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The first heading of a chapter.
fn heading(text: &str) -> Option<String> {
    let (tree, _) = xml::parse(text);
    ["h1", "h2", "title"].iter().find_map(|name| tree.find(name)?.line())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_members() {
        for (folder, address, expected) in [
            ("OEBPS/", "one.xhtml", "OEBPS/one.xhtml"),
            ("OEBPS/package/", "../text/one%20two.xhtml#start", "OEBPS/text/one two.xhtml"),
            ("OEBPS/", "./caf%C3%A9.xhtml", "OEBPS/café.xhtml"),
            ("OEBPS/", "/text/one.xhtml", "text/one.xhtml"),
            ("", "../../one%.xhtml", "one%.xhtml"),
            ("OEBPS/", "%FF.xhtml", "OEBPS/%FF.xhtml"),
        ] {
            assert_eq!(member(folder, address), expected);
        }
    }
}
