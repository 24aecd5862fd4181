-- most_quoted_about: who is quoted most about someone or something, with the latest quote of each
-- :about  (name) whom or what it is about
SELECT speaker.name AS speaker, speaker.kind AS kind, count(DISTINCT coalesce(reprints.statement_id, quotes.id)) AS quotes,
    count(DISTINCT articles.publisher) AS outlets, max(articles.published_at) AS published_at, quotes.text AS latest_quote,
    articles.publisher, articles.title, articles.id AS article_id, quotes.id AS quote_id -- of the row that max() is from
FROM quote_subjects
JOIN quotes ON quotes.id = quote_subjects.quote_id
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN reprints ON reprints.quote_id = quotes.id
JOIN entities AS speaker ON speaker.id = quotes.speaker_id
WHERE quotes.vouched = 1
  AND quote_subjects.entity_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:about))
GROUP BY speaker.id
ORDER BY quotes DESC, speaker;
