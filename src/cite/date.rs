//! The parts of a stored date.

/// Year, month and day of a date in ISO 8601, as far as it goes.
pub(super) fn parts(date: &str) -> Vec<u32> {
    let day = date.split('T').next().unwrap_or_default();
    day.split('-').map_while(|part| part.parse().ok()).take(3).collect()
}
