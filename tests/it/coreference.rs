//! Who is meant by the pronouns and descriptions of short invented texts.

use onrecord::annotate::Model;
use onrecord::article::Article;
use onrecord::facts::Form;
use onrecord::pipeline::analyze;

/// The text with the name of whoever is meant behind every pronoun and description: `She[Maria Sand]`.
fn marked(body: &str) -> String {
    let article = Article { body: body.to_owned(), ..Article::default() };
    let model = Model::embedded();
    let facts = analyze(&article, model).facts;
    let mut mentions = facts.mentions.clone();
    mentions.retain(|mention| mention.form != Form::Name);
    mentions.sort_by_key(|mention| (mention.span.end(), std::cmp::Reverse(mention.span.start())));
    let mut marked = String::new();
    let mut done = 0;
    for mention in &mentions {
        marked.push_str(&body[done..mention.span.end()]);
        marked.push_str(&format!("[{}]", facts.entities[mention.entity.index()].name));
        done = mention.span.end();
    }
    marked + &body[done..]
}

/// Removes the marks, analyzes the text and compares.
fn check(expected: &str) {
    let mut body = String::new();
    let mut depth = 0;
    for character in expected.chars() {
        match character {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ if depth == 0 => body.push(character),
            _ => {}
        }
    }
    assert_eq!(marked(&body), expected);
}

#[test]
fn pronouns_take_their_gender() {
    check("Maria Sand met John Brandt on Monday. She[Maria Sand] said the talks went well.");
    check("Maria Sand met John Brandt on Monday. He[John Brandt] said the talks went well.");
}

#[test]
fn whoever_speaks_is_not_named_in_the_words() {
    check("Maria Sand met Ana Ruiz. “Ms Ruiz promised us a boat,” she[Maria Sand] said.");
    check("Maria Sand met Ana Ruiz. She[Maria Sand] said that Ruiz had promised a boat.");
}

#[test]
fn a_noun_shows_the_gender_of_a_name_that_does_not() {
    check("Actress Qori Ruiz met John Brandt on Monday. She[Qori Ruiz] left early.");
}

#[test]
fn organizations_are_it_and_the_company() {
    check("Northwind Corp. closed a plant. It[Northwind Corp.] gave no date.");
    check(
        "Northwind Corp. said it[Northwind Corp.] would close a plant. The company[Northwind Corp.] gave no date.",
    );
    check("The Ministry of Health closed a lab. The ministry[Ministry of Health] gave no date.");
}

#[test]
fn clauses_are_nobody() {
    check("Northwind Corp. closed a plant. It is clear that nobody knew.");
}

#[test]
fn relative_pronouns_take_their_noun() {
    check("Maria Sand, who[Maria Sand] leads the council, left early.");
}

#[test]
fn descriptions_take_the_holder_of_the_office() {
    check("Mayor Maria Sand met John Brandt. The mayor[Maria Sand] left early.");
}

#[test]
fn a_description_before_a_name_is_that_name() {
    check("President John Brandt left. The president[Karl Voss], Karl Voss, spoke.");
}

#[test]
fn a_possessive_is_not_the_one_who_is_owned() {
    check("Leo Ruiz left early. His[Leo Ruiz] brother-in-law John Brandt stayed.");
}

#[test]
fn nobody_calls_himself_he() {
    check("Leo Ruiz met John Brandt. “He[John Brandt] was late,” he[Leo Ruiz] said.");
}

#[test]
fn who_acts_right_before_speech_says_it() {
    check(
        "Maria Sand, the mayor of Port Merrow, accused Tidewell of breaking a promise. “Two years ago Ms Osei stood on \
         this quay and promised us a boat on every day of the year,” she[Maria Sand] said.",
    );
}

#[test]
fn the_next_mayor_is_not_the_former_one() {
    check("John Brandt will be the next mayor of Ardle. The former mayor left early.");
    check("John Brandt, the former mayor of Ardle, spoke. The former mayor[John Brandt] left early.");
}

#[test]
fn an_owner_has_a_deputy_and_a_chairman() {
    check("Northwind Corp. chairman John Brandt left early. Northwind’s chairman[John Brandt] was ill.");
    check(
        "Maria Sand’s deputy[John Brandt], John Brandt, left early. Her[Maria Sand] deputy[John Brandt] was ill.",
    );
}

#[test]
fn they_are_one_person_only_where_nothing_else_is_near() {
    check("Kim Qori left early. They[Kim Qori] had a boat.");
    check("Kim Qori met the rebels. They had a boat.");
    check("Maria Sand left early. They had a boat.");
}

#[test]
fn the_second_person_is_the_one_addressed() {
    check("“You[John Brandt] will go,” Maria Sand told John Brandt.");
    check("“You will go,” Maria Sand told the crowd.");
}

#[test]
fn a_deputy_is_not_the_mayor() {
    check("Mayor Maria Sand met Deputy Mayor John Brandt. The deputy mayor[John Brandt] left.");
}

#[test]
fn the_first_person_is_the_speaker() {
    check("“I[Maria Sand] will go,” Maria Sand said.");
    check("“We will go,” Maria Sand said.");
}

#[test]
fn behind_speech_he_and_she_are_whom_the_sentence_before_it_is_about() {
    // Others are named far more often, and right before.
    let known = "John Brandt won the vote. Brandt thanked his[John Brandt] voters, and Brandt went home.\n\n";
    check(&format!(
        "{known}Leo Falk, a fisherman, has never cared for Brandt.\n\n“Nobody won this year,” he[Leo Falk] said."
    ));
    check(&format!(
        "{known}“Nobody asked the harbor,” said Leo Falk, an aide to Brandt.\n\n“And nobody will ask the town now,” he[Leo Falk] added."
    ));
    // Not the subject of a clause that leads to the main one.
    check(
        "When John Brandt called, Leo Falk laughed at the plan.\n\n“It makes no sense,” he[Leo Falk] said.",
    );
}
