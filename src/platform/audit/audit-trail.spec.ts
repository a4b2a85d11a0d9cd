import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServices } from '../../../test/support/services.js';
import { SYSTEM_ACTOR } from '../../core/actor.js';
import { withRequest } from '../observability/request-context.js';

let services: TestServices;
beforeAll(async () => {
  services = await TestServices.open();
  await services.audit.write({
    actor: { id: null, handle: 'nobody' },
    action: 'first',
    subject: { kind: 'test', id: '1' },
  });
});
afterAll(() => services.close());

describe('the audit log', () => {
  it.each([
    'UPDATE audit_log SET action = action',
    'DELETE FROM audit_log',
    'TRUNCATE audit_log',
    'DELETE FROM audit_log WHERE false',
  ])('refuses %s', async (sql) => {
    await expect(services.database.query(sql)).rejects.toThrow(
      /audit_log is append-only: (UPDATE|DELETE|TRUNCATE) refused/,
    );
    expect(await services.auditOf('first')).toHaveLength(1);
  });

  it('takes a decision with the rule that made it', async () => {
    const decidedBy = { policyId: 'no-secrets', title: 'No secrets', effect: 'DENY', band: 'platform' } as const;
    const explanation = {
      decision: 'DENY',
      decidedBy,
      matched: [],
      nearestMisses: [],
      missingAttributes: [],
      advice: { mask: null, rowFilters: [] },
      policyVersion: 1,
    } as const;
    await withRequest({ id: 'r-1' }, () =>
      services.audit.recordDecision(SYSTEM_ACTOR, 'discover', { subject: { kind: 'asset', id: 'a' }, explanation }),
    );
    expect(await services.auditOf('discover')).toMatchObject([
      {
        actor_handle: 'system',
        subject_id: 'a',
        decision: 'DENY',
        policy_id: 'no-secrets',
        request_id: 'r-1',
        detail: {},
      },
    ]);
  });
});

describe('a recorded change', () => {
  const event = (type: string) => ({ type, subject: { kind: 'asset', id: '7' }, detail: { to: 'x' } });

  it('is audited with its detail, in one statement however many there are', async () => {
    const ann = await services.actor('ann');
    const record = (count: number) => () =>
      services.database.transaction(async () => {
        for (let at = 0; at < count; at += 1) services.events.record(ann, event(`asset.edited${count}`));
      });
    expect(await services.statementsOf(record(1))).toBe(await services.statementsOf(record(5)));
    expect(await services.auditOf('asset.edited5')).toHaveLength(5);
    expect(await services.auditOf('asset.edited1')).toMatchObject([
      { actor_id: ann.id, actor_handle: 'ann', subject_kind: 'asset', subject_id: '7', detail: { to: 'x' } },
    ]);
  });

  it('of the service itself is in the change log only', async () => {
    await services.database.transaction(async () => services.events.record(SYSTEM_ACTOR, event('asset.projected')));
    expect(await services.auditOf('asset.projected')).toEqual([]);
    const changes = await services.database.query(`SELECT 1 AS one FROM change_log WHERE type = 'asset.projected'`);
    expect(changes).toHaveLength(1);
  });

  it('leaves no trace when its transaction is undone', async () => {
    const ann = await services.actor('ann');
    const work = services.database.transaction(async () => {
      services.events.record(ann, event('asset.undone'));
      throw new Error('undo');
    });
    await expect(work).rejects.toThrow('undo');
    expect(await services.auditOf('asset.undone')).toEqual([]);
  });
});
