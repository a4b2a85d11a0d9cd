import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { AssetPage, AssetReader, type AssetRow } from '../assets/index.js';
import { SearchService } from '../search/index.js';
import { SimilarRepository } from './similar.repository.js';
import {
  candidatesOf,
  COMMON,
  similarity,
  tellingColumns,
  tellingWords,
  weightOf,
  type Similarity,
  type Trait,
} from './similarity.js';

export interface SimilarDataset extends Similarity {
  readonly dataset: AssetRow;
}

/** Of which terms and tags are compared. */
const MOST_CANDIDATES = 100;
const MOST_SHOWN = 50;

/** Datasets that are like another, and why; only of what the actor may see, in what is counted too. */
@Injectable()
export class SimilarService {
  constructor(
    private readonly repository: SimilarRepository,
    private readonly page: AssetPage,
    private readonly reader: AssetReader,
    private readonly search: SearchService,
    private readonly access: Access,
  ) {}

  /** The most alike first. @throws {NotFound} @throws {Invalid} for what is no dataset, and for a strange `first`. */
  async list(actor: Actor, ref: string, first: number): Promise<SimilarDataset[]> {
    if (first < 1 || first > MOST_SHOWN) throw new Invalid(`first is 1–${MOST_SHOWN}, not ${first}.`, ['first']);
    const dataset = await this.page.get(actor, ref);
    if (dataset.kind !== 'DATASET') throw new Invalid(`'${dataset.name}' is no dataset.`, ['ref']);
    const columns = await this.columns(actor, dataset);
    const words = await this.words(actor, dataset);
    const ids = candidatesOf([...columns, ...words], MOST_CANDIDATES);
    const others = await this.reader.listByIds(actor, ids);
    const alike = others.map((other) => ({ dataset: other, ...similarity(dataset, other, { columns, words }) }));
    return alike.toSorted((a, b) => b.score - a.score || (keyOf(a) < keyOf(b) ? -1 : 1)).slice(0, first);
  }

  private async columns(actor: Actor, dataset: AssetRow): Promise<Trait[]> {
    const columns = (await this.reader.listColumns(actor, [dataset.id])).get(dataset.id) ?? [];
    const names = tellingColumns(columns.map(({ path }) => path));
    if (names.length === 0) return [];
    const access = await this.access.forActor(actor);
    const sharing = await this.repository.listSharing(dataset.id, names, { access, limit: COMMON });
    return sharing.map(({ name, assetIds }) => traitOf(name, assetIds, assetIds.length));
  }

  private async words(actor: Actor, dataset: AssetRow): Promise<Trait[]> {
    const traits: Trait[] = [];
    for (const word of tellingWords(dataset.name)) {
      const { total, assetIds } = await this.search.datasetsNamed(actor, word, COMMON);
      const others = assetIds.filter((id) => id !== dataset.id);
      traits.push(traitOf(word, others, total));
    }
    return traits;
  }
}

/** What is common leads to nobody. */
function traitOf(name: string, assetIds: readonly string[], count: number): Trait {
  const weight = weightOf(count);
  return { name, weight, assetIds: new Set(weight > 0 ? assetIds : []) };
}

function keyOf({ dataset }: SimilarDataset): string {
  return `${dataset.name} ${dataset.id}`;
}
