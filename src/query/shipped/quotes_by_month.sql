-- quotes_by_month: how often somebody is quoted, month by month
-- :speaker  (name) who is quoted
SELECT substr(published_at, 1, 7) AS month, count(DISTINCT coalesce(statement_id, id)) AS quotes
FROM quotes
LEFT JOIN reprints ON quote_id = id
WHERE vouched = 1
  AND speaker_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:speaker))
  AND published_at IS NOT NULL
GROUP BY month
ORDER BY month;
