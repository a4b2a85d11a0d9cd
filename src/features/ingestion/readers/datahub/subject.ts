import type { JsonObject } from '../json.js';
import {
  refText,
  type AliasStatement,
  type AssetRef,
  type FactAttribute,
  type FactStatement,
  type LineageStatement,
} from '../statement.js';
import type { AspectBody } from './aspect-body.js';
import type { Naming } from './naming.js';
import { parseUrn, type Urn } from './urn.js';
import type { Vocabulary } from './vocabulary.js';

/** Of terms in no group; people's own terms are there too unless they name another. */
const GLOSSARY = 'glossary';

/** What the whole message says about its entities. */
export interface Surroundings {
  /** Name of the DataHub, as its source is called. */
  readonly name: string;
  readonly at: Date;
  readonly naming: Naming;
  readonly vocabulary: Vocabulary;
}

/** Everything that was said, as it is collected. */
export class Collected {
  readonly facts: FactStatement[] = [];
  readonly lineage: LineageStatement[] = [];
  readonly aliases: AliasStatement[] = [];
  private readonly mentioned = new Map<string, AssetRef>();
  private readonly unnamed = new Set<string>();

  constructor(readonly around: Surroundings) {}

  get assets(): AssetRef[] {
    return [...this.mentioned.values()];
  }

  /** URNs that the input gives no name to; their ids stand for them. */
  get unnamedUrns(): string[] {
    return [...this.unnamed].sort();
  }

  /** The asset of a URN; null for what is no asset here. */
  mention(urn: string | null): AssetRef | null {
    const parsed = parseUrn(urn);
    const asset = parsed && assetOf(parsed, this.around);
    if (asset) this.mentioned.set(refText(asset), asset);
    return asset;
  }

  mentions(urns: readonly (string | null)[]): AssetRef[] {
    return urns.flatMap((urn) => this.mention(urn) ?? []);
  }

  nameOf(urn: string): string {
    // Of tags the id is the name, unless somebody gave them another.
    if (!urn.startsWith('urn:li:tag:') && !this.around.vocabulary.isNamed(urn)) this.unnamed.add(urn);
    return this.around.vocabulary.name(urn);
  }
}

/** One entity that is an asset here, and what is said about it. */
export class Subject {
  constructor(
    readonly urn: Urn,
    readonly asset: AssetRef,
    readonly out: Collected,
  ) {}

  /** `undefined` and null take back what the same aspect said before. */
  say(attribute: FactAttribute, value: unknown, said: { readonly by?: string | null; readonly at?: Date } = {}): void {
    this.sayOf('', attribute, value, said);
  }

  sayOf(
    columnPath: string,
    attribute: FactAttribute,
    value: unknown,
    { by, at }: { readonly by?: string | null; readonly at?: Date } = {},
  ): void {
    const assertedBy = by ? this.out.around.vocabulary.handle(by) : 'datahub';
    const assertedAt = at ?? this.out.around.at;
    this.out.facts.push({ asset: this.asset, columnPath, attribute, value: value ?? null, assertedAt, assertedBy });
  }
}

/** Says what an aspect says. Fields that it does not take are listed. */
export type Handler = (subject: Subject, body: AspectBody, verbatim: JsonObject) => void;

/** Terms are in the glossary that their outermost groups name, the business's other words in this DataHub. */
export function assetOf(urn: Urn, { name, naming, vocabulary }: Surroundings): AssetRef | null {
  const own = `datahub://${name}`;
  switch (urn.type) {
    case 'dataset':
      return ref('DATASET', naming.dataset(urn));
    case 'dataJob':
      return ref('JOB', naming.job(urn));
    case 'dataFlow':
      return ref('JOB', naming.flow(urn));
    case 'dashboard':
      return ref('DASHBOARD', naming.dashboard(urn));
    case 'chart':
      return ref('DASHBOARD', inFolder('charts', naming.dashboard(urn)));
    case 'glossaryTerm':
    case 'glossaryNode': {
      const parent = vocabulary.parent(urn.text);
      return ref('TERM', {
        namespace: parent === null ? GLOSSARY : vocabulary.path(parent),
        name: vocabulary.name(urn.text),
      });
    }
    case 'domain':
      return ref('DOMAIN', { namespace: own, name: vocabulary.path(urn.text) });
    case 'dataProduct':
      return ref('DATA_PRODUCT', { namespace: own, name: vocabulary.name(urn.text) });
    default:
      return null;
  }
}

type Named = { readonly namespace: string; readonly name: string } | null;

function ref(kind: AssetRef['kind'], named: Named): AssetRef | null {
  return named && named.name !== '' ? { kind, ...named } : null;
}

/** Tools number their charts and dashboards apart, so that one id may be both. */
function inFolder(folder: string, named: Named): Named {
  return named && { ...named, name: `${folder}/${named.name}` };
}
