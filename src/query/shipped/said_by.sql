-- said_by: everything one speaker is quoted as saying, newest first
-- :speaker  (name) who said it
SELECT articles.published_at, speaker.name AS speaker, quotes.text AS quote, quotes.act, quotes.kind,
    articles.publisher, articles.title, articles.url, max(1, count(DISTINCT articles.publisher)) AS outlets,
    articles.id AS article_id, min(quotes.id) AS quote_id -- SQLite takes the other columns from the row that min() is from
FROM quotes
CROSS JOIN articles ON articles.id = quotes.article_id
LEFT JOIN reprints ON reprints.quote_id = quotes.id
JOIN entities AS speaker ON speaker.id = quotes.speaker_id
WHERE quotes.vouched = 1
  AND quotes.speaker_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:speaker))
GROUP BY coalesce(reprints.statement_id, quotes.id)
ORDER BY articles.published_at DESC, quote_id DESC;
