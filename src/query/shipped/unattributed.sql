-- unattributed: quotes whose source has no name, newest first: officials, a spokesman, nobody at all
SELECT quotes.published_at, quotes.speaker_text AS source, quotes.text AS quote,
    articles.publisher, articles.title, articles.url, max(1, count(DISTINCT articles.publisher)) AS outlets,
    articles.id AS article_id, min(quotes.id) AS quote_id -- SQLite takes the other columns from the row that min() is from
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN reprints ON reprints.quote_id = quotes.id
WHERE quotes.speaker_id IS NULL AND quotes.vouched = 1
GROUP BY coalesce(reprints.statement_id, quotes.id)
ORDER BY articles.published_at DESC, quote_id DESC;
