import type { Database } from '../database/database.js';

export interface RecordedEvent {
  /** Place in the change log; rises in commit order. A bigint, so a string. */
  readonly position: string;
  readonly actorId: string;
  readonly type: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly detail: Record<string, unknown>;
}

/** What follows the change log. `handle` runs in the transaction that moves the position: done once to effect. */
export interface Follower {
  readonly name: string;
  /** Change types it wants; others are passed over. */
  readonly types: readonly string[];
  /** A batch ends with so many distinct subjects; for work that is long and that somebody waits for. */
  readonly mostSubjects?: number;
  handle(events: readonly RecordedEvent[]): Promise<void>;
}

const BATCH_SIZE = 500;

/**
 * Works off one batch and says how many log entries it passed. The follower's row is locked for as long: another process
 * finds it taken and passes on, and one that dies gives it free with its connection.
 */
export async function advance(database: Database, follower: Follower): Promise<number> {
  return database.transaction(async () => {
    const place = await database.queryOne<{ position: string }>(
      'SELECT position FROM follower WHERE name = $1 FOR UPDATE SKIP LOCKED',
      [follower.name],
    );
    if (!place) return 0;
    const batch = await database.query<RecordedEvent>(
      `SELECT position, actor_id AS "actorId", type, subject_kind AS "subjectKind", subject_id AS "subjectId", detail
       FROM change_log WHERE position > $1 ORDER BY position LIMIT ${BATCH_SIZE}`,
      [place.position],
    );
    const { passed, wanted } = bounded(batch, follower);
    const last = passed.at(-1);
    if (!last) return 0;
    if (wanted.length > 0) await follower.handle(wanted);
    await database.query(
      'UPDATE follower SET position = $2, failures = 0, last_error = NULL, updated_at = now() WHERE name = $1',
      [follower.name, last.position],
    );
    return passed.length;
  });
}

/** The log up to where the follower has enough to do, and what of it the follower wants. */
function bounded(
  batch: readonly RecordedEvent[],
  { types, mostSubjects = BATCH_SIZE }: Follower,
): { passed: readonly RecordedEvent[]; wanted: readonly RecordedEvent[] } {
  const isWanted = ({ type }: RecordedEvent): boolean => types.includes(type);
  const subjects = new Set<string>();
  const end = batch.findIndex((event) => isWanted(event) && subjects.add(event.subjectId).size > mostSubjects);
  const passed = end === -1 ? batch : batch.slice(0, end);
  return { passed, wanted: passed.filter(isWanted) };
}

/** Adds the follower at the start of the log, if it is new. */
export async function register(database: Database, follower: Follower): Promise<void> {
  await database.query('INSERT INTO follower (name) VALUES ($1) ON CONFLICT DO NOTHING', [follower.name]);
}

/** Keeps why a batch failed where the operator looks; the position stays, so nothing is lost. */
export async function recordFailure(database: Database, follower: Follower, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  await database.query(
    'UPDATE follower SET failures = failures + 1, last_error = $2, updated_at = now() WHERE name = $1',
    [follower.name, message.slice(0, 2000)],
  );
}

/** The end of the log; '0' when nothing was recorded. */
export async function changeLogPosition(database: Database): Promise<string> {
  const row = await database.queryOne<{ position: string }>(
    'SELECT coalesce(max(position), 0) AS position FROM change_log',
  );
  return row?.position ?? '0';
}
