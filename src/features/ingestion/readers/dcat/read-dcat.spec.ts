import { describe, expect, it } from 'vitest';
import { Invalid } from '../../../../core/errors.js';
import { expandDcat } from './expand-dcat.js';
import { readDcat } from './read-dcat.js';

const AT = '2026-03-01T10:00:00Z';
const PREFIXES = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
};
const CITY = 'https://data.city.example/';
const trees = {
  '@id': `${CITY}dataset/trees`,
  '@type': 'dcat:Dataset',
  'dct:identifier': 'trees',
  'dct:title': [
    { '@value': 'Bäume', '@language': 'de' },
    { '@value': 'Trees', '@language': 'en' },
  ],
  'dct:description': { '@value': 'Jeder Baum.', '@language': 'de' },
  'dcat:keyword': [
    { '@value': 'tree', '@language': 'en' },
    { '@value': 'Baum', '@language': 'de' },
    { '@value': 'park', '@language': 'en' },
  ],
  'dcat:theme': [
    { '@id': 'http://publications.europa.eu/resource/authority/data-theme/ENVI' },
    { '@type': 'skos:Concept', 'skos:prefLabel': { '@value': 'Parks', '@language': 'en' } },
  ],
  'dct:publisher': { '@id': `${CITY}org/green`, '@type': 'foaf:Organization', 'foaf:name': 'Green Office' },
  'dcat:contactPoint': {
    '@type': 'vcard:Organization',
    'vcard:fn': 'Help desk',
    'vcard:hasEmail': { '@id': 'mailto:trees@city.example' },
  },
  'dct:accessRights': { '@id': 'http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC' },
  'dct:issued': { '@value': '2025-01-02', '@type': 'http://www.w3.org/2001/XMLSchema#date' },
  'dct:accrualPeriodicity': { '@id': 'http://publications.europa.eu/resource/authority/frequency/DAILY' },
  'dct:license': { '@id': 'https://creativecommons.org/publicdomain/zero/1.0/' },
  'dct:temporal': { '@type': 'dct:PeriodOfTime', 'dcat:startDate': '2020', 'dcat:endDate': '2025' },
  'dcat:distribution': {
    '@id': `${CITY}dataset/trees/csv`,
    '@type': 'dcat:Distribution',
    'dcat:downloadURL': { '@id': `${CITY}trees.csv` },
    'dcat:mediaType': 'text/csv',
    'dcat:byteSize': 12345,
  },
};
const catalog = {
  '@context': PREFIXES,
  '@id': CITY,
  '@type': 'dcat:Catalog',
  'dct:title': 'City data',
  'dcat:dataset': [trees],
};

const read = async (document: unknown, more: object = {}): Promise<ReturnType<typeof readDcat>> =>
  readDcat({ at: AT, graph: await expandDcat(document), ...more });

describe('readDcat', () => {
  it('says what a catalog tells of a dataset', async () => {
    const reading = await read(catalog);
    expect(reading.source).toEqual({ key: `dcat:${CITY}`, kind: 'CATALOG' });
    expect(reading.assets).toEqual([{ kind: 'DATASET', namespace: CITY, name: 'trees' }]);
    expect(Object.fromEntries(reading.facts.map(({ attribute, value }) => [attribute, value]))).toEqual({
      displayName: 'Trees',
      description: 'Jeder Baum.',
      subtype: null,
      tags: ['park', 'tree'],
      terms: ['ENVI', 'Parks'],
      owners: ['Green Office', 'trees@city.example'],
      sensitivity: 3,
      lifecycle: null,
      'facet:dcat': {
        iri: `${CITY}dataset/trees`,
        catalog: 'City data',
        issued: '2025-01-02',
        license: ['https://creativecommons.org/publicdomain/zero/1.0/'],
        accessRights: ['NON_PUBLIC'],
        accrualPeriodicity: ['DAILY'],
        temporal: [{ startDate: '2020', endDate: '2025' }],
        themes: ['http://publications.europa.eu/resource/authority/data-theme/ENVI'],
        publisher: ['Green Office'],
        contactPoint: [{ name: 'Help desk', email: 'trees@city.example' }],
      },
      'facet:distributions': {
        distributions: [
          {
            iri: `${CITY}dataset/trees/csv`,
            downloadUrl: [`${CITY}trees.csv`],
            mediaType: 'text/csv',
            byteSize: '12345',
          },
        ],
      },
    });
  });

  it('prefers the language that is asked for', async () => {
    const facts = (await read(catalog, { language: 'de' })).facts;
    expect(facts.find(({ attribute }) => attribute === 'displayName')?.value).toBe('Bäume');
    expect(facts.find(({ attribute }) => attribute === 'tags')?.value).toEqual(['Baum']);
  });

  it('reads the same from a graph, from nested nodes, from expanded JSON-LD and from a context known by its address', async () => {
    const { 'dct:publisher': publisher, 'dcat:distribution': distribution, ...rest } = trees;
    const linked = {
      ...rest,
      'dct:publisher': { '@id': publisher['@id'] },
      'dcat:distribution': { '@id': distribution['@id'] },
    };
    const inGraph = {
      '@context': PREFIXES,
      '@graph': [
        distribution,
        publisher,
        linked,
        { '@id': CITY, '@type': 'dcat:Catalog', 'dct:title': 'City data', 'dcat:dataset': { '@id': trees['@id'] } },
      ],
    };
    const wellKnown = {
      ...catalog,
      '@context': 'https://semiceu.github.io/DCAT-AP/releases/3.0.0/context/dcat-ap.jsonld',
    };
    const facts = JSON.stringify((await read(catalog)).facts);
    expect(JSON.stringify((await read(inGraph)).facts)).toBe(facts);
    expect(JSON.stringify((await read({ ...inGraph, '@id': `${CITY}graph` })).facts)).toBe(facts);
    expect(JSON.stringify((await read(await expandDcat(catalog))).facts)).toBe(facts);
    expect(JSON.stringify((await read(wellKnown)).facts)).toBe(facts);
  });

  it("reads data.json of DCAT-US by its context's address", async () => {
    const document = {
      '@context': 'https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld',
      '@id': 'https://agency.example/data.json',
      '@type': 'dcat:Catalog',
      dataset: [
        {
          '@type': 'dcat:Dataset',
          identifier: 'A-1',
          title: 'Wells',
          keyword: ['water'],
          accessLevel: 'non-public',
          contactPoint: { '@type': 'vcard:Contact', fn: 'Lee', hasEmail: 'mailto:lee@agency.example' },
          distribution: [
            { '@type': 'dcat:Distribution', downloadURL: 'https://agency.example/wells.csv', mediaType: 'text/csv' },
          ],
        },
      ],
    };
    const reading = await read(document);
    expect(reading.assets).toEqual([{ kind: 'DATASET', namespace: 'https://agency.example/data.json', name: 'A-1' }]);
    expect(Object.fromEntries(reading.facts.map(({ attribute, value }) => [attribute, value]))).toMatchObject({
      displayName: 'Wells',
      tags: ['water'],
      owners: ['lee@agency.example'],
      sensitivity: 3,
      'facet:distributions': { distributions: [{ downloadUrl: ['https://agency.example/wells.csv'] }] },
    });
  });

  it('tells two datasets of one identifier apart, and leaves out what has no name', async () => {
    const dataset = (id: string | undefined, identifier?: string): object => ({
      ...(id && { '@id': CITY + id }),
      '@type': 'dcat:Dataset',
      ...(identifier && { 'dct:identifier': identifier }),
      'dct:title': id ?? 'Nameless',
    });
    const document = {
      '@context': PREFIXES,
      '@graph': [dataset('a', 'x'), dataset('b', 'x'), dataset('c'), dataset(undefined)],
    };
    const reading = await read(document, { source: 'city' });
    expect(reading.assets.map(({ namespace, name }) => `${namespace} ${name}`).sort()).toEqual(
      ['a', 'b', 'c'].map((id) => `dcat://city ${CITY}${id}`),
    );
    expect(reading.sync?.isComplete).toBe(false);
    expect(reading.warnings).toEqual([
      { path: 'Nameless', message: 'has neither dct:identifier nor an IRI; left out' },
    ]);
  });

  it('fetches nothing', async () => {
    const remote = { ...catalog, '@context': 'https://elsewhere.example/context.jsonld' };
    await expect(expandDcat(remote)).rejects.toThrow(Invalid);
    await expect(expandDcat(remote)).rejects.toThrow(
      "The context 'https://elsewhere.example/context.jsonld' would have to be fetched, and nothing is. Put its content",
    );
  });

  it.each([
    ['text', "'document' must be a JSON-LD object"],
    [{ '@context': { x: { '@id': 5 } }, x: 1 }, 'The document is no JSON-LD'],
  ])('refuses the document %j', async (document, said) => {
    await expect(expandDcat(document)).rejects.toThrow(said);
  });

  it('refuses a document without datasets, and a catalog that nothing is to be called by', async () => {
    await expect(read({ '@id': 'x:y', title: 'no context' })).rejects.toThrow('holds no dcat:Dataset');
    const nameless = { '@context': PREFIXES, '@type': 'dcat:Catalog', 'dcat:dataset': trees };
    await expect(read(nameless)).rejects.toThrow("Give it one, or say 'source'");
  });
});
