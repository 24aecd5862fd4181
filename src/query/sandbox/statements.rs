//! Lines that a person types → whole statements.
//!
//! Pure: knows where SQL ends a statement, and nothing of what it says.

/// Collects lines until a statement is whole.
#[derive(Debug, Default)]
pub struct Statements {
    text: String,
}

/// Within what the text stands at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    /// Up to this mark, which stands twice for itself.
    Quoted(char),
    LineComment,
    Comment,
}

impl Statements {
    /// Whether nothing has been typed yet of the next statement.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Forgets what was typed of a statement.
    pub fn clear(&mut self) {
        self.text.clear();
    }

    /// Takes a line, and gives the statements that are whole with it.
    pub fn add(&mut self, line: &str) -> Vec<String> {
        self.text.push_str(line);
        self.text.push('\n');
        let mut whole = Vec::new();
        while let Some(end) = end_of_first(&self.text) {
            let rest = self.text.split_off(end);
            let statement = std::mem::replace(&mut self.text, rest);
            if has_words(&statement) {
                whole.push(statement.trim().trim_end_matches(';').trim_end().to_owned());
            }
        }
        whole
    }

    /// The rest, when no more lines come.
    pub fn finish(self) -> Option<String> {
        has_words(&self.text).then(|| self.text.trim().to_owned())
    }
}

/// Where the first statement ends, behind its semicolon.
fn end_of_first(text: &str) -> Option<usize> {
    states(text)
        .find(|(_, character, within)| *character == ';' && *within == Within::Nothing)
        .map(|(at, ..)| at + 1)
}

/// Whether there is more than comments and semicolons.
fn has_words(text: &str) -> bool {
    let is_word = |(_, character, within): (usize, char, Within)| match within {
        Within::Nothing => !character.is_whitespace() && character != ';',
        Within::Quoted(_) => true,
        Within::LineComment | Within::Comment => false,
    };
    states(text).any(is_word)
}

/// Every character with what it stands within; a mark counts to what it opens or closes, as do those of comments.
fn states(text: &str) -> impl Iterator<Item = (usize, char, Within)> {
    let mut within = Within::Nothing;
    let mut closes_next = false;
    text.char_indices().map(move |(at, character)| {
        let next = text[at + character.len_utf8()..].chars().next();
        if closes_next {
            closes_next = false;
            within = Within::Nothing;
            return (at, character, Within::Comment);
        }
        let here = match (within, character, next) {
            (Within::Nothing, '\'' | '"' | '`', _) => {
                within = Within::Quoted(character);
                within
            }
            (Within::Nothing, '[', _) => {
                within = Within::Quoted(']');
                within
            }
            (Within::Nothing, '-', Some('-')) => {
                within = Within::LineComment;
                within
            }
            (Within::Nothing, '/', Some('*')) => {
                within = Within::Comment;
                within
            }
            // A mark that stands twice closes and opens again.
            (Within::Quoted(mark), _, _) if character == mark => {
                within = Within::Nothing;
                Within::Quoted(mark)
            }
            (Within::LineComment, '\n', _) => {
                within = Within::Nothing;
                Within::LineComment
            }
            (Within::Comment, '*', Some('/')) => {
                closes_next = true;
                within
            }
            _ => within,
        };
        (at, character, here)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_ends_at_its_semicolon() {
        for (lines, whole, rest) in [
            (&["SELECT 1;"][..], &["SELECT 1"][..], None),
            (&["SELECT 1; SELECT", "2;"], &["SELECT 1", "SELECT\n2"], None),
            (&["SELECT ';''' AS a;"], &["SELECT ';''' AS a"], None),
            (&["SELECT \"a;\" -- b;", "FROM c;"], &["SELECT \"a;\" -- b;\nFROM c"], None),
            (&["SELECT /* ; */ [a;b]", "FROM `c;`;"], &["SELECT /* ; */ [a;b]\nFROM `c;`"], None),
            (&["", ";;", "-- nothing", "/* ; */ ;"], &[], None),
            (&["SELECT 'é;", "x"], &[], Some("SELECT 'é;\nx")),
            (&["SELECT 1 /* open ;"], &[], Some("SELECT 1 /* open ;")),
        ] {
            let mut statements = Statements::default();
            let found: Vec<String> = lines.iter().flat_map(|line| statements.add(line)).collect();
            assert_eq!(found, whole, "{lines:?}");
            assert_eq!(statements.finish().as_deref(), rest, "{lines:?}");
        }
    }
}
