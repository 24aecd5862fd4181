-- unnamed_by_role: what sources without a name are called, how often and where, with the latest quote of each
WITH unnamed AS (
    SELECT quotes.id AS quote_id, quotes.article_id, quotes.text, articles.published_at, articles.publisher, articles.title,
        coalesce(reprints.statement_id, quotes.id) AS statement_id,
        lower(trim(replace(quotes.speaker_text, char(10), ' '))) AS source, quotes.speaker_text
    FROM quotes
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN reprints ON reprints.quote_id = quotes.id
    WHERE quotes.speaker_id IS NULL AND quotes.vouched = 1 AND quotes.speaker_text IS NOT NULL
),
-- `a senior official, who spoke on condition of anonymity` is a senior official
cut AS (
    SELECT *, trim(substr(source, 1, min(
        iif(instr(source, ','), instr(source, ','), 1000), iif(instr(source, ' who '), instr(source, ' who '), 1000),
        iif(instr(source, ' with '), instr(source, ' with '), 1000), iif(instr(source, ' close to '), instr(source, ' close to '), 1000),
        iif(instr(source, ' briefed '), instr(source, ' briefed '), 1000), iif(instr(source, ' familiar '), instr(source, ' familiar '), 1000)) - 1)) AS named
    FROM unnamed
),
roles AS (
    SELECT *, CASE
        WHEN named LIKE 'the %' OR named LIKE 'one %' OR named LIKE 'two %' THEN substr(named, 5)
        WHEN named LIKE 'an %' THEN substr(named, 4)
        WHEN named LIKE 'a %' THEN substr(named, 3)
        WHEN named LIKE 'some %' OR named LIKE 'many %' THEN substr(named, 6)
        WHEN named LIKE 'other %' OR named LIKE 'these %' THEN substr(named, 7)
        WHEN named LIKE 'another %' OR named LIKE 'several %' THEN substr(named, 9)
        ELSE named END AS role
    FROM cut
)
SELECT role, count(DISTINCT statement_id) AS quotes, count(DISTINCT article_id) AS articles, count(DISTINCT publisher) AS outlets,
    max(published_at) AS published_at, text AS latest_quote, publisher, title, article_id, quote_id -- of the row that max() is from
FROM roles
WHERE role NOT IN ('', 'he', 'she', 'they', 'it', 'who', 'i', 'we', 'you', 'that', 'which', 'this', 'those', 'one', 'some', 'others')
  -- papers are no sources of the kind that is meant
  AND role NOT IN ('report', 'reports', 'statement', 'poll', 'polls', 'survey', 'study', 'indictment', 'memo', 'letter', 'email', 'document',
      'documents', 'article', 'story', 'book', 'bill', 'law', 'complaint', 'lawsuit', 'order', 'transcript', 'press release')
GROUP BY role
-- one word that always has a capital is somebody's name
HAVING role LIKE '% %' OR role LIKE '%s' OR sum(substr(speaker_text, 1, 1) = lower(substr(speaker_text, 1, 1))) > 0
ORDER BY quotes DESC, articles DESC, role;
