-- quotes_by_month: how often somebody is quoted, month by month, with the last article of each
-- :speaker  (name) who is quoted
SELECT substr(quotes.published_at, 1, 7) AS month, count(DISTINCT coalesce(reprints.statement_id, quotes.id)) AS quotes,
    count(DISTINCT articles.publisher) AS outlets, max(quotes.published_at) AS last, articles.publisher, articles.title,
    articles.id AS article_id -- of the row that max() is from
FROM quotes
CROSS JOIN articles ON articles.id = quotes.article_id
LEFT JOIN reprints ON reprints.quote_id = quotes.id
WHERE quotes.vouched = 1
  AND quotes.speaker_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:speaker))
  AND quotes.published_at IS NOT NULL
GROUP BY month
ORDER BY month;
