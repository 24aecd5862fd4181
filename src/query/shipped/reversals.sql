-- reversals: what one speaker said on one topic, in the order of time, each beside what they said before, and where the two differ in kind
-- :speaker  (name) who speaks
-- :about  (name) the topic: whom or what it is about, or words of the quote
WITH topic AS (
    SELECT quote_id FROM quote_subjects WHERE entity_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:about))
    UNION
    SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH '"' || replace(:about, '"', ' ') || '"'
),
said AS (
    SELECT min(quotes.id) AS id, quotes.text, quotes.act, quotes.mode, quotes.article_id, quotes.speaker_id, articles.published_at,
        articles.publisher, articles.title,
        ' ' || lower(replace(quotes.text, '’', '''')) || ' ' AS words -- of the row that min() is from
    FROM quotes
    CROSS JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN reprints ON reprints.quote_id = quotes.id
    WHERE quotes.vouched = 1 AND quotes.id IN (SELECT quote_id FROM topic)
      AND quotes.speaker_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:speaker))
      -- what one quotes oneself as saying is told by the quote around it
      AND NOT EXISTS (SELECT 1 FROM quotes AS outer_quote WHERE outer_quote.id = quotes.within AND outer_quote.speaker_id = quotes.speaker_id)
    GROUP BY coalesce(reprints.statement_id, quotes.id)
),
signed AS (
    SELECT *, words LIKE '% not %' OR words LIKE '%n''t %' OR words LIKE '% never %' OR words LIKE '% no %' OR words LIKE '% nothing %'
        OR words LIKE '% nobody %' OR words LIKE '% without %' OR act IN ('denial', 'refusal') AS denies
    FROM said
),
beside AS (
    SELECT *, lag(text) OVER earlier AS before, lag(act) OVER earlier AS act_before, lag(denies) OVER earlier AS denied_before,
        lag(published_at) OVER earlier AS published_before, lag(id) OVER earlier AS before_quote_id
    FROM signed WINDOW earlier AS (PARTITION BY speaker_id ORDER BY published_at IS NULL, published_at, id)
)
SELECT speaker.name AS speaker, beside.published_at, beside.text AS quote, beside.published_before, beside.before,
    nullif(trim(iif(beside.denies <> beside.denied_before, iif(beside.denies, 'yes to no ', 'no to yes '), '')
        || iif(beside.act <> beside.act_before, beside.act_before || ' to ' || beside.act, '')), '') AS turn,
    beside.publisher, beside.title, beside.article_id, beside.id AS quote_id, beside.before_quote_id
FROM beside
JOIN entities AS speaker ON speaker.id = beside.speaker_id
ORDER BY speaker.name, beside.published_at IS NULL, beside.published_at, beside.id;
