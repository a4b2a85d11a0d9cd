import { parentPort } from 'node:worker_threads';
import type { SqlTask } from './readers/dbt/dbt-sql.js';
import { columnFlowsOfSelect, initSql } from './readers/sql/column-lineage.js';

await initSql();

parentPort?.on('message', (task: SqlTask) => {
  try {
    parentPort?.postMessage({ flows: columnFlowsOfSelect(task) });
  } catch (error) {
    parentPort?.postMessage({ flows: null, error: error instanceof Error ? error.message : 'unknown error' });
  }
});
parentPort?.postMessage({ flows: null });
