//! The fields that site builders keep before a text: YAML between lines of `---`, TOML between lines of `+++`.

use serde_json::{Map, Value};

use crate::read::fields::FieldRole;

/// How long the fields may be, in bytes.
const LONGEST: usize = 64 << 10;

/// The fields before a text, and the text; none if it begins with none.
pub(crate) fn of(text: &str) -> Option<(Map<String, Value>, &str)> {
    let text = text.trim_start_matches(['\u{FEFF}', '\n', ' ']);
    let (first, rest) = text.split_once('\n')?;
    let mark = first.trim_end();
    if mark != "---" && mark != "+++" {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let is_end = line.trim_end() == mark || mark == "---" && line.trim_end() == "...";
        if is_end {
            let fields = if mark == "---" { yaml(&rest[..at]) } else { by_lines(&rest[..at], '=') };
            return (!fields.is_empty()).then_some((fields, &rest[at + line.len()..]));
        }
        at += line.len();
        if at > LONGEST {
            break;
        }
    }
    None
}

/// Names that are known of records and mean something else above a text: a picture, a folder, whatever the text is about.
pub(crate) const OF_OTHERS: &[&str] = &["key", "name", "media", "site", "domain"];

/// Those of the fields that say something of the article. Nothing of what stands before a text is the text, whatever it is
/// called, and some names mean something else to site builders than to archives.
pub(crate) fn of_article(mut fields: Map<String, Value>) -> Map<String, Value> {
    fields.retain(|name, _| !FieldRole::Body.goes_by(name));
    fields.retain(|name, _| !OF_OTHERS.contains(&name.as_str()) && !matches!(name.as_str(), "id" | "source"));
    fields
}

fn yaml(text: &str) -> Map<String, Value> {
    match serde_yaml_ng::from_str(text) {
        Ok(Value::Object(fields)) => fields,
        // People write titles with colons and marks of quotation in them.
        _ => by_lines(text, ':'),
    }
}

/// Fields of which each stands on a line, whatever is broken in others.
fn by_lines(text: &str, sign: char) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut last: Option<String> = None;
    for line in text.lines() {
        let item = line.trim_start().strip_prefix("- ");
        if let (Some(item), Some(name)) = (item, &last) {
            let value: &mut Value = fields.entry(name.clone()).or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(values) = value {
                values.push(unquoted(item).into());
            }
            continue;
        }
        let named = line.split_once(sign).filter(|(name, _)| !name.starts_with([' ', '\t', '#', '[']));
        let Some((name, value)) = named else { continue };
        let (name, value) = (name.trim().to_owned(), value.trim());
        if !value.is_empty() {
            let parsed = serde_json::from_str(value)
                .ok()
                .filter(|value: &Value| value.is_string() || value.is_array());
            fields.insert(name.clone(), parsed.unwrap_or_else(|| unquoted(value).into()));
        }
        last = Some(name);
    }
    fields
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let within = |mark: char| value.strip_prefix(mark).and_then(|value| value.strip_suffix(mark));
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Option<String> {
        of(text).map(|(fields, rest)| format!("{} | {rest}", Value::Object(fields)))
    }

    #[test]
    fn fields_and_text_are_parted() {
        for (text, expected) in [
            (
                "---\ntitle: 'The pier'\nauthors:\n  - Ann\n  - Leo\n# note\ndate: 2016-09-20 10:15:00 -0400\n---\nText",
                r#"{"authors":["Ann","Leo"],"date":"2016-09-20 10:15:00 -0400","title":"The pier"} | Text"#,
            ),
            (
                "---\ntitle: Pier: closed: again\nauthors:\n- Ann\n---\nText",
                r#"{"authors":["Ann"],"title":"Pier: closed: again"} | Text"#,
            ),
            (
                "+++\ntitle = \"The pier\"\ntags = [\"a\", \"b\"]\n+++\nText",
                r#"{"tags":["a","b"],"title":"The pier"} | Text"#,
            ),
        ] {
            assert_eq!(fields(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(fields("---\nA rule, and no fields.\n---\n"), None);
        assert_eq!(fields("Text\n---\na: b\n---\n"), None);
    }

    #[test]
    fn aliases_make_no_much_of_little() {
        let mut bomb = "---\ntitle: T\na0: &a0 [x, x, x, x]\n".to_owned();
        for depth in 1..30 {
            bomb.push_str(&format!("a{depth}: &a{depth} [*a{0}, *a{0}, *a{0}, *a{0}]\n", depth - 1));
        }
        let (fields, _) = of(&format!("{bomb}---\nText"))
            .map(|(fields, text)| (fields, text.to_owned()))
            .expect("has fields");
        assert_eq!(fields["title"], "T");
    }
}
