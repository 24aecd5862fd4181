//! A path as it is kept and compared.

use std::path::{Component, Path, PathBuf};

use crate::article::STANDARD_INPUT;

/// The path as it is kept: as given, without `./` and doubled slashes. A file `-` keeps its `./`, since it is not
/// standard input.
pub(crate) fn name(path: &Path) -> String {
    let named: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    match named.as_os_str().to_str() {
        Some("") => ".".to_owned(),
        Some(STANDARD_INPUT) => format!("./{STANDARD_INPUT}"),
        _ => named.display().to_string(),
    }
}

/// The path from the root, without `.` and `..`; links are not followed.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_name() {
        for (path, expected) in
            [("./a/./b.txt", "a/b.txt"), ("a//b.txt", "a/b.txt"), (".", "."), ("./-", "./-"), ("/a/", "/a")]
        {
            assert_eq!(name(Path::new(path)), expected);
        }
        assert_eq!(absolute(Path::new("/a/b/../c/./d.txt")), Path::new("/a/c/d.txt"));
    }
}
