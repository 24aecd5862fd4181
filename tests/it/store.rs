//! Articles and facts → rows.

use std::path::{Path, PathBuf};

use onrecord::article::Article;
use onrecord::facts::{
    Act, Entity, EntityId, EntityKind, Facts, Form, Gender, Mention, OrganizationKind, Quote, QuoteForm,
    QuoteKind, Relationship, Status,
};
use onrecord::gear::Gear;
use onrecord::span::{Byte, Span};
use onrecord::store::{Correction, EntityName, IfUnchanged, RunCounts, Saved, Store, Verdict};

use crate::support::sqlite3;

/// An article of a test; `[P …]`, `[O …]` and `[L …]` mark names in its text, `{…}` the pieces of one quote.
pub(crate) struct Marked {
    pub(crate) article: Article,
    pub(crate) facts: Facts,
}

/// Reads the marks. The first person speaks the quote; offices are `office of` the entity given.
pub(crate) fn marked(id: &str, date: &str, text: &str) -> Marked {
    let mut facts = Facts::default();
    let (mut body, mut pieces, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find(['[', ']', '{', '}']) {
        body.push_str(&rest[..at]);
        let mark = &rest[at..=at];
        rest = &rest[at + 1..];
        match mark {
            "{" => pieces.push(body.len()),
            "}" => {
                let start = pieces.pop().expect("was opened");
                open.push(Span::new(start, body.len()));
            }
            "[" => {
                let kind = match rest.split_once(' ').expect("has a kind").0 {
                    "P" => EntityKind::Person,
                    "O" => EntityKind::Organization,
                    _ => EntityKind::Place,
                };
                let (name, behind) = rest[2..].split_once(']').expect("is closed");
                let (name, full) = name.split_once('=').unwrap_or((name, name));
                let entity = entity(&mut facts, kind, full);
                let span = Span::new(body.len(), body.len() + name.len());
                facts.mentions.push(Mention { span, entity, form: Form::Name });
                body.push_str(name);
                rest = behind;
            }
            _ => unreachable!("names are closed where they are opened"),
        }
    }
    body.push_str(rest);
    if !open.is_empty() {
        facts.quotes.push(quote(&facts, open));
    }
    let article = Article {
        external_id: Some(id.to_owned()),
        title: Some(format!("Story {id}")),
        publisher: Some("The Courier".to_owned()),
        published_at: Some(date.to_owned()),
        body,
        source: "archive.jsonl".to_owned(),
        ..Article::default()
    };
    Marked { article, facts }
}

fn entity(facts: &mut Facts, kind: EntityKind, name: &str) -> EntityId {
    let found = facts.entities.iter().position(|entity| entity.kind == kind && entity.name == name);
    let index = found.unwrap_or_else(|| {
        let name = name.to_owned();
        facts.entities.push(Entity {
            kind,
            name,
            aliases: Vec::new(),
            gender: None,
            country: None,
            organization_kind: None,
        });
        facts.entities.len() - 1
    });
    EntityId(index as u32)
}

fn quote(facts: &Facts, content: Vec<Span<Byte>>) -> Quote {
    let inside = |mention: &&Mention| content.iter().any(|piece| piece.covers(mention.span));
    let person = |mention: &&Mention| facts.entities[mention.entity.index()].kind == EntityKind::Person;
    let speaker = facts.mentions.iter().find(|mention| person(mention) && !inside(mention));
    let mut about: Vec<EntityId> =
        facts.mentions.iter().filter(inside).map(|mention| mention.entity).collect();
    about.sort();
    about.dedup();
    Quote {
        source: speaker.map(|mention| mention.span),
        confidence: 0.91,
        vouched: true,
        speaker: speaker.map(|mention| mention.entity),
        about,
        ..Quote::new(content, QuoteKind::Direct, QuoteForm::SaidX)
    }
}

impl Marked {
    /// Adds that the first entity holds an office, the first place of `title` in the text.
    pub(crate) fn with_office(mut self, title: &str, status: Status) -> Self {
        let at = self.article.body.find(title).expect("the title is in the text");
        let detail = Span::new(at, at + title.len());
        self.facts.relationships.push(Relationship {
            subject: EntityId(0),
            predicate: "holds_office",
            object: None,
            detail: Some(detail),
            status,
            evidence: detail,
            trigger: None,
            term: Default::default(),
            claim: None,
            confidence: 0.8,
        });
        self
    }
}

/// A database in a folder of its own, which is written run by run.
pub(crate) struct Shelf {
    folder: tempfile::TempDir,
}

impl Shelf {
    pub(crate) fn new() -> Self {
        Shelf { folder: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn db(&self) -> PathBuf {
        self.folder.path().join("test.db")
    }

    /// Saves articles in one run.
    pub(crate) fn save(&self, articles: &[&Marked]) -> Vec<Saved> {
        self.save_with(articles, IfUnchanged::Keep)
    }

    pub(crate) fn save_with(&self, articles: &[&Marked], if_unchanged: IfUnchanged) -> Vec<Saved> {
        let mut store = Store::open(&self.db()).expect("opens");
        let mut run = store.begin_run(&[], "", Gear::Full).expect("begins");
        let mut batch = store.batch(&mut run).expect("begins");
        let save =
            |marked: &&Marked| batch.save(&marked.article, &marked.facts, if_unchanged).expect("saves");
        let saved = articles.iter().map(save).collect();
        batch.commit(&RunCounts::default()).expect("commits");
        store.close();
        check(&self.db());
        saved
    }

    pub(crate) fn rows(&self, sql: &str) -> String {
        sqlite3(&self.db(), sql)
    }
}

/// What became of articles, in a word each.
pub(crate) fn what(saved: &[Saved]) -> Vec<&'static str> {
    let word = |saved: &Saved| match saved {
        Saved::New => "new",
        Saved::Beside(_) => "beside",
        Saved::Unchanged => "unchanged",
        Saved::Revised(_) => "revised",
        Saved::Reanalyzed => "reanalyzed",
        Saved::Refused(_) => "refused",
    };
    saved.iter().map(word).collect()
}

/// Everything that `check` knows holds.
pub(crate) fn check(db: &Path) {
    onrecord::store::check::check(db, &mut |finding| {
        assert_eq!(finding.result, onrecord::store::check::CheckResult::Holds, "{}", finding.check);
    })
    .expect("can be checked");
}

const FERRY: &str =
    "“{We waited for [O Northwind] – too long},” said [P Ana Ruiz] of [L Valdora], “{and now we act}.”";

#[test]
fn facts_become_rows_counted_in_code_points() {
    let shelf = Shelf::new();
    let article = marked("1", "2020-01-01", FERRY).with_office("said", Status::Asserted);
    assert_eq!(shelf.save(&[&article]), [Saved::New]);
    assert_eq!(
        shelf.rows("SELECT speaker, quote, kind, about, published_at, confidence FROM who_said_what"),
        "Ana Ruiz|We waited for Northwind – too long … and now we act|direct|Northwind|2020-01-01|0.91\n"
    );
    assert_eq!(
        shelf.rows("SELECT start, end FROM quotes; SELECT start, end FROM quote_spans"),
        "1|79\n1|35\n65|79\n"
    );
    assert_eq!(
        shelf.rows("SELECT name, substr(body, start + 1, end - start), form FROM mentions
            JOIN articles ON articles.id = article_id JOIN entities ON entities.id = entity_id ORDER BY start"),
        "Northwind|Northwind|name\nAna Ruiz|Ana Ruiz|name\nValdora|Valdora|name\n"
    );
    assert_eq!(shelf.rows("SELECT name, mention_count, quote_count FROM people"), "Ana Ruiz|1|1\n");
    assert_eq!(
        shelf.rows("SELECT predicate, detail, status FROM relationships"),
        "holds_office|said|asserted\n"
    );
}

#[test]
fn the_same_again_changes_nothing() {
    let shelf = Shelf::new();
    let articles = [&marked("1", "2020-01-01", FERRY), &marked("2", "2020-01-02", "[P Leo Brandt] left.")];
    shelf.save(&articles);
    let before = crate::support::dump(&shelf.db());
    assert_eq!(shelf.save(&articles), [Saved::Unchanged, Saved::Unchanged]);
    assert_eq!(crate::support::dump(&shelf.db()), before);
}

#[test]
fn a_changed_article_replaces_its_own_facts_and_only_those() {
    let shelf = Shelf::new();
    let other = marked("2", "2020-01-02", "[P Ana Ruiz] and [P Leo Brandt] met. “{Fine},” she said.");
    shelf.save(&[&marked("1", "2020-01-01", FERRY), &other]);
    let facts_of_other = "SELECT entity_id, start, end FROM mentions WHERE article_id = 2; SELECT * FROM quotes WHERE article_id = 2";
    let before = shelf.rows(facts_of_other);
    let changed = marked("1", "2020-01-01", "“{No},” said [P Mira Costa], and [P Ana Ruiz] agreed.");
    assert_eq!(what(&shelf.save(&[&changed])), ["revised"]);
    assert_eq!(shelf.rows(facts_of_other), before);
    assert_eq!(
        shelf.rows("SELECT name, mention_count, quote_count FROM entities ORDER BY name"),
        "Ana Ruiz|2|1\nLeo Brandt|1|0\nMira Costa|1|1\n"
    );
    assert_eq!(shelf.rows("SELECT id, external_id FROM articles ORDER BY id"), "1|1\n2|2\n");
    assert_eq!(shelf.rows("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'northwind'"), "0\n");
    assert_eq!(shelf.rows("SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH 'waited'"), "0\n");
}

#[test]
fn replacing_there_and_back_gives_the_first_rows_again() {
    let shelf = Shelf::new();
    let articles = [
        &marked("1", "2020-01-01", FERRY).with_office("said", Status::Asserted),
        &marked("2", "2020-01-02", "[P ANA RUIZ=Ana Ruiz] met [P Leo Brandt]."),
    ];
    shelf.save(&articles);
    let rows = "SELECT kind, name, description, mention_count, quote_count FROM entities ORDER BY name;
        SELECT alias, article_count FROM aliases ORDER BY alias;
        SELECT key, text FROM quotes; SELECT detail FROM relationships";
    let before = shelf.rows(rows);
    shelf.save(&[&marked("1", "2020-01-01", "[P Ana Ruiz] spoke of [O Bluefin].")]);
    assert_ne!(shelf.rows(rows), before);
    shelf.save(&articles);
    assert_eq!(shelf.rows(rows), before);
}

#[test]
fn different_records_of_one_identity_are_all_kept() {
    let shelf = Shelf::new();
    let [one, two, three] = ["One.", "Two.", "Three."]
        .map(|text| marked("same", "2020-01-01", &format!("[P Ana Ruiz] said {text}")));
    assert_eq!(what(&shelf.save(&[&one, &two, &three])), ["new", "beside", "beside"]);
    assert_eq!(what(&shelf.save(&[&one, &two, &three])), ["unchanged", "unchanged", "unchanged"]);
    let changed = marked("same", "2020-01-01", "[P Ana Ruiz] said four.");
    assert_eq!(what(&shelf.save(&[&one, &changed, &three])), ["unchanged", "revised", "unchanged"]);
    assert_eq!(
        shelf.rows("SELECT body FROM articles ORDER BY id"),
        "Ana Ruiz said One.\nAna Ruiz said four.\nAna Ruiz said Three.\n"
    );
    // Even where a changed record takes the place of one that comes later, none is lost.
    assert_eq!(shelf.save(&[&two, &one, &three]).len(), 3);
    let bodies = shelf.rows("SELECT body FROM articles ORDER BY body");
    assert_eq!(bodies, "Ana Ruiz said One.\nAna Ruiz said Three.\nAna Ruiz said Two.\n");
}

#[test]
fn copies_lead_to_the_first_article_with_their_text() {
    let shelf = Shelf::new();
    let [one, two, three] = ["1", "2", "3"].map(|id| marked(id, "2020-01-01", "The same text."));
    shelf.save(&[&one, &two, &three]);
    assert_eq!(shelf.rows("SELECT id, duplicate_of FROM articles"), "1|\n2|1\n3|1\n");
    shelf.save(&[&marked("1", "2020-01-01", "Another text.")]);
    assert_eq!(shelf.rows("SELECT id, duplicate_of FROM articles"), "1|\n2|\n3|2\n");
}

#[test]
fn an_entity_is_known_by_kind_and_folded_name_and_shown_by_its_commonest_spelling() {
    let shelf = Shelf::new();
    shelf.save(&[
        &marked("1", "2020-01-01", "[P TOMÁS IBARRA] won. [L Georgia] cheered."),
        &marked("2", "2020-01-02", "[P Tomás Ibarra] won; [P Ibarra=Tomás Ibarra] smiled. [P Georgia] sang."),
        &marked("3", "2020-01-03", "[P Tomas\nIbarra=Tomas Ibarra] won. [P Tomás Ibarra] did."),
    ]);
    assert_eq!(
        shelf.rows("SELECT kind, name, mention_count FROM entities ORDER BY kind, name"),
        "person|Georgia|1\nperson|Tomás Ibarra|5\nplace|Georgia|1\n"
    );
    assert_eq!(
        shelf.rows("SELECT alias, article_count FROM aliases WHERE entity_id = 1 ORDER BY alias"),
        "Ibarra|1\nTOMÁS IBARRA|1\nTomas Ibarra|1\nTomás Ibarra|2\n"
    );
}

#[test]
fn people_are_described_by_their_latest_office() {
    let shelf = Shelf::new();
    let story = |id: &str, date: &str, title: &str, status| {
        marked(id, date, &format!("[P Ana Ruiz] the {title} spoke.")).with_office(title, status)
    };
    let described = || shelf.rows("SELECT description FROM people WHERE name = 'Ana Ruiz'");
    shelf.save(&[
        &story("1", "2020-01-01", "mayor", Status::Asserted),
        &story("2", "2021-01-01", "minister", Status::Reported),
        &story("3", "2019-01-01", "teacher", Status::Asserted),
        &story("4", "2022-01-01", "queen", Status::Hypothetical),
    ]);
    assert_eq!(described(), "minister\n");
    shelf.save(&[&story("2", "2018-01-01", "clerk", Status::Asserted)]);
    assert_eq!(described(), "mayor\n");
    shelf.save(&[&marked("1", "2020-01-01", "[P Ana Ruiz] spoke.")]);
    assert_eq!(described(), "teacher\n");
}

#[test]
fn entities_without_facts_go_unless_a_person_confirmed_them() {
    let shelf = Shelf::new();
    shelf.save(&[&marked("1", "2020-01-01", "[P Ana Ruiz] met [P Leo Brandt] and [P Mira Costa].")]);
    let confirmed = Verdict::ConfirmEntity(EntityName::new(EntityKind::Person, "Leo Brandt"));
    let mut store = Store::open(&shelf.db()).expect("opens");
    store.correct(&[Correction::new(confirmed, None)]).expect("corrects");
    store.close();
    shelf.save(&[&marked("1", "2020-01-01", "[P Ana Ruiz] met nobody.")]);
    assert_eq!(
        shelf.rows("SELECT name, mention_count FROM people ORDER BY name"),
        "Ana Ruiz|1\nLeo Brandt|0\n"
    );
}

#[test]
fn what_is_known_of_an_entity_is_completed() {
    let shelf = Shelf::new();
    let mut later = marked("2", "2020-01-02", "[P Ana Ruiz] left.");
    later.facts.entities[0].gender = Some(Gender::Female);
    shelf.save(&[&marked("1", "2020-01-01", "[P Ana Ruiz] came."), &later]);
    assert_eq!(shelf.rows("SELECT name, gender FROM people"), "Ana Ruiz|female\n");
}

#[test]
fn what_no_article_tells_any_more_is_known_no_more() {
    let telling = |id: &str, text: &str| {
        let mut article = marked(id, "2020-01-01", text);
        article.facts.entities[0].gender = Some(Gender::Female);
        article.facts.entities[1].country = Some("PT".to_owned());
        article
    };
    let known = "SELECT name, coalesce(gender, country) FROM entities ORDER BY id";
    let shelf = Shelf::new();
    shelf.save(&[
        &telling("1", "[P Ana Ruiz] came to [L Valdora]."),
        &telling("2", "[P Ana Ruiz] left [L Valdora]."),
        &marked("3", "2020-01-01", "[P Ana Ruiz] slept in [L Valdora]."),
    ]);
    let silent = |id: &str| marked(id, "2020-01-01", "[P Ana Ruiz] sang in [L Valdora].");
    shelf.save(&[&silent("1")]);
    check(&shelf.db());
    assert_eq!(shelf.rows(known), "Ana Ruiz|female\nValdora|PT\n");
    shelf.save(&[&silent("2")]);
    check(&shelf.db());
    assert_eq!(shelf.rows(known), "Ana Ruiz|\nValdora|\n");
}

#[test]
fn what_an_organization_is_is_what_the_first_article_tells() {
    let telling = |id: &str, text: &str, kind: Option<OrganizationKind>| {
        let mut article = marked(id, "2020-01-01", text);
        article.facts.entities[0].organization_kind = kind;
        article
    };
    let known = "SELECT name, kind FROM organizations";
    let shelf = Shelf::new();
    let company = telling("2", "[O Northwind] grew.", Some(OrganizationKind::Company));
    let union = telling("3", "[O Northwind] struck.", Some(OrganizationKind::Union));
    shelf.save(&[&telling("1", "[O Northwind] came.", None), &company, &union]);
    check(&shelf.db());
    assert_eq!(shelf.rows(known), "Northwind|company\n");
    let before = shelf.rows("SELECT * FROM entities; SELECT * FROM traits");
    shelf.save_with(&[&union, &company], IfUnchanged::Reanalyze);
    check(&shelf.db());
    assert_eq!(shelf.rows("SELECT * FROM entities; SELECT * FROM traits"), before);
    // The first tells it now, then the first two tell nothing.
    shelf.save(&[&telling("1", "[O Northwind] played.", Some(OrganizationKind::Team))]);
    check(&shelf.db());
    assert_eq!(shelf.rows(known), "Northwind|team\n");
    shelf.save(&[&telling("1", "[O Northwind] rested.", None), &telling("2", "[O Northwind] shrank.", None)]);
    check(&shelf.db());
    assert_eq!(shelf.rows(known), "Northwind|union\n");
    shelf.save(&[&telling("3", "[O Northwind] worked.", None)]);
    check(&shelf.db());
    assert_eq!(shelf.rows(known), "Northwind|\n");
}

#[test]
fn an_office_is_one_line_whatever_its_spelling() {
    let shelf = Shelf::new();
    shelf.save(&[
        &marked("1", "2020-01-01", "Mayor [P Ana Ruiz] came.").with_office("Mayor", Status::Reported),
        &marked("2", "2020-01-02", "[P Ana Ruiz], mayor, left.").with_office("mayor", Status::Asserted),
        &marked("3", "2020-01-03", "[P Ana Ruiz], once mayor, left.").with_office("mayor", Status::Ended),
    ]);
    assert_eq!(
        shelf.rows("SELECT detail, first_seen, last_seen, articles, status FROM who_is ORDER BY status"),
        "mayor|2020-01-01|2020-01-02|2|asserted\nmayor|2020-01-03|2020-01-03|1|ended\n"
    );
}

#[test]
fn analyzing_anew_replaces_facts_and_keeps_keys() {
    let shelf = Shelf::new();
    let article = marked("1", "2020-01-01", FERRY);
    shelf.save(&[&article]);
    let key = shelf.rows("SELECT key FROM quotes");
    let mut better = marked("1", "2020-01-01", FERRY);
    better.facts.quotes[0].act = Act::Promise;
    assert_eq!(shelf.save(&[&better]), [Saved::Unchanged]);
    assert_eq!(shelf.rows("SELECT act FROM quotes"), "statement\n");
    // The same record twice in one run is analyzed once.
    let twice = shelf.save_with(&[&better, &better], IfUnchanged::Reanalyze);
    assert_eq!(twice, [Saved::Reanalyzed, Saved::Unchanged]);
    assert_eq!(shelf.rows("SELECT act FROM quotes"), "promise\n");
    assert_eq!(shelf.rows("SELECT key FROM quotes"), key);
}

#[test]
fn facts_that_break_a_rule_cost_their_article_only() {
    let shelf = Shelf::new();
    let mut broken = marked("1", "2020-01-01", FERRY);
    broken.facts.quotes[0].content = vec![Span::new(5, 5)];
    let saved = shelf.save(&[&broken, &marked("2", "2020-01-02", FERRY)]);
    assert!(matches!(&saved[..], [Saved::Refused(_), Saved::New]), "{saved:?}");
    assert_eq!(shelf.rows("SELECT external_id FROM articles"), "2\n");
    assert_eq!(
        shelf.rows("SELECT name, mention_count FROM entities ORDER BY id"),
        "Northwind|1\nAna Ruiz|1\nValdora|1\n"
    );
}

#[test]
fn a_batch_that_is_not_committed_leaves_nothing() {
    let shelf = Shelf::new();
    let article = marked("1", "2020-01-01", FERRY);
    let mut store = Store::open(&shelf.db()).expect("opens");
    let mut run = store.begin_run(&[], "", Gear::Full).expect("begins");
    let mut batch = store.batch(&mut run).expect("begins");
    batch.save(&article.article, &article.facts, IfUnchanged::Keep).expect("saves");
    drop(batch);
    store.close();
    assert_eq!(shelf.rows("SELECT count(*) FROM articles; SELECT count(*) FROM entities"), "0\n0\n");
}
