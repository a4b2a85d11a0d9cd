import { join } from 'node:path';
import { folder, memoryMb, startService } from './service.mjs';

/** The demo: first start, second start, memory of service and Postgres together. */
export async function run() {
  const env = { CADASTRE_DATA_DIR: join(folder, 'demo'), CADASTRE_DEMO: 'true' };
  const first = await startService(env);
  await first.stop();
  const second = await startService(env);
  const answer = await second.graphql('{ assets(first: 1) { totalCount } }');
  const readyMs = performance.now() - second.startedAt;
  console.log(
    `start: first ${first.readyMs.toFixed(0)} ms, second to first answer ${readyMs.toFixed(0)} ms (goal 5000)`,
  );
  console.log(
    `memory: ${memoryMb(second.pid, join(folder, 'demo', 'postgres')).toFixed(0)} MB service + Postgres with ${answer.assets.totalCount} assets (goal 500)`,
  );
  await second.stop();
}
