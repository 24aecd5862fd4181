-- What a whole archive shows, and what reading leaves behind: lines that recur in an outlet, copies and what they print again.

CREATE TABLE furniture_lines (
    -- Lines that stand in many different articles of one outlet, found at the end of a run; where they stand, nothing is kept of what was found in them.
    publisher TEXT NOT NULL,    -- the outlet, as articles.publisher has it
    line      TEXT NOT NULL,    -- the line as printed, without white space at its ends
    articles  INTEGER NOT NULL, -- in how many of its articles it stood when it was found
    PRIMARY KEY (publisher, line)
) STRICT, WITHOUT ROWID;

PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql, '    CHECK (substr(inputs, 1, 1)',
'    compared_at TEXT,                      -- ISO 8601, UTC: when its articles were looked through for lines that recur in their outlets; NULL: not yet
    CHECK (substr(inputs, 1, 1)')
WHERE type = 'table' AND name = 'ingest_runs';

PRAGMA writable_schema = RESET;

-- A column at the end of the table, with its comment, whatever other columns came before it; the comma stands alone because a
-- comment ends the line before. What was read before version 12 was analyzed in whatever language it is; of texts of more than
-- 200,000 words only the beginning.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(replace(replace(sql, char(10) || ') STRICT', '
    ,
    analyzed     TEXT NOT NULL DEFAULT ''whole'' CHECK (analyzed IN (''whole'', ''part'', ''none'')) -- whole; part: too long, no facts of its end; none: not in English
) STRICT'),
    '-- ISO 639-1, where the input says it', '-- ISO 639-1, where the input says it or the text is not in English'),
    '-- the first article with the same text, else NULL', '-- the first article with the same text or nearly the same, else NULL')
WHERE type = 'table' AND name = 'articles';

PRAGMA writable_schema = RESET;

CREATE TABLE article_shingles (
    -- The sketch of each article that is no copy: a few of its shingles (runs of five words), those with the lowest hashes. A
    -- near copy shares some of them.
    shingle    INTEGER NOT NULL,                -- hash of the words
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- of which article
    PRIMARY KEY (shingle, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_shingles_by_article ON article_shingles (article_id);

CREATE TABLE reprints (
    -- One row per quote of a statement that several copies of one article print: they are one statement, and count once.
    quote_id     INTEGER PRIMARY KEY REFERENCES quotes (id) ON DELETE CASCADE, -- of which quote
    statement_id INTEGER NOT NULL REFERENCES quotes (id) ON DELETE CASCADE -- the quote that printed it first, which may be itself
) STRICT;

CREATE INDEX reprints_by_statement ON reprints (statement_id);

PRAGMA user_version = 12;
