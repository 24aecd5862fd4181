//! The forms of English verbs, for tables that name a verb by its lemma.
//!
//! Knows spelling; what is irregular comes from the table that asks.

/// The form that a verb has in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VerbForm {
    /// say
    Base,
    /// says
    Third,
    /// said: past tense or past participle
    Past,
    /// saying
    Ing,
}

/// The forms of a verb: by the spelling rules of English, and the irregular ones as given.
pub(crate) fn inflect(lemma: &str, irregular: &str) -> Vec<(String, VerbForm)> {
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let consonant_y = lemma.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let third = match consonant_y {
        Some(stem) => format!("{stem}ies"),
        None if lemma.ends_with(['s', 'x']) || lemma.ends_with("sh") || lemma.ends_with("ch") => {
            format!("{lemma}es")
        }
        None => format!("{lemma}s"),
    };
    let mut forms = vec![(lemma.to_owned(), VerbForm::Base), (third, VerbForm::Third)];
    let (mut past, mut ing) = (false, false);
    for form in irregular.split_whitespace() {
        let kind = if form.ends_with("ing") { VerbForm::Ing } else { VerbForm::Past };
        past |= kind == VerbForm::Past;
        ing |= kind == VerbForm::Ing;
        forms.push((form.to_owned(), kind));
    }
    if !past {
        let regular = consonant_y.map_or_else(|| format!("{stem}ed"), |stem| format!("{stem}ied"));
        forms.push((regular, VerbForm::Past));
    }
    if !ing {
        forms.push((format!("{stem}ing"), VerbForm::Ing));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_rules_and_exceptions() {
        for (lemma, irregular, forms) in [
            ("say", "said", "say says said saying"),
            ("deny", "", "deny denies denied denying"),
            ("admit", "admitted admitting", "admit admits admitted admitting"),
            ("argue", "", "argue argues argued arguing"),
            ("stress", "", "stress stresses stressed stressing"),
            ("swear", "swore sworn", "swear swears swore sworn swearing"),
            ("obey", "", "obey obeys obeyed obeying"),
        ] {
            let inflected: Vec<String> =
                inflect(lemma, irregular).into_iter().map(|(form, _)| form).collect();
            assert_eq!(inflected.join(" "), forms);
        }
    }
}
