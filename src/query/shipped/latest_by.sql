-- latest_by: the newest thing that one speaker said about each subject
-- :speaker  (name) who said it
SELECT about, max(published_at) AS published_at, quote, publisher, title, article_id, quote_id, count(DISTINCT statement_id) AS quotes
FROM (
    SELECT subject.name AS about, subject.id AS subject_id, quotes.published_at AS published_at,
        quotes.text AS quote, articles.publisher AS publisher, articles.title AS title,
        articles.id AS article_id, quotes.id AS quote_id,
        coalesce(reprints.statement_id, quotes.id) AS statement_id
    FROM quotes
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN reprints ON reprints.quote_id = quotes.id
    JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
    JOIN entities AS subject ON subject.id = quote_subjects.entity_id
    WHERE quotes.vouched = 1 AND quotes.speaker_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:speaker))
)
GROUP BY subject_id -- SQLite takes the other columns from the row that max() is from
ORDER BY published_at DESC, about;
