import { createServer, type Server } from 'node:net';
import pg from 'pg';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { loadConfig } from './config/config.js';
import { openTestDatabase } from '../test/support/database.js';
import { startService, type Service } from './service.js';

const running: (Service | Server)[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) {
    if ('stop' in one) await one.stop();
    else one.close();
  }
});

const lines: string[] = [];

async function start(env: Record<string, string>): Promise<Service> {
  lines.length = 0;
  const config = loadConfig({ CADASTRE_PORT: '0', CADASTRE_DEMO: 'false', ...env });
  const service = await startService(config, {
    level: 'info',
    destination: { write: (line) => void lines.push(line) },
  });
  running.push(service);
  return service;
}

function changed(change: Partial<Pick<URL, 'port' | 'hostname' | 'pathname' | 'password' | 'username'>>): string {
  return Object.assign(new URL(inject('testServerUrl')), change).href;
}

describe('startService', () => {
  it.each([
    ['no server', { port: '1' }, /^No PostgreSQL answers at 127\.0\.0\.1:1 \(ECONNREFUSED\)\. Start it, or correct/],
    ['no such host', { hostname: 'nowhere.invalid' }, /^No PostgreSQL answers at nowhere\.invalid:\d+ \(E[A-Z_]+\)\. /],
    ['a wrong password', { password: 'hunter2' }, /does not let the user "cadastre" in .*Correct user and password/],
    ['no such database', { pathname: '/nosuch' }, /^There is no database "nosuch" .*CREATE DATABASE "nosuch"/],
  ])('says what to do about DATABASE_URL: %s', async (_, change, message) => {
    const failure = start({ DATABASE_URL: changed(change) });
    await expect(failure).rejects.toMatchObject({
      name: 'DatabaseStartError',
      message: expect.stringMatching(message),
    });
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') });
    expect(lines).toEqual([]);
  });

  it('says what to do for a user who may not set the database up', async () => {
    const database = await openTestDatabase();
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query(`CREATE ROLE guest LOGIN PASSWORD 'hunter2'`);
    await admin.query('DROP TABLE migration');
    const url = Object.assign(new URL(database.url), { username: 'guest', password: 'hunter2' }).href;
    await expect(start({ DATABASE_URL: url })).rejects.toMatchObject({
      name: 'DatabaseStartError',
      message: expect.stringMatching(/^The user "guest" may not set up the database .* OWNER TO "guest"\.$/),
    });
    await admin.query('DROP ROLE guest');
    await admin.end();
    await database.close();
  });

  it('says what to do about a port that is taken, and nothing else', async () => {
    const database = await openTestDatabase();
    const other = createServer().listen(0, '127.0.0.1');
    running.push(other);
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    await expect(start({ DATABASE_URL: database.url, CADASTRE_PORT: port })).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining(`Port ${port} is in use`),
    });
    expect(lines).toEqual([]);
    await database.close();
  });
});
