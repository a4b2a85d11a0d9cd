import { storable, storableText, uniqueSorted } from '../json.js';
import { storeOf, syncOf } from '../file-message.js';
import { refText, type AssetRef, type FactAttribute, type FactStatement, type Reading } from '../statement.js';
import { domainPath } from '../csv/csv-cells.js';
import { columnsOf } from './odcs-columns.js';
import { parseOdcs, type OdcsContract, type OdcsMessage, type OdcsObject } from './odcs-contract.js';
import { contractFacet, servicelevelFacet } from './odcs-facets.js';
import { physicalNameOf, placeOf } from './odcs-names.js';
import { ownersOf } from './odcs-team.js';

interface Described {
  readonly asset: AssetRef;
  readonly object: OdcsObject;
}

/**
 * Reads a contract of the Open Data Contract Standard: a description of datasets that outranks what machines find.
 * @throws Invalid for other versions, and naming the path of what cannot be read.
 */
export function readOdcs(payload: unknown): Reading {
  const message = parseOdcs(payload);
  const { contract } = message;
  const warnings: { path: string; message: string }[] = [];
  const described = datasetsOf(message, warnings);
  if (described.length === 0) warnings.push({ path: 'contract.schema', message: 'describes no dataset' });
  const facts = described.flatMap(({ asset, object }) => {
    const columns = columnsOf(object, (path, text) => warnings.push({ path, message: text }));
    const said = { ...wordsOf(message, asset, object), schema: columns.schema, columnWords: columns.words };
    return factsOf(asset, said, new Date(message.at), contract);
  });
  const assets = described.map(({ asset }) => asset);
  return {
    source: { key: `contract:${storableText(contract.id)}`, kind: 'CONTRACT' },
    facts,
    runs: [],
    lineage: [],
    assets,
    sync: syncOf(message, assets),
    warnings,
  };
}

/** Each object in each server; without a server whose naming is known, under the contract itself. */
function datasetsOf(message: OdcsMessage, warnings: { path: string; message: string }[]): Described[] {
  const { contract, datasetNamespace } = message;
  const objects = contract.schema ?? [];
  const places = (contract.servers ?? []).flatMap((server, index) => {
    const place = placeOf(server);
    if (!place) {
      const text = `'${server.type}' has no naming that is known; its datasets are not told to that server`;
      warnings.push({ path: `contract.servers[${index}].type`, message: text });
    }
    return place ?? [];
  });
  const own = { namespace: datasetNamespace ?? `contract://${contract.id}`, nameOf: physicalNameOf };
  const found = new Map<string, Described>();
  for (const place of places.length > 0 ? places : [own]) {
    for (const object of objects) {
      const name = storableText(place.nameOf(object, objects.length === 1));
      const asset: AssetRef = { kind: 'DATASET', namespace: storableText(place.namespace), name };
      found.set(refText(asset), { asset, object });
    }
  }
  return [...found.values()];
}

type Said = Partial<Record<FactAttribute, unknown>>;

function wordsOf(message: OdcsMessage, asset: AssetRef, object: OdcsObject): Said {
  const { contract } = message;
  const purpose = typeof contract.description === 'string' ? contract.description : contract.description?.purpose;
  return {
    displayName: object.businessName || object.name,
    description: object.description || purpose || null,
    platform: storeOf(asset.namespace),
    subtype: object.physicalType?.toUpperCase() ?? null,
    domain: contract.domain ? domainPath(contract.domain) : null,
    lifecycle: lifecycleOf(contract),
    tags: uniqueSorted([...(contract.tags ?? []), ...(object.tags ?? [])]),
    owners: ownersOf(contract, new Date(message.at)),
    dataProducts: contract.dataProduct ? [contract.dataProduct] : [],
    'facet:contract': contractFacet(contract, object),
    'facet:serviceLevels': servicelevelFacet(contract, object),
  };
}

/** Only what ends a dataset is said of it: a draft of a contract does not unmake the table that it is about. */
function lifecycleOf({ status }: OdcsContract): string | null {
  const word = status?.toUpperCase() ?? '';
  return word === 'DEPRECATED' || word === 'RETIRED' ? word : null;
}

function factsOf(asset: AssetRef, said: Said, assertedAt: Date, contract: OdcsContract): FactStatement[] {
  const assertedBy = storableText(contract.name ?? contract.id);
  return Object.entries(said).map(([attribute, value]) => ({
    asset,
    columnPath: '',
    // Object.entries forgets the type of keys.
    attribute: attribute as FactAttribute,
    value: storable(value ?? null),
    assertedAt,
    assertedBy,
  }));
}
