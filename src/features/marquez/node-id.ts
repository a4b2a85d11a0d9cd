import { Invalid } from '../../core/errors.js';
import type { AssetKey } from '../assets/index.js';

/** What a Marquez node id may mean: it joins its parts with ':', which namespaces have in them. */
export interface NodeCandidate {
  readonly key: AssetKey;
  /** For fields of datasets. */
  readonly field: string | null;
}

const KINDS = { dataset: 'DATASET', job: 'JOB', datasetField: 'DATASET' } as const;

/** Every way to read the id, the longest namespace first. Versions (`#…`) are left off. @throws Invalid */
export function nodeCandidates(nodeId: string): NodeCandidate[] {
  const [, kind = '', rest = ''] =
    /^(dataset|job|datasetField):(.+)$/s.exec(nodeId.replace(/#[0-9a-f-]{36}$/i, '')) ?? [];
  if (!(kind in KINDS)) {
    throw new Invalid(
      `'${nodeId.slice(0, 200)}' is no node id. Give dataset:<namespace>:<name> or job:<namespace>:<name>.`,
      ['nodeId'],
    );
  }
  const parts = rest.split(':');
  const tail = kind === 'datasetField' ? parts.pop() : undefined;
  return parts
    .slice(1)
    .map((_, index) => parts.length - 1 - index)
    .map((at) => ({
      key: {
        kind: KINDS[kind as keyof typeof KINDS],
        namespace: parts.slice(0, at).join(':'),
        name: parts.slice(at).join(':'),
      },
      field: tail ?? null,
    }))
    .filter(({ key }) => key.namespace !== '' && key.name !== '');
}

export function nodeIdOf({ kind, namespace, name }: AssetKey, field?: string): string {
  if (field !== undefined) return `datasetField:${namespace}:${name}:${field}`;
  return `${kind === 'JOB' ? 'job' : 'dataset'}:${namespace}:${name}`;
}
