-- The words of names and paths by how they begin, so that a search asks GIN for whole words: of a beginning it collects all
-- matches before it looks at anything else. Makes a table and fills it from the index; writers of search_document wait for
-- one read of it: a minute or two for a million documents.

CREATE TABLE search_name_word (
  word  text COLLATE "C" CONSTRAINT search_name_word_pkey PRIMARY KEY,
  -- Beginnings up to so many characters find every document that has the word by another word of it, one that this one
  -- begins with: of a name in one word, `custorder`, by `cust`.
  least int NOT NULL
);
CREATE INDEX search_name_word_beginning_idx ON search_name_word (least, word);

LOCK TABLE search_document IN SHARE MODE;
-- Lexemes begin with their field, n for names and p for the rest of the path, after c those of columns.
INSERT INTO search_name_word (word, least)
SELECT of_document.word, min(of_document.least)
FROM search_document d
CROSS JOIN LATERAL (
  WITH named AS MATERIALIZED (
    SELECT substring(lexeme FROM '^c?[np](.+)$') AS word, lexeme ~ '^c?n' AS in_name
    FROM unnest(tsvector_to_array(d.words)) AS lexeme WHERE lexeme ~ '^c?[np].'
  )
  SELECT word, coalesce((
    SELECT max(char_length(other.word)) FROM named other
    WHERE starts_with(named.word, other.word) AND other.word <> named.word AND (other.in_name OR NOT named.in_name)
  ), 0) AS least FROM named
) of_document
GROUP BY of_document.word;
