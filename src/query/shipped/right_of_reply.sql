-- right_of_reply: who is accused or criticized in an article that does not quote them, newest first
WITH criticism (article_id, who_id, whom_id, deed, words, start, quote_id, relationship_id) AS (
    SELECT relationships.article_id, relationships.subject_id, relationships.object_id, relationships.predicate,
        substr(articles.body, relationships.start + 1, relationships.end - relationships.start), relationships.start, NULL, relationships.id
    FROM relationships JOIN articles ON articles.id = relationships.article_id
    WHERE relationships.predicate IN ('accused', 'criticized', 'sued') AND relationships.status IN ('asserted', 'reported')
    UNION ALL
    SELECT quotes.article_id, quotes.speaker_id, quote_subjects.entity_id, 'criticized', quotes.text, quotes.start, quotes.id, NULL
    FROM quotes JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
    JOIN entities ON entities.id = quote_subjects.entity_id AND entities.kind = 'person'
    WHERE quotes.act = 'criticism' AND quotes.vouched = 1 AND quotes.speaker_id IS NOT NULL
      -- of several people in a quote nothing tells which one it criticizes
      AND NOT EXISTS (SELECT 1 FROM quote_subjects AS another JOIN entities AS third ON third.id = another.entity_id AND third.kind = 'person'
        WHERE another.quote_id = quotes.id AND another.entity_id <> entities.id)
)
SELECT articles.published_at, articles.publisher, articles.title, whom.name AS criticized, whom.kind, who.name AS by_whom,
    criticism.deed, criticism.words,
    -- `declined to comment`, and what onrecord does not vouch for: look at it before you call an article one-sided
    (SELECT count(*) FROM quotes WHERE quotes.article_id = articles.id AND quotes.speaker_id = whom.id) AS doubtful_quotes,
    articles.url, articles.id AS article_id, criticism.quote_id, criticism.relationship_id
FROM criticism
JOIN articles ON articles.id = criticism.article_id
JOIN entities AS who ON who.id = criticism.who_id
JOIN entities AS whom ON whom.id = criticism.whom_id AND whom.kind IN ('person', 'organization')
WHERE criticism.who_id <> criticism.whom_id
  AND NOT EXISTS (SELECT 1 FROM quotes WHERE quotes.article_id = articles.id AND quotes.speaker_id = whom.id AND quotes.vouched = 1)
  -- nor anybody who speaks for them
  AND NOT EXISTS (SELECT 1 FROM relationships AS office
    JOIN quotes ON quotes.article_id = articles.id AND quotes.speaker_id = office.subject_id AND quotes.vouched = 1
    WHERE office.object_id = whom.id AND office.predicate = 'spokesperson_for')
  -- one deed told as a relationship and as a quote is one row
  AND NOT EXISTS (SELECT 1 FROM criticism AS told WHERE criticism.quote_id IS NOT NULL AND told.relationship_id IS NOT NULL
    AND told.article_id = criticism.article_id AND told.who_id = criticism.who_id AND told.whom_id = criticism.whom_id)
ORDER BY articles.published_at DESC, articles.id, criticism.start;
