-- said_about: everything that was said about someone or something, newest first
-- :about  (name) whom or what it is about
SELECT articles.published_at, coalesce(speaker.name, quotes.speaker_text) AS speaker, quotes.text AS quote,
    subject.name AS about, articles.publisher, articles.title, articles.url, max(1, count(DISTINCT articles.publisher)) AS outlets,
    articles.id AS article_id, min(quotes.id) AS quote_id -- SQLite takes the other columns from the row that min() is from
FROM quote_subjects
JOIN quotes ON quotes.id = quote_subjects.quote_id
JOIN articles ON articles.id = quotes.article_id
JOIN entities AS subject ON subject.id = quote_subjects.entity_id
LEFT JOIN reprints ON reprints.quote_id = quotes.id
LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
WHERE quotes.vouched = 1
  AND quote_subjects.entity_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:about))
GROUP BY subject.id, coalesce(reprints.statement_id, quotes.id)
ORDER BY articles.published_at DESC, quote_id DESC;
