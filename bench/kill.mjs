import { spawn } from 'node:child_process';

/** Fifty kills in the midst of an ingest, as test/process/kill.spec.ts does a few of: was anything lost or doubled? */
export async function run() {
  const child = spawn('npx', ['--no-install', 'vitest', 'run', 'test/process/kill.spec.ts'], {
    env: { KILLS: '50', ...process.env },
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((resolve) => child.on('exit', resolve));
}
