import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../core/actor.js';
import { actors, assets, columns, NOW, policySets } from './access-arbitraries.testing.js';
import type { Action, Resource } from './attributes.js';
import { CaslReading } from './casl-reading.js';
import { compilePolicies } from './compile.js';
import { explain } from './explain.js';
import { meilisearchFinds } from './meilisearch-filter.testing.js';
import { parsePolicySet } from './policy-document.js';
import { decideForMany } from './resource-decision.js';
import { referenceDecision } from './reference-evaluator.testing.js';
import { searchFields, toSearchFilter } from './search-filter.js';

/** Of 206 pairs each: a hundred thousand here, a million by `npm run bench -- parity`. */
const RUNS = Number(process.env['PARITY_RUNS'] ?? 500);
const RESOURCES_PER_RUN = 41;

const many = { minLength: RESOURCES_PER_RUN, maxLength: RESOURCES_PER_RUN };
const resources = fc.tuple(fc.array(assets, many), fc.array(columns, many)).map(([a, c]): [Action, Resource][] => [
  ...a.flatMap((asset): [Action, Resource][] => [
    ['discover', asset],
    ['edit', asset],
    ['query', asset],
  ]),
  ...c.flatMap((column): [Action, Resource][] => [
    ['read_column', column],
    ['query_column', column],
  ]),
  ['ingest', { type: 'system' }],
]);

describe('one policy in four readings', () => {
  it(
    'decides the same in memory, by explanation, as a search filter and by the reference',
    { timeout: 120_000 * Math.ceil(RUNS / 500) },
    () => {
      const seen = { ALLOW: 0, DENY: 0 };
      fc.assert(
        fc.property(policySets, actors, resources, (documents, actor, pairs) => {
          for (const decision of decisionsOf(documents, actor, pairs)) seen[decision] += 1;
        }),
        { numRuns: RUNS },
      );
      expect(seen.ALLOW + seen.DENY).toBe(RUNS * 206);
      // A generator that nearly always denies would compare nothing.
      expect(seen.ALLOW).toBeGreaterThan(RUNS * 20);
    },
  );

  it('does not depend on the order of the documents', () => {
    const shuffled = policySets.chain((documents) => {
      const { policies } = parsePolicySet(documents);
      return fc.tuple(fc.constant(policies), fc.shuffledSubarray([...policies], { minLength: policies.length }));
    });
    fc.assert(
      fc.property(shuffled, actors, resources, ([policies, others], actor, pairs) => {
        const one = compilePolicies({ policies }, actor, NOW);
        const other = compilePolicies({ policies: others }, actor, NOW);
        for (const [action, resource] of pairs)
          expect(explain(one, action, resource)).toEqual(explain(other, action, resource));
      }),
      { numRuns: 50 },
    );
  });
});

function decisionsOf(documents: unknown, actor: Actor, pairs: readonly [Action, Resource][]): ('ALLOW' | 'DENY')[] {
  const { policies } = parsePolicySet(documents);
  const compiled = compilePolicies({ policies }, actor, NOW);
  const casl = new CaslReading(compiled);
  const filters = new Map(pairs.map(([action]) => [action, toSearchFilter(compiled.actions[action].condition)]));
  return pairs.map(([action, resource]) => {
    const decision = referenceDecision(policies, actor, NOW, action, resource);
    const isAllowed = decision === 'ALLOW';
    const fields = searchFields(resource);
    const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
    const filter = filters.get(action) ?? '';
    const readings = {
      casl: casl.can(action, resource),
      explain: explain(compiled, action, resource).decision === 'ALLOW',
      forMany: decideForMany({ policies }, action, resource, NOW)(actor)?.effect === 'allow',
      search: meilisearchFinds(filter, fields),
      searchWithoutNulls: meilisearchFinds(filter, present),
    };
    // An assertion for each of a hundred thousand pairs would cost more than the decisions.
    if (Object.values(readings).some((answer) => answer !== isAllowed))
      throw new Error(`The reference says ${decision}: ${JSON.stringify({ readings, action, resource })}`);
    return decision;
  });
}
