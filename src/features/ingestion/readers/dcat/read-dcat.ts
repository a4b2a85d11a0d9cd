import { z } from 'zod';
import { Invalid } from '../../../../core/errors.js';
import { fileMessage, parseMessage, sourceName, syncOf } from '../file-message.js';
import { isObject, storable, storableText, type JsonObject } from '../json.js';
import type { AssetRef, FactAttribute, FactStatement, Reading } from '../statement.js';
import { NS } from './dcat-context.js';
import { DcatGraph, iriOf, typesOf } from './dcat-graph.js';
import { wordsOf } from './dcat-words.js';

const dcatMessage = fileMessage.extend({
  source: sourceName.nullish(),
  /** BCP 47, of texts in several languages. */
  language: z
    .string({ error: 'is no text' })
    .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*$/, "is no language tag such as 'en'")
    .default('en'),
  /** The document's nodes: see expand-dcat.ts. */
  graph: z.array(z.record(z.string(), z.unknown()), { error: 'is no list of JSON-LD nodes' }),
});

const DATASETS = [`${NS.dcat}Dataset`, `${NS.dcat}DatasetSeries`];
const CATALOG = `${NS.dcat}Catalog`;

interface Named {
  readonly dataset: JsonObject;
  readonly catalog: JsonObject | null;
  readonly asset: AssetRef;
}

/**
 * Datasets of a catalog in DCAT 3 or DCAT-AP (W3C), from the message that `expandDcat` made of a JSON-LD document.
 * @throws Invalid when there is no dataset in it, or nothing to call the source by.
 */
export function readDcat(payload: unknown): Reading {
  const message = parseMessage(dcatMessage, payload, 'The DCAT message');
  const graph = new DcatGraph(message.graph.filter(isObject), message.language.toLowerCase());
  const catalogs = graph.ofType(CATALOG);
  // In DCAT 3 a catalog is a dataset too.
  const datasets = graph.ofType(...DATASETS).filter((node) => !typesOf(node).includes(CATALOG));
  if (datasets.length === 0)
    throw new Invalid(
      "The document holds no dcat:Dataset. Check that its '@context' maps its terms to http://www.w3.org/ns/dcat#.",
      ['document'],
    );
  const source = message.source ?? firstIri(catalogs);
  if (source === null) throw new Invalid("The catalog has no IRI ('@id'). Give it one, or say 'source'.", ['source']);
  const nameOf = namer({ graph, datasets, catalogs, source });
  const named = datasets.map(nameOf);
  const taken = named.filter((one) => one !== null);
  return {
    source: { key: `dcat:${storableText(source)}`, kind: 'CATALOG' },
    facts: taken.flatMap((one) => factsOf(graph, one, new Date(message.at))),
    runs: [],
    lineage: [],
    assets: taken.map(({ asset }) => asset),
    // A dataset that cannot be named may be any: then nothing counts as gone.
    sync: syncOf(
      message,
      taken.map(({ asset }) => asset),
      taken.length === named.length,
    ),
    warnings: datasets.flatMap((dataset, index) =>
      named[index] === null
        ? [{ path: graph.label(dataset) ?? 'a dataset', message: 'has neither dct:identifier nor an IRI; left out' }]
        : [],
    ),
  };
}

function firstIri(nodes: readonly JsonObject[]): string | null {
  return nodes.map(iriOf).find((iri) => iri !== null) ?? null;
}

interface Document {
  readonly graph: DcatGraph;
  readonly datasets: readonly JsonObject[];
  readonly catalogs: readonly JsonObject[];
  readonly source: string;
}

/** Null for a dataset without identifier and address. Two of one identifier are told apart by their addresses. */
function namer({ graph, datasets, catalogs, source }: Document): (dataset: JsonObject) => Named | null {
  const catalogOf = new Map(
    catalogs.flatMap((catalog) => graph.linked(catalog, `${NS.dcat}dataset`).map((dataset) => [dataset, catalog])),
  );
  const sharers = new Map<string, number>();
  const identifierOf = (dataset: JsonObject): string | null => graph.text(dataset, `${NS.dct}identifier`);
  for (const identifier of datasets.map(identifierOf))
    if (identifier !== null) sharers.set(identifier, (sharers.get(identifier) ?? 0) + 1);
  return (dataset) => {
    const catalog = catalogOf.get(dataset) ?? catalogs[0] ?? null;
    const identifier = identifierOf(dataset);
    const isOwn = identifier !== null && sharers.get(identifier) === 1;
    const name = isOwn ? identifier : iriOf(dataset);
    if (name === null) return null;
    const namespace = storableText((catalog && iriOf(catalog)) ?? `dcat://${source}`);
    return { dataset, catalog, asset: { kind: 'DATASET', namespace, name: storableText(name) } };
  };
}

function factsOf(graph: DcatGraph, { dataset, catalog, asset }: Named, assertedAt: Date): FactStatement[] {
  return Object.entries(wordsOf(graph, dataset, catalog && graph.label(catalog))).map(([attribute, value]) => ({
    asset,
    columnPath: '',
    // Object.entries forgets the type of keys.
    attribute: attribute as FactAttribute,
    value: storable(value ?? null),
    assertedAt,
    assertedBy: null,
  }));
}
