-- Emptying the search index is a change of it, so that counts that were remembered are forgotten: TRUNCATE passes by what else
-- says so. Makes a trigger; waits for writers of search_document for a moment.

CREATE FUNCTION change_search_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE search_generation SET revision = revision + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER search_document_truncate AFTER TRUNCATE ON search_document
  FOR EACH STATEMENT EXECUTE FUNCTION change_search_revision();
