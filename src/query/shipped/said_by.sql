-- said_by: everything one speaker is quoted as saying, newest first
-- :speaker  (name) who said it
SELECT articles.published_at, speaker.name AS speaker, quotes.text AS quote, quotes.act, quotes.kind,
    articles.publisher, articles.title, articles.url, quotes.id AS quote_id
FROM quotes
JOIN articles ON articles.id = quotes.article_id
JOIN entities AS speaker ON speaker.id = quotes.speaker_id
WHERE quotes.vouched = 1
  AND quotes.speaker_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:speaker))
ORDER BY quotes.published_at DESC, quotes.id DESC;
