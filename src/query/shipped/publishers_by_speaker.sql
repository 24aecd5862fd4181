-- publishers_by_speaker: which publishers quote somebody, how often, and how much of it word for word, with the latest article
-- :speaker  (name) who is quoted
SELECT articles.publisher, count(DISTINCT coalesce(reprints.statement_id, quotes.id)) AS quotes,
    count(DISTINCT iif(quotes.kind = 'direct', coalesce(reprints.statement_id, quotes.id), NULL)) AS direct,
    count(DISTINCT articles.id) AS articles, max(articles.published_at) AS last, articles.title, articles.id AS article_id -- of the row that max() is from
FROM quotes
CROSS JOIN articles ON articles.id = quotes.article_id
LEFT JOIN reprints ON reprints.quote_id = quotes.id
WHERE quotes.vouched = 1
  AND quotes.speaker_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:speaker))
GROUP BY articles.publisher
ORDER BY quotes DESC, articles.publisher;
