// Does a person find what they are after? Queries with graded answers (relevance/*.yaml), asked of ours and of the baselines.
import { baselines, ours } from './relevance/engines.mjs';
import { HALVES, readJudgements, resolver } from './relevance/judgements.mjs';
import { mean, ndcg, recall, reciprocalRank } from './relevance/metrics.mjs';
import { readTexts, startShowcase } from './relevance/showcase.mjs';

const WORST = 25;

export async function run({ verbose }) {
  const { service, client, hasShowcase, stop } = await startShowcase();
  try {
    const { assets, columns } = await readTexts(client);
    const catalog = hasShowcase
      ? 'demo and showcase'
      : 'demo only (../shared/samples/datahub-showcase-ecommerce is absent)';
    console.log(`search-quality: ${catalog}, ${assets.length} assets and people, ${columns.length} columns`);
    const engines = [{ name: 'ours', ask: ours(service) }, ...(await baselines(client, assets, columns))];
    const resolve = resolver(assets, { hasShowcase });
    for (const half of HALVES) {
      const queries = resolved(half, resolve);
      const scored = [];
      for (const { name, ask } of engines) scored.push({ name, answers: await answersOf(ask, queries) });
      print(half, scored);
      if (verbose && half === 'tune') printWorst(scored, assets);
    }
    if (verbose) console.log('  Of the test half only the figures are shown: who has seen its queries tunes to them.');
  } finally {
    await stop();
  }
}

/** The queries that have an answer in this catalog, with ids for keys. */
function resolved(half, resolve) {
  const queries = readJudgements(half).map(({ ask, kind, grades, top }) => ({
    ask,
    kind,
    grades: new Map(grades.flatMap(({ key, grade }) => resolve(key).map((id) => [id, grade]))),
    top: top.flatMap(({ key, column }) =>
      key === null ? [{ asset: null, column }] : resolve(key).map((asset) => ({ asset, column })),
    ),
  }));
  const kept = queries.filter(({ grades }) => [...grades.values()].includes(3));
  if (kept.length < queries.length)
    console.log(
      `  skipped, as they are after the showcase alone: ${queries.length - kept.length} of ${queries.length} in ${half}`,
    );
  return kept;
}

async function answersOf(ask, queries) {
  const answers = [];
  for (const query of queries) {
    const rows = await ask(query.ask);
    const ranking = rows.map(({ asset }) => asset);
    answers.push({
      query,
      rows,
      ndcg: ndcg(ranking, query.grades),
      reciprocalRank: reciprocalRank(ranking, query.grades),
      recall: recall(ranking, query.grades),
      isTop: rows.length > 0 && query.top.some((target) => isTarget(target, rows[0])),
    });
  }
  return answers;
}

/** The asset itself when no column is meant; a nested column by its last name too. */
function isTarget({ asset, column }, row) {
  if (asset !== null && asset !== row.asset) return false;
  if (column === null || row.column === null) return column === row.column;
  const [wanted, got] = [column.toLowerCase(), row.column.toLowerCase()];
  return got === wanted || got.endsWith(`.${wanted}`);
}

function print(half, scored) {
  const width = Math.max(...scored.map(({ name }) => name.length));
  const [{ answers }] = scored;
  const exact = answers.filter(({ query }) => query.kind === 'exact').length;
  console.log(`${half} half: ${answers.length} queries, ${exact} of them exact names`);
  console.log(`  ${''.padEnd(width)}  nDCG@10    MRR  recall@10  exact first  nothing found`);
  for (const { name, answers: all } of scored) {
    const named = all.filter(({ query }) => query.kind === 'exact');
    const figures = [
      mean(all.map((answer) => answer.ndcg))
        .toFixed(3)
        .padStart(7),
      mean(all.map((answer) => answer.reciprocalRank))
        .toFixed(3)
        .padStart(5),
      mean(all.map((answer) => answer.recall))
        .toFixed(3)
        .padStart(9),
      percent(named, ({ isTop }) => isTop).padStart(11),
      percent(all, ({ rows }) => rows.length === 0).padStart(13),
    ];
    console.log(`  ${name.padEnd(width)}  ${figures.join('  ')}`);
  }
  const [own, ...others] = scored.map((one) => ({
    name: one.name,
    ndcg: mean(one.answers.map((answer) => answer.ndcg)),
  }));
  const best = others.reduce((a, b) => (b.ndcg > a.ndcg ? b : a));
  console.log(`  ours above the best baseline (${best.name}): ${signed(own.ndcg - best.ndcg)} nDCG@10 (goal +0.150)`);
}

/** Kind by kind, then the queries of the lowest nDCG@10 and what the first page holds: its grade, `=` where it comes again. */
function printWorst([{ answers }, ...others], assets) {
  for (const kind of new Set(answers.map(({ query }) => query.kind))) {
    const of = (all) => mean(all.filter(({ query }) => query.kind === kind).map((answer) => answer.ndcg));
    const best = Math.max(...others.map((other) => of(other.answers)));
    console.log(`  ${kind.padEnd(9)} nDCG@10 ${of(answers).toFixed(3)}, best baseline of this kind ${best.toFixed(3)}`);
  }
  const missed = answers.filter(({ query, isTop }) => query.kind === 'exact' && !isTop);
  if (missed.length > 0)
    console.log(`  exact names that are not first: ${missed.map(({ query }) => query.ask).join('; ')}`);
  const names = new Map(assets.map(({ id, kind, namespace, name }) => [id, `${kind} ${namespace} ${name}`]));
  for (const { query, rows, ndcg: score } of answers.toSorted((a, b) => a.ndcg - b.ndcg).slice(0, WORST)) {
    console.log(`  ${score.toFixed(3)}  ${query.kind}: ${query.ask}`);
    const found = new Set();
    for (const { asset, column } of rows) {
      const grade = found.has(asset) ? '=' : (query.grades.get(asset) ?? 0);
      found.add(asset);
      console.log(`         ${grade}  ${names.get(asset) ?? asset}${column === null ? '' : ` # ${column}`}`);
    }
    const wanted = [...query.grades].filter(([id, grade]) => grade === 3 && !found.has(id));
    if (wanted.length > 0) console.log(`         missing: ${wanted.map(([id]) => names.get(id)).join('; ')}`);
  }
}

function percent(answers, holds) {
  return answers.length === 0 ? '–' : `${((100 * answers.filter(holds).length) / answers.length).toFixed(1)} %`;
}

const signed = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
