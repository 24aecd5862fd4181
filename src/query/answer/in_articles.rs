//! The second tier of topics: quotes in articles about what is asked for, whether they name it or not.

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::narrowing;
use crate::query::answer::selection::{Selection, groups_of_ids};
use crate::query::answer::sources::{self, Sources};
use crate::query::answer::topics::{self, Topic};
use crate::query::names;
use crate::query::notes::Notes;
use crate::query::question::Question;

/// The newest quotes of the speakers in `:speakers`.
const NEWEST_OF_SPEAKER: &str = "(SELECT * FROM quotes
    WHERE speaker_id IN (SELECT value FROM json_each(:speakers)) ORDER BY published_at DESC, id DESC LIMIT 1000) AS quotes";
/// Of every group of ids in an array of arrays, one is named in the headline of an article or mentioned most in it.
macro_rules! is_about {
    ($article:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM json_each(:headed) AS sought
    WHERE coalesce((SELECT mentions.entity_id FROM mentions WHERE mentions.article_id = ",
            $article,
            "
            GROUP BY mentions.entity_id ORDER BY count(*) DESC LIMIT 1), 0)
            NOT IN (SELECT value FROM json_each(sought.value))
        AND NOT EXISTS (SELECT 1 FROM aliases JOIN articles AS headed ON headed.id = ",
            $article,
            "
            WHERE aliases.entity_id IN (SELECT value FROM json_each(sought.value)) AND length(aliases.alias) > 3
            AND instr(' ' || lower(headed.title) || ' ', ' ' || lower(aliases.alias)) > 0))"
        )
    };
}
const ABOUT_IN_ARTICLE: &str = is_about!("quotes.article_id");
/// The same of quotes of a speaker, each article looked at once.
const ABOUT_IN_ARTICLE_OF_SPEAKER: &str = concat!(
    "quotes.article_id IN (SELECT spoken.article_id FROM (SELECT DISTINCT article_id FROM (SELECT article_id FROM quotes
        WHERE speaker_id IN (SELECT value FROM json_each(:speakers)) ORDER BY published_at DESC, id DESC LIMIT 1000)) AS spoken
    WHERE ",
    is_about!("spoken.article_id"),
    ")"
);
/// Of some group of ids in the array of arrays no quote is about any.
const NAMES_NOT_ALL: &str = "EXISTS (SELECT 1 FROM json_each(:headed) AS sought
    WHERE NOT EXISTS (SELECT 1 FROM quote_subjects WHERE quote_subjects.quote_id = quotes.id
        AND quote_subjects.entity_id IN (SELECT value FROM json_each(sought.value))))";
const WORDS_IN_HEADLINE: &str =
    "quotes.article_id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :headline)";

impl Selection {
    /// The quotes of the same question in articles about its topics, whether they name them or not; `None` where its speaker is no
    /// known name.
    ///
    /// Of a speaker the newest are looked at, [`NEWEST_OF_SPEAKER`], so that a much quoted one costs no noticeable time.
    pub(super) fn in_articles_about(
        db: &Connection,
        question: &Question,
    ) -> Result<Option<Selection>, Error> {
        let notes = &mut Notes::default();
        let mut sought = match &question.speaker {
            None => Selection::over("quotes"),
            Some(name) => {
                let Sources { known, printed: None } = sources::find(db, name, question.each, notes)? else {
                    return Ok(None);
                };
                if known.is_empty() {
                    return Ok(None);
                }
                let mut sought = Selection::over(NEWEST_OF_SPEAKER);
                sought.quotes.parameter(":speakers", names::ids_of(&known)?);
                sought
            }
        };
        if !sought.narrow(db, question, notes)? {
            return Ok(None);
        }
        let (mut entities, mut words) = (Vec::new(), Vec::new());
        for about in &question.about {
            for topic in topics::find(db, about, question.each, notes)? {
                match topic {
                    Topic::Entities(group) => entities.push(group),
                    Topic::Words(expression) => words.push(expression),
                    // Any of names and words is in no headline to be looked for at once.
                    Topic::Either(..) => return Ok(None),
                }
            }
        }
        if !entities.is_empty() {
            let is_about = match question.speaker {
                Some(_) => ABOUT_IN_ARTICLE_OF_SPEAKER,
                None => ABOUT_IN_ARTICLE,
            };
            sought.quotes.condition_with(is_about, ":headed", groups_of_ids(&entities)?);
            if words.is_empty() {
                // Those that name all of them are the first tier.
                sought.quotes.condition(NAMES_NOT_ALL);
            }
        }
        if !words.is_empty() {
            let words: Vec<String> = words.iter().map(|words| format!("({words})")).collect();
            let words = format!("{{title}} : ({})", words.join(" AND "));
            sought.quotes.condition_with(WORDS_IN_HEADLINE, ":headline", words);
        }
        narrowing::leave_out(db, &mut sought.quotes, question, notes)?;
        if let Some(verb) = &question.cue {
            narrowing::cue(&mut sought.quotes, verb)?;
        }
        Ok(Some(sought))
    }
}
