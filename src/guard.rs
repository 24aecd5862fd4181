//! Keeps a panic to the one document that it came from: the run goes on with the next.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs something that may panic; the error is the reason, in the words that the document is rejected with.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        format!("a fault of onrecord, please report it: {text}")
    })
}
