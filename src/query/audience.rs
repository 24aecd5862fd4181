//! [`Audience`]: whether people or programs read an answer, which decides its columns and its length.

/// For whom an answer is: the same facts, in other rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Rows of `who_said_what` or `who_is`, all of them.
    Programs,
    /// A row for each quote, few columns, a page of rows.
    People,
    /// The same made for reading one after the other: equal quotes once.
    Readers,
}
