import { Injectable } from '@nestjs/common';
import { Access } from '../../platform/access/access.js';
import { PolicyStore } from '../../platform/access/policy-store.js';
import { actorOfAccount, IdentityService } from '../identity/index.js';
import { SearchService } from '../search/index.js';
import { MatchRepository } from './match.repository.js';
import type { SavedSearch } from './saved-search.js';

/** A search that matches more says too little to be followed. */
const MOST_MATCHES = 1000;

/** Looks at a search as its owner, with the rights he has now, and tells him what is new. */
@Injectable()
export class SearchWatch {
  constructor(
    private readonly search: SearchService,
    private readonly matches: MatchRepository,
    private readonly identity: IdentityService,
    private readonly access: Access,
    private readonly policies: PolicyStore,
  ) {}

  /** Inside a transaction that holds the search locked. */
  async look(search: SavedSearch): Promise<void> {
    const owner = actorOfAccount(await this.identity.get(search.owner), await this.policies.activeVersion());
    const { position, total, keys } = await this.search.matches(owner, search, MOST_MATCHES);
    const isBegun = await this.matches.isBegun(search);
    if (total > MOST_MATCHES) await this.matches.forget(search.id);
    else if (isBegun) await this.tell(search, keys, await this.access.forActor(owner));
    else await this.matches.begin(search, keys);
    await this.matches.looked(search, { position, isTooBroad: total > MOST_MATCHES });
  }

  private async tell(...[search, keys, access]: Parameters<MatchRepository['compare']>): Promise<void> {
    const told = await this.matches.compare(search, keys, access);
    if (told > 0) await this.matches.trimNotices(search.accountId);
  }
}
