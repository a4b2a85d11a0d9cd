-- The words of many documents go into the index of words together, a word at a time and not a document at a time: they are
-- collected on its pending list, which who wrote them empties in the same transaction (features/search/postgres-search-writer.ts).
-- So a search reads that list only beside a writer, and what is left of one that died until the next. Rewrites nothing; locks
-- writers of search_document for a moment.

ALTER INDEX search_document_words_idx SET (fastupdate = on);
