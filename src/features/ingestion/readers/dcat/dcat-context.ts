/** Names of the vocabularies that catalogs in DCAT 3 and DCAT-AP are written in. */
export const NS = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  schema: 'http://schema.org/',
  adms: 'http://www.w3.org/ns/adms#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

const link = (id: string): object => ({ '@id': id, '@type': '@id' });
const date = (id: string): object => ({ '@id': id });

/**
 * Our own words for the contexts that DCAT documents commonly name by address: the prefixes, and the plain terms of
 * DCAT-AP and of DCAT-US's data.json. Nothing is fetched.
 */
export const OWN_CONTEXT = {
  ...NS,
  dcterms: NS.dct,
  Catalog: 'dcat:Catalog',
  Dataset: 'dcat:Dataset',
  DatasetSeries: 'dcat:DatasetSeries',
  Distribution: 'dcat:Distribution',
  title: 'dct:title',
  description: 'dct:description',
  identifier: 'dct:identifier',
  issued: date('dct:issued'),
  modified: date('dct:modified'),
  language: 'dct:language',
  publisher: 'dct:publisher',
  creator: 'dct:creator',
  license: link('dct:license'),
  rights: 'dct:rights',
  accessRights: link('dct:accessRights'),
  accessLevel: 'dct:accessRights',
  spatial: 'dct:spatial',
  temporal: 'dct:temporal',
  accrualPeriodicity: 'dct:accrualPeriodicity',
  frequency: 'dct:accrualPeriodicity',
  conformsTo: link('dct:conformsTo'),
  format: 'dct:format',
  dataset: 'dcat:dataset',
  distribution: 'dcat:distribution',
  keyword: 'dcat:keyword',
  theme: 'dcat:theme',
  contactPoint: 'dcat:contactPoint',
  landingPage: link('dcat:landingPage'),
  accessURL: link('dcat:accessURL'),
  downloadURL: link('dcat:downloadURL'),
  mediaType: 'dcat:mediaType',
  byteSize: 'dcat:byteSize',
  version: 'dcat:version',
  inSeries: link('dcat:inSeries'),
  startDate: 'dcat:startDate',
  endDate: 'dcat:endDate',
  fn: 'vcard:fn',
  hasEmail: link('vcard:hasEmail'),
  name: 'foaf:name',
  prefLabel: 'skos:prefLabel',
} as const;

const WELL_KNOWN = [
  /^https?:\/\/(www\.)?w3\.org\/ns\/dcat3?(\.jsonld)?$/,
  /^https?:\/\/semiceu\.github\.io\/dcat-ap\/.*\.jsonld$/i,
  /^https?:\/\/(raw\.githubusercontent\.com|github\.com)\/semiceu\/dcat-ap\/.*\.jsonld$/i,
  /^https?:\/\/data\.europa\.eu\/r5r\/?(#|\.jsonld)?$/,
  /^https?:\/\/project-open-data\.cio\.gov\/v1\.1\/schema\/.*\.jsonld$/,
  /^https?:\/\/(resources\.data\.gov|w3id\.org)\/.*dcat.*\.jsonld$/i,
];

export function isWellKnownContext(url: string): boolean {
  return WELL_KNOWN.some((pattern) => pattern.test(url));
}
