import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentScope } from '../../platform/graphql/current-actor.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type { AssetRow, ColumnRow } from './asset.js';
import { PhysicalReader, type PhysicalView } from './physical-reader.js';

@Resolver('Dataset')
export class PhysicalResolver {
  constructor(private readonly reader: PhysicalReader) {}

  @ResolveField()
  async physical(@CurrentScope() scope: RequestScope, @Parent() { id }: AssetRow): Promise<PhysicalView | null> {
    const loader = scope.loader<string, PhysicalView | null>('physical', async (ids) => {
      const found = await this.reader.list(scope.actor, ids);
      return ids.map((one) => found.get(one) ?? null);
    });
    return loader.load(id);
  }
}

@Resolver('Column')
export class NullabilityResolver {
  constructor(private readonly reader: PhysicalReader) {}

  @ResolveField()
  async isNullable(
    @CurrentScope() scope: RequestScope,
    @Parent() { assetId, path }: ColumnRow,
  ): Promise<boolean | null> {
    const loader = scope.loader<string, Readonly<Record<string, boolean>>>('nullability', async (ids) => {
      const found = await this.reader.listNullability(ids);
      return ids.map((one) => found.get(one) ?? {});
    });
    const said = await loader.load(assetId);
    return Object.hasOwn(said, path) ? (said[path] ?? null) : null;
  }
}
