import jsonld, { type JsonLdDocument } from 'jsonld';
import { Invalid } from '../../../../core/errors.js';
import { isObject, listAt } from '../json.js';
import { isWellKnownContext, OWN_CONTEXT } from './dcat-context.js';

/**
 * The JSON-LD document as a list of nodes with full addresses, whatever its context, nesting and `@graph` (JSON-LD 1.1
 * flattening). Done once, at receipt, and kept in the message: reading it again needs no context.
 * @throws Invalid when it is no JSON-LD, or names a context by an address that is not known here. Nothing is fetched.
 */
export async function expandDcat(document: unknown): Promise<unknown[]> {
  if (!isObject(document) && !Array.isArray(document))
    throw new Invalid("'document' must be a JSON-LD object or a list of them.", ['document']);
  try {
    // The types know fewer documents than the library takes: any JSON object may be one.
    const flat: unknown = await jsonld.flatten(document as JsonLdDocument, undefined, { documentLoader });
    return nodesOf(flat);
  } catch (error) {
    throw asInvalid(error);
  }
}

/** Nodes of named graphs count like all others. */
function nodesOf(flat: unknown): unknown[] {
  const nodes = Array.isArray(flat) ? flat : listAt(flat, '@graph');
  return nodes.flatMap((node: unknown) => (isObject(node) && '@graph' in node ? [node, ...nodesOf(node)] : [node]));
}

interface Loaded {
  readonly documentUrl: string;
  readonly document: { readonly '@context': Readonly<Record<string, string | object>> };
}

async function documentLoader(url: string): Promise<Loaded> {
  if (isWellKnownContext(url)) return { documentUrl: url, document: { '@context': { ...OWN_CONTEXT } } };
  throw new Invalid(
    `The context '${url.slice(0, 200)}' would have to be fetched, and nothing is. Put its content into the document's '@context'.`,
    ['document', '@context'],
  );
}

/** The library wraps what a loader throws. */
function asInvalid(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = causeOf(cause)) if (cause instanceof Invalid) return cause;
  if (!(error instanceof Error) || !error.name.startsWith('jsonld.')) return error;
  return new Invalid(`The document is no JSON-LD: ${error.message.slice(0, 300)}`, ['document']);
}

function causeOf(error: Error): unknown {
  if (error.cause !== undefined) return error.cause;
  const details: unknown = 'details' in error ? error.details : undefined;
  return isObject(details) ? details['cause'] : undefined;
}
