import { refText, type AssetRef, type Reading } from '../statement.js';
import { AspectBody } from './aspect-body.js';
import { BUSINESS_ASPECTS, sayProducts } from './business-aspects.js';
import { sayDocument } from './documents.js';
import { FACET_ASPECTS } from './facet-aspects.js';
import { LINEAGE_ASPECTS } from './lineage-aspects.js';
import { dataHubMessageOf, syncOf } from './message.js';
import { Naming, platformOfUrn } from './naming.js';
import { ASSET_TYPES, NAMING_FIELDS, reasonFor } from './not-carried.js';
import { inForce, isSeries, proposalsIn, type Proposal, type Unreadable } from './proposal.js';
import { reportOf, type Carried, type CarryReport } from './report.js';
import { COLUMN_ASPECTS, SCHEMA_ASPECTS } from './schema-aspects.js';
import { Collected, Subject, type Handler } from './subject.js';
import { parseUrn, plainPath, type Urn } from './urn.js';
import { isKeyAspect, Vocabulary } from './vocabulary.js';
import { WORD_ASPECTS } from './word-aspects.js';

const HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ...WORD_ASPECTS,
  ...SCHEMA_ASPECTS,
  ...LINEAGE_ASPECTS,
  ...BUSINESS_ASPECTS,
  ...FACET_ASPECTS,
]);

/** Says nothing that its entity's URN does not say. */
const identity: Handler = (_, body) => void body.everything();
const status: Handler = (_, body) => void body.take('removed');

/**
 * Reads metadata change proposals of DataHub: `{name, at, proposals, context?, namespaces?, sync?: {id, at?, isComplete, parts?}, removals?}`. `context`
 * are proposals of the same export that give names to what these point to; with it, and only then, the message knows all
 * data products of what it describes. Every aspect says its own attributes, so the proposals of an export may come in any
 * order and any number of messages.
 * @throws Invalid naming the field when it is no such message.
 */
export function readDataHub(payload: unknown): Reading {
  return carry(payload).reading;
}

/** What the same message carries over, and what not. @throws Invalid like `readDataHub`. */
export function reportDataHub(payload: unknown): CarryReport {
  return carry(payload).report;
}

function carry(payload: unknown): { reading: Reading; report: CarryReport } {
  const message = dataHubMessageOf(payload);
  const given = message.proposals.flatMap(proposalsIn);
  const unreadable = given.flatMap((item) => ('problem' in item ? item : []));
  const { kept, repeats } = inForce(given.flatMap((item) => ('problem' in item ? [] : item)));
  const context = message.context?.flatMap(proposalsIn).flatMap((item) => ('problem' in item ? [] : item)) ?? [];
  const vocabulary = new Vocabulary([...kept, ...context]);
  const out = new Collected({
    name: message.name,
    at: new Date(message.at),
    vocabulary,
    naming: new Naming(message.namespaces),
  });
  const described = describe(out, kept, message.context !== undefined);
  const outcomes = [
    ...unreadable.map(refused),
    ...repeats.map((proposal) =>
      outcomeOf(proposal, 'NOT_CARRIED', 'another proposal about the same aspect is in force'),
    ),
    ...kept.map((proposal) => carryOne(out, proposal)),
  ];
  const report = reportOf(
    outcomes,
    out.unnamedUrns.map((urn) => `${urn} has no name in the input; its id stands for it.`),
  );
  const reading: Reading = {
    source: { key: `datahub:${message.name}`, kind: 'CATALOG' },
    facts: out.facts,
    runs: [],
    lineage: out.lineage,
    aliases: out.aliases,
    assets: out.assets,
    sync: syncOf(message, described),
    warnings: out.unnamedUrns.map((urn) => ({ path: urn, message: 'has no name in the input; its id stands for it' })),
  };
  return { reading, report };
}

/** What the URN and the data products say of every entity that the message describes. */
function describe(out: Collected, proposals: readonly Proposal[], isContextGiven: boolean): AssetRef[] {
  const { vocabulary } = out.around;
  const urns = new Map(proposals.map(({ urn }) => [urn.text, urn]));
  const described: AssetRef[] = [];
  for (const urn of urns.values()) {
    const asset = vocabulary.isRemoved(urn) ? null : out.mention(urn.text);
    if (!asset) continue;
    described.push(asset);
    const subject = new Subject(urn, asset, out);
    subject.say(`externalRef:${urn.text}`, true);
    subject.say('platform', PLATFORMLESS.has(asset.kind) ? null : platformOfUrn(urn));
    if (urn.type === 'chart') subject.say('subtype', 'CHART');
    if (urn.type === 'dataFlow') subject.say('subtype#kind', 'FLOW');
    if (urn.type === 'glossaryNode') subject.say('subtype#kind', 'GLOSSARY_NODE');
    if (isContextGiven || vocabulary.productsOf(urn.text).length > 0) sayProducts(subject);
  }
  return [...new Map(described.map((asset) => [refText(asset), asset])).values()];
}

const PLATFORMLESS: ReadonlySet<string> = new Set(['TERM', 'DOMAIN', 'DATA_PRODUCT']);

function carryOne(out: Collected, proposal: Proposal): Carried {
  const { urn, aspect, body: verbatim } = proposal;
  if (isGone(out, urn)) return outcomeOf(proposal, 'NOT_CARRIED', 'is marked as removed in DataHub');
  const body = new AspectBody(verbatim);
  if (!handle(out, proposal, body)) return outcomeOf(proposal, 'NOT_CARRIED', reasonFor(urn.type, aspect));
  const left = body.left();
  if (left.length > 0) return outcomeOf(proposal, 'PARTLY', `without ${left.join(', ')}`);
  if (isSeries(proposal)) return outcomeOf(proposal, 'PARTLY', 'of several measurements the newest is shown');
  return outcomeOf(proposal, 'CARRIED', null);
}

/** A column goes with its table. */
function isGone({ around: { vocabulary } }: Collected, urn: Urn): boolean {
  const parent = urn.type === 'schemaField' ? parseUrn(urn.parts[0]) : null;
  return vocabulary.isRemoved(urn) || (parent !== null && vocabulary.isRemoved(parent));
}

/** False when nothing here takes the aspect. */
function handle(out: Collected, { urn, aspect, body: verbatim }: Proposal, body: AspectBody): boolean {
  if (urn.type === 'schemaField') return handleColumn(out, urn.parts, { aspect, body });
  if (urn.type === 'document' && aspect === 'documentInfo') return sayDocument(out, urn, body);
  const asset = ASSET_TYPES.has(urn.type) ? out.mention(urn.text) : null;
  if (!asset) return handleName(urn.type, aspect, body);
  const handler = handlerOf(urn.type, aspect);
  handler?.(new Subject(urn, asset, out), body, verbatim);
  return handler !== undefined;
}

function handlerOf(entityType: string, aspect: string): Handler | undefined {
  if (isKeyAspect(entityType, aspect)) return identity;
  return aspect === 'status' ? status : HANDLERS.get(aspect);
}

function handleColumn(
  out: Collected,
  [parent, ...path]: readonly string[],
  { aspect, body }: { readonly aspect: string; readonly body: AspectBody },
): boolean {
  const urn = parseUrn(parent);
  const asset = out.mention(parent ?? null);
  const handler = COLUMN_ASPECTS.get(aspect);
  if (!urn || !asset || !handler || path.length === 0) return false;
  handler(new Subject(urn, asset, out), plainPath(path.join(',')), body);
  return true;
}

/** Of what is no asset the name lives on. */
function handleName(entityType: string, aspect: string, body: AspectBody): boolean {
  const isKnown = [...NAMING_FIELDS.keys()].some((key) => key.startsWith(`${entityType}.`));
  if (isKnown && isKeyAspect(entityType, aspect)) return body.everything() !== undefined;
  if (isKnown && aspect === 'status') return body.take('removed') !== undefined;
  const fields = NAMING_FIELDS.get(`${entityType}.${aspect}`);
  fields?.forEach((field) => body.take(field));
  body.author();
  return fields !== undefined;
}

function outcomeOf({ urn, aspect }: Proposal, outcome: Carried['outcome'], reason: string | null): Carried {
  return { entityType: urn.type, aspect, outcome, reason, urn: urn.text };
}

function refused({ urn, aspect, problem }: Unreadable): Carried {
  return { entityType: parseUrn(urn)?.type ?? '', aspect, outcome: 'NOT_CARRIED', reason: problem, urn };
}
