import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain, type ExportedEntry } from '../../src/cli/audit-chain.js';
import { AuditRepository } from '../../src/features/audit/audit.repository.js';
import { Database } from '../../src/platform/database/database.js';
import { databaseBefore, type MigratedDatabase } from '../support/migrated-database.js';

const EVERYTHING = {
  actor: null,
  action: null,
  subjects: null,
  policyId: null,
  decision: null,
  from: null,
  to: null,
};

let old: MigratedDatabase;
beforeAll(async () => {
  old = await databaseBefore('0041');
});
afterAll(() => old.close());

describe('an audit log from before the chain', () => {
  it('is taken into it, in its order, with its times and details', async () => {
    const account = '00000000-0000-7000-8000-000000000001';
    await old.dataSource.query(
      `INSERT INTO audit_log (at, actor_id, actor_handle, action, subject_kind, subject_id, decision, policy_id, request_id, detail) VALUES
         ('2026-01-01T00:00:00.123456Z', $1, 'ann', 'asset.edited', 'asset', '7', NULL, NULL, 'r-1', $2),
         ('2026-01-01T00:00:01Z', NULL, 'nobody', 'signInRefused', 'token', 'nobody', NULL, NULL, NULL, '{}'),
         ('2026-01-01T00:00:02Z', $1, 'ann', 'discover', 'asset', '8', 'DENY', 'p', NULL, '{}')`,
      [account, JSON.stringify({ zebra: [1, { b: 'ü"\n', a: null }], Aa: true, days: 30 })],
    );
    await old.migrate('0041-audit-chain.sql');
    const entries = await new AuditRepository(new Database(old.dataSource)).listForExport(EVERYTHING, 0, 10);
    expect(entries).toMatchObject([
      { seq: 1, at: '2026-01-01T00:00:00.123456Z', actor: { id: account, handle: 'ann' }, detail: { days: 30 } },
      { seq: 2, actor: { id: null, handle: 'nobody' }, detail: {} },
      { seq: 3, actor: { handle: 'ann' }, decision: 'DENY', policyId: 'p', subjectId: '8' },
    ]);
    async function* all(): AsyncGenerator<ExportedEntry> {
      yield* entries;
    }
    expect(await verifyChain(all(), [], [])).toEqual({ entries: 3, checkpoints: 0, problem: null });
  });
});
