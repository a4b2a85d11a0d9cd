import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseBefore, type MigratedDatabase } from '../support/migrated-database.js';

const [JOB, TABLE, OPEN, CLOSED] = ['1', '2', '3', '4'].map((digit) => `00000000-0000-7000-8000-00000000000${digit}`);

let old: MigratedDatabase;
beforeAll(async () => {
  old = await databaseBefore('0052');
});
afterAll(() => old.close());

describe('flows that were kept for each statement', () => {
  it('are those of its set, open or closed as they were, and go with it', async () => {
    const { dataSource } = old;
    await dataSource.query(
      `INSERT INTO asset (id, kind, namespace, name) VALUES ($1, 'JOB', 'n', 'job'), ($2, 'DATASET', 'n', 'table')`,
      [JOB, TABLE],
    );
    await dataSource.query(
      `INSERT INTO lineage_statement (id, origin, job_id, body, first_seen, last_seen, is_closed)
       VALUES ($1, 'DECLARED', $3, '{}', now(), now(), false), ($2, 'DECLARED', NULL, '{}', now(), now(), true)`,
      [OPEN, CLOSED, JOB],
    );
    await dataSource.query(`INSERT INTO lineage_flow SELECT s, $1::uuid, $2::uuid, 'I' FROM unnest($3::uuid[]) AS s`, [
      JOB,
      TABLE,
      [OPEN, CLOSED],
    ]);
    await dataSource.query(
      `INSERT INTO lineage_column_flow VALUES ($1, $2, 'a', $2, 'b', '{DIRECT/IDENTITY}', true, false, true)`,
      [OPEN, TABLE],
    );
    await old.migrate('0052-flows-once.sql');
    const sets = `SELECT s.id, c.job_id, c.is_closed, count(f.*)::int AS flows, count(cf.*)::int AS "columnFlows"
      FROM lineage_statement s JOIN lineage_flow_set c ON c.id = s.flow_set_id LEFT JOIN lineage_flow f ON f.set_id = c.id
      LEFT JOIN lineage_column_flow cf ON cf.set_id = c.id GROUP BY 1, 2, 3 ORDER BY 1`;
    expect(await dataSource.query(sets)).toEqual([
      { id: OPEN, job_id: JOB, is_closed: false, flows: 1, columnFlows: 1 },
      { id: CLOSED, job_id: null, is_closed: true, flows: 1, columnFlows: 0 },
    ]);
    // The job is purged, and another statement ends by itself.
    await dataSource.query('DELETE FROM asset WHERE id = $1', [JOB]);
    expect(await dataSource.query(sets)).toMatchObject([{ id: CLOSED }]);
    await dataSource.query('DELETE FROM lineage_statement');
    expect(await dataSource.query('SELECT FROM lineage_flow')).toEqual([]);
  });
});
