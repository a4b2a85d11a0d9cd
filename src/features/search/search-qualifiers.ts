import type { Actor } from '../../core/actor.js';
import { CERTIFICATIONS, SENSITIVITIES } from '../assets/index.js';
import { SEARCH_KINDS, type FieldName, type SearchCondition, type SearchKind } from './search-fields.js';
import { termsOf, type ParsedQuery, type Qualifier, type Term } from './search-text.js';

/** Something of a query that was not taken as it was meant. */
export interface SearchNotice {
  readonly text: string;
  readonly message: string;
}

export interface ReadQualifiers {
  readonly conditions: readonly SearchCondition[];
  /** What only looked like a qualifier is searched as words. */
  readonly wanted: readonly Term[];
  readonly notices: readonly SearchNotice[];
}

const FIELDS = new Map<string, FieldName>([
  ['kind', 'kind'],
  ['type', 'kind'],
  ['platform', 'platform'],
  ['namespace', 'namespace'],
  ['domain', 'domain'],
  ['owner', 'owner'],
  ['tag', 'tag'],
  ['term', 'term'],
  ['product', 'product'],
  ['sensitivity', 'sensitivity'],
  ['certification', 'certification'],
  ['certified', 'certification'],
  ['lifecycle', 'lifecycle'],
]);

/** Fields with few words, so that a wrong one can be told. */
const WORDS: Partial<Record<FieldName, readonly string[]>> = {
  sensitivity: SENSITIVITIES,
  certification: CERTIFICATIONS,
  lifecycle: ['ACTIVE', 'DEPRECATED', 'RETIRED'],
};

/** Other words for kinds. */
const OTHER_KINDS: ReadonlyMap<string, SearchKind> = new Map([
  ['PRODUCT', 'DATA_PRODUCT'],
  ['PRODUCTS', 'DATA_PRODUCT'],
  ['PEOPLE', 'PERSON'],
  ['TEAM', 'PERSON'],
  ['TEAMS', 'PERSON'],
]);

/** Datasets that nobody calls a table. */
const NO_TABLES = ['VIEW', 'MATERIALIZED_VIEW', 'SEMANTIC_MODEL', 'METRIC', 'TOPIC', 'FILE'];

/** What the qualifiers of a query mean. `owner:me` is the actor and the teams he is in. */
export function readQualifiers({ qualifiers }: ParsedQuery, actor: Actor): ReadQualifiers {
  const read = qualifiers.map((qualifier) => readQualifier(qualifier, actor));
  return {
    conditions: read.flatMap(({ conditions }) => conditions ?? []),
    wanted: read.flatMap(({ wanted }) => wanted ?? []),
    notices: read.flatMap(({ notice }) => notice ?? []),
  };
}

interface Read {
  readonly conditions?: readonly SearchCondition[];
  readonly wanted?: readonly Term[];
  readonly notice?: SearchNotice;
}

function readQualifier({ name, value, isExcluded }: Qualifier, actor: Actor): Read {
  const text = `${isExcluded ? '-' : ''}${name}:${value}`;
  const field = FIELDS.get(name.toLowerCase());
  if (field === undefined) {
    const message = `'${name}' is no qualifier and was searched as a word. There are: ${[...FIELDS.keys()].join(', ')}.`;
    const words = termsOf(`${name} ${value}`, false);
    return { wanted: isExcluded ? [] : words, notice: { text, message } };
  }
  if (value.trim() === '') return { notice: { text, message: `Say which ${name}, as in ${name}:something.` } };
  const known = WORDS[field];
  if (known && !known.includes(value.toUpperCase())) {
    return {
      notice: { text, message: `There is no ${name} '${value}'. There are: ${known.join(', ').toLowerCase()}.` },
    };
  }
  if (field === 'kind') return { conditions: kindConditions(value, isExcluded) };
  const anyOf = field === 'owner' && value === 'me' ? [actor.handle, ...actor.teamIds] : [value];
  return { conditions: [{ field, anyOf, isExcluded }] };
}

/** A kind, or what producers call something of that kind. */
function kindConditions(value: string, isExcluded: boolean): SearchCondition[] {
  const word = value.toUpperCase().replaceAll(/[-\s]/g, '_');
  const kind = OTHER_KINDS.get(word) ?? SEARCH_KINDS.find((one) => one === word || `${one}S` === word);
  if (kind) return [{ field: 'kind', anyOf: [kind], isExcluded }];
  if (!['TABLE', 'TABLES'].includes(word) || isExcluded) return [{ field: 'type', anyOf: [word], isExcluded }];
  // Many sources say no type: a dataset is a table unless it is called something else.
  return [
    { field: 'kind', anyOf: ['DATASET'], isExcluded: false },
    { field: 'type', anyOf: NO_TABLES, isExcluded: true },
  ];
}
