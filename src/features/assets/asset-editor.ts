import { Injectable } from '@nestjs/common';
import type { Actor } from '../../core/actor.js';
import { Forbidden, Invalid, NotFound } from '../../core/errors.js';
import { Database } from '../../platform/database/database.js';
import { AssetAssembler } from './asset-assembler.js';
import { AssetReader } from './asset-reader.js';
import { peopleListValue, type PeopleList } from './assemble.js';
import { AssetRepository, keyText } from './asset.repository.js';
import { EditRight } from './edit-right.js';
import { FactRepository } from './fact.repository.js';
import {
  CERTIFICATIONS,
  refOf,
  SENSITIVITIES,
  type AssetKey,
  type AssetKind,
  type AssetRow,
  type CertificationLevel,
  type Sensitivity,
} from './asset.js';

export interface EditTarget {
  readonly ref: string;
  /** Path of a column; the asset itself when left out. */
  readonly column?: string | null | undefined;
}

export interface ListChange {
  readonly add?: readonly string[] | null | undefined;
  readonly remove?: readonly string[] | null | undefined;
}

export interface Certification {
  readonly level: CertificationLevel;
  readonly expiresAt?: Date | null | undefined;
  readonly note?: string | null | undefined;
}

export interface Deprecation {
  readonly isDeprecated: boolean;
  readonly note?: string | null | undefined;
  /** Reference of the asset to use instead. */
  readonly successor?: string | null | undefined;
}

/** One word of a person about one attribute; null takes it back. */
export interface Edit {
  readonly attribute: string;
  readonly value: unknown;
}

/** What people say about assets. Stored as facts of the source `people`, which every machine's word gives way to. */
@Injectable()
export class AssetEditor {
  // Six, because an edit reads, decides, stores and assembles.
  // oxlint-disable-next-line max-params
  constructor(
    private readonly database: Database,
    private readonly reader: AssetReader,
    private readonly right: EditRight,
    private readonly facts: FactRepository,
    private readonly assets: AssetRepository,
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

  /** Says how far the asset can be trusted and until when; null takes it back. @throws Invalid for an end in the past. */
  async certify(actor: Actor, target: EditTarget, words: Certification | null): Promise<AssetRow> {
    const value = words && {
      level: CERTIFICATIONS.indexOf(words.level),
      expiresAt: futureTime(words.expiresAt ?? null),
      note: blankToNull(words.note ?? null),
    };
    return this.edit(actor, target, async () => [{ attribute: 'certification', value }]);
  }

  /** Says that the asset is not to be used any more, and what is instead; `isDeprecated` false takes that back. */
  async deprecate(actor: Actor, target: EditTarget, words: Deprecation): Promise<AssetRow> {
    const successor = words.successor ? await this.reader.get(actor, words.successor) : null;
    return this.edit(actor, target, async (assetId) => {
      if (successor?.id === assetId) throw new Invalid('An asset cannot follow itself.', ['successor']);
      return [
        { attribute: 'lifecycle', value: words.isDeprecated ? 'DEPRECATED' : null },
        { attribute: 'lifecycleNote', value: words.isDeprecated ? blankToNull(words.note ?? null) : null },
        { attribute: 'successor', value: words.isDeprecated && successor ? refOf(successor) : null },
      ];
    });
  }

  /** Words about an asset of one kind. @throws NotFound when it is of another. */
  async say(
    actor: Actor,
    target: EditTarget & { readonly kind: AssetKind },
    edits: readonly Edit[],
  ): Promise<AssetRow> {
    const asset = await this.reader.get(actor, target.ref);
    if (asset.kind !== target.kind)
      throw new NotFound(`'${target.ref}' is a ${asset.kind}, not a ${target.kind}.`, ['ref']);
    return this.edit(actor, target, async () => [...edits]);
  }

  /**
   * Makes an asset by people's words alone. What exists unseen is refused like what the actor may not make.
   * @returns null when the actor sees one of that key already. @throws Forbidden
   */
  async create(actor: Actor, key: AssetKey, edits: readonly Edit[]): Promise<AssetRow | null> {
    return this.database.transaction(async () => {
      if (await this.reader.find(actor, refOf(key))) return null;
      const { ids, created } = await this.assets.resolve([key]);
      const id = ids.get(keyText(key)) ?? '';
      const isTaken = !created.includes(id) && !(await this.reader.getUnchecked(id)).isPlaceholder;
      await this.put(actor, { assetId: id, columnPath: '' }, edits);
      const made = await this.reader.getUnchecked(id);
      if (isTaken || !(await this.right.mayMake(actor, made)))
        throw new Forbidden(`You may not make '${key.name}' here.`, ['input']);
      return made;
    });
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
      await this.right.require(actor, asset, 'ref');
      await this.requireColumn(actor, asset, target);
      await this.facts.lock(asset.id);
      const edits = await decide(asset.id);
      await this.put(actor, { assetId: asset.id, columnPath: target.column ?? '' }, edits);
      return this.reader.get(actor, asset.id);
    });
  }

  private async put(
    actor: Actor,
    place: { readonly assetId: string; readonly columnPath: string },
    edits: readonly Edit[],
  ): Promise<void> {
    const said = { sourceKey: 'people', assertedAt: new Date(), assertedBy: actor.handle };
    await this.assembler.put(
      actor,
      edits.map((edit) => ({ ...place, ...said, ...edit })),
      'asset.edited',
    );
  }

  private async requireColumn(actor: Actor, asset: AssetRow, target: EditTarget): Promise<void> {
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

function futureTime(time: Date | null): string | null {
  if (time === null || time > new Date()) return time && time.toISOString();
  throw new Invalid(`'${time.toISOString()}' is past. Give a time to come, or none for a certification without end.`, [
    'expiresAt',
  ]);
}

function checkedDomain(domain: string | null, target: EditTarget): string | null {
  if (target.column) throw new Invalid('A column has the domain of its dataset. Leave `column` out.', ['column']);
  if (domain === null || /^[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(domain)) return domain;
  throw new Invalid(`'${domain}' is no domain path. Use lower case words and slashes: 'commerce/orders'.`, ['domain']);
}
