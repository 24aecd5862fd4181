//! A file that is one document, read whole.

use std::io::{ErrorKind, Read};
use std::ops::ControlFlow;

use crate::read::format::{Emit, Found, InputFormat, RawDocument, Stream};
use crate::read::rejection::{MAX_DOCUMENT, Reason, Rejection, broken, too_large};

/// Hands on all that a stream holds as one document.
pub(crate) fn split(stream: Stream, format: &'static dyn InputFormat, emit: Emit<'_>) -> ControlFlow<()> {
    split_and_check(stream, format, &|_| None, emit)
}

/// Does the same, and says what is missing from the document, so far as `fault` finds something.
pub(crate) fn split_and_check(
    stream: Stream,
    format: &'static dyn InputFormat,
    fault: &dyn Fn(&[u8]) -> Option<Reason>,
    emit: Emit<'_>,
) -> ControlFlow<()> {
    let mut bytes = Vec::new();
    let read = stream.input.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut bytes);
    let source = stream.source.clone();
    let rejected = |reason: Reason| Found::Rejected(Rejection::new(&source, None, reason));
    let fault = match read {
        // What breaks off is kept as far as it goes.
        Err(error) if error.kind() == ErrorKind::UnexpectedEof && !bytes.is_empty() => {
            Some(rejected(broken(&error)))
        }
        Err(error) => return emit(rejected(broken(&error))),
        Ok(_) if bytes.len() > MAX_DOCUMENT => return emit(rejected(too_large())),
        Ok(_) => fault(&bytes).map(rejected),
    };
    emit(Found::Document(RawDocument {
        source: stream.source,
        line: None,
        bytes,
        format,
        address: None,
        doubts: Vec::new(),
    }))?;
    fault.map_or(ControlFlow::Continue(()), emit)
}
