import { canonicalHashInPieces } from '../../platform/canonical-json.js';
import { takeCsv, type CsvQuestions } from './csv-intake.js';
import { kept, namespacesOf, warningsOf } from './message-check.js';
import { reportDataHub } from './readers/datahub/read-datahub.js';
import { expandDcat } from './readers/dcat/expand-dcat.js';
import { stamped } from './readers/file-message.js';
import { isObject, type JsonObject } from './readers/json.js';
import { readMessage } from './readers/read-message.js';
import type { RawKind, Reading } from './readers/statement.js';
import { parseJson } from './request-body.js';

/** Kinds of which one body is one message. */
export type IntakeKind = Extract<RawKind, 'DBT' | 'CSV' | 'ODCS' | 'DCAT' | 'DATAHUB'>;

/** A body that was sent for one message. Plain data: it goes to another process when the body is large. */
export interface IntakeTask {
  readonly kind: IntakeKind;
  /** When it came, RFC 3339. */
  readonly at: string;
  /** Of a CSV file, the rows that its sender is told about. */
  readonly rows?: 'ALL' | 'REFUSED';
}

/** What its sender is told of a message, as JSON of an object. */
export interface IntakeAnswer {
  readonly text: string;
  /** Every row of it was refused. */
  readonly isNothingTaken: boolean;
}

export interface TakenIn {
  /** The message to be kept; null: the body is the message. */
  readonly text: string | null;
  /** SHA-256 of the canonical JSON of kind and message. */
  readonly hash: Uint8Array;
  readonly namespaces: readonly string[];
  readonly warnings: Reading['warnings'];
  /** The sync that it is part of; whether that is held shows when it is projected. */
  readonly sync: { readonly source: string; readonly id: string } | null;
  /** Null for kinds of which there is nothing to tell. */
  readonly answer: IntakeAnswer | null;
}

interface Made {
  readonly message: unknown;
  readonly answer: IntakeAnswer | null;
}

/** Makes of a body the message that is kept, and checks it. @throws Invalid naming the field when it is none of its kind. */
export async function takeIn(task: IntakeTask, body: string, questions: CsvQuestions): Promise<TakenIn> {
  const given = parseJson(body);
  const { message, answer } = await MAKERS[task.kind](given, task, questions);
  const reading = readMessage(task.kind, message);
  return {
    text: message === given ? null : JSON.stringify(message),
    hash: kept(() => canonicalHashInPieces([task.kind, message])),
    namespaces: namespacesOf(reading),
    warnings: warningsOf(reading),
    sync: reading.sync ? { source: reading.source.key, id: reading.sync.id } : null,
    answer,
  };
}

type Maker = (body: unknown, task: IntakeTask, questions: CsvQuestions) => Promise<Made>;

const MAKERS: Readonly<Record<IntakeKind, Maker>> = {
  DBT: async (body) => ({ message: body, answer: null }),
  CSV: async (body, { at, rows = 'ALL' }, questions) => takeCsv({ body, now: new Date(at), rows }, questions),
  ODCS: async (body, { at }) => {
    const given = isObject(body) && 'contract' in body ? body : { contract: body };
    return { message: stamped(given, new Date(at)), answer: null };
  },
  DCAT: async (body, { at }) => {
    const given: JsonObject = isObject(body) && 'document' in body ? body : { document: body };
    const graph = await expandDcat(given['document']);
    return { message: stamped({ ...given, graph }, new Date(at)), answer: null };
  },
  DATAHUB: async (body, { at }) => {
    const message = stamped(body, new Date(at));
    return { message, answer: { text: JSON.stringify({ report: reportDataHub(message) }), isNothingTaken: false } };
  },
};
