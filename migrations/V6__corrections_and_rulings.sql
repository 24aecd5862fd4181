-- What people rule, and what it comes to: what the machine found stays known, so that every correction can be undone.

CREATE TABLE corrections (
    -- One row per verdict of a person. Keyed on content (names, quote keys), never on ids, so that a verdict
    -- holds when an article is read again or the extractor is upgraded.
    id         INTEGER PRIMARY KEY,             -- in the order they were given; later ones win
    action     TEXT NOT NULL CHECK (action IN ('merge', 'split', 'rename', 'reject', 'confirm', 'speaker',
                   'subject', 'distinct')),     -- what is to be done
    target     TEXT NOT NULL,                   -- what it is done to, as JSON: kind and name, or quote key
    value      TEXT,                            -- what it is done with, as JSON; NULL where the action says all
    note       TEXT,                            -- why, in the person's words
    created_at TEXT NOT NULL,                   -- ISO 8601, UTC
    undone_at  TEXT,                            -- ISO 8601, UTC; NULL while it holds
    CHECK (json_valid(target)),
    CHECK (value IS NULL OR json_valid(value))
) STRICT;

CREATE INDEX corrections_by_target ON corrections (target) WHERE undone_at IS NULL;

CREATE TABLE ruled_entities (
    -- One row per entity that a correction concerns, as the machine knows it. One that was merged into another
    -- or rejected is in this table only, so that it can come back under its old id.
    id         INTEGER PRIMARY KEY,             -- of the row in entities, which may be gone
    kind       TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'place')), -- what the machine takes it for
    name       TEXT NOT NULL,                   -- the name that corrections know it by
    name_key   TEXT NOT NULL,                   -- `name` without case, accents and punctuation
    apart      TEXT NOT NULL DEFAULT '',        -- tells a namesake from the others; '' for the first
    shown_name TEXT NOT NULL,                   -- the name that the machine would show
    mention_count INTEGER NOT NULL DEFAULT 0,   -- how many mentions of it the machine found
    gender     TEXT CHECK (gender IN ('female', 'male')), -- as the machine found it
    country    TEXT,                            -- as the machine found it
    given_name TEXT,                            -- the name that a person gave it, else NULL
    confirmed  INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1)), -- 1 if it stays though nothing refers to it
    UNIQUE (name_key, kind, apart)
) STRICT;

CREATE TABLE ruled_aliases (
    -- The names of those entities as the machine found them, whoever they are shown for.
    entity_id     INTEGER NOT NULL REFERENCES ruled_entities (id) ON DELETE CASCADE, -- whose name
    alias         TEXT NOT NULL,                -- as in aliases
    alias_key     TEXT NOT NULL,                -- `alias` without case, accents and punctuation
    short_key     TEXT,                         -- as in aliases
    article_count INTEGER NOT NULL DEFAULT 0,   -- how many articles print it for this entity
    unprinted_count INTEGER NOT NULL DEFAULT 0, -- how many articles give it without printing it in this form
    PRIMARY KEY (entity_id, alias)
) STRICT, WITHOUT ROWID;

CREATE INDEX ruled_aliases_by_key ON ruled_aliases (alias_key, entity_id);
CREATE INDEX ruled_aliases_by_short_key ON ruled_aliases (short_key, entity_id) WHERE short_key IS NOT NULL;

CREATE TABLE overruled_articles (
    -- One row per article in which corrections changed what the machine found.
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, -- which article
    taken      TEXT NOT NULL CHECK (json_valid(taken)), -- rows of the machine that are not shown, as JSON
    put        TEXT NOT NULL CHECK (json_valid(put))    -- rows that stand in their place, as JSON
) STRICT;

CREATE TABLE overruled_entities (
    -- One row per entity and article where a row of it was taken away or put in.
    entity_id  INTEGER NOT NULL,                -- of entities or ruled_entities
    article_id INTEGER NOT NULL REFERENCES overruled_articles (article_id) ON DELETE CASCADE, -- where
    mentioned  INTEGER NOT NULL CHECK (mentioned IN (0, 1)), -- 1 if the machine found a mention of it there
    PRIMARY KEY (entity_id, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX overruled_entities_by_article ON overruled_entities (article_id);
