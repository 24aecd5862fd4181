//! How a target reads: all that is found in some bytes, and where.

use std::io::{BufReader, Cursor};
use std::ops::ControlFlow;

use onrecord::read::{self, Found, Options};

/// What was found at one place: its line, and the body of an article or the reason why there is none.
pub(super) type Place = (Option<u64>, Result<String, String>);

/// All that is found in bytes that are called `name`, given in pieces of so many.
pub(super) fn found(name: &str, bytes: &[u8], chunk: usize, options: &Options) -> Vec<Place> {
    let mut places = Vec::new();
    let input = Box::new(BufReader::with_capacity(chunk, Cursor::new(bytes.to_vec())));
    let _ = read::stream(name, input, options, &mut |found| {
        places.push(match found {
            Found::Document(document) => {
                let reading = document.article(options);
                (document.line, reading.map(|reading| reading.article.body).map_err(|reason| reason.words))
            }
            Found::Rejected(rejection) => (rejection.line, Err(rejection.reason)),
            Found::Skipped(name) | Found::LeadsOut(name) | Found::Unchanged(name) => (None, Err(name)),
            Found::Opened(opened) => (None, Err(opened.source)),
            Found::Finished(_) => return ControlFlow::Continue(()),
        });
        ControlFlow::Continue(())
    });
    places
}
