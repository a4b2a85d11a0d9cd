import { isObject, type JsonObject } from '../json.js';
import type { OdcsContract, OdcsObject } from './odcs-contract.js';

/**
 * The contract as one dataset's page may show it: all of it but what is about the contract's other datasets. Who may see
 * this dataset need not see those, nor their columns.
 */
export function contractFacet(contract: OdcsContract, object: OdcsObject): JsonObject {
  const { slaProperties: _, schema: __, ...rest } = contract;
  return { ...rest, schema: [withoutForeign(object, new Set(namesOf(object)))] };
}

/** What the contract promises of this dataset; null when nothing. */
export function servicelevelFacet({ slaProperties, schema }: OdcsContract, object: OdcsObject): JsonObject | null {
  const others = otherNames(schema ?? [], object);
  const own = (slaProperties ?? []).filter(({ element }) => !isForeign(element, others));
  return own.length === 0 ? null : { properties: own };
}

function otherNames(objects: readonly OdcsObject[], own: OdcsObject): ReadonlySet<string> {
  const mine = new Set(namesOf(own));
  return new Set(
    objects
      .filter((object) => object !== own)
      .flatMap(namesOf)
      .filter((name) => !mine.has(name)),
  );
}

function namesOf({ name, physicalName, id }: OdcsObject): string[] {
  return [name, physicalName, id].filter((text): text is string => typeof text === 'string' && text !== '');
}

/** `table.column`, or several of them between commas. */
function isForeign(element: unknown, others: ReadonlySet<string>): boolean {
  return (
    typeof element === 'string' && element.split(',').some((part) => others.has(part.trim().split(/[./]/)[0] ?? ''))
  );
}

/** References to columns of other datasets are left out, however deep. */
function withoutForeign(value: unknown, own: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutForeign(each, own));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === 'relationships' && Array.isArray(child)
        ? child.filter((one) => isWithin(one, own))
        : withoutForeign(child, own),
    ]),
  );
}

/** Whether both ends are columns of the dataset itself: `column`, or `table.column` with one of its own names. */
function isWithin(relationship: unknown, own: ReadonlySet<string>): boolean {
  if (!isObject(relationship)) return false;
  const ends = [relationship['from'], relationship['to']].flat().filter((end) => end !== undefined && end !== null);
  return ends.every((end) => typeof end === 'string' && (!/[./]/.test(end) || own.has(end.split(/[./]/)[0] ?? '')));
}
