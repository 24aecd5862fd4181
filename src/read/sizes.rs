//! How much there is to read: the sizes of the files, summed by a quick walk.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use walkdir::WalkDir;

use crate::article::STANDARD_INPUT;
use crate::read::files::{is_hidden, is_not_input};
use crate::read::format::Options;

/// The size of all files that are to be read, in bytes; none where that is not known, as of a pipe, or once `stop` is set.
///
/// Opens nothing. Files that are read by a link from a hidden place are not counted: the sum is for a bar.
pub fn size_of(inputs: &[PathBuf], options: &Options, stop: &AtomicBool) -> Option<u64> {
    let mut sum = 0;
    for input in inputs {
        if input.as_os_str() == STANDARD_INPUT {
            return None;
        }
        let depth = usize::from(input.is_dir());
        let walk = WalkDir::new(input).follow_links(options.follow).min_depth(depth);
        let shown = walk.into_iter().filter_entry(move |entry| entry.depth() == 0 || !is_hidden(entry));
        for entry in shown.flatten() {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            // A file that is named itself may be a link.
            let metadata = if depth == 0 { entry.path().metadata().ok() } else { entry.metadata().ok() };
            let Some(metadata) = metadata.filter(std::fs::Metadata::is_file) else { continue };
            if !is_not_input(entry.path(), options) {
                sum += metadata.len();
            }
        }
    }
    Some(sum)
}
