//! English, and no news: what several stages ask of phrases, trees and forms of words.
//!
//! `phrase` finds noun phrases by parts of speech, `syntax` what hangs on what, `role` the part that a phrase plays in its
//! sentence, `inflect` the forms of a verb, `descriptors` the nouns beside a name, `describing` what is said of somebody, `governments` the nouns for those who act for a country. Knows tags and trees; never what is a
//! quote, an office or an entity. Start reading at `phrase`.

pub(super) mod describing;
pub(super) mod descriptors;
pub(super) mod governments;
pub(super) mod inflect;
pub(super) mod phrase;
pub(super) mod role;
