/** Questions to `information_schema` of MySQL 5.7 and later and MariaDB 10.3 and later: `?` is a schema, then a list of tables. */

export const SYSTEM_SCHEMAS = ['information_schema', 'mysql', 'performance_schema', 'sys'];

export const SCHEMAS = 'SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA ORDER BY 1';

/** Names alone are read from the folder; MariaDB opens a table for anything else. */
export const TABLE_NAMES = 'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?';

const OF_TABLES = 'WHERE TABLE_SCHEMA = ? AND TABLE_NAME IN (?)';

export const TABLES = `
  SELECT TABLE_NAME AS id, TABLE_TYPE AS type, ENGINE AS engine, CREATE_OPTIONS AS options, TABLE_COMMENT AS comment,
         TABLE_ROWS AS rowEstimate, DATA_LENGTH + INDEX_LENGTH AS sizeBytes
  FROM information_schema.TABLES ${OF_TABLES}`;

export const COLUMNS = `
  SELECT TABLE_NAME AS id, COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable, COLUMN_DEFAULT AS preset,
         COLUMN_COMMENT AS comment, ORDINAL_POSITION AS ordinal, EXTRA AS extra
  FROM information_schema.COLUMNS ${OF_TABLES} ORDER BY TABLE_NAME, ORDINAL_POSITION`;

export const KEYS = `
  SELECT TABLE_NAME AS id, CONSTRAINT_NAME AS name, COLUMN_NAME AS columnName,
         REFERENCED_TABLE_SCHEMA AS otherSchema, REFERENCED_TABLE_NAME AS otherName,
         REFERENCED_COLUMN_NAME AS otherColumn
  FROM information_schema.KEY_COLUMN_USAGE ${OF_TABLES} ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`;

/** The column is null where an expression is indexed. */
export const INDEXES = `
  SELECT TABLE_NAME AS id, INDEX_NAME AS name, COLUMN_NAME AS columnName, NON_UNIQUE AS nonUnique, INDEX_TYPE AS method
  FROM information_schema.STATISTICS ${OF_TABLES} ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`;

/** Names in it are written out in full. Empty without the right SHOW VIEW. */
export const VIEWS = `
  SELECT TABLE_NAME AS id, VIEW_DEFINITION AS \`sql\` FROM information_schema.VIEWS ${OF_TABLES}`;
