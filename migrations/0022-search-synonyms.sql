-- Other words for words, beside those that the glossary has: abbreviations as warehouses use them, to be edited by whoever
-- operates the service. Makes a table, and an index over terms with synonyms while writers of asset wait for one read of it.

CREATE TABLE search_synonym (
  -- Folded as names are (features/search/search-text.ts): 'cust', 'year to date'.
  word     text COLLATE "C" CONSTRAINT search_synonym_pkey PRIMARY KEY,
  -- Both ways: each of these finds the word, and the word finds each of them.
  synonyms text[] NOT NULL
);
CREATE INDEX search_synonym_synonyms_idx ON search_synonym USING gin (synonyms);
CREATE INDEX asset_term_synonyms_idx ON asset (id) WHERE kind = 'TERM' AND synonyms <> '{}';

INSERT INTO search_synonym (word, synonyms) VALUES
  ('account', '{acct}'), ('address', '{addr}'), ('amount', '{amt}'), ('average', '{avg}'),
  ('balance', '{bal}'), ('category', '{cat}'), ('code', '{cd}'), ('count', '{cnt}'), ('country', '{ctry}'),
  ('currency', '{ccy,curr}'), ('customer', '{cust,client}'), ('date', '{dt}'), ('department', '{dept}'),
  ('description', '{desc,descr}'), ('dimension', '{dim}'), ('document', '{doc}'), ('employee', '{emp,staff}'),
  ('fact', '{fct}'), ('first name', '{fname}'), ('identifier', '{id}'), ('invoice', '{inv}'), ('last name', '{lname}'),
  ('location', '{loc}'), ('manager', '{mgr}'), ('month', '{mth,mnth}'), ('number', '{num,nbr,nr}'), ('order', '{ord}'),
  ('organization', '{org}'), ('organisation', '{org}'), ('password', '{pwd}'), ('payment', '{pmt,pymt}'),
  ('percent', '{pct}'), ('phone', '{tel,telephone}'), ('price', '{prc}'), ('product', '{prd}'), ('quantity', '{qty}'),
  ('reference', '{ref}'), ('region', '{rgn}'), ('revenue', '{rev,turnover}'), ('shipment', '{shp,shpmt}'),
  ('source', '{src}'), ('staging', '{stg}'), ('status', '{stat,sts}'), ('supplier', '{vendor}'), ('timestamp', '{ts}'),
  ('total', '{tot}'), ('transaction', '{txn,trx,trans}'), ('user', '{usr}'), ('value', '{val}'), ('version', '{ver}'),
  ('warehouse', '{wh,whse}'), ('year', '{yr}'), ('year to date', '{ytd}');
