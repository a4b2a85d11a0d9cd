import { isObject } from '../json.js';
import { storableText } from '../json.js';
import { parseUrn, type Urn } from './urn.js';

/** Fabrics (environments) that DataHub knows. What is in PROD needs no mention. */
const FABRICS = new Set('DEV TEST QA UAT EI PRE STG NON_PROD PROD CORP RVW PRD TST SIT SBX SANDBOX'.split(' '));
const USUAL_CLUSTERS = new Set(['PROD', 'DEFAULT']);

/** Stores whose namespace is in the name: the bucket. */
const BUCKETS: Readonly<Record<string, string>> = { s3: 's3://', gcs: 'gs://' };

export interface NamedInNamespace {
  readonly namespace: string;
  readonly name: string;
}

interface Rule {
  readonly platform: string;
  readonly instance: string | null;
  readonly fabric: string;
  readonly namespace: string;
}

/**
 * Where a DataHub entity lives, as OpenLineage names it. A URN has no host or account in it, so the sender says:
 * `{"snowflake": "snowflake://acc", "snowflake/DEV": "snowflake://dev", "mysql/eu": "mysql://eu.db:3306"}`. After the
 * platform comes a fabric, an instance (which is cut from the front of the name), or both; without a fabric a rule is for
 * PROD only, so that two environments never become one by accident. Without a rule the namespace is the platform's name,
 * `snowflake` or `snowflake/DEV`; of buckets it is known anyway.
 */
export class Naming {
  private readonly rules: readonly Rule[];

  constructor(namespaces: unknown) {
    const entries = isObject(namespaces) ? Object.entries(namespaces) : [];
    this.rules = entries
      .flatMap(([key, namespace]) => (typeof namespace === 'string' ? [ruleOf(key, namespace)] : []))
      .toSorted((a, b) => (b.instance?.length ?? -1) - (a.instance?.length ?? -1));
  }

  /** Of a dataset: platform, name, fabric. */
  dataset({ parts }: Urn): NamedInNamespace | null {
    if (parts.length < 3) return null;
    const platform = idOf(parts[0]);
    return this.place(platform, parts.slice(1, -1).join(','), parts.at(-1) ?? 'PROD');
  }

  /** Of a flow: orchestrator, id, cluster. */
  flow({ parts: [orchestrator, id, cluster] }: Urn): NamedInNamespace | null {
    if (orchestrator === undefined || id === undefined) return null;
    return this.place(orchestrator, id, cluster ?? 'PROD');
  }

  /** Of a task: its flow's URN, id. Named like OpenLineage's Airflow integration does: `flow.task`. */
  job({ parts: [flowUrn, id] }: Urn): NamedInNamespace | null {
    const flow = parseUrn(flowUrn);
    const named = flow && this.flow(flow);
    return named && id !== undefined ? { ...named, name: `${named.name}.${id}` } : null;
  }

  /** Of a dashboard or chart: tool, id. */
  dashboard({ parts: [tool, ...id] }: Urn): NamedInNamespace | null {
    return tool === undefined || id.length === 0 ? null : this.place(tool, id.join(','), 'PROD');
  }

  private place(platform: string, given: string, fabric: string): NamedInNamespace {
    const rule = this.rules.find(
      (each) =>
        each.platform === platform &&
        each.fabric === normalFabric(fabric) &&
        (each.instance === null || given.startsWith(`${each.instance}.`)),
    );
    const name = rule?.instance ? given.slice(rule.instance.length + 1) : given;
    const namespace = rule?.namespace ?? defaultNamespace(platform, fabric);
    const bucket = /^[^/]+(?=\/.)/.exec(name)?.[0];
    const isBucket = Object.values(BUCKETS).includes(namespace) && bucket !== undefined;
    return isBucket
      ? { namespace: storableText(namespace + bucket), name: storableText(name.slice(bucket.length + 1)) }
      : { namespace: storableText(namespace), name: storableText(name) };
  }
}

export function platformOfUrn({ type, parts }: Urn): string | null {
  const [first] = parts;
  if (type === 'dataset') return idOf(first);
  if (type === 'dataJob') return parseUrn(first)?.parts[0] ?? null;
  return first ?? null;
}

function ruleOf(key: string, namespace: string): Rule {
  const [platform = '', ...rest] = key.split('/');
  const last = rest.at(-1)?.toUpperCase() ?? '';
  const fabric = FABRICS.has(last) ? last : null;
  const instance = (fabric === null ? rest : rest.slice(0, -1)).join('/');
  return { platform, instance: instance === '' ? null : instance, fabric: fabric ?? 'PROD', namespace };
}

function defaultNamespace(platform: string, fabric: string): string {
  const bucket = Object.hasOwn(BUCKETS, platform) ? BUCKETS[platform] : undefined;
  if (normalFabric(fabric) !== 'PROD') return `${platform}/${fabric}`;
  return bucket ?? platform;
}

function normalFabric(fabric: string): string {
  const upper = fabric.toUpperCase();
  return USUAL_CLUSTERS.has(upper) ? 'PROD' : upper;
}

function idOf(urn: string | undefined): string {
  return parseUrn(urn)?.parts[0] ?? urn ?? '';
}
