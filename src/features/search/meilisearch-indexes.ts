import { randomInt } from 'node:crypto';
import { Unavailable } from '../../core/errors.js';
import { SETTINGS, toMeilisearch } from './meilisearch-document.js';
import { quote } from '../../platform/access/search-filter.js';
import { isIndexMissing, type MeilisearchServer } from './meilisearch-server.js';
import type { SearchDocument } from './search-document.js';
import type { IndexSize } from './search-index.js';

export interface IndexesOptions {
  /** Of the index that answers: letters, digits, `-` and `_`. */
  readonly name: string;
  /** Is called when there is nothing to answer from. */
  readonly onMissing: () => Promise<void>;
}

/** Roughly; a task of this size is written in well under a second. */
const CHUNK_BYTES = 4_000_000;

/**
 * The index that answers and the one that is built beside it, their settings, writing and the swap. An index under
 * construction is younger than the one that answers; an older one is what was left behind by a swap.
 */
export class MeilisearchIndexes {
  readonly live: string;
  private readonly building: string;

  constructor(
    private readonly server: MeilisearchServer,
    private readonly options: IndexesOptions,
  ) {
    this.live = options.name;
    this.building = `${options.name}-building`;
  }

  /** @throws {Unavailable} when there is no index yet. */
  async askLive<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      if (!isIndexMissing(error)) throw error;
      await this.options.onMissing();
      throw notBuilt();
    }
  }

  /** Whether one answers. Asks for one where there is none. */
  async isThere(): Promise<boolean> {
    const targets = await this.targets();
    if (targets.length === 0) await this.options.onMissing();
    return targets.includes(this.live);
  }

  /** To the index that answers, and to the one that is being built. @throws {Unavailable} when there is neither. */
  async put(documents: readonly SearchDocument[], groups: readonly string[]): Promise<void> {
    const targets = await this.targets();
    if (targets.length === 0) throw notBuilt();
    for (const target of targets) await this.write(target, documents, groups);
  }

  /** Nothing when the server has lost it meanwhile: an incomplete one must not be swapped in. */
  async putRebuilt(documents: readonly SearchDocument[], groups: readonly string[]): Promise<void> {
    if (!(await this.targets()).includes(this.building)) return;
    await this.write(this.building, documents, groups);
  }

  async begin(): Promise<void> {
    if ((await this.targets()).includes(this.building)) return;
    await this.remove(this.building);
    await this.server.run((client) => client.createIndex(this.building, { primaryKey: 'id' }));
    await this.server.run((client) => client.index(this.building).updateSettings(SETTINGS));
  }

  /** One task, so there is no moment without an index. */
  async swap(): Promise<void> {
    if (!(await this.targets()).includes(this.building)) return;
    const rename = (await this.createdAt(this.live)) === null;
    await this.server.run((client) => client.swapIndexes([{ indexes: [this.building, this.live], rename }]));
    await this.remove(this.building);
  }

  async size(): Promise<IndexSize> {
    const stats = await this.askLive(() => this.server.ask((client) => client.index(this.live).getStats()));
    return { documents: stats.numberOfDocuments, bytes: stats.rawDocumentDbSize };
  }

  private async targets(): Promise<string[]> {
    const live = await this.madeAt(this.live);
    const building = await this.madeAt(this.building);
    const isBuilding = building !== null && (live === null || building > live);
    return [...(live === null ? [] : [this.live]), ...(isBuilding ? [this.building] : [])];
  }

  /** Null also for one without our settings: a document that comes late for an index makes it anew, and nothing else. */
  private async madeAt(name: string): Promise<number | null> {
    const createdAt = await this.createdAt(name);
    if (createdAt === null) return null;
    const rules = await this.server.ask((client) => client.index(name).getRankingRules());
    return rules.join() === SETTINGS.rankingRules.join() ? createdAt : null;
  }

  private async createdAt(name: string): Promise<number | null> {
    try {
      return Date.parse((await this.server.ask((client) => client.getRawIndex(name))).createdAt);
    } catch (error) {
      if (isIndexMissing(error)) return null;
      throw error;
    }
  }

  private async remove(name: string): Promise<void> {
    if ((await this.createdAt(name)) !== null) await this.server.run((client) => client.deleteIndex(name));
  }

  /** New documents first, then those of the groups go that were not among them. */
  private async write(name: string, documents: readonly SearchDocument[], groups: readonly string[]): Promise<void> {
    const put = randomInt(2 ** 47);
    for (const chunk of chunks(documents)) {
      await this.server.run((client) =>
        client.index(name).addDocuments(chunk.map((document) => toMeilisearch(document, put))),
      );
    }
    if (groups.length === 0) return;
    const filter = `group IN [${groups.map(quote).join(', ')}] AND put != ${put}`;
    await this.server.run((client) => client.index(name).deleteDocuments({ filter }));
  }
}

function notBuilt(): Unavailable {
  return new Unavailable('Search is away: its index is being built. Everything else works; try again in a while.');
}

function* chunks(documents: readonly SearchDocument[]): Generator<SearchDocument[]> {
  let chunk: SearchDocument[] = [];
  let bytes = 0;
  for (const document of documents) {
    chunk.push(document);
    bytes += 2000 + 20 * (document.textWords.length + document.pathWords.length + document.pairs.length);
    if (bytes < CHUNK_BYTES) continue;
    yield chunk;
    [chunk, bytes] = [[], 0];
  }
  if (chunk.length > 0) yield chunk;
}
