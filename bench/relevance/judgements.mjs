// Reads what was judged, and finds the assets meant by its keys.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Tune against the first; of the second only the figures are looked at. */
export const HALVES = ['tune', 'test'];
const GRADES = [3, 2, 1];

/** @returns {{ ask, kind, grades: { key, grade }[], top: { key, column }[] }[]} one entry a query; a key is `place/name`. */
export function readJudgements(half) {
  return read(`${half}.yaml`).map(({ ask, kind, top = [], ...grades }) => ({
    ask,
    kind,
    grades: GRADES.flatMap((grade) => (grades[grade] ?? []).flatMap(spread).map((key) => ({ key, grade }))),
    top: top.flatMap(targets),
  }));
}

/** `raw+shop/orders` is `raw/orders` and `shop/orders`. */
function spread(key) {
  const [places, name] = cutAt(key, '/');
  return places.split('+').map((place) => `${place}/${name}`);
}

/** `any#email` is a column of that name wherever it is: its key is null. */
function targets(text) {
  const [key, column = null] = text.split('#');
  return key === 'any' ? [{ key: null, column }] : spread(key).map((one) => ({ key: one, column }));
}

function cutAt(text, separator) {
  const at = text.indexOf(separator);
  if (at < 0) throw new Error(`'${text}' has no '${separator}'.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/**
 * @param assets every asset of the catalog: id, kind, namespace, name, displayName.
 * @returns a function from a key to the ids of its assets; none for those of the showcase pack where it was not loaded.
 * @throws for a key that means nothing.
 */
export function resolver(assets, { hasShowcase }) {
  const places = read('places.yaml');
  const byName = new Map();
  for (const asset of assets) {
    for (const place of Object.keys(places).filter((one) => isIn(places[one], asset))) {
      const names = [asset.name.slice((places[place].prefix ?? '').length), asset.displayName ?? ''];
      for (const name of new Set(names.map((one) => one.toLowerCase()))) {
        byName.set(`${place}/${name}`, [...(byName.get(`${place}/${name}`) ?? []), asset.id]);
      }
    }
  }
  return (key) => {
    const found = byName.get(key.toLowerCase());
    if (found) return found;
    const place = places[cutAt(key, '/')[0]];
    if (place?.isShowcase && !hasShowcase) return [];
    throw new Error(`bench/relevance: nothing is called '${key}'.`);
  };
}

function isIn({ kind, namespace, prefix = '' }, asset) {
  return kind === asset.kind && (namespace ?? asset.namespace) === asset.namespace && asset.name.startsWith(prefix);
}

function read(file) {
  return parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
}
