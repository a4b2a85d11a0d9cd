// What every topic needs: a folder of its own, an embedded Postgres, the service over HTTP, timing.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const folder = mkdtempSync(join(tmpdir(), 'cadastre-bench-'));
// As root, Postgres runs as another user, who has to get in.
chmodSync(folder, 0o755);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const running = new Set();

/** What was started and not stopped, the newest first: a service before its Postgres. */
export async function stopEverything() {
  for (const stop of [...running].toReversed()) await stop();
}

function stoppable(stop) {
  const stopOnce = async () => {
    if (running.delete(stopOnce)) await stop();
  };
  running.add(stopOnce);
  return stopOnce;
}

export async function startPostgres(name) {
  const { startEmbeddedPostgres } = await import('../dist/platform/database/embedded-postgres.js');
  const dataDir = join(folder, name);
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => {}, applicationName: 'bench' });
  return { url: postgres.url, dataDir: join(dataDir, 'postgres'), stop: stoppable(() => postgres.stop()) };
}

export async function startService(env) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { ...process.env, CADASTRE_PORT: '0', CADASTRE_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = stoppable(
    () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit');
        child.on('exit', resolve);
        child.kill('SIGTERM');
      }),
  );
  let text = '';
  const seen = (pattern) => pattern.exec(text)?.[0];
  await new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`The service ended with ${code}:\n${text}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (seen(/http:\/\/[\d.]+:\d+/) && seen(/cad_[\w-]{20,}/)) resolve();
    });
  });
  const readyMs = performance.now() - startedAt;
  const [url, token] = [seen(/http:\/\/[\d.]+:\d+/), seen(/cad_[\w-]{20,}/)];
  const call = async (path, init = {}) => {
    const response = await fetchAgain(url + path, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    });
    const body = await response.json();
    if (!response.ok || body.errors) throw new Error(JSON.stringify(body).slice(0, 500));
    return body;
  };
  return {
    startedAt,
    readyMs,
    pid: child.pid,
    url,
    token,
    get: (path) => call(path),
    text: async (path) => (await fetch(url + path, { headers: { Authorization: `Bearer ${token}` } })).text(),
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
    graphql: async (query, variables) =>
      (await call('/graphql', { method: 'POST', body: JSON.stringify({ query, variables }) })).data,
    /** Until everything that was received can be asked for. */
    projected: async () => {
      while ((await call('/api/v1/ingest/status')).backlog > 0) await new Promise((r) => setTimeout(r, 50));
    },
    stop,
  };
}

/** A connection that lay idle may be closed by the service just as it is used again. */
async function fetchAgain(url, init) {
  return fetch(url, init).catch(() => fetch(url, init));
}

export const WARM_UP = 10;

/** Milliseconds each input takes, after `warmUp` rounds, in which few inputs come again. */
export async function timed(inputs, work, warmUp = WARM_UP) {
  for (let at = 0; at < warmUp; at += 1) await work(inputs[at % inputs.length]);
  const times = [];
  for (const input of inputs) {
    const started = performance.now();
    await work(input);
    times.push(performance.now() - started);
  }
  return percentiles(times);
}

export function percentiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export const shown = ({ p50, p99 }) => `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;

export function report(name, ours, baselineName, baseline) {
  console.log(`${name}: ${shown(ours)}`);
  console.log(
    `  baseline ${baselineName}: ${shown(baseline)}; baseline/ours at p50 ${(baseline.p50 / ours.p50).toFixed(2)}, at p99 ${(baseline.p99 / ours.p99).toFixed(2)}`,
  );
}

/** Resident memory of one process in MB (Linux). */
export function residentMb(pid) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

/** Processor time in ms of the service and of the Postgres in that folder, since each began (Linux; a tick is 10 ms). */
export function processorMs(servicePid, dataDir) {
  const ms = (fields, from, to) => fields.slice(from, to).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
  const postmaster = postmasterOf(dataDir);
  return processes().reduce((sum, { pid, parent, fields }) => {
    if (pid === String(servicePid) || parent === postmaster) return sum + ms(fields, 11, 13);
    // With what the ended children have used.
    return pid === postmaster ? sum + ms(fields, 11, 15) : sum;
  }, 0);
}

/** Every process with the fields of its stat after the name, from the state on (proc(5)). */
function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ');
        return [{ pid, parent: fields[1], fields }];
      } catch {
        // It ended between the two looks.
        return [];
      }
    });
}

function postmasterOf(dataDir) {
  return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0];
}

/** Proportional set size in MB of the service and of every process of the Postgres in that folder (Linux). */
export function memoryMb(servicePid, dataDir) {
  const postmaster = postmasterOf(dataDir);
  return processes()
    .filter(({ pid, parent }) => pid === String(servicePid) || pid === postmaster || parent === postmaster)
    .map(({ pid }) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024)
    .reduce((sum, mb) => sum + mb, 0);
}
