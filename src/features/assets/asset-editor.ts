import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Forbidden, Invalid, NotFound } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { AssetAssembler } from './asset-assembler.js';
import { AssetReader } from './asset-reader.js';
import { peopleListValue, type PeopleList } from './assemble.js';
import { FactRepository } from './fact.repository.js';
import { SENSITIVITIES, toAssetResource, type AssetRow, type Sensitivity } from './asset.js';

export interface EditTarget {
  readonly ref: string;
  /** Path of a column; the asset itself when left out. */
  readonly column?: string | null | undefined;
}

export interface ListChange {
  readonly add?: readonly string[] | null | undefined;
  readonly remove?: readonly string[] | null | undefined;
}

interface Edit {
  readonly attribute: string;
  readonly value: unknown;
}

/** What people say about assets. Stored as facts of the source `people`, which every machine's word gives way to. */
@Injectable()
export class AssetEditor {
  constructor(
    private readonly database: Database,
    private readonly reader: AssetReader,
    private readonly access: Access,
    private readonly facts: FactRepository,
    private readonly assembler: AssetAssembler,
  ) {}

  async describe(actor: Actor, target: EditTarget, description: string | null): Promise<AssetRow> {
    return this.edit(actor, target, async () => [{ attribute: 'description', value: blankToNull(description) }]);
  }

  async setOwners(actor: Actor, target: EditTarget, owners: readonly string[]): Promise<AssetRow> {
    const value = owners.length === 0 ? null : unique(owners);
    return this.edit(actor, target, async () => [{ attribute: 'owners', value }]);
  }

  async changeTags(actor: Actor, target: EditTarget, change: ListChange): Promise<AssetRow> {
    return this.changeList(actor, target, 'tags', change);
  }

  async changeTerms(actor: Actor, target: EditTarget, change: ListChange): Promise<AssetRow> {
    return this.changeList(actor, target, 'terms', change);
  }

  /** `undefined` leaves, null takes the people's word back. */
  async classify(
    actor: Actor,
    target: EditTarget,
    words: { domain?: string | null | undefined; sensitivity?: Sensitivity | null | undefined },
  ): Promise<AssetRow> {
    const edits: Edit[] = [];
    if (words.domain !== undefined) edits.push({ attribute: 'domain', value: checkedDomain(words.domain, target) });
    if (words.sensitivity !== undefined) {
      edits.push({
        attribute: 'sensitivity',
        value: words.sensitivity === null ? null : SENSITIVITIES.indexOf(words.sensitivity),
      });
    }
    return this.edit(actor, target, async () => edits);
  }

  private async changeList(actor: Actor, target: EditTarget, attribute: string, change: ListChange): Promise<AssetRow> {
    return this.edit(actor, target, async (assetId) => {
      const said = await this.facts.findValue(assetId, target.column ?? '', attribute, 'people');
      return [{ attribute, value: changedList(peopleListValue.safeParse(said).data, change) }];
    });
  }

  private async edit(
    actor: Actor,
    target: EditTarget,
    decide: (assetId: string) => Promise<Edit[]>,
  ): Promise<AssetRow> {
    return this.database.transaction(async () => {
      const asset = await this.reader.get(actor, target.ref);
      await this.requireEdit(actor, asset, target);
      await this.facts.lock(asset.id);
      const edits = await decide(asset.id);
      const now = new Date();
      const facts = edits.map((edit) => ({
        assetId: asset.id,
        columnPath: target.column ?? '',
        sourceKey: 'people',
        assertedAt: now,
        assertedBy: actor.handle,
        ...edit,
      }));
      await this.assembler.put(actor, facts, 'asset.edited');
      return this.reader.get(actor, asset.id);
    });
  }

  private async requireEdit(actor: Actor, asset: AssetRow, target: EditTarget): Promise<void> {
    const access = await this.access.forActor(actor);
    if (!access.can('edit', toAssetResource(asset))) {
      throw new Forbidden(`You may not edit '${asset.displayName ?? asset.name}'. Ask one of its owners.`, ['ref']);
    }
    if (!target.column) return;
    const columns = (await this.reader.listColumns(actor, [asset.id])).get(asset.id) ?? [];
    if (!columns.some((column) => column.path === target.column)) {
      throw new NotFound(`No column '${target.column}' was found.`, ['column']);
    }
  }
}

function changedList(said: PeopleList | undefined, change: ListChange): PeopleList {
  const adding = new Set(unique(change.add ?? []));
  const removing = new Set(unique(change.remove ?? []));
  return {
    add: unique([...(said?.add ?? []), ...adding]).filter((value) => !removing.has(value)),
    remove: unique([...(said?.remove ?? []), ...removing]).filter((value) => !adding.has(value)),
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))].sort();
}

function blankToNull(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

function checkedDomain(domain: string | null, target: EditTarget): string | null {
  if (target.column) throw new Invalid('A column has the domain of its dataset. Leave `column` out.', ['column']);
  if (domain === null || /^[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(domain)) return domain;
  throw new Invalid(`'${domain}' is no domain path. Use lower case words and slashes: 'commerce/orders'.`, ['domain']);
}
