-- Who is there: people, organizations and places, all their names, every place they are mentioned, and what each
-- article tells of them.

CREATE TABLE entities (
    -- One row per person, organization or place; the views people, organizations and places show one kind each.
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- unique across the three kinds, never given out again
    kind          TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'place')), -- what it is
    name          TEXT NOT NULL,                -- the fullest form in common use, or what a correction calls it
    name_key      TEXT NOT NULL,                -- `name` without case, accents and punctuation
    description   TEXT,                         -- people: the latest office or role, as printed
    described_at  TEXT NOT NULL DEFAULT '',     -- published_at of the article that `description` is from; '' if there is none
    gender        TEXT CHECK (gender IN ('female', 'male')), -- people: where texts or the given name show it
    type          TEXT,                         -- organizations: party, company, agency …; NULL if not known
    country       TEXT,                         -- places: ISO 3166-1 code of the country it lies in; NULL if not known
    mention_count INTEGER NOT NULL DEFAULT 0,   -- rows of mentions
    quote_count   INTEGER NOT NULL DEFAULT 0    -- rows of quotes that it speaks
) STRICT;

-- Not unique: two people may bear one name.
CREATE INDEX entities_by_name ON entities (name_key, kind);
CREATE INDEX entities_by_mention_count ON entities (kind, mention_count DESC);
CREATE INDEX entities_by_quote_count ON entities (kind, quote_count DESC);

CREATE TABLE aliases (
    -- Every name that an entity goes by, its full name included.
    entity_id     INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE, -- whose name
    alias         TEXT NOT NULL,                -- as printed, or as unprinted_names or a correction has it
    alias_key     TEXT NOT NULL,                -- `alias` without case, accents and punctuation
    short_key     TEXT,                         -- a person's last name, an organization's name without suffix; NULL where that is no other
    article_count INTEGER NOT NULL DEFAULT 0,   -- how many articles print it for this entity
    PRIMARY KEY (entity_id, alias)
) STRICT, WITHOUT ROWID;

CREATE INDEX aliases_by_key ON aliases (alias_key, entity_id);
CREATE INDEX aliases_by_short_key ON aliases (short_key, entity_id) WHERE short_key IS NOT NULL;

CREATE TABLE unprinted_names (
    -- One row per name that an article gives an entity without printing it in this form.
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- which article
    entity_id  INTEGER NOT NULL REFERENCES entities (id) ON DELETE CASCADE, -- whose name
    alias      TEXT NOT NULL,                   -- the name
    PRIMARY KEY (article_id, entity_id, alias)
) STRICT, WITHOUT ROWID;

CREATE INDEX unprinted_names_by_entity ON unprinted_names (entity_id, alias);

CREATE TABLE mentions (
    -- One row per stretch of text that refers to an entity. One may lie inside another (`her` in `her deputy`).
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- where
    entity_id  INTEGER NOT NULL REFERENCES entities (id), -- whom it refers to
    start      INTEGER NOT NULL CHECK (start >= 0), -- code points into articles.body
    end        INTEGER NOT NULL,                -- code points into articles.body, exclusive
    form       TEXT NOT NULL CHECK (form IN ('name', 'nominal', 'pronoun')), -- how it refers
    PRIMARY KEY (article_id, start, end, entity_id),
    CHECK (end > start)
) STRICT, WITHOUT ROWID;

CREATE INDEX mentions_by_entity ON mentions (entity_id, article_id);

CREATE TABLE traits (
    -- One row per entity of an article that tells its gender, its country or what kind of organization it is, as the
    -- machine found it. What is known of an entity is what the first such article tells.
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- which article
    entity_id  INTEGER NOT NULL,                -- of entities or ruled_entities
    gender     TEXT CHECK (gender IN ('female', 'male')), -- people
    country    TEXT,                            -- places: ISO 3166-1 code
    type       TEXT CHECK (type IN ('party', 'company', 'agency', 'team', 'medium', 'armed group', 'court', 'university',
                   'union')),                   -- organizations
    PRIMARY KEY (entity_id, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX traits_by_article ON traits (article_id);
