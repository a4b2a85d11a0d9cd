import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../../scripts/schema-breaks.mjs');
const SCHEMA = 'type Query { asset(ref: String!): String assets: [String!]! }\n';
const BROKEN = 'type Query { assets: [String!]! }\n';
const WIDER = 'type Query { asset(ref: String!): String assets: [String!]! terms: [String!]! }\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cadastre-schema-'));
  git('init', '--quiet', '--initial-branch=main');
  save('schema.graphql', SCHEMA);
  save('CHANGELOG.md', '# Changelog\n\n- Breaking: `Query.asset` was another.\n');
  commit('first');
  commit('second');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): void {
  const env = { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@b.example'];
  execFileSync('git', [...author, ...args], { cwd: folder, env, stdio: 'ignore' });
}

function save(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', message);
}

function breaks(): { code: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT], { cwd: folder, encoding: 'utf8' });
  return { code: status, text: stdout + stderr };
}

const FOUND = { code: 1, text: expect.stringMatching(/^Breaking: Query\.asset was removed\. Keep it/) };
const NONE = { code: 0, text: '' };

describe('the breaking-change check', () => {
  it('finds what is not committed yet', () => {
    expect(breaks()).toEqual(NONE);
    save('schema.graphql', BROKEN);
    expect(breaks()).toEqual(FOUND);
  });

  it('finds what the last commit on main broke', () => {
    save('schema.graphql', BROKEN);
    commit('break');
    expect(breaks()).toEqual(FOUND);
  });

  it('finds what any commit of a branch broke', () => {
    git('switch', '--quiet', '--create', 'work');
    save('schema.graphql', BROKEN);
    commit('break');
    commit('another');
    commit('and another');
    expect(breaks()).toEqual(FOUND);
  });

  it('lets additions pass, and what the branch itself announces', () => {
    git('switch', '--quiet', '--create', 'work');
    save('schema.graphql', WIDER);
    commit('add');
    expect(breaks()).toEqual(NONE);
    save('schema.graphql', BROKEN);
    save('CHANGELOG.md', '# Changelog\n\n- Breaking: `Query.asset` was another.\n- Breaking: `Query.asset` is gone.\n');
    commit('break');
    expect(breaks()).toEqual(NONE);
  });

  it('has nothing to compare with outside a repository', () => {
    rmSync(join(folder, '.git'), { recursive: true });
    expect(breaks()).toEqual(NONE);
  });
});
