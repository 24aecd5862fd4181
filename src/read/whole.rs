//! A file that is one document, read whole.

use std::io::Read;
use std::ops::ControlFlow;

use crate::read::format::{Emit, Found, InputFormat, RawDocument, Stream};
use crate::read::rejection::{MAX_DOCUMENT, Reason, Rejection, broken, too_large};

/// Hands on all that a stream holds as one document.
pub(crate) fn split(stream: Stream, format: &'static dyn InputFormat, emit: Emit<'_>) -> ControlFlow<()> {
    let mut bytes = Vec::new();
    let read = stream.input.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut bytes);
    let rejected = |reason: Reason| Found::Rejected(Rejection::new(&stream.source, None, reason));
    emit(match read {
        Err(error) => rejected(broken(&error)),
        Ok(_) if bytes.len() > MAX_DOCUMENT => rejected(too_large()),
        Ok(_) => {
            Found::Document(RawDocument { source: stream.source, line: None, bytes, format, address: None })
        }
    })
}
