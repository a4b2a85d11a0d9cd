import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { parsePolicySet, type PolicySet } from './policy-document.js';

/** Nobody has put a policy set in force yet: nothing is allowed. */
const NO_POLICIES = 0;

/** Few versions are in use at once: the active one and, for a moment, the one before. */
const CACHE_SIZE = 8;

/** Reads policy sets. A version never changes, so what was read once stays right. */
@Injectable()
export class PolicyStore {
  private readonly versions = new Map<number, PolicySet>();

  constructor(private readonly database: Database) {}

  /** @throws when there is no such version: versions are never deleted. */
  async load(version: number): Promise<PolicySet> {
    if (version === NO_POLICIES) return { policies: [] };
    const known = this.versions.get(version);
    if (known) return known;
    const row = await this.database.queryOne<{ documents: unknown }>(
      'SELECT documents FROM policy_set WHERE version = $1',
      [version],
    );
    if (!row) throw new Error(`The policy set ${version} is missing.`);
    const documents = parsePolicySet(row.documents);
    const [oldest] = this.versions.keys();
    if (this.versions.size >= CACHE_SIZE && oldest !== undefined) this.versions.delete(oldest);
    this.versions.set(version, documents);
    return documents;
  }

  /** 0 when none is in force. */
  async activeVersion(): Promise<number> {
    const row = await this.database.queryOne<{ version: number }>('SELECT version FROM policy_activation');
    return row?.version ?? NO_POLICIES;
  }
}
