// A million pairs of actor and resource under random policies: every reading against the reference (see access-parity.spec.ts).
import { spawn } from 'node:child_process';

const PAIRS_PER_RUN = 205;

export async function run() {
  const runs = Math.ceil(1_000_000 / PAIRS_PER_RUN);
  const from = performance.now();
  const child = spawn('npx', ['--no-install', 'vitest', 'run', 'src/platform/access/access-parity.spec.ts'], {
    env: { ...process.env, PARITY_RUNS: String(runs) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  const seconds = (performance.now() - from) / 1000;
  console.log(
    `parity  ${runs * PAIRS_PER_RUN} pairs in ${seconds.toFixed(0)} s: ${code === 0 ? 'all readings agree' : 'a reading DISAGREES'}`,
  );
  if (code !== 0) process.exitCode = 1;
}
