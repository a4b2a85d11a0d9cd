import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '../../core/actor.js';
import { Invalid } from '../../core/errors.js';
import { Access } from '../../platform/access/access.js';
import { textValue } from '../../platform/access/attributes.js';
import { outsideTypeOf } from '../../platform/access/outside.js';
import { PolicyStore } from '../../platform/access/policy-store.js';
import { Database } from '../../platform/database/database.js';
import { Events } from '../../platform/events/events.js';
import { OutsideResourcesRepository } from './outside-resources.repository.js';
import { parsed } from './question.js';

const MOST_AT_ONCE = 10_000;

const given = z
  .array(z.strictObject({ id: textValue.min(1), properties: z.record(z.string(), z.unknown()).default({}) }))
  .max(MOST_AT_ONCE);

/** Things of other systems whose attributes are kept here, so that a question need not be believed. */
@Injectable()
export class OutsideResourcesService {
  constructor(
    private readonly database: Database,
    private readonly repository: OutsideResourcesRepository,
    private readonly policies: PolicyStore,
    private readonly access: Access,
    private readonly events: Events,
  ) {}

  /** Adds them, or replaces their properties. @returns how many. @throws Forbidden, Invalid */
  async put(actor: Actor, type: string, resources: unknown): Promise<number> {
    return this.database.transaction(async () => {
      await this.requireManager(actor);
      await this.requireDeclared(actor, type);
      const checked = parsed(given, resources);
      await this.repository.put(type, checked);
      this.record(
        actor,
        'outsideResources.put',
        type,
        checked.map(({ id }) => id),
      );
      return checked.length;
    });
  }

  /** @returns how many there were. @throws Forbidden */
  async remove(actor: Actor, type: string, ids: readonly string[]): Promise<number> {
    return this.database.transaction(async () => {
      await this.requireManager(actor);
      const count = await this.repository.remove(type, ids);
      this.record(actor, 'outsideResources.removed', type, ids);
      return count;
    });
  }

  private async requireManager(actor: Actor): Promise<void> {
    (await this.access.forActor(actor)).require('manage_policies', { type: 'system' });
  }

  private async requireDeclared(actor: Actor, type: string): Promise<void> {
    const set = await this.policies.load(actor.policyVersion);
    if (outsideTypeOf(set, type)) return;
    throw new Invalid(`The policy set declares no resource type '${type.slice(0, 100)}'.`, ['type']);
  }

  private record(actor: Actor, type: string, id: string, ids: readonly string[]): void {
    this.events.record(actor, {
      type,
      subject: { kind: 'resourceType', id },
      detail: { count: ids.length, ids: ids.slice(0, 100) },
    });
  }
}
