//! The names of notes: readable, and safe on every file system.
//!
//! A name has no character that a path, Windows or a wikilink takes for more than a letter; no two are the same where case
//! and accents do not count; and it stays from one export to the next, since it is made of the entity's name and id alone.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::terminal::is_unsafe;

/// How many bytes of a name are kept: with the id and the ending it fits every file system.
const LONGEST: usize = 150;

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Which entity has which name bare; all others have their id behind it.
#[derive(Default)]
pub(super) struct FileNames {
    bare: HashMap<String, i64>,
}

impl FileNames {
    /// Notes an entity; of those with one name the first keeps it bare.
    pub(super) fn add(&mut self, id: i64, name: &str) {
        self.bare.entry(key(&safe(name))).or_insert(id);
    }

    /// The name of the note on an entity, without its ending.
    pub(super) fn of(&self, id: i64, name: &str) -> String {
        let safe = safe(name);
        // What looks like a name with an id gets one of its own, so that it cannot be that of another.
        let is_bare = self.bare.get(&key(&safe)) == Some(&id) && !safe.ends_with(')');
        if is_bare { safe } else { format!("{safe} ({id})") }
    }
}

/// What a file system may take for the same name.
fn key(name: &str) -> String {
    let folded: String = name.to_uppercase().nfkd().collect();
    folded.to_lowercase()
}

/// A name without what is more than a letter somewhere.
fn safe(name: &str) -> String {
    let replaced = |character: char| match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '^' | '[' | ']' | '%' => '_',
        _ if is_unsafe(character) || character.is_control() => '_',
        _ if character.is_whitespace() => ' ',
        other => other,
    };
    let mut safe: String = name.nfc().map(replaced).collect();
    let end = (0..=LONGEST.min(safe.len())).rev().find(|end| safe.is_char_boundary(*end)).unwrap_or_default();
    safe.truncate(end);
    // A dot at its begin hides a file, one at its end is dropped by Windows.
    let trimmed = safe.trim_matches([' ', '.']);
    let stem = trimmed.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let stem = stem.trim_end_matches(|digit: char| digit.is_ascii_digit() || "¹²³".contains(digit));
    match trimmed {
        "" => "unnamed".to_owned(),
        _ if DEVICES.contains(&stem) => format!("_{trimmed}"),
        _ => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe() {
        for (name, expected) in [
            ("Ana Ruiz", "Ana Ruiz"),
            ("José Méndez Jr.", "José Méndez Jr"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..", "unnamed"),
            ("", "unnamed"),
            (".hidden", "hidden"),
            ("AC/DC: \"a|b\" [[x]] #1^2", "AC_DC_ _a_b_ __x__ _1_2"),
            ("con", "_con"),
            ("Lpt1.txt", "_Lpt1.txt"),
            ("Conrad", "Conrad"),
            ("a\n\u{202e}b\0", "a__b_"),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
        assert!(safe(&"é".repeat(500)).len() <= LONGEST);
    }

    #[test]
    fn no_two_are_the_same() {
        let entities = [
            (1, "Ana Ruiz"),
            (2, "ANA RUIZ"),
            (3, "Ana Ruiz"),
            (4, "Ana Ruiz (3)"),
            (5, "Jose\u{301}"),
            (6, "José"),
            (7, "straße"),
            (8, "STRASSE"),
            (9, "a/b"),
            (10, "a:b"),
        ];
        let mut names = FileNames::default();
        entities.iter().for_each(|(id, name)| names.add(*id, name));
        let given: Vec<String> = entities.iter().map(|(id, name)| names.of(*id, name)).collect();
        assert_eq!(given[..4], ["Ana Ruiz", "ANA RUIZ (2)", "Ana Ruiz (3)", "Ana Ruiz (3) (4)"]);
        let keys: std::collections::HashSet<String> = given.iter().map(|name| key(name)).collect();
        assert_eq!(keys.len(), entities.len(), "{given:?}");
    }
}
