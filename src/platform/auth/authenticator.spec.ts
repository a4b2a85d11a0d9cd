import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServices } from '../../../test/support/services.js';
import { SYSTEM_ACTOR } from '../../core/actor.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { Metrics } from '../observability/metrics.js';
import { Authenticator } from './authenticator.js';
import { newToken } from './tokens.js';

let services: TestServices;
beforeAll(async () => {
  services = await TestServices.open();
});
afterAll(() => services.close());

const authenticate = (secret: string) => services.authenticator.authenticate(secret);

describe('authenticate', () => {
  it('knows the account with its teams, attributes, token and the policies in force', async () => {
    const account = {
      kind: 'SERVICE',
      handle: 'loader',
      name: 'Loader',
      roles: ['ingest'],
      teams: ['ops', 'data'],
    } as const;
    const { id } = await services.identity.ensureAccount({
      ...account,
      attributes: { clearance: 2, domains: ['sales'] },
    });
    const input = { account: 'loader', name: 'nightly', ingestNamespaces: ['s3://lake'] };
    const { token, secret } = await services.identity.createToken(SYSTEM_ACTOR, input);
    expect(await authenticate(secret)).toEqual({
      id,
      kind: 'SERVICE',
      handle: 'loader',
      name: 'Loader',
      roles: ['ingest'],
      teamIds: ['data', 'ops'],
      attributes: { clearance: 2, domains: ['sales'] },
      grants: [],
      policyVersion: await services.store.activeVersion(),
      token: { id: token.id, ingestNamespaces: ['s3://lake'], scopes: null, trustsAttributes: false },
    });
  });

  it('takes one statement when the last use is recent', async () => {
    const { secret } = await services.tokenOf('ann');
    await authenticate(secret);
    expect(await services.statementsOf(() => authenticate(secret))).toBe(1);
  });

  it('writes one signIn when several requests come at once, and again after 15 minutes', async () => {
    const { id, secret } = await services.tokenOf('ben');
    const signIns = async () => (await services.auditOf('signIn')).filter((line) => line.subject_id === id).length;
    await Promise.all([authenticate(secret), authenticate(secret), authenticate(secret)]);
    expect(await signIns()).toBe(1);
    await services.database.query(
      `UPDATE access_token SET last_used_at = now() - interval '16 minutes' WHERE id = $1`,
      [id],
    );
    await authenticate(secret);
    expect(await signIns()).toBe(2);
  });
});

describe('authenticate refuses', () => {
  it.each([
    ['revoked', `UPDATE access_token SET revoked_at = now() WHERE id = $1`],
    ['expired', `UPDATE access_token SET expires_at = now() WHERE id = $1`],
    [
      'of a disabled account',
      `UPDATE account SET disabled_at = now() WHERE id = (SELECT account_id FROM access_token WHERE id = $1)`,
    ],
  ])('a token that is %s, at the next request', async (_, sql) => {
    const { id, secret } = await services.tokenOf(`gone-${String(_).replaceAll(' ', '-')}`);
    expect(await authenticate(secret)).not.toBeNull();
    await services.database.query(sql, [id]);
    expect(await authenticate(secret)).toBeNull();
  });

  it('at most 60 times a minute in writing, and counts all of them', async () => {
    const metrics = new Metrics();
    const authenticator = new Authenticator(services.database, new AuditTrail(services.database), metrics);
    const before = (await services.auditOf('signInRefused')).length;
    const { secret, prefix } = newToken();
    for (let at = 0; at < 65; at += 1) await authenticator.authenticate(secret);
    const lines = (await services.auditOf('signInRefused')).slice(before);
    expect(lines).toHaveLength(60);
    expect(lines[0]).toMatchObject({ actor_id: null, actor_handle: `token ${prefix}`, subject_kind: 'token' });
    expect(JSON.stringify(lines)).not.toContain(secret);
    expect(await metrics.registry.getSingleMetricAsString('cadastre_authentications_total')).toContain(
      '{outcome="refused"} 65',
    );
  });
});
