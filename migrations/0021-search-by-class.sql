-- The search index as few bytes a document as can be: words are lexemes that name their field and need no position, so
-- that GIN alone decides; what policies, filters and facets read is kept once per distinct combination (a class). A query
-- counts its matches by class, decides each class once, and reads rows only for the page it shows.
-- Drops the old index; the change log is followed again from its start, which fills the new one. Locks nothing else.

DROP TABLE search_document;

-- Distinct values of everything that decides whether a document is shown or counted, but for what is a document's own
-- (id, name and path). Never changed, so that processes may remember them.
CREATE TABLE search_class (
  id     int GENERATED ALWAYS AS IDENTITY CONSTRAINT search_class_pkey PRIMARY KEY,
  hash   bytea NOT NULL CONSTRAINT search_class_hash_key UNIQUE,  -- SHA-256 of the canonical JSON of body
  owners text[] NOT NULL,
  body   jsonb NOT NULL
);
CREATE INDEX search_class_owners_idx ON search_class USING gin (owners);

CREATE TABLE search_document (
  id         int GENERATED ALWAYS AS IDENTITY CONSTRAINT search_document_pkey PRIMARY KEY,
  class_id   int NOT NULL CONSTRAINT search_document_class_fkey REFERENCES search_class,
  place      int NOT NULL,              -- negated score: the best comes first
  usage      int NOT NULL,
  updated_at timestamptz NOT NULL,
  sort_name  text COLLATE "C" NOT NULL,
  words      tsvector NOT NULL          -- out of line: it is read only where GIN cannot decide
) WITH (toast_tuple_target = 128, fillfactor = 90);
ALTER TABLE search_document ALTER COLUMN words SET STORAGE EXTERNAL;
-- Without a pending list: searches would have to read it.
CREATE INDEX search_document_words_idx ON search_document USING gin (words) WITH (fastupdate = off);
CREATE INDEX search_document_place_idx ON search_document (place, sort_name, id);
CREATE INDEX search_document_class_idx ON search_document (class_id);

-- What a document is of.
CREATE TABLE search_origin (
  id           int CONSTRAINT search_origin_pkey PRIMARY KEY
    CONSTRAINT search_origin_document_fkey REFERENCES search_document ON DELETE CASCADE,
  key          text COLLATE "C" NOT NULL CONSTRAINT search_origin_key_key UNIQUE,
  group_key    text COLLATE "C" NOT NULL,
  asset_id     uuid,                    -- null for people
  name         text NOT NULL,           -- of the asset; the handle of a person
  column_path  text NOT NULL,
  score        jsonb NOT NULL,
  content_hash bytea NOT NULL,
  generation   int NOT NULL             -- of the last time the index was built anew
);
CREATE INDEX search_origin_group_idx ON search_origin (group_key);

-- Every word that was indexed: what a misspelled one may have meant.
CREATE TABLE search_word (
  word text COLLATE "C" CONSTRAINT search_word_pkey PRIMARY KEY
);
CREATE INDEX search_word_trgm_idx ON search_word USING gin (word gin_trgm_ops) WITH (fastupdate = off);

-- How far the index is: building anew writes a generation beside the complete one, in place.
CREATE TABLE search_generation (
  only_row  boolean CONSTRAINT search_generation_pkey PRIMARY KEY DEFAULT true
    CONSTRAINT search_generation_single CHECK (only_row),
  complete  int NOT NULL DEFAULT 0,
  writing   int NOT NULL DEFAULT 0,     -- the same unless a rebuild is under way
  revision  bigint NOT NULL DEFAULT 0   -- changes with the documents: what was counted at the same one still holds
);
INSERT INTO search_generation DEFAULT VALUES;

UPDATE follower SET position = 0 WHERE name = 'search';
