import { describe, expect, it } from 'vitest';
import { nodeCandidates, nodeIdOf } from './node-id.js';

describe('nodeCandidates', () => {
  it('reads an id in every way its colons allow, the longest namespace first', () => {
    expect(
      nodeCandidates('dataset:postgres://db:5432:shop.orders').map(({ key }) => [key.namespace, key.name]),
    ).toEqual([
      ['postgres://db:5432', 'shop.orders'],
      ['postgres://db', '5432:shop.orders'],
      ['postgres', '//db:5432:shop.orders'],
    ]);
  });

  it('finds again what it wrote', () => {
    const key = { kind: 'JOB', namespace: 'a:b', name: 'c' } as const;
    expect(nodeCandidates(nodeIdOf(key)).map((candidate) => candidate.key)).toContainEqual(key);
  });

  it('reads fields, and leaves versions off', () => {
    expect(nodeCandidates('datasetField:ns:table:city')).toEqual([
      { key: { kind: 'DATASET', namespace: 'ns', name: 'table' }, field: 'city' },
    ]);
    expect(nodeCandidates('dataset:ns:t#0188a6f4-0000-7000-8000-000000000000')[0]?.key.name).toBe('t');
  });

  it.each(['', 'dataset', 'run:ns:x', 'dataset:'])('refuses %j', (nodeId) => {
    expect(() => nodeCandidates(nodeId)).toThrowError(/is no node id/);
  });
});
