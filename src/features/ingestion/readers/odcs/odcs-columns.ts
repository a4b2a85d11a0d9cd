import { storableText, uniqueSorted } from '../json.js';
import type { ColumnWords, SchemaField } from '../statement.js';
import type { OdcsObject, OdcsProperty } from './odcs-contract.js';

/** Tag of columns that the contract calls critical data elements. */
const CRITICAL = 'critical-data-element';

/**
 * ODCS leaves the words of `classification` to each company; these are the ones its examples and companies use. Others
 * stay in the contract, and the column's sensitivity is left open.
 */
const SENSITIVITIES: ReadonlyMap<string, number> = new Map([
  ['public', 0],
  ['open', 0],
  ['unrestricted', 0],
  ['internal', 1],
  ['general', 1],
  ['confidential', 2],
  ['private', 2],
  ['sensitive', 2],
  ['personal', 2],
  ['pii', 2],
  ['restricted', 3],
  ['secret', 3],
  ['highly confidential', 3],
  ['strictly confidential', 3],
]);

interface Columns {
  readonly schema: readonly SchemaField[] | null;
  readonly words: ColumnWords | null;
}

type Warn = (path: string, message: string) => void;

/** Columns by their physical names; nested ones with dots, and items of lists like the fields of an object. */
export function columnsOf(object: OdcsObject, warn: Warn): Columns {
  const found = nested(object.properties ?? [], '');
  if (found.length === 0) return { schema: null, words: null };
  return {
    schema: found.map(({ path, property }, index) => ({
      path,
      type: typeOf(property),
      description: property.description ? storableText(property.description) : null,
      ordinal: index + 1,
    })),
    words: Object.fromEntries(
      found.map(({ path, property }) => [path, wordsOf(property, (text) => warn(`${object.name}.${path}`, text))]),
    ),
  };
}

interface Found {
  readonly path: string;
  readonly property: OdcsProperty;
}

function nested(properties: readonly OdcsProperty[], prefix: string): Found[] {
  return properties.flatMap((property) => {
    const path = `${prefix}${storableText(property.physicalName || property.name)}`;
    return [{ path, property }, ...nested(innerOf(property), `${path}.`)];
  });
}

function innerOf(property: Omit<OdcsProperty, 'name'>): readonly OdcsProperty[] {
  if (property.properties && property.properties.length > 0) return property.properties;
  return property.items ? innerOf(property.items) : [];
}

function typeOf(property: OdcsProperty): string | null {
  const type = property.physicalType || property.logicalType;
  const inner = property.items && (property.items.physicalType || property.items.logicalType);
  if (property.physicalType || !type || !inner) return type ? storableText(type) : null;
  return storableText(`${type}<${inner}>`);
}

function wordsOf(property: OdcsProperty, warn: (text: string) => void): ColumnWords[string] {
  const said = property.classification?.trim().toLowerCase().replaceAll(/[_-]+/g, ' ') ?? '';
  const sensitivity = SENSITIVITIES.get(said) ?? null;
  if (said !== '' && sensitivity === null)
    warn(
      `classification '${property.classification}' is no sensitivity that is known; it is kept in the contract only`,
    );
  const tags = [...(property.tags ?? []), ...(property.criticalDataElement ? [CRITICAL] : [])];
  return { tags: uniqueSorted(tags.map(storableText)), terms: [], sensitivity };
}
