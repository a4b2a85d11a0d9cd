// Policies and audit: decisions, the size of what is emitted, reverse questions, simulation, enforcement points, the chain.
import { createHash } from 'node:crypto';
import { createMongoAbility, subject } from '@casl/ability';
import pg from 'pg';
import { startPostgres, startService } from './service.mjs';

const ACCOUNTS = 10_000;
const ASSETS = 100_000;
const NOW = new Date();

export async function run() {
  await decisions();
  await emitted();
  await chain();
  await overHttp();
}

const DOMAINS = Array.from({ length: 40 }, (_, at) => `area${at % 8}/part${at}`);

/** A set as companies have them: one rule a team and domain, every tenth a deny. */
function policies(count) {
  return Array.from({ length: count }, (_, at) => ({
    id: `p${at}`,
    title: `Rule ${at}`,
    why: 'bench',
    effect: at % 10 === 9 ? 'deny' : 'allow',
    actions: ['discover'],
    resources: {
      types: ['asset'],
      where: {
        all: [
          { attribute: 'domain', operator: 'under', value: `x/${at}` },
          { attribute: 'sensitivity', operator: 'lte', value: at % 3 },
        ],
      },
    },
  }));
}

const ACTOR = {
  id: '00000000-0000-7000-8000-000000000001',
  kind: 'PERSON',
  handle: 'ann',
  name: 'Ann',
  roles: ['reader'],
  teamIds: ['team1'],
  attributes: { clearance: 1, domains: ['x'] },
  policyVersion: 1,
  token: null,
};
const ASSET = {
  type: 'asset',
  id: '00000000-0000-7000-8000-000000000002',
  kind: 'DATASET',
  namespace: 'ns',
  name: 'orders',
  platform: 'postgres',
  domain: 'shop/orders',
  sensitivity: 1,
  lifecycle: 'ACTIVE',
  tags: [],
  terms: [],
  owners: [],
};

async function decisions() {
  const { parsePolicySet } = await import('../dist/platform/access/policy-document.js');
  const { Access } = await import('../dist/platform/access/access.js');
  for (const count of [100, 1000, 10_000]) {
    const documents = policies(count);
    const [parseMs, set] = timedOnce(() => parsePolicySet(documents));
    const access = new Access({ load: async () => set, now: () => NOW });
    const coldAt = performance.now();
    const compiled = await access.forActor(ACTOR);
    const coldMs = performance.now() - coldAt;
    const warmAt = performance.now();
    await access.forActor(ACTOR);
    const warmMs = performance.now() - warmAt;
    compiled.can('discover', ASSET);
    const ours = each(2000, () => compiled.can('discover', ASSET));
    const ability = createMongoAbility(
      documents.map(({ effect, resources }) => ({
        action: 'discover',
        subject: 'asset',
        inverted: effect === 'deny',
        conditions: { domain: resources.where.all[0].value, sensitivity: { $lte: resources.where.all[1].value } },
      })),
    );
    const plain = subject('asset', { ...ASSET });
    ability.can('discover', plain);
    const theirs = each(2000, () => ability.can('discover', plain));
    const us = (value) => (value * 1000).toFixed(1);
    console.log(
      `access  decision, ${count} rules, nothing matches: p50 ${us(ours.p50)} us, p99 ${us(ours.p99)} us` +
        ` | plain CASL (no domains below, no null semantics): p50 ${us(theirs.p50)} us, p99 ${us(theirs.p99)} us`,
    );
    console.log(
      `access  ${count} rules: parse and check ${parseMs.toFixed(0)} ms, actor cold ${coldMs.toFixed(1)} ms, cached ${warmMs.toFixed(3)} ms`,
    );
  }
}

async function emitted() {
  const { parsePolicySet } = await import('../dist/platform/access/policy-document.js');
  const { compilePolicies } = await import('../dist/platform/access/compile.js');
  const { toSql, ASSET_SQL_COLUMNS } = await import('../dist/platform/access/sql-reading.js');
  for (const count of [500, 2000, 10_000]) {
    const set = parsePolicySet(policies(count));
    const { condition } = compilePolicies(set, ACTOR, NOW).actions.discover;
    const { sql, params } = toSql(condition, { columns: ASSET_SQL_COLUMNS('a'), firstParameter: 1 });
    const allows = count - Math.floor(count / 10);
    // Each allow repeats every deny above it, as CASL's own rules to conditions do.
    const naive = allows * (1 + Math.floor(count / 10)) * 2;
    console.log(
      `access  SQL, ${count} rules that all differ: ${(sql.length / 1024).toFixed(0)} kB, ${params.length} parameters` +
        ` | rule by rule: ${naive} parameters`,
    );
  }
}

async function chain() {
  const { verifyChain } = await import('../dist/cli/audit-chain.js');
  const { canonicalJson } = await import('../dist/platform/canonical-json.js');
  const sha = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
  const salt = '11'.repeat(32);
  const actor = { key: sha(Buffer.from(salt, 'hex'), 'id\nann'), id: 'id', handle: 'ann', salt };
  const entries = [];
  let prevHash = '00'.repeat(32);
  for (let seq = 1; seq <= 100_000; seq += 1) {
    const chained = {
      seq,
      at: '2026-05-01T10:00:00.000000Z',
      action: 'discover',
      subjectKind: 'asset',
      subjectId: ASSET.id,
      decision: 'DENY',
      policyId: 'p1',
      requestId: ASSET.id,
      detailHash: null,
      prevHash,
    };
    const hash = sha(canonicalJson({ ...chained, actor: actor.key, chain: 'cadastre.audit.v1' }));
    entries.push({ ...chained, actor, detail: {}, detailSalt: null, hash });
    prevHash = hash;
  }
  async function* all() {
    yield* entries;
  }
  const at = performance.now();
  const used = process.cpuUsage();
  const { problem } = await verifyChain(all(), [], []);
  const { user, system } = process.cpuUsage(used);
  const perSecond = entries.length / ((performance.now() - at) / 1000);
  const perProcessorSecond = entries.length / ((user + system) / 1_000_000);
  console.log(
    `access  audit verify: ${Math.round(perSecond)} entries/s, ${Math.round(perProcessorSecond)} a processor second, ${problem === null ? 'intact' : problem.message}`,
  );
}

async function overHttp() {
  const postgres = await startPostgres('access');
  const service = await startService({ DATABASE_URL: postgres.url, CADASTRE_DATA_DIR: `${postgres.dataDir}-audit` });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await fill(client);
    await service.graphql('mutation($d: JSON!) { policySetApply(documents: $d) { userErrors { message } } }', {
      d: SET,
    });
    await lists(service);
    await reverse(service);
    await simulation(service);
    await evaluations(service);
    await appends(client);
  } finally {
    await client.end();
    await service.stop();
    await postgres.stop();
  }
}

const ADMIN = {
  id: 'administrators',
  title: 'Administrators',
  why: 'bench',
  effect: 'allow',
  band: 'platform',
  actions: [
    'discover',
    'edit',
    'read_column',
    'ingest',
    'manage_policies',
    'manage_accounts',
    'read_audit',
    'explain',
    'operate',
  ],
  subjects: { attribute: 'roles', operator: 'hasAny', value: ['admin'] },
  resources: { types: ['asset', 'column', 'system'] },
};
const DOMAIN_RULE = {
  id: 'own-domain',
  title: 'Own domain',
  why: 'bench',
  effect: 'allow',
  actions: ['discover'],
  resources: {
    types: ['asset'],
    where: {
      all: [
        { attribute: 'domain', operator: 'under', subject: 'domains' },
        { attribute: 'sensitivity', operator: 'lte', subject: 'clearance' },
      ],
    },
  },
};
const SECRET_RULE = {
  id: 'no-secrets',
  title: 'No secrets',
  why: 'bench',
  effect: 'deny',
  actions: ['discover'],
  subjects: { not: { attribute: 'roles', operator: 'hasAny', value: ['admin', 'auditor'] } },
  resources: { types: ['asset'], where: { attribute: 'tags', operator: 'hasAny', value: ['secret'] } },
};
const SET = [ADMIN, DOMAIN_RULE, SECRET_RULE];

async function fill(client) {
  await client.query(
    `INSERT INTO account (id, kind, handle, name, roles, attributes)
     SELECT gen_random_uuid(), 'PERSON', 'person' || lpad(i::text, 6, '0'), 'Person ' || i, ARRAY[CASE i % 20 WHEN 0 THEN 'auditor' ELSE 'reader' END],
            jsonb_build_object('domains', jsonb_build_array(($2::text[])[1 + i % 40]), 'clearance', i % 4)
     FROM generate_series(1, $1::int) i`,
    [ACCOUNTS, DOMAINS],
  );
  await client.query(
    `INSERT INTO asset (id, kind, namespace, name, platform, domain, sensitivity, tags, is_placeholder)
     SELECT gen_random_uuid(), 'DATASET', 'ns', 'table' || lpad(i::text, 7, '0'), 'postgres', ($2::text[])[1 + i % 40], i % 4,
            CASE i % 50 WHEN 0 THEN ARRAY['secret'] ELSE '{}' END, false
     FROM generate_series(1, $1::int) i`,
    [ASSETS, DOMAINS],
  );
  await client.query('ANALYZE');
}

async function tokenFor(service, account, more = '') {
  const { tokenCreate } = await service.graphql(
    `mutation { tokenCreate(input: { account: "${account}", name: "bench"${more} }) { secret userErrors { message } } }`,
  );
  return tokenCreate.secret;
}

async function lists(service) {
  const token = await tokenFor(service, 'person000003');
  const query = '{ assets(first: 50) { nodes { id name domain } pageInfo { endCursor } } }';
  const ask = (headers) =>
    fetch(`${service.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) }).then((r) => r.json());
  const json = { 'Content-Type': 'application/json' };
  const headersOf = (secret) => ({ ...json, Authorization: `Bearer ${secret}` });
  const times = { policy: [], none: [] };
  for (let at = 0; at < 60; at += 1) {
    for (const [name, headers] of [
      ['policy', headersOf(token)],
      ['none', headersOf(service.token)],
    ]) {
      const from = performance.now();
      await ask(headers);
      times[name].push(performance.now() - from);
    }
  }
  const [withPolicy, without] = [quantiles(times.policy.slice(10)), quantiles(times.none.slice(10))];
  console.log(
    `access  list of 50 among ${ASSETS}: with policy p50 ${withPolicy.p50.toFixed(1)} ms, p99 ${withPolicy.p99.toFixed(1)} ms` +
      ` | allowed everything p50 ${without.p50.toFixed(1)} ms, p99 ${without.p99.toFixed(1)} ms` +
      ` | ratio p50 ${(withPolicy.p50 / without.p50).toFixed(2)}, p99 ${(withPolicy.p99 / without.p99).toFixed(2)}`,
  );
}

async function reverse(service) {
  const body = (token) => ({
    subject: { type: 'user' },
    action: { name: 'discover' },
    resource: { type: 'asset', id: 'dataset:ns/table0000003' },
    page: { limit: 1000, ...(token && { token }) },
  });
  const from = performance.now();
  let count = 0;
  for (let token = null; token !== '';) {
    const answer = await service.post('/access/v1/search/subject', body(token));
    count += answer.results.length;
    token = answer.page.next_token;
  }
  console.log(
    `access  who can see one asset, of ${ACCOUNTS} accounts: ${count} of them in ${Math.round(performance.now() - from)} ms, complete`,
  );
}

async function simulation(service) {
  const changed = [ADMIN, DOMAIN_RULE, { ...SECRET_RULE, subjects: undefined }].map((rule) =>
    JSON.parse(JSON.stringify(rule)),
  );
  const from = performance.now();
  const { policySimulation } = await service.graphql(
    'query($d: JSON!) { policySimulation(documents: $d) { action gained lost examples { account } } }',
    { d: changed },
  );
  const seconds = (performance.now() - from) / 1000;
  const [{ gained, lost }] = policySimulation;
  console.log(
    `access  simulate, ${ACCOUNTS} accounts x ${ASSETS} assets: ${gained} gained, ${lost} lost, exact, in ${seconds.toFixed(1)} s`,
  );
}

async function evaluations(service) {
  const question = (id) => ({
    subject: { type: 'user', id: 'person000003' },
    action: { name: 'discover' },
    resource: { type: 'asset', id: `dataset:ns/table${id}` },
  });
  // 0000003 may be seen, 0000050 is secret: a denial is on record, which costs a transaction.
  for (const [name, id] of [
    ['allowed', '0000003'],
    ['denied', '0000050'],
  ]) {
    const times = [];
    const until = performance.now() + 4000;
    const from = performance.now();
    const worker = async () => {
      while (performance.now() < until) {
        const at = performance.now();
        await service.post('/access/v1/evaluation', question(id));
        times.push(performance.now() - at);
      }
    };
    await Promise.all(Array.from({ length: 16 }, worker));
    const { p50, p99 } = quantiles(times);
    const rate = times.length / ((performance.now() - from) / 1000);
    console.log(
      `access  /access/v1/evaluation, ${name}, 16 at once: ${Math.round(rate)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
    );
  }
  const batch = {
    ...question('0000003'),
    evaluations: Array.from({ length: 100 }, (_, at) => ({
      resource: { type: 'asset', id: `dataset:ns/table${String(40 * at + 3).padStart(7, '0')}` },
    })),
  };
  const times = [];
  for (let at = 0; at < 40; at += 1) {
    const from = performance.now();
    await service.post('/access/v1/evaluations', batch);
    times.push(performance.now() - from);
  }
  console.log(
    `access  batch of 100 allowed: p50 ${quantiles(times).p50.toFixed(1)} ms, p95 ${quantiles(times).p95.toFixed(1)} ms`,
  );
}

async function appends(client) {
  const entry = { actorId: null, handle: 'bench', action: 'bench', subjectKind: 'k', subjectId: '1' };
  const from = performance.now();
  for (let at = 0; at < 20; at += 1)
    await client.query('SELECT audit_append($1)', [JSON.stringify(Array.from({ length: 500 }, () => entry))]);
  console.log(
    `access  audit append, 500 a transaction: ${Math.round(10_000 / ((performance.now() - from) / 1000))} entries/s`,
  );
}

function timedOnce(work) {
  const at = performance.now();
  const result = work();
  return [performance.now() - at, result];
}

function each(count, work) {
  const times = [];
  for (let at = 0; at < count; at += 1) times.push(timedOnce(work)[0]);
  return quantiles(times.slice(count / 10));
}

function quantiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
