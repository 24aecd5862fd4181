-- unattributed: quotes whose source has no name, newest first: officials, a spokesman, nobody at all
SELECT quotes.published_at, quotes.speaker_text AS source, quotes.text AS quote,
    articles.publisher, articles.title, articles.url, quotes.id AS quote_id
FROM quotes
JOIN articles ON articles.id = quotes.article_id
WHERE quotes.speaker_id IS NULL AND quotes.vouched = 1
ORDER BY quotes.published_at DESC, quotes.id DESC;
