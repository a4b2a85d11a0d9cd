import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from '../../core/actor.js';
import type { RequestScope } from './request-scope.js';

/** The authenticated actor of a GraphQL operation. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  return GqlExecutionContext.create(context).getContext<RequestScope>().actor;
});

/** Everything that lives as long as one GraphQL request: the actor and its loaders. */
export const CurrentScope = createParamDecorator((_: unknown, context: ExecutionContext): RequestScope => {
  return GqlExecutionContext.create(context).getContext<RequestScope>();
});
