// Column lineage of the cases in test/sql, whose edges were written by hand, beside the parser's own ready-made builder.
import { join } from 'node:path';
import { openLineageColumnLineage } from '@polyglot-sql/sdk';
import { dialectOf, parseSql } from '../dist/features/ingestion/sql/parse-sql.js';
import { resolveStatements } from '../dist/features/ingestion/sql/resolve-sql.js';
import { TABLES, columnsOf, edgesOf, sqlCasesIn } from '../dist/features/ingestion/sql/sql-cases.testing.js';
import { percentiles, shown } from './service.mjs';

export async function run() {
  const cases = sqlCasesIn(join(import.meta.dirname, '../test/sql'));
  // The parser is compiled when it is first used; nobody's query should be charged for it.
  await parseSql('select 1', 'postgres');
  for (const [name, answer, edges] of [
    ['all edges, with subtypes and masks', ours, withTargets],
    ['which column comes directly from which', ours, direct],
    ["  baseline the parser's openLineageColumnLineage", readyMade, direct],
  ]) {
    print(name, await scored(cases, answer, edges));
  }
}

async function ours({ sql, dialect }) {
  return edgesOf(resolveStatements(await parseSql(sql, dialect), columnsOf, dialectOf(dialect)));
}

const SCHEMA = {
  strict: false,
  tables: Object.entries(TABLES).map(([path, columns]) => {
    const [name, schema] = path.split('.').toReversed();
    return { name, ...(schema && { schema }), columns: columns.map((column) => ({ name: column, type: 'text' })) };
  }),
};

/** It takes one statement, and says nothing of filters and joins: only its direct edges are looked at. */
async function readyMade({ sql, dialect }) {
  const { facet } = openLineageColumnLineage(sql, {
    dialect: dialectOf(dialect),
    producer: 'https://bench.example',
    datasetNamespace: 'bench',
    outputDataset: { namespace: 'bench', name: 'target' },
    schema: SCHEMA,
  });
  return Object.entries(facet?.fields ?? {}).flatMap(([name, { inputFields }]) =>
    inputFields.map((input) => `${input.name}.${input.field} -> ${name} IDENTITY`),
  );
}

/** Each edge with the table that its statement writes. */
function withTargets(lines) {
  let target = '';
  return lines.flatMap((line) => {
    if (!line.startsWith('=> ')) return [`${target} ${line}`];
    target = line;
    return [];
  });
}

const DIRECT = /^(.*) (?:IDENTITY|TRANSFORMATION|AGGREGATION)(?: masked)?$/;

/** Without how, and without the case of names. */
function direct(lines) {
  return [...new Set(lines.flatMap((line) => DIRECT.exec(line)?.[1]?.toLowerCase() ?? []))];
}

async function scored(cases, answer, edges) {
  const total = { cases: cases.length, exact: 0, expected: 0, returned: 0, right: 0 };
  const times = [];
  for (const one of cases) {
    const expected = edges(one.expected);
    const started = performance.now();
    const returned = edges(await answer(one).catch(() => []));
    times.push(performance.now() - started);
    const right = inBoth(expected, returned);
    total.exact += Number(right === expected.length && right === returned.length);
    total.right += right;
    total.expected += expected.length;
    total.returned += returned.length;
  }
  return { ...total, times: percentiles(times) };
}

/** Of each edge as often as both have it: two statements of one script may have the same. */
function inBoth(expected, returned) {
  const left = new Map();
  for (const edge of expected) left.set(edge, (left.get(edge) ?? 0) + 1);
  return returned.filter((edge) => {
    const count = left.get(edge) ?? 0;
    left.set(edge, count - 1);
    return count > 0;
  }).length;
}

function print(name, { cases, exact, expected, returned, right, times }) {
  const share = (part, whole) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  console.log(
    `sql, ${name}: ${cases} cases, ${exact} exact; edges ${expected} expected, ${returned} returned, ${right} right; ` +
      `precision ${share(right, returned)}, recall ${share(right, expected)}; ${shown(times)}`,
  );
}
