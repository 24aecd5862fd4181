//! Where the trained model ends the sentences of short invented texts.

use onrecord::annotate::Model;
use onrecord::annotate::annotate;
use onrecord::article::Article;

/// Writes the cut text with ` ` between tokens, ` | ` between sentences and ` ¶ ` between paragraphs.
fn marked(body: &str) -> String {
    let article = Article { body: body.to_owned(), ..Article::default() };
    let document = annotate(&article, Model::embedded()).document;
    let mut out = String::new();
    for (index, token) in document.tokens.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).map(|before| document.tokens[before]) {
            out.push_str(match () {
                () if before.paragraph != token.paragraph => " ¶ ",
                () if before.sentence != token.sentence => " | ",
                () => " ",
            });
        }
        out.push_str(token.span.slice(body));
    }
    out
}

#[test]
fn sentences_end_where_a_reader_ends_them() {
    for (body, sentences) in [
        ("He left. She stayed.", "He left . | She stayed ."),
        ("Dr. Ruiz met Mr. Hall in St. Ives.", "Dr. Ruiz met Mr. Hall in St. Ives ."),
        ("It moved to the U.S. The bank closed.", "It moved to the U.S. | The bank closed ."),
        ("The U.S. Senate voted.", "The U.S. Senate voted ."),
        ("“We won. We are glad,” he said.", "“ We won . | We are glad , ” he said ."),
        ("\"It is over.\" He left.", "\" It is over . \" | He left ."),
        (
            "He said: \"It is over.\" \"No,\" she said.",
            "He said : \" It is over . \" | \" No , \" she said .",
        ),
        ("\"Why?\" he asked. Nobody knew.", "\" Why ? \" he asked . | Nobody knew ."),
        ("“Is it true?” Ruiz asked.", "“ Is it true ? ” Ruiz asked ."),
        ("(It rained.) They went.", "( It rained . ) | They went ."),
        ("Prices rose 3.5 percent. Two firms closed.", "Prices rose 3.5 percent . | Two firms closed ."),
        // Wrong, and known to be: a number behind a full stop seldom begins a sentence in the treebanks.
        ("Prices rose 3.5 percent. 12 firms closed.", "Prices rose 3.5 percent . 12 firms closed ."),
        ("One line\n\nAnother line", "One line ¶ Another line"),
    ] {
        assert_eq!(marked(body), sentences);
    }
}

#[test]
fn hard_wrapped_text_keeps_its_sentences() {
    let body = "The ministry of trade said on Monday that it would\n\
                review the tariff on imported steel before the end of\n\
                the month, a step that producers had asked for since\n\
                the spring of last year.\n\
                \x20   A spokesman gave no date.\n";
    let text = marked(body);
    assert_eq!(text.matches('¶').count(), 1, "{text}");
    assert!(text.contains("would review"), "{text}");
}
