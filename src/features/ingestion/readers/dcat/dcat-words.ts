import { uniqueSorted, type JsonObject } from '../json.js';
import type { FactAttribute } from '../statement.js';
import { NS } from './dcat-context.js';
import { iriOf, typesOf, type DcatGraph } from './dcat-graph.js';

const { dcat, dct, vcard, adms } = NS;

/** The EU's authority list of access rights, and the levels of DCAT-US. */
const ACCESS_RIGHTS: ReadonlyMap<string, number> = new Map([
  ['PUBLIC', 0],
  ['RESTRICTED', 2],
  ['RESTRICTED PUBLIC', 2],
  ['NON_PUBLIC', 3],
  ['NON-PUBLIC', 3],
]);

/** What the document says of a dataset; every attribute that this source owns, null where it says nothing. */
export function wordsOf(
  graph: DcatGraph,
  dataset: JsonObject,
  catalog: string | null,
): Partial<Record<FactAttribute, unknown>> {
  return {
    displayName: graph.text(dataset, `${dct}title`),
    description: graph.text(dataset, `${dct}description`),
    subtype: typesOf(dataset).includes(`${dcat}DatasetSeries`) ? 'DATASET_SERIES' : null,
    tags: uniqueSorted(graph.texts(dataset, `${dcat}keyword`)),
    // Themes are concepts of a scheme: terms, not the one domain that answers for the dataset.
    terms: uniqueSorted(labels(graph, dataset, `${dcat}theme`)),
    owners: ownersOf(graph, dataset),
    sensitivity: sensitivityOf(graph, dataset),
    lifecycle: lifecycleOf(graph, dataset),
    'facet:dcat': detailsOf(graph, dataset, catalog),
    'facet:distributions': distributionsOf(graph, dataset),
  };
}

function detailsOf(graph: DcatGraph, dataset: JsonObject, catalog: string | null): object {
  return described({
    iri: iriOf(dataset),
    catalog,
    issued: graph.text(dataset, `${dct}issued`),
    modified: graph.text(dataset, `${dct}modified`),
    version: graph.text(dataset, `${dcat}version`),
    license: labels(graph, dataset, `${dct}license`),
    accessRights: labels(graph, dataset, `${dct}accessRights`),
    accrualPeriodicity: labels(graph, dataset, `${dct}accrualPeriodicity`),
    spatial: graph
      .linked(dataset, `${dct}spatial`)
      .flatMap((place) => graph.label(place) ?? [])
      .concat(literals(graph, dataset, `${dct}spatial`)),
    temporal: graph.linked(dataset, `${dct}temporal`).map((period) => periodOf(graph, period)),
    language: graph.texts(dataset, `${dct}language`),
    conformsTo: labels(graph, dataset, `${dct}conformsTo`),
    landingPage: graph.texts(dataset, `${dcat}landingPage`),
    themes: graph.linked(dataset, `${dcat}theme`).flatMap((theme) => iriOf(theme) ?? []),
    inSeries: graph.texts(dataset, `${dcat}inSeries`),
    publisher: labels(graph, dataset, `${dct}publisher`),
    contactPoint: graph
      .linked(dataset, `${dcat}contactPoint`)
      .map((contact) => described({ name: graph.text(contact, `${vcard}fn`), email: emailOf(graph, contact) })),
  });
}

function distributionsOf(graph: DcatGraph, dataset: JsonObject): object | null {
  const distributions = graph.linked(dataset, `${dcat}distribution`).map((one) =>
    described({
      iri: iriOf(one),
      title: graph.text(one, `${dct}title`),
      description: graph.text(one, `${dct}description`),
      accessUrl: graph.texts(one, `${dcat}accessURL`),
      downloadUrl: graph.texts(one, `${dcat}downloadURL`),
      mediaType: graph.text(one, `${dcat}mediaType`),
      format: labels(graph, one, `${dct}format`),
      byteSize: graph.text(one, `${dcat}byteSize`),
      license: labels(graph, one, `${dct}license`),
      issued: graph.text(one, `${dct}issued`),
      modified: graph.text(one, `${dct}modified`),
    }),
  );
  return distributions.length === 0 ? null : { distributions };
}

/** Whom to ask comes first to a catalog's readers: contacts by their address, and who publishes it by name. */
function ownersOf(graph: DcatGraph, dataset: JsonObject): string[] {
  const contacts = graph
    .linked(dataset, `${dcat}contactPoint`)
    .flatMap((contact) => emailOf(graph, contact) ?? graph.text(contact, `${vcard}fn`) ?? []);
  const publishers = graph.linked(dataset, `${dct}publisher`).flatMap((agent) => graph.label(agent) ?? []);
  return uniqueSorted([...contacts, ...publishers]);
}

function emailOf(graph: DcatGraph, contact: JsonObject): string | null {
  const said = graph.text(contact, `${vcard}hasEmail`);
  // The address may stand on a node of its own.
  const [node] = graph.linked(contact, `${vcard}hasEmail`);
  const inner = node && graph.text(node, `${vcard}hasValue`);
  return (inner ?? said)?.replace(/^mailto:/i, '') ?? null;
}

function sensitivityOf(graph: DcatGraph, dataset: JsonObject): number | null {
  const said = graph
    .texts(dataset, `${dct}accessRights`)
    .map((text) => ACCESS_RIGHTS.get(lastPart(text).toUpperCase()));
  const levels = said.filter((level) => level !== undefined);
  return levels.length === 0 ? null : Math.max(...levels);
}

/** The EU's authority list of dataset states. */
function lifecycleOf(graph: DcatGraph, dataset: JsonObject): string | null {
  const status = lastPart(graph.text(dataset, `${adms}status`) ?? '').toUpperCase();
  if (status === 'DEPRECATED') return 'DEPRECATED';
  return status === 'WITHDRAWN' || status === 'DISCONT' ? 'RETIRED' : null;
}

function periodOf(graph: DcatGraph, period: JsonObject): object {
  return described({
    iri: iriOf(period),
    startDate: graph.text(period, `${dcat}startDate`, `${NS.schema}startDate`),
    endDate: graph.text(period, `${dcat}endDate`, `${NS.schema}endDate`),
  });
}

/** Names of what the values point to, and values that are texts themselves. */
function labels(graph: DcatGraph, node: JsonObject, property: string): string[] {
  const named = graph.linked(node, property).flatMap((one) => graph.label(one) ?? []);
  return uniqueSorted([
    ...named.map((name) => (isAuthority(name) ? lastPart(name) : name)),
    ...literals(graph, node, property),
  ]);
}

function literals(graph: DcatGraph, node: JsonObject, property: string): string[] {
  const addresses = new Set(graph.linked(node, property).flatMap((one) => iriOf(one) ?? []));
  return graph.texts(node, property).filter((text) => !addresses.has(text));
}

/** Entries of the EU's authority tables are called by their codes. */
function isAuthority(text: string): boolean {
  return text.startsWith('http://publications.europa.eu/resource/authority/');
}

function lastPart(text: string): string {
  return text.split(/[/#]/).at(-1) ?? text;
}

/** Without what is not said. */
function described(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}
