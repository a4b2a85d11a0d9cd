import { hashOf, type JsonObject } from '../json.js';
import { refText, type AssetRef, type ColumnFlow, type StatedOutput } from '../statement.js';
import type { AspectBody } from './aspect-body.js';
import type { Handler, Subject } from './subject.js';
import { parseUrn, plainPath } from './urn.js';
import { sayDescription, sayLink } from './word-aspects.js';

/** What feeds a dataset. */
const upstreamLineage: Handler = (subject, body, verbatim) => {
  const copies = new Set<string>();
  const inputs = body.items('upstreams').flatMap((upstream) => {
    upstream.author();
    const asset = subject.out.mention(upstream.text('dataset'));
    if (upstream.text('type') === 'COPY' && asset) copies.add(refText(asset));
    return asset ?? [];
  });
  const { flows, tables } = columnFlows(subject, body, copies);
  const all = unique([...inputs, ...tables, ...flows.map(({ source }) => source)]);
  const output =
    flows.length > 0 ? { asset: subject.asset, columnFlows: flows, inputs: all } : { asset: subject.asset };
  declare(subject, verbatim, { job: null, inputs: all, outputs: [output] });
};

/** What a task reads and writes. An input that feeds no column in particular may feed every output. */
const dataJobInputOutput: Handler = (subject, body, verbatim) => {
  const inputs = subject.out.mentions([...body.texts('inputDatasets'), ...edgesOf(body, 'inputDatasetEdges')]);
  const outputs = subject.out.mentions([...body.texts('outputDatasets'), ...edgesOf(body, 'outputDatasetEdges')]);
  const { flows, tables } = columnFlows(subject, body, new Set());
  const precise = new Set(flows.map(({ source }) => refText(source)));
  const coarse = [...inputs, ...tables].filter((input) => !precise.has(refText(input)));
  const stated = unique([...outputs, ...flows.map(({ target }) => target)]).map((asset): StatedOutput => {
    const own = flows.filter(({ target }) => refText(target) === refText(asset));
    if (own.length === 0) return { asset };
    return { asset, columnFlows: own, inputs: unique([...own.map(({ source }) => source), ...coarse]) };
  });
  const all = unique([...inputs, ...tables, ...flows.map(({ source }) => source)]);
  declare(subject, verbatim, { job: subject.asset, inputs: all, outputs: stated });
  const before = subject.out.mentions([...body.texts('inputDatajobs'), ...edgesOf(body, 'inputDatajobEdges')]);
  subject.say('facet:jobDependencies', before.length > 0 ? { upstream: before } : null);
};

const chartInfo: Handler = (subject, body, verbatim) => {
  sayDescription(subject, body, { name: 'title', text: 'description' });
  sayLink(subject, body.text('externalUrl') ?? body.text('chartUrl'));
  body.take('chartUrl');
  subject.say('facet:chart', body.pick('type', 'access', 'lastRefreshed'));
  const inputs = subject.out.mentions([...body.texts('inputs'), ...edgesOf(body, 'inputEdges')]);
  declare(subject, verbatim, { job: null, inputs: unique(inputs), outputs: [{ asset: subject.asset }] });
};

const dashboardInfo: Handler = (subject, body, verbatim) => {
  sayDescription(subject, body, { name: 'title', text: 'description' });
  sayLink(subject, body.text('externalUrl') ?? body.text('dashboardUrl'));
  body.take('dashboardUrl');
  subject.say('facet:dashboard', body.pick('access', 'lastRefreshed'));
  const inputs = subject.out.mentions([
    ...body.texts('charts'),
    ...edgesOf(body, 'chartEdges'),
    ...body.texts('datasets'),
    ...edgesOf(body, 'datasetEdges'),
    ...edgesOf(body, 'dashboards'),
  ]);
  declare(subject, verbatim, { job: null, inputs: unique(inputs), outputs: [{ asset: subject.asset }] });
};

export const LINEAGE_ASPECTS: ReadonlyMap<string, Handler> = new Map([
  ['upstreamLineage', upstreamLineage],
  ['dataJobInputOutput', dataJobInputOutput],
  ['chartInfo', chartInfo],
  ['dashboardInfo', dashboardInfo],
]);

function declare(
  subject: Subject,
  verbatim: JsonObject,
  said: {
    readonly job: AssetRef | null;
    readonly inputs: readonly AssetRef[];
    readonly outputs: readonly StatedOutput[];
  },
): void {
  subject.out.lineage.push({
    ...said,
    origin: 'DECLARED',
    run: null,
    at: subject.out.around.at,
    hash: hashOf([subject.urn.text, verbatim]),
    mode: 'REPLACE',
  });
}

function edgesOf(body: AspectBody, key: string): string[] {
  return body.items(key).flatMap((edge) => {
    edge.author();
    edge.take('sourceUrn');
    return edge.text('destinationUrn') ?? [];
  });
}

interface Flows {
  readonly flows: readonly ColumnFlow[];
  /** Named as wholes among the sources. */
  readonly tables: readonly AssetRef[];
}

function columnFlows(subject: Subject, body: AspectBody, copies: ReadonlySet<string>): Flows {
  const tables: AssetRef[] = [];
  const flows = body.items('fineGrainedLineages').flatMap((flow) => {
    const operation = flow.text('transformOperation');
    flow.take('upstreamType');
    flow.take('downstreamType');
    const upstreams = flow.texts('upstreams');
    tables.push(...subject.out.mentions(upstreams.filter((urn) => parseUrn(urn)?.type === 'dataset')));
    const sources = upstreams.flatMap((urn) => columnOf(subject, urn) ?? []);
    const targets = flow.texts('downstreams').flatMap((urn) => columnOf(subject, urn) ?? []);
    return sources.flatMap((source) =>
      targets.map((target): ColumnFlow => ({
        source: source.asset,
        sourcePath: source.path,
        target: target.asset,
        targetPath: target.path,
        transformations: transformationsOf(operation, copies.has(refText(source.asset))),
        isDirect: true,
        isMasked: false,
      })),
    );
  });
  return { flows, tables };
}

function columnOf(subject: Subject, text: string): { readonly asset: AssetRef; readonly path: string } | null {
  const urn = parseUrn(text);
  const [parent, ...path] = urn?.type === 'schemaField' ? urn.parts : [];
  const asset = subject.out.mention(parent ?? null);
  return asset && path.length > 0 ? { asset, path: plainPath(path.join(',')) } : null;
}

/** DataHub's operations are free text, seldom given: `COPY: "A"."B"`. OpenLineage's words for what is certain. */
function transformationsOf(operation: string | null, isCopy: boolean): string[] {
  const word = /^[A-Za-z]+/.exec(operation ?? '')?.[0].toUpperCase() ?? 'NONE';
  if (word === 'COPY' || word === 'IDENTITY') return ['DIRECT/IDENTITY'];
  if (word.startsWith('AGG')) return ['DIRECT/AGGREGATION'];
  if (word !== 'NONE') return ['DIRECT/TRANSFORMATION'];
  return isCopy ? ['DIRECT/IDENTITY'] : [];
}

function unique(refs: readonly AssetRef[]): AssetRef[] {
  return [...new Map(refs.map((ref) => [refText(ref), ref])).values()];
}
