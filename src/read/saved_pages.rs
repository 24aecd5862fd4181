//! Folders in which a browser keeps what a saved page shows: `pier_files` beside `pier.html`.
//!
//! Pictures, styles and scripts are no input, and a frame in there is no page of its own.

use std::collections::HashSet;
use std::path::Path;

/// With what the names of such folders end, in the languages of browsers.
const SUFFIXES: &[&str] = &[
    "_files",
    "-files",
    ".files",
    "_Files",
    "-Dateien",
    "-filer",
    "_fichiers",
    "-fichiers",
    "_archivos",
    "-archivos",
    "_file",
    "_bestanden",
    "-bestanden",
    "_arquivos",
    "_ficheiros",
    "_pliki",
    "_soubory",
    "_tiedostot",
];

/// The endings of the pages.
const ENDINGS: &[&str] = &["html", "htm", "xhtml", "shtml"];

/// The names that the page of a folder may have; none if it is not called like one.
fn pages_of(folder: &str) -> impl Iterator<Item = String> {
    let stems =
        SUFFIXES.iter().filter_map(|suffix| folder.strip_suffix(suffix)).filter(|stem| !stem.is_empty());
    stems.flat_map(|stem| ENDINGS.iter().map(move |ending| format!("{stem}.{ending}")))
}

/// Whether a folder on disk lies beside the page that it belongs to.
pub(crate) fn is_of_page(folder: &Path) -> bool {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    pages_of(&name).any(|page| folder.with_file_name(page).is_file())
}

/// The pages that were met in an archive.
#[derive(Default)]
pub(crate) struct Pages(HashSet<String>);

/// How many pages of an archive are kept in mind.
const MOST_PAGES: usize = 100_000;

impl Pages {
    /// Notes the name of a member.
    pub(crate) fn note(&mut self, name: &str) {
        let is_page = name
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_lowercase().as_str()));
        if is_page && self.0.len() < MOST_PAGES {
            self.0.insert(name.to_owned());
        }
    }

    /// The folder of a page that was noted, if the member lies in one.
    pub(crate) fn folder_around<'n>(&self, name: &'n str) -> Option<&'n str> {
        let folders = name.match_indices('/').map(|(at, _)| &name[..at]);
        folders.into_iter().find(|folder| pages_of(folder).any(|page| self.0.contains(&page)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_belongs_to_the_page_beside_it() {
        let mut pages = Pages::default();
        ["a/pier.html", "b/pier.htm", "c.txt"].into_iter().for_each(|name| pages.note(name));
        assert_eq!(pages.folder_around("a/pier_files/x/a.js"), Some("a/pier_files"));
        assert_eq!(pages.folder_around("b/pier-Dateien/a.js"), Some("b/pier-Dateien"));
        for other in ["a/pier.html", "a/quay_files/a.js", "c_files/a.js", "_files/a.js"] {
            assert_eq!(pages.folder_around(other), None, "{other}");
        }
        let folder = tempfile::tempdir().expect("a folder is made");
        std::fs::write(folder.path().join("pier.html"), "").expect("is written");
        assert!(is_of_page(&folder.path().join("pier_files")));
        assert!(!is_of_page(&folder.path().join("quay_files")));
    }
}
