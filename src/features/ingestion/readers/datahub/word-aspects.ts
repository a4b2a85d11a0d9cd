import { refOf } from '../../../assets/index.js';
import { uniqueSorted } from '../json.js';
import { refText } from '../statement.js';
import type { AspectBody } from './aspect-body.js';
import { platformOfUrn } from './naming.js';
import type { Handler, Subject } from './subject.js';
import { idOfUrn, parseUrn } from './urn.js';

/** What people wrote in DataHub stands before what machines told it. */
const edited: Handler = (subject, body) => {
  const by = body.author();
  subject.say('displayName#edited', body.text('name'), { by });
  subject.say('description#edited', body.text('description'), { by });
};

const datasetProperties: Handler = (subject, body) => {
  subject.say('facet:datasetProperties', body.pick('qualifiedName', 'uri', 'created', 'lastModified'));
  subject.say('tags#properties', uniqueSorted(body.texts('tags')));
  sayDescription(subject, body, { name: 'name', text: 'description' });
  sayLink(subject, body.text('externalUrl'));
};

const dataJobInfo: Handler = (subject, body) => {
  sayDescription(subject, body, { name: 'name', text: 'description' });
  sayLink(subject, body.text('externalUrl'));
  subject.say('subtype#type', typeName(body.text('type')));
  subject.say('facet:flow', body.pick('flowUrn', 'env', 'status'));
};

const dataFlowInfo: Handler = (subject, body) => {
  sayDescription(subject, body, { name: 'name', text: 'description' });
  sayLink(subject, body.text('externalUrl'));
  subject.say('facet:flow', body.pick('project', 'env'));
};

const ownership: Handler = (subject, body) => {
  const owners = body.items('owners').map((owner) => {
    const urn = owner.text('owner') ?? '';
    const typeUrn = owner.text('typeUrn');
    const type = owner.text('type');
    return {
      owner: subject.out.around.vocabulary.handle(urn),
      type: typeUrn === null ? type : typeOf(subject, typeUrn),
    };
  });
  body.take('ownerTypes'); // the same once more, by type
  subject.say('owners', uniqueSorted(owners.map(({ owner }) => owner).filter((owner) => owner !== '')), {
    by: body.author(),
  });
  subject.say('facet:ownership', owners.length > 0 ? { owners } : null);
};

const globalTags: Handler = (subject, body) => {
  subject.say('tags', tagNames(subject, body));
};

const glossaryTerms: Handler = (subject, body) => {
  subject.say('terms', termNames(subject, body), { by: body.author() });
};

const domains: Handler = (subject, body) => {
  const [first, ...others] = body.texts('domains');
  subject.say('domain', first === undefined ? null : pathOf(subject, first));
  subject.say('facet:domains', others.length > 0 ? { others: others.map((urn) => pathOf(subject, urn)) } : null);
};

const deprecation: Handler = (subject, body) => {
  const isDeprecated = body.take('deprecated') === true;
  body.take('actor');
  subject.say('lifecycle', isDeprecated ? 'DEPRECATED' : null);
  subject.say('lifecycleNote', isDeprecated ? body.text('note') : null);
  const successor = subject.out.mention(body.text('replacement'));
  subject.say('successor', isDeprecated && successor ? refOf(successor) : null);
  subject.say('facet:deprecation', body.pick('note', 'decommissionTime', 'replacement'));
};

const documentation: Handler = (subject, body) => {
  const { text, by } = documentationIn(body);
  subject.say('description#documentation', text, { by });
};

const subTypes: Handler = (subject, body) => {
  const names = body.texts('typeNames');
  const isChart = subject.urn.type === 'chart';
  if (!isChart) subject.say('subtype', typeName(names[0] ?? null));
  subject.say('facet:subTypes', isChart || names.length > 1 ? { names } : null);
};

const container: Handler = (subject, body) => {
  const urn = body.text('container');
  subject.say('facet:container', urn === null ? null : { path: pathOf(subject, urn), urn });
};

const browsePathsV2: Handler = (subject, body) => {
  const names = body.items('path').flatMap((entry) => {
    const urn = entry.text('urn');
    const id = entry.text('id');
    if (urn === null) return id ?? [];
    return parseUrn(urn)?.type === 'container' ? subject.out.nameOf(urn) : idOfUrn(urn);
  });
  subject.say('facet:browsePath', names.length > 0 ? { path: names.join('/') } : null);
};

const dataPlatformInstance: Handler = (subject, body) => {
  body.take('platform'); // is in the URN
  const instance = body.text('instance');
  subject.say('facet:platformInstance', instance === null ? null : { instance: parseUrn(instance)?.parts.at(-1) });
};

const structuredProperties: Handler = (subject, body) => {
  const values = body.items('properties').map((property): [string, unknown] => {
    property.author();
    const held = property.take('values');
    const list: unknown[] = Array.isArray(held) ? held : [];
    return [subject.out.nameOf(property.text('propertyUrn') ?? ''), list.map(plainValue)];
  });
  subject.say('facet:structuredProperties', values.length > 0 ? Object.fromEntries(values) : null);
};

/** A table and what builds it are one asset here; the table's own name is the one to show. */
const siblings: Handler = (subject, body) => {
  const isPrimary = body.take('primary') === true;
  for (const urn of body.texts('siblings')) {
    const other = subject.out.mention(urn);
    if (other?.kind !== 'DATASET' || subject.asset.kind !== 'DATASET') continue;
    if (refText(other) === refText(subject.asset)) continue;
    const isOwnShown = isShownBefore(subject.urn.text, urn, isPrimary);
    const [asset, alias] = isOwnShown ? [subject.asset, other] : [other, subject.asset];
    subject.out.aliases.push({ asset, alias, origin: 'SYMLINK', at: subject.out.around.at });
  }
};

function isShownBefore(own: string, other: string, isPrimary: boolean): boolean {
  const isBuilder = (urn: string): boolean => platformOf(urn) === 'dbt';
  return isBuilder(own) === isBuilder(other) ? isPrimary : !isBuilder(own);
}

function platformOf(text: string): string | null {
  const urn = parseUrn(text);
  return urn && platformOfUrn(urn);
}

/** Aspects that any asset can have. */
export const WORD_ASPECTS: ReadonlyMap<string, Handler> = new Map(
  Object.entries({
    browsePathsV2,
    container,
    dataFlowInfo,
    dataJobInfo,
    dataPlatformInstance,
    datasetProperties,
    deprecation,
    documentation,
    domains,
    editableChartProperties: edited,
    editableDashboardProperties: edited,
    editableDataFlowProperties: edited,
    editableDataJobProperties: edited,
    editableDatasetProperties: edited,
    globalTags,
    glossaryTerms,
    ownership,
    siblings,
    structuredProperties,
    subTypes,
  } satisfies Record<string, Handler>),
);

/** What machines say an entity is: name, text, free properties. */
export function sayDescription(
  subject: Subject,
  body: AspectBody,
  keys: { readonly name: string; readonly text: string },
): void {
  subject.say('displayName', body.text(keys.name));
  subject.say('description', body.text(keys.text), { by: body.author() });
  subject.say('facet:properties', body.whole('customProperties'));
}

export function sayLink(subject: Subject, url: string | null): void {
  subject.say('facet:link', url === null ? null : { url });
}

export function tagNames(subject: Subject, body: AspectBody): string[] {
  return uniqueSorted(body.items('tags').flatMap((tag) => namesIn(subject, tag.text('tag'))));
}

export function termNames(subject: Subject, body: AspectBody): string[] {
  return uniqueSorted(
    body.items('terms').flatMap((term) => {
      term.take('actor');
      return namesIn(subject, term.text('urn'));
    }),
  );
}

/** The text that stands, and who wrote it. */
export function documentationIn(body: AspectBody): { readonly text: string | null; readonly by: string | null } {
  const entries = body.items('documentations').map((entry) => {
    const attribution = entry.object('attribution');
    const by = attribution.text('actor');
    attribution.take('time');
    attribution.take('sourceDetail');
    attribution.take('source');
    return { text: entry.text('documentation'), by };
  });
  const author = body.author();
  const first = entries.find(({ text }) => text !== null);
  return { text: first?.text ?? null, by: first?.by ?? author };
}

export function pathOf(subject: Subject, urn: string): string {
  subject.out.nameOf(urn);
  return subject.out.around.vocabulary.path(urn);
}

function namesIn(subject: Subject, urn: string | null): string[] {
  return urn === null ? [] : [subject.out.nameOf(urn)];
}

/** `urn:li:ownershipType:__system__technical_owner` is TECHNICAL_OWNER. */
function typeOf(subject: Subject, urn: string): string {
  const { vocabulary } = subject.out.around;
  return vocabulary.isNamed(urn) ? vocabulary.name(urn) : idOfUrn(urn).replace('__system__', '').toUpperCase();
}

function typeName(name: string | null): string | null {
  return name === null ? null : name.trim().toUpperCase().replaceAll(/\s+/g, '_');
}

/** A value is a union: `{"string": "Daily"}`. */
function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [only, ...others] = Object.values(value);
  return others.length === 0 ? only : value;
}
