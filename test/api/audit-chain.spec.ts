import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  exportedCheckpoint,
  exportedEntry,
  verifyChain,
  type ChainVerdict,
  type ExportedEntry,
} from '../../src/cli/audit-chain.js';
import { IdentityService } from '../../src/features/identity/index.js';
import { AuditTrail } from '../../src/platform/audit/audit-trail.js';
import { startTestApp, type TestApp } from '../support/app.js';

const SECRET = 'dataset:snowflake%3A%2F%2Fnorthlight-eu1/analytics.raw.payroll_runs';

let test: TestApp;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cadastre-audit-'));
  const env = { CADASTRE_AUDIT_KEY_FILE: join(folder, 'keys', 'audit.pem') };
  test = await startTestApp({ catalog: 'demo', env, accounts: [{ handle: 'mona' }, { handle: 'olga' }] });
  await test.as('hugo').graphqlRaw('query($r: String!) { asset(ref: $r) { id } }', { r: SECRET });
  await test.as('greta').graphqlRaw('query($r: String!) { asset(ref: $r) { id } }', { r: SECRET });
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

async function exported(query = ''): Promise<ExportedEntry[]> {
  const text = await textOf(`/api/v1/audit${query}`);
  return linesOf(text).map((line) => exportedEntry.parse(JSON.parse(line)));
}

/** As the auditor gets it; supertest reads no JSON lines. */
async function textOf(path: string): Promise<string> {
  const response = await fetch(test.url + path, { headers: { authorization: test.as('emil').authorization } });
  expect(response.status).toBe(200);
  return response.text();
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

async function verdict(keys: readonly string[] = []): Promise<ChainVerdict> {
  const entries = await exported();
  const text = await textOf('/api/v1/audit/checkpoints');
  const checkpoints = linesOf(text).map((line) => exportedCheckpoint.parse(JSON.parse(line)));
  async function* all(): AsyncGenerator<ExportedEntry> {
    yield* entries;
  }
  return verifyChain(all(), checkpoints, keys);
}

/** As somebody with every right over the database would, who puts the guards back afterwards. */
async function tamper(sql: string): Promise<void> {
  await test.database.query(`DO $do$ BEGIN SET LOCAL session_replication_role = replica; ${sql}; END $do$`);
}

const checkpoint = () =>
  test
    .as('emil')
    .graphql<{ auditCheckpointCreate: { checkpoint: { number: number; publicKey: string } } }>(
      'mutation { auditCheckpointCreate { checkpoint { number at seq hash publicKey signature } userErrors { code } } }',
    );

describe('the chain', () => {
  it('is intact for whoever computes it anew from an export', async () => {
    const { entries, problem } = await verdict();
    expect(problem).toBeNull();
    expect(entries).toBeGreaterThan(3);
  });

  it('holds any text that the database can, as RFC 8785 spells it', async () => {
    const audit = test.app.get(AuditTrail);
    const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((value) => !value.includes('\0'));
    const detail = fc.dictionary(
      text,
      fc.oneof(
        text,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
      ),
      { maxKeys: 4 },
    );
    const entries = fc.array(
      fc.record({ action: text, subject: fc.record({ kind: text, id: text }), policyId: text, handle: text, detail }),
      { maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(entries, async (drawn) => {
        await audit.write(...drawn.map(({ handle, ...entry }) => ({ ...entry, actor: { id: null, handle } })));
      }),
      { numRuns: 40 },
    );
    expect((await verdict()).problem).toBeNull();
  });

  it('has one order however many write at once, inside transactions and outside', async () => {
    const audit = test.app.get(AuditTrail);
    const entry = (id: number) => ({
      actor: { id: null, handle: 'many' },
      action: 'raced',
      subject: { kind: 'n', id: String(id) },
    });
    const inside = (id: number) => test.database.transaction(async () => audit.write(entry(id), entry(id)));
    await Promise.all(Array.from({ length: 40 }, (_, id) => (id % 2 === 0 ? audit.write(entry(id)) : inside(id))));
    expect((await exported('?action=raced')).length).toBe(60);
    expect((await verdict()).problem).toBeNull();
  });

  it('keeps nobody waiting for a transaction that wrote and still works', async () => {
    const audit = test.app.get(AuditTrail);
    const entry = { actor: { id: null, handle: 'slow' }, action: 'waited', subject: { kind: 'n', id: '1' } };
    await test.database.transaction(async () => {
      await audit.write(entry);
      await test.database.separately(() => audit.write({ ...entry, action: 'passed' }));
    });
    const [passed, waited] = [...(await exported('?action=passed')), ...(await exported('?action=waited'))];
    expect(passed?.seq).toBeLessThan(waited?.seq ?? 0);
  });
});

describe('a checkpoint', () => {
  it('is signed with a key that only its owner can read, and made only when there is something new', async () => {
    const { auditCheckpointCreate: first } = await checkpoint();
    const { auditCheckpointCreate: again } = await checkpoint();
    // The export of a moment ago is an entry; nothing came between the two.
    expect(again.checkpoint).toEqual(first.checkpoint);
    expect(statSync(join(folder, 'keys', 'audit.pem')).mode & 0o777).toBe(0o600);
    expect(await verdict([first.checkpoint.publicKey])).toMatchObject({ checkpoints: 1, problem: null });
  });

  it('is for auditors', async () => {
    const answer = await test
      .as('hugo')
      .graphql('mutation { auditCheckpointCreate { checkpoint { number } userErrors { code } } }');
    expect(answer).toEqual({ auditCheckpointCreate: { checkpoint: null, userErrors: [{ code: 'FORBIDDEN' }] } });
    await test.as('hugo').get('/api/v1/audit/checkpoints').expect(403);
  });
});

describe('an export', () => {
  it('is a table too, whose cells no spreadsheet runs', async () => {
    const audit = test.app.get(AuditTrail);
    await audit.write({
      actor: { id: null, handle: '=1+1' },
      action: 'cell',
      subject: { kind: 'n', id: '1' },
      detail: { a: 1 },
    });
    const text = await textOf('/api/v1/audit?format=csv&action=cell');
    expect(text).toMatch(
      /^seq,at,actor,action,decision,rule,subject kind,subject,request,detail\n\d+,\S+Z,'=1\+1,cell,,,n,1,,"\{""a"":1\}"\n$/,
    );
  });

  it('is written down, and for auditors', async () => {
    await test.as('hugo').get('/api/v1/audit').expect(403);
    await exported('?action=nothing');
    expect((await exported('?action=audit.exported')).at(-1)).toMatchObject({
      actor: { handle: 'emil' },
      detail: { action: 'audit.exported' },
    });
  });

  it.each(['?format=xml', '?from=yesterday', '?decision=MAYBE', '?who=me', '?actor=a&actor=b'])(
    'refuses %s',
    async (query) => {
      const { body } = await test.as('emil').get(`/api/v1/audit${query}`).expect(400);
      expect(body.error).toMatchObject({ code: 'INVALID', field: [expect.any(String)] });
    },
  );
});

describe('a search', () => {
  const found = async (filter: object): Promise<{ actor: string; action: string; decision: string | null }[]> => {
    const { auditLog } = await test
      .as('emil')
      .graphql<{ auditLog: { nodes: [] } }>(
        'query($f: AuditFilter) { auditLog(filter: $f, first: 100) { nodes { actor action decision policyId } } }',
        { f: filter },
      );
    return auditLog.nodes;
  };

  it('finds by asset, person, rule, decision and time together', async () => {
    const all = await found({ asset: SECRET });
    expect(all).toMatchObject([
      { actor: 'greta', action: 'discover', decision: 'ALLOW' },
      { actor: 'hugo', action: 'discover', decision: 'DENY' },
    ]);
    const [{ policyId } = { policyId: '' }] = all as unknown as { policyId: string }[];
    expect(await found({ policyId, asset: SECRET })).toMatchObject([{ actor: 'greta' }]);
    expect(await found({ actor: 'hugo', decision: 'DENY', asset: SECRET })).toHaveLength(1);
    expect(await found({ asset: SECRET, to: '2020-01-01T00:00:00Z' })).toEqual([]);
  });

  it('knows an asset that the auditor may not see by the reference only', async () => {
    const ref = 'dataset:nowhere/never.was';
    await test.as('hugo').graphqlRaw('query($r: String!) { asset(ref: $r) { id } }', { r: ref });
    expect(await found({ asset: ref })).toMatchObject([{ actor: 'hugo', decision: 'DENY' }]);
  });
});

describe('what is personal', () => {
  const erase = (account: string, reason = 'asked for it') =>
    test
      .as('ada')
      .graphql<{ auditErase: { details: number | null; userErrors: object[] } }>(
        'mutation($a: String!, $r: String!) { auditErase(account: $a, reason: $r) { details userErrors { code field } } }',
        { a: account, r: reason },
      );

  it('is erased once the account is disabled, and the chain stays whole', async () => {
    const identity = test.app.get(IdentityService, { strict: false });
    await test.as('mona').graphql('mutation { tokenCreate(input: { name: "mine" }) { token { id } } }');
    await test
      .as('ada')
      .graphql(
        'mutation { accountUpdate(handle: "mona", input: { attributes: { department: "secret" } }) { account { id } } }',
      );
    const { id } = await identity.get('mona');
    expect(await erase('mona')).toEqual({
      auditErase: { details: null, userErrors: [{ code: 'CONFLICT', field: ['account'] }] },
    });
    await test
      .as('ada')
      .graphql('mutation { accountUpdate(handle: "mona", input: { disabled: true }) { account { id } } }');
    const { auditErase } = await erase('mona');
    expect(auditErase.userErrors).toEqual([]);
    expect(auditErase.details).toBeGreaterThanOrEqual(3);

    const entries = await exported();
    const text = JSON.stringify(entries.filter(({ action }) => action !== 'audit.erased'));
    expect(text).not.toContain('"mona"');
    expect(text).not.toContain('"department":"secret"');
    expect(
      entries.filter(({ subjectId, action }) => subjectId === id && action === 'account.changed'),
    ).not.toHaveLength(0);
    expect((await verdict()).problem).toBeNull();
    const { auditLog } = await test
      .as('emil')
      .graphql<{ auditLog: { nodes: { actor: string; detail: object }[] } }>(
        '{ auditLog(first: 100, filter: { action: "token.created" }) { nodes { actor detail } } }',
      );
    expect(auditLog.nodes).toContainEqual({
      actor: expect.stringMatching(/^erased:[0-9a-f]{12}$/),
      detail: { erased: true },
    });
  });

  it('is erased by managers only, with a reason, and of those who did something', async () => {
    const refused = await test
      .as('hugo')
      .graphql('mutation { auditErase(account: "olga", reason: "x") { details userErrors { code } } }');
    expect(refused).toEqual({ auditErase: { details: null, userErrors: [{ code: 'FORBIDDEN' }] } });
    expect((await erase('olga', ' ')).auditErase.userErrors).toEqual([{ code: 'INVALID', field: ['reason'] }]);
    expect((await erase('nobody-there')).auditErase.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['account'] }]);
  });

  it('cannot be changed into something else', async () => {
    await expect(test.database.query(`UPDATE audit_person SET handle = 'eve'`)).rejects.toThrow(
      'can be erased, not changed',
    );
    await expect(test.database.query(`UPDATE audit_detail SET detail = '{}'`)).rejects.toThrow(
      'can be erased, not changed',
    );
    await expect(test.database.query('DELETE FROM audit_detail')).rejects.toThrow('append-only');
  });
});

// Last: from here on the chain is broken.
describe('what somebody with every right over the database does, is named', () => {
  it('in the order in which it was done', async () => {
    const last = (await exported()).at(-1)?.seq ?? 0;
    await tamper(`DELETE FROM audit_log WHERE seq = ${last}`);
    expect((await verdict()).problem).toMatchObject({ kind: 'MISSING', seq: last });
    await tamper(
      `UPDATE audit_detail SET salt = NULL, detail = NULL WHERE seq = (SELECT max(seq) FROM audit_detail WHERE detail IS NOT NULL AND seq < ${last})`,
    );
    expect((await verdict()).problem).toMatchObject({ kind: 'MISSING', seq: last });
    await tamper(
      `UPDATE audit_log SET seq = -seq WHERE seq IN (5, 6); UPDATE audit_log SET seq = CASE seq WHEN -5 THEN 6 ELSE 5 END WHERE seq < 0`,
    );
    expect((await verdict()).problem).toMatchObject({ kind: 'MOVED', seq: 5 });
    await tamper(`UPDATE audit_log SET decision = 'ALLOW', at = at + interval '1 microsecond' WHERE seq = 4`);
    expect((await verdict()).problem).toMatchObject({ kind: 'EDITED', seq: 4 });
    await tamper('DELETE FROM audit_log WHERE seq = 2');
    expect((await verdict()).problem).toMatchObject({ kind: 'MISSING', seq: 2 });
  });
});

describe('a signing key of another kind', () => {
  it('is refused by name', async () => {
    const { SigningKey } = await import('../../src/features/audit/signing-key.js');
    const file = join(folder, 'rsa.pem');
    writeFileSync(
      file,
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    expect(() => new SigningKey(file).publicKey()).toThrow(`${file} holds a key of type rsa. Give an Ed25519 key.`);
    expect(readFileSync(file, 'utf8')).toContain('PRIVATE KEY');
  });
});
