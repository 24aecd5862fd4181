-- most_quoted_about: who is quoted most about someone or something
-- :about  (name) whom or what it is about
SELECT speaker.name AS speaker, speaker.kind AS kind, count(DISTINCT coalesce(reprints.statement_id, quotes.id)) AS quotes,
    min(quotes.published_at) AS first, max(quotes.published_at) AS last
FROM quote_subjects
JOIN quotes ON quotes.id = quote_subjects.quote_id
LEFT JOIN reprints ON reprints.quote_id = quotes.id
JOIN entities AS speaker ON speaker.id = quotes.speaker_id
WHERE quotes.vouched = 1
  AND quote_subjects.entity_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:about))
GROUP BY speaker.id
ORDER BY quotes DESC, speaker;
