-- What each article tells of organizations is kept as the gender of people and the country of places are. The table is
-- made anew, for a column that is added to a table takes the place of the comment behind the one before it.

ALTER TABLE traits RENAME TO earlier_traits;

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

INSERT INTO traits (article_id, entity_id, gender, country)
SELECT article_id, entity_id, gender, country FROM earlier_traits;

DROP TABLE earlier_traits;

CREATE INDEX traits_by_article ON traits (article_id);

PRAGMA user_version = 8;
