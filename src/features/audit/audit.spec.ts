import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServices } from '../../../test/support/services.js';
import type { Actor } from '../../core/actor.js';
import { encodeCursor } from '../../platform/graphql/page-arguments.js';
import { AssetReader, AssetRepository } from '../assets/index.js';
import type { AuditQuestion } from './audit-question.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';

let services: TestServices;
let admin: Actor;
let audit: AuditService;
beforeAll(async () => {
  services = await TestServices.open();
  const { database, access } = services;
  const reader = new AssetReader(new AssetRepository(database), access);
  audit = new AuditService(new AuditRepository(database), reader, access, services.audit);
  admin = await services.actor('admin', ['admin']);
  for (let at = 1; at <= 5; at += 1) {
    const actor = { id: null, handle: at % 2 === 0 ? 'even' : 'odd' };
    await services.audit.write({
      actor,
      action: 'counted',
      subject: { kind: 'number', id: String(at) },
      detail: { at },
    });
  }
});
afterAll(() => services.close());

const list = (question: AuditQuestion, first = 10, after: string | null = null) =>
  audit.list(admin, question, { first, after });
const subjects = async (question: AuditQuestion) =>
  (await list({ action: 'counted', ...question })).nodes.map(({ subjectId }) => subjectId);

describe('auditLog', () => {
  it('shows what happened, newest first', async () => {
    const { nodes } = await list({ action: 'counted' });
    expect(nodes.map(({ subjectId }) => subjectId)).toEqual(['5', '4', '3', '2', '1']);
    expect(nodes[0]).toMatchObject({
      actor: 'odd',
      subjectKind: 'number',
      decision: null,
      requestId: null,
      detail: { at: 5 },
    });
    expect(typeof nodes[0]?.seq).toBe('string');
  });

  it('is narrowed by actor, subject and time', async () => {
    const { nodes } = await list({ action: 'counted' });
    const third = nodes[2]?.at;
    expect(await subjects({ actor: 'even' })).toEqual(['4', '2']);
    expect(await subjects({ subject: '3' })).toEqual(['3']);
    // Milliseconds are what a client can say; the log keeps microseconds.
    expect((await subjects({ from: third })).slice(0, 2)).toEqual(['5', '4']);
    expect(await subjects({ to: new Date(0) })).toEqual([]);
  });

  it('pages without gaps or repeats while entries come in, with one statement a page', async () => {
    const first = await list({ action: 'counted' }, 2);
    await services.audit.write({
      actor: { id: null, handle: 'odd' },
      action: 'counted',
      subject: { kind: 'number', id: '6' },
    });
    const second = await list({ action: 'counted' }, 2, first.endCursor);
    expect([...first.nodes, ...second.nodes].map(({ subjectId }) => subjectId)).toEqual(['5', '4', '3', '2']);
    const last = await list({ action: 'counted' }, 2, second.endCursor);
    expect(last).toMatchObject({ hasNextPage: false, nodes: [{ subjectId: '1' }] });
    expect(await services.statementsOf(() => list({}, 100))).toBe(1);
  });

  it.each(['x', encodeCursor(['one']), encodeCursor(['1', '2'])])('refuses the cursor %s', async (after) => {
    await expect(list({}, 2, after)).rejects.toMatchObject({ code: 'INVALID', field: ['after'] });
  });

  it("takes 'read_audit'", async () => {
    const ann = await services.actor('ann');
    await expect(audit.list(ann, {}, { first: 10, after: null })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
