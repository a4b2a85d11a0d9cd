import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createPublicKey } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.js';
import { runCadastre, type Outcome } from '../support/command-line.js';

let test: TestApp;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cadastre-audit-'));
  test = await startTestApp({ env: { CADASTRE_AUDIT_KEY_FILE: join(folder, 'key.pem') } });
  await test.as('admin').graphql('{ me { id } }');
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

const cadastre = (...args: string[]): Promise<Outcome> => runCadastre(test, ['audit', ...args]);

describe('cadastre audit', () => {
  it('verifies what it exports, against kept checkpoints and the key', async () => {
    const checkpoints = await cadastre('checkpoints');
    expect(checkpoints).toMatchObject({ code: 0, err: '' });
    writeFileSync(join(folder, 'kept.jsonl'), checkpoints.out);
    const pem = createPublicKey(readFileSync(join(folder, 'key.pem'))).export({ type: 'spki', format: 'pem' });
    writeFileSync(join(folder, 'public.pem'), pem);
    const log = await cadastre('export');
    writeFileSync(join(folder, 'log.jsonl'), log.out);

    const online = await cadastre(
      'verify',
      '--checkpoints',
      join(folder, 'kept.jsonl'),
      '--public-key',
      join(folder, 'public.pem'),
    );
    expect(online).toEqual({
      code: 0,
      out: expect.stringMatching(/^Intact: \d+ entries, 2 checkpoints\.\n$/),
      err: '',
    });
    const offline = await cadastre('verify', '--file', join(folder, 'log.jsonl'), '--json');
    expect(JSON.parse(offline.out)).toEqual({
      entries: log.out.trim().split('\n').length,
      checkpoints: 0,
      problem: null,
    });
    expect(offline.err).toContain('give --public-key');
    expect(offline.err).toContain('give --checkpoints');
  });

  it('ends with 4 and names the first bad entry', async () => {
    await test.database.query(
      `DO $do$ BEGIN SET LOCAL session_replication_role = replica; UPDATE audit_log SET action = 'nothing' WHERE seq = 1; END $do$`,
    );
    expect(await cadastre('verify')).toEqual({ code: 4, out: 'EDITED at entry 1: Entry 1 was edited.\n', err: '' });
  });

  it.each([
    [
      'an export that was cut in a line',
      'log.jsonl',
      (text: string) => text.slice(0, 100),
      'Line 1 is not JSON. Was the export cut?',
    ],
    ['a file that is not there', 'nowhere.jsonl', null, 'nowhere.jsonl cannot be read'],
  ])('says of %s what is wrong', async (_, name, cut, message) => {
    const file = join(folder, name);
    if (cut) writeFileSync(file, cut(readFileSync(file, 'utf8')));
    expect(await cadastre('verify', '--file', file)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});
