import { describe, expect, it } from 'vitest';
import { manifestOf, node, runResultsOf, type Nodes } from './dbt/artifacts.testing.js';
import { readDbt } from './dbt/read-dbt.js';
import { readOpenLineage } from './openlineage/read-openlineage.js';
import { partsOf } from './parts.js';
import { refsOf, refText, type Reading } from './statement.js';

const MODELS = 700;

function largeReading(): Reading {
  const ids = Array.from({ length: MODELS }, (_, at) => `model.farm.m${at}`);
  const nodes: Nodes = Object.fromEntries(
    ids.map((id, at) => [
      id,
      node(12, 'model', `m${at}`, { parents: at === 0 ? ['source.farm.barn.eggs'] : [`model.farm.m${at - 1}`] }),
    ]),
  );
  const runResults = runResultsOf({ results: Object.fromEntries(ids.map((id) => [id, 'success'])) });
  return readDbt({ manifest: manifestOf(13, { nodes }), runResults });
}

const texts = (items: readonly unknown[]): string[] => items.map((item) => JSON.stringify(item)).sort();

describe('the parts of a large reading', () => {
  const reading = largeReading();
  const parts = partsOf(reading);

  it('say together what the whole says', () => {
    for (const key of ['facts', 'runs', 'lineage', 'warnings'] as const)
      expect(texts(parts.flatMap((part) => part[key] as readonly unknown[]))).toEqual(texts(reading[key]));
    const assets = new Set(parts.flatMap((part) => part.assets).map(refText));
    expect([...assets].sort()).toEqual(reading.assets.map(refText).sort());
  });

  it('are bounded, and say the facts of one asset in one', () => {
    expect(parts.length).toBeGreaterThan(10);
    expect(Math.max(...parts.map(({ facts }) => facts.length))).toBeLessThanOrEqual(1000);
    expect(Math.max(...parts.map(({ lineage }) => lineage.length))).toBeLessThanOrEqual(1500);
    const places = new Map<string, Set<number>>();
    parts.forEach(({ facts }, at) => {
      for (const { asset } of facts) places.set(refText(asset), (places.get(refText(asset)) ?? new Set()).add(at));
    });
    expect([...places.values()].filter(({ size }) => size > 1)).toEqual([]);
  });

  it('list every asset they name', () => {
    for (const part of parts) {
      const listed = new Set(part.assets.map(refText));
      const named = [
        ...part.facts.map(({ asset }) => asset),
        ...part.runs.map(({ job }) => job),
        ...part.lineage.flatMap(refsOf),
        ...(part.sync?.seen ?? []),
      ];
      expect(named.filter((ref) => !listed.has(refText(ref)))).toEqual([]);
    }
  });

  it('have the sync in the last, when everything it saw has been said', () => {
    expect(parts.map(({ sync }) => sync !== undefined).lastIndexOf(false)).toBe(parts.length - 2);
    expect(parts.at(-1)?.sync).toEqual(reading.sync);
  });

  it('keep a run and the lineage that names it together', () => {
    const event = readOpenLineage({
      eventType: 'COMPLETE',
      eventTime: '2026-03-01T06:00:00Z',
      run: { runId: 'r' },
      job: { namespace: 'n', name: 'j' },
      outputs: [{ namespace: 'n', name: 'o' }],
    });
    const withRuns = partsOf(event).filter(({ runs, lineage }) => runs.length + lineage.length > 0);
    expect(withRuns).toHaveLength(1);
    expect(withRuns[0]).toMatchObject({ runs: event.runs, lineage: event.lineage });
  });
});
