//! The SQL for rows of `who_is`, and for the statement that shows each.

/// The lines on entities themselves: no predicate, the latest office or role as `detail`, and when they were mentioned.
pub(super) const OWN_LINES: &str = "
    SELECT entities.id AS entity_id, entities.name AS name, entities.kind AS kind, NULL AS predicate, NULL AS other,
        NULL AS other_id, entities.description AS detail, entities.seen_first AS first_seen,
        entities.seen_last AS last_seen, entities.seen_in AS articles, NULL AS status,
        NULL AS since, NULL AS until, NULL AS latest, NULL AS through
    FROM json_each(:subjects) AS asked JOIN entities ON entities.id = asked.value";

pub(super) const FORWARD: &str = "SELECT relationships.id AS id, relationships.subject_id AS entity_id, relationships.predicate AS predicate,
    relationships.object_id AS other_id, relationships.detail AS detail, relationships.detail_key AS detail_key,
    relationships.status AS status, relationships.article_id AS article_id, relationships.since AS since, relationships.until AS until";
pub(super) const BACKWARD: &str = "SELECT relationships.id AS id, relationships.object_id AS entity_id, relationships.predicate AS predicate,
    relationships.subject_id AS other_id, relationships.detail AS detail, relationships.detail_key AS detail_key,
    relationships.status AS status, relationships.article_id AS article_id, relationships.since AS since, relationships.until AS until";

/// One office is one line however it is spelled, in its commonest spelling, asserted here and reported there; what has ended is
/// another line.
///
/// `asserted` sorts before `reported`: the plainest of each is shown. `latest` ends in the id of the statement in the newest
/// article that states it as plainly as any.
pub(super) const GROUPED: &str = "
    SELECT stated.entity_id AS entity_id, entity.name AS name, entity.kind AS kind, stated.predicate AS predicate,
        other.name AS other, stated.other_id AS other_id,
        substr(max(printf('%010d', stated.spelled) || stated.detail), 11) AS detail,
        min(articles.published_at) AS first_seen, max(articles.published_at) AS last_seen,
        count(DISTINCT stated.article_id) AS articles, min(stated.status) AS status,
        min(stated.since) AS since, max(stated.until) AS until,
        max((stated.status = 'asserted') || coalesce(articles.published_at, '') || printf('%020d', stated.id)) AS latest, NULL AS through";

/// The same of what is counted already.
pub(super) const COUNTED: &str = "
    SELECT ties.entity_id AS entity_id, entity.name AS name, entity.kind AS kind, ties.predicate AS predicate,
        other.name AS other, nullif(ties.other_id, 0) AS other_id, ties.detail AS detail, ties.first_seen AS first_seen,
        ties.last_seen AS last_seen, ties.articles AS articles, ties.status AS status, ties.since AS since, ties.until AS until,
        ties.latest AS latest, NULL AS through";

/// Names those whom [`COUNTED`] ties.
pub(super) const COUNTED_NAMES: &str = "
    JOIN entities AS entity ON entity.id = ties.entity_id
    LEFT JOIN entities AS other ON other.id = ties.other_id";

/// From the statements to the groups of [`GROUPED`].
pub(super) const GROUPS: &str = "
    FROM (SELECT *, count(*) OVER (PARTITION BY entity_id, predicate, other_id, detail_key, status = 'ended', status = 'quoted', detail) AS spelled
        FROM stated) AS stated
    JOIN entities AS entity ON entity.id = stated.entity_id
    JOIN articles INDEXED BY articles_dated ON articles.id = stated.article_id
    LEFT JOIN entities AS other ON other.id = stated.other_id
    GROUP BY stated.entity_id, stated.predicate, stated.other_id, stated.detail_key, stated.status = 'ended',
        stated.status = 'quoted'";

/// The ids of the statements of each group, as a JSON array; less than zero for quotes.
pub(super) const STATEMENTS: &str = "SELECT json_group_array(stated.id) AS statements";

/// The keys of statements of relationships, and of quotes, by the ids in such arrays.
pub(super) const KEYS: &str = "
    SELECT coalesce(relationships.key, quotes.key, 'relationship ' || relationships.id)
    FROM groups JOIN json_each(groups.statements) AS statement
    LEFT JOIN relationships ON relationships.id = statement.value
    LEFT JOIN quotes ON quotes.id = -statement.value
    WHERE coalesce(relationships.id, quotes.id) IS NOT NULL";

/// Entities themselves first; then what most articles state.
pub(super) const BY_WEIGHT: &str = "ORDER BY predicate IS NOT NULL, articles DESC, last_seen DESC, predicate, entity_id, other_id, detail, status";
pub(super) const NEWEST: &str = "ORDER BY predicate IS NULL, last_seen DESC, articles DESC, predicate, entity_id, other_id, detail, status";
/// Those first who hold an office in the last year of the archive, then the latest.
pub(super) const HOLDERS: &str = "ORDER BY status IS 'ended', coalesce(last_seen < (SELECT date(max(published_at), '-1 year') FROM articles), 1),
    articles DESC, last_seen DESC, predicate, entity_id, other_id, detail, status";
pub(super) const OLDEST: &str = "ORDER BY predicate IS NULL, first_seen IS NULL, first_seen, articles DESC, predicate, entity_id, other_id,
    detail, status";

/// What is selected of the rows of a page, each with the statement or the quote that shows it.
pub(super) const SHOWN: &str =
    "SELECT page.entity_id, page.name, page.kind, page.predicate, page.other, page.other_id, page.detail,
    page.first_seen, page.last_seen, page.articles, page.status, page.since, page.until, shown.id, said.id,
    coalesce(claimant.name, shown.claimant_text), page.through,
    substr(source.body, max(shown.start - :around, 0) + 1, min(shown.start, :around)),
    coalesce(substr(source.body, shown.start + 1, shown.end - shown.start), said.text),
    substr(source.body, shown.end + 1, :around),
    source.title, source.publisher, source.published_at, source.url, source.id";
pub(super) const OF_PAGE: &str =
    "LEFT JOIN relationships AS shown ON shown.id = CAST(substr(page.latest, -20) AS INTEGER)
    LEFT JOIN quotes AS said ON said.id = -CAST(substr(page.latest, -20) AS INTEGER)
    LEFT JOIN articles AS source ON source.id = coalesce(shown.article_id, said.article_id)
    LEFT JOIN entities AS claimant ON claimant.id = shown.claimant_id ORDER BY page.place";

/// What two have in common: of each shared entity the two strongest ties to either of them, those first that tie both most.
///
/// `:subjects` are the two, `:objects` whom they share.
pub(super) const SHARED: &str = "
    SELECT entity_id, name, kind, predicate, other, other_id, detail, first_seen, last_seen, articles, status, since, until, latest,
        whom AS through, row_number() OVER (ORDER BY weight DESC, shared, rank, tied) AS place FROM (
        SELECT *, min(best) OVER (PARTITION BY shared) AS weight FROM (
            SELECT *, max(articles) OVER (PARTITION BY shared, tied) AS best,
                row_number() OVER (PARTITION BY shared, tied ORDER BY articles DESC, last_seen DESC, predicate, detail) AS rank
            FROM (
                SELECT *, iif(is_first, other_id, entity_id) AS shared, iif(is_first, entity_id, other_id) AS tied,
                    iif(is_first, other, name) AS whom
                FROM (SELECT *, entity_id IN (SELECT value FROM json_each(:subjects)) AS is_first FROM (";
pub(super) const SHARED_END: &str = "))
            )
        ) WHERE rank <= 2
    ) ORDER BY place LIMIT :most";

/// The same of what is counted already, by its articles.
pub(super) const WHOM_THEY_SHARE_COUNTED: &str = "
    WITH tied AS (
        SELECT entity_id AS one, other_id AS other, articles FROM ties
        WHERE entity_id IN (SELECT value FROM json_each(:both)) AND other_id <> 0 AND state <> 'quoted'
        UNION ALL
        SELECT ties.other_id, ties.entity_id, ties.articles FROM ties JOIN predicates ON predicates.name = ties.predicate
        WHERE ties.other_id IN (SELECT value FROM json_each(:both)) AND ties.state <> 'quoted' AND predicates.symmetric = 0
    ),
    counted AS (
        SELECT other, one IN (SELECT value FROM json_each(:one)) AS of_one, sum(articles) AS articles FROM tied
        WHERE other NOT IN (SELECT value FROM json_each(:both))
        GROUP BY 1, 2
    )
    SELECT other FROM counted GROUP BY other HAVING count(*) = 2 ORDER BY min(articles) DESC, other LIMIT :most";

/// Whom two have in common, by the articles that tie them to the one of the two who has fewer such articles.
pub(super) const WHOM_THEY_SHARE: &str = "
    WITH tied AS (
        SELECT subject_id AS one, object_id AS other, article_id FROM relationships
        WHERE subject_id IN (SELECT value FROM json_each(:both)) AND object_id IS NOT NULL
            AND status IN ('asserted', 'reported', 'ended')
        UNION
        SELECT object_id, subject_id, article_id FROM relationships
        WHERE object_id IN (SELECT value FROM json_each(:both)) AND status IN ('asserted', 'reported', 'ended')
    ),
    counted AS (
        SELECT other, one IN (SELECT value FROM json_each(:one)) AS of_one, count(DISTINCT article_id) AS articles FROM tied
        WHERE other NOT IN (SELECT value FROM json_each(:both))
        GROUP BY 1, 2
    )
    SELECT other FROM counted GROUP BY other HAVING count(*) = 2 ORDER BY min(articles) DESC, other LIMIT :most";

/// A quote as the statement of a deed towards whom it is about: its id is below zero.
macro_rules! said {
    ($predicate:literal) => {
        concat!(
            "SELECT -quotes.id AS id, quotes.speaker_id AS entity_id, '",
            $predicate,
            "' AS predicate, quote_subjects.entity_id AS other_id, NULL AS detail, NULL AS detail_key, 'quoted' AS status,
    quotes.article_id AS article_id, NULL AS since, NULL AS until"
        )
    };
}

/// The quotes of an act that no relationship tells already: `criticized her for the delay` is both.
macro_rules! act {
    ($act:literal, $predicate:literal) => {
        concat!(
            "quotes.act = '",
            $act,
            "' AND quotes.speaker_id <> quote_subjects.entity_id
        AND NOT EXISTS (SELECT 1 FROM relationships WHERE relationships.article_id = quotes.article_id
        AND relationships.subject_id = quotes.speaker_id AND relationships.predicate = '",
            $predicate,
            "' AND relationships.start < quotes.end AND relationships.end > quotes.start)"
        )
    };
}

/// Acts of speech that are a deed towards whom they are about: the predicate, the act, and the quotes as statements of it.
pub(super) const DEEDS_IN_SPEECH: [(&str, &str, &str); 3] = [
    ("criticized", act!("criticism", "criticized"), said!("criticized")),
    ("praised", act!("praise", "praised"), said!("praised")),
    ("threatened", act!("threat", "threatened"), said!("threatened")),
];

/// What one said about the other, along the index of quotes about somebody by a speaker.
pub(super) const SPOKE_ABOUT: &str = "
    SELECT said.said_by AS entity_id, entity.name AS name, entity.kind AS kind, 'spoke_about' AS predicate,
        other.name AS other, said.entity_id AS other_id, NULL AS detail, min(said.published_at) AS first_seen,
        max(said.published_at) AS last_seen, count(DISTINCT said.said_in) AS articles, 'quoted' AS status,
        NULL AS since, NULL AS until, max('0' || coalesce(said.published_at, '') || printf('%020d', -said.quote_id)) AS latest,
        NULL AS through
    FROM (
        SELECT entity_id, said_by, published_at, quote_id, said_in FROM quote_subjects WHERE is_vouched = 1 AND entity_id IN (SELECT value FROM json_each(:objects))
            AND said_by IN (SELECT value FROM json_each(:subjects))
        UNION ALL
        SELECT entity_id, said_by, published_at, quote_id, said_in FROM quote_subjects WHERE is_vouched = 1 AND entity_id IN (SELECT value FROM json_each(:subjects))
            AND said_by IN (SELECT value FROM json_each(:objects))
    ) AS said
    JOIN entities AS entity ON entity.id = said.said_by
    JOIN entities AS other ON other.id = said.entity_id
    GROUP BY said.said_by, said.entity_id";
