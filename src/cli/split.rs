//! `onrecord split`: some mentions of an entity mean somebody else.

use crate::cli::correct::NAMED;
use crate::cli::correcting::{Desk, Note};
use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::error::Error;
use crate::query::lookup;
use crate::store::Part;

/// Say that some mentions of an entity mean somebody else
///
/// Either all its mentions in some articles, or all under one of its names, or some mentions alone. They go to the entity of
/// the name that --as gives, or else to a namesake.
#[derive(clap::Args)]
#[command(after_help = format!("\
{NAMED}

Examples:
  onrecord split \"Ana Ruiz\" --article 17 --article 23
  onrecord split \"Ana Ruiz\" --article story-17 --as \"Ana Ruiz Costa\"
  onrecord split \"Ana Ruiz\" --alias Ruiz --as \"Leo Ruiz\"
  onrecord split \"Ana Ruiz\" --mention 17:203 --as \"Leo Ruiz\"

A mention is named by its article and where it begins, in characters of the text from 0: the columns article_id and start of the \
table mentions. Where none begins there, the error lists those that the article has. A quote whose source is the mention goes \
with it, and so does what is said about it."))]
pub(super) struct SplitArgs {
    /// Whose mentions they are now
    #[arg(value_name = "WHO")]
    who: String,

    /// An article that means somebody else, by articles.id or by the id that the input gave it (repeatable)
    #[arg(long, value_name = "ID", required_unless_present_any = ["alias", "mention"], conflicts_with_all = ["alias", "mention"])]
    article: Vec<String>,

    /// A name that means somebody else
    #[arg(long, value_name = "NAME", conflicts_with = "mention")]
    alias: Option<String>,

    /// A single mention that means somebody else (repeatable)
    #[arg(long, value_name = "ARTICLE:START", value_parser = mention_place)]
    mention: Vec<(String, usize)>,

    /// What the other is called [default: the alias, or the same name]
    #[arg(long = "as", value_name = "NAME")]
    name: Option<String>,

    #[command(flatten)]
    note: Note,
}

/// Runs the command.
pub(crate) fn run(args: &SplitArgs, settings: &Settings) -> Result<Outcome, Error> {
    let desk = Desk::open(settings)?;
    let entity = lookup::entity(&desk.reader, &args.who)?;
    let name = args.name.as_ref().or(args.alias.as_ref()).unwrap_or(&entity.name);
    let part = match &args.alias {
        Some(alias) => Part::Alias(alias.clone()),
        None if args.mention.is_empty() => {
            for article in &args.article {
                let id = lookup::article(&desk.reader, article)?;
                if !lookup::is_in_article(&desk.reader, entity.id, id)? {
                    return Err(Error::usage(format!("article {article} does not mention {}", entity.name))
                        .hint("the articles that do: onrecord query --sql \"SELECT DISTINCT article_id FROM mentions WHERE entity_id = :id\" \
                               --param id=ENTITY_ID"));
                }
            }
            Part::Articles(
                args.article.iter().map(|article| desk.article(article)).collect::<Result<_, _>>()?,
            )
        }
        None => Part::Mentions(
            args.mention
                .iter()
                .map(|(article, start)| {
                    let article = lookup::article(&desk.reader, article)?;
                    desk.store.mention_name(entity.id, article, *start)
                })
                .collect::<Result<_, _>>()?,
        ),
    };
    let verdict = desk.store.split(desk.store.entity_name(entity.id)?, part, name)?;
    desk.give(vec![verdict], &args.note)
}

/// Reads `ARTICLE:START`; the id of an article may hold colons.
fn mention_place(text: &str) -> Result<(String, usize), String> {
    let place = text.rsplit_once(':').and_then(|(article, start)| Some((article, start.parse().ok()?)));
    let place = place.filter(|(article, _)| !article.is_empty());
    place
        .map(|(article, start)| (article.to_owned(), start))
        .ok_or_else(|| "it has to be ARTICLE:START".to_owned())
}
