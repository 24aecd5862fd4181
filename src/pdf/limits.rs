//! What the process that reads a PDF may use, as far as the system lets itself be told.

/// Memory, in bytes: what the largest file takes, and as much again for the largest of its pages.
#[cfg(unix)]
const MEMORY: u64 = 400 << 20;

/// Time of a processor, in seconds. Who waits for the answer waits no longer; this ends a reader that nobody waits for.
#[cfg(unix)]
const SECONDS: u64 = 10;

/// Bounds this process for the rest of its life.
#[cfg(unix)]
pub(crate) fn set() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    // It writes no file, the image of its memory included.
    for (resource, most) in
        [(Resource::As, MEMORY), (Resource::Cpu, SECONDS), (Resource::Fsize, 0), (Resource::Core, 0)]
    {
        let most = getrlimit(resource).maximum.map_or(most, |bound| bound.min(most));
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

/// Where the system has no such limits, the time that the caller waits and the size of file and answer are all.
#[cfg(not(unix))]
pub(crate) fn set() {}
