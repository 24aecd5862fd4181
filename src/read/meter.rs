//! How far reading has come, in bytes of the files themselves, packed as they are.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts what is read of the files; one thread reads, any may look.
#[derive(Debug, Default)]
pub struct Meter {
    /// The sizes of the files that are done.
    done: AtomicU64,
    /// How much is read of the file that is being read, and its size.
    read: AtomicU64,
    size: AtomicU64,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// In all files together.
    pub all: u64,
    /// In the file that is being read.
    pub file: u64,
    /// The size of that file; 0 where it has none, as a pipe.
    pub size: u64,
}

impl Meter {
    /// How far reading has come.
    pub fn position(&self) -> Position {
        let size = self.size.load(Ordering::Relaxed);
        // What is read twice, as the list of a zip, counts once.
        let file = self.read.load(Ordering::Relaxed).min(size);
        Position { all: self.done.load(Ordering::Relaxed) + file, file, size }
    }

    /// A file of this size is begun.
    pub(crate) fn begin(&self, size: u64) {
        self.read.store(0, Ordering::Relaxed);
        self.size.store(size, Ordering::Relaxed);
    }

    /// So much more of it is read.
    pub(crate) fn add(&self, bytes: u64) {
        self.read.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The file is done, whether all of it was looked at or not.
    pub(crate) fn end(&self) {
        self.done.fetch_add(self.size.swap(0, Ordering::Relaxed), Ordering::Relaxed);
        self.read.store(0, Ordering::Relaxed);
    }
}

/// A file of which is counted what is taken from it, and not what lies ready.
pub(crate) struct Metered<R> {
    pub(crate) input: R,
    pub(crate) meter: Option<Arc<Meter>>,
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        if let Some(meter) = &self.meter {
            meter.add(count as u64);
        }
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if let Some(meter) = &self.meter {
            meter.add(count as u64);
        }
        self.input.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_counts_by_its_size_and_no_more() {
        let meter = Arc::new(Meter::default());
        meter.begin(10);
        let mut input = Metered { input: &[0; 30][..], meter: Some(Arc::clone(&meter)) };
        assert_eq!(input.fill_buf().expect("is there").len(), 30);
        input.read_exact(&mut [0; 4]).expect("is there");
        assert_eq!(meter.position(), Position { all: 4, file: 4, size: 10 });
        input.read_exact(&mut [0; 20]).expect("is there");
        assert_eq!(meter.position(), Position { all: 10, file: 10, size: 10 });
        meter.end();
        meter.begin(5);
        assert_eq!(meter.position(), Position { all: 10, file: 0, size: 5 });
    }
}
