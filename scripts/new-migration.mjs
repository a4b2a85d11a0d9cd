// `npm run migration <name>`: the next numbered, forward-only SQL file.
import { readdirSync, writeFileSync } from 'node:fs';

const name = process.argv[2] ?? '';
if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  process.stderr.write('Usage: npm run migration <name>, in lower case with dashes: add-run-index\n');
  process.exit(2);
}
const folder = new URL('../migrations/', import.meta.url);
const numbers = readdirSync(folder).map((file) => Number(/^(\d{4})-/.exec(file)?.[1] ?? 0));
const number = String(Math.max(0, ...numbers) + 1).padStart(4, '0');
const file = new URL(`${number}-${name}.sql`, folder);
writeFileSync(file, '-- Why: \n-- Locks: \n\n', { flag: 'wx' });
process.stdout.write(`migrations/${number}-${name}.sql\n`);
