//! [`Screen`]: what rows are shown on.

/// What rows are written to; a pipe or a file by default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Screen {
    /// Whether it acts on control characters, so that no format may let one through.
    pub is_terminal: bool,
    /// Its width in columns, where it is known.
    pub width: Option<u16>,
    /// Whether it shows colors, and they are wanted.
    pub colors: bool,
}
