import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import { CurrentActor, CurrentScope } from '../../platform/graphql/current-actor.js';
import { pageRequest } from '../../platform/graphql/page-arguments.js';
import type { RequestScope } from '../../platform/graphql/request-scope.js';
import type {
  MutationAccountCreateArgs,
  MutationAccountUpdateArgs,
  MutationTokenCreateArgs,
  MutationTokenRevokeArgs,
  QueryAccountsArgs,
} from '../../platform/graphql/schema.types.js';
import { asPayload } from '../../platform/graphql/user-errors.js';
import type { AccountRow, TokenRow } from './account.js';
import { IdentityService } from './identity.service.js';

@Resolver('Account')
export class IdentityResolver {
  constructor(private readonly identity: IdentityService) {}

  @Query()
  async me(@CurrentActor() actor: Actor): Promise<AccountRow> {
    return this.identity.me(actor);
  }

  @Query()
  async accounts(@CurrentActor() actor: Actor, @Args() { first, after }: QueryAccountsArgs): Promise<object> {
    const { nodes, ...pageInfo } = await this.identity.list(actor, pageRequest(first, after));
    return { nodes, pageInfo };
  }

  @ResolveField()
  async tokens(@CurrentScope() scope: RequestScope, @Parent() account: AccountRow): Promise<TokenRow[]> {
    const loader = scope.loader<string, TokenRow[]>('tokens', async (ids) => {
      const tokens = await this.identity.listTokens(scope.actor, ids);
      return ids.map((id) => tokens.filter((token) => token.accountId === id));
    });
    return loader.load(account.id);
  }

  @Mutation()
  async accountCreate(@CurrentActor() actor: Actor, @Args() { input }: MutationAccountCreateArgs): Promise<object> {
    return asPayload(async () => ({ account: await this.identity.create(actor, input) }));
  }

  @Mutation()
  async accountUpdate(
    @CurrentActor() actor: Actor,
    @Args() { handle, input }: MutationAccountUpdateArgs,
  ): Promise<object> {
    return asPayload(async () => ({ account: await this.identity.update(actor, handle, input) }));
  }

  @Mutation()
  async tokenCreate(@CurrentActor() actor: Actor, @Args() { input }: MutationTokenCreateArgs): Promise<object> {
    return asPayload(() => this.identity.createToken(actor, input));
  }

  @Mutation()
  async tokenRevoke(@CurrentActor() actor: Actor, @Args() { id }: MutationTokenRevokeArgs): Promise<object> {
    return asPayload(async () => ({ token: await this.identity.revokeToken(actor, id) }));
  }
}
