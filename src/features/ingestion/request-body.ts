import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Invalid } from '../../core/errors.js';

const inflate = promisify(gunzip);

/** Deeper than any producer nests; shallow enough for every parser behind us. */
const MAX_DEPTH = 200;

export interface BodyLimits {
  /** Bytes as they come over the wire. */
  readonly maxBytes: number;
  /** Bytes after inflation. */
  readonly maxInflatedBytes: number;
}

/** The body is larger than we take. Mapped to 413. */
export class TooLarge extends Error {}

/**
 * Reads a JSON body, plain or gzip. Gzip is recognised by its magic bytes, because not every client sets the header.
 * @throws TooLarge past a limit, Invalid when it is not JSON or nested too deeply.
 */
export async function readJsonBody(request: IncomingMessage, limits: BodyLimits): Promise<unknown> {
  return parseJson((await readBody(request, limits)).toString('utf8'));
}

/** The same without parsing: a large body is parsed elsewhere. @throws TooLarge past a limit. */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const raw = await readBytes(request, limits.maxBytes);
  const isGzip = raw[0] === 0x1f && raw[1] === 0x8b;
  return isGzip ? inflated(raw, limits.maxInflatedBytes) : raw;
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Past the limit the rest is read and thrown away: closing the socket early would hide our answer from the sender.
    if (size <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (size > maxBytes * 8) break;
  }
  if (size > maxBytes)
    throw new TooLarge(
      `The body is larger than ${maxBytes} bytes. Send less in one request, gzip it, or raise CADASTRE_MAX_EVENT_BYTES.`,
    );
  return Buffer.concat(chunks);
}

async function inflated(raw: Buffer, maxOutputLength: number): Promise<Buffer> {
  try {
    return await inflate(raw, { maxOutputLength });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new TooLarge(
        `The inflated body is larger than ${maxOutputLength} bytes. Send less in one request, or raise CADASTRE_MAX_INFLATED_BYTES.`,
      );
    }
    throw new Invalid('The body begins like gzip and cannot be inflated. Check the Content-Encoding.');
  }
}

/** @throws Invalid when it is not JSON or nested too deeply. */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Invalid(
      `The body is not valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'unreadable'}`,
    );
  }
  refuseDeepNesting(value, 0);
  return value;
}

function refuseDeepNesting(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw new Invalid(`The body nests deeper than ${MAX_DEPTH} levels.`);
  for (const child of Array.isArray(value) ? value : Object.values(value)) refuseDeepNesting(child, depth + 1);
}
