import DataLoader from 'dataloader';
import type { Actor } from '../../core/actor.js';

/** GraphQL context: the actor, and batch loaders that are made on first use and live as long as the request. */
export class RequestScope {
  private readonly loaders = new Map<string, unknown>();

  constructor(readonly actor: Actor) {}

  /** One loader per name and request. `batch` answers in the order of its keys; null where there is nothing. */
  loader<Key, Value>(
    name: string,
    batch: (keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
  ): DataLoader<Key, Value> {
    const known = this.loaders.get(name);
    if (known) return known as DataLoader<Key, Value>;
    const made = new DataLoader<Key, Value>(batch, { maxBatchSize: 1000 });
    this.loaders.set(name, made);
    return made;
  }
}
