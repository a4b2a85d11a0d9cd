import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { Request } from 'express';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../config/config.js';
import { actorOf } from '../auth/authentication.middleware.js';
import { Log } from '../observability/log.js';
import { errorFormatter } from './errors.js';
import { ExplorerController } from './explorer.controller.js';
import { Explorer } from './explorer.js';
import { requireWithinLimits, type QueryLimits } from './limits.js';
import { RequestScope } from './request-scope.js';
import { DateTime, JsonValue } from './scalars.js';
import { stringifyInPieces } from './pieces.js';

const SCHEMA_FILE = fileURLToPath(new URL('../../../schema.graphql', import.meta.url));

/**
 * A document has one token for every 2 to 20 bytes; the explorer's introspection query has about 300. Validation takes
 * 0.1 s at this bound.
 */
const MAX_TOKENS = 20_000;

type GraphqlConfig = Pick<Config, 'explorer' | 'maxQueryDepth' | 'maxQueryAliases' | 'maxQueryCost'>;

/** The GraphQL endpoint: the contract of schema.graphql, limits, masked errors, one `RequestScope` per request. */
@Global()
@Module({})
export class GraphqlModule {
  static with(config: GraphqlConfig): DynamicModule {
    const endpoint = GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      inject: [Log],
      useFactory: (log: Log) => apolloOptions(config, log),
    });
    return {
      module: GraphqlModule,
      imports: [endpoint],
      providers: config.explorer ? [Explorer] : [],
      controllers: config.explorer ? [ExplorerController] : [],
    };
  }
}

function apolloOptions(config: GraphqlConfig, log: Log): ApolloDriverConfig {
  return {
    path: '/graphql',
    typeDefs: readFileSync(SCHEMA_FILE, 'utf8'),
    resolvers: { DateTime, JSON: JsonValue },
    inheritResolversFromInterfaces: true,
    context: ({ req }: { req: Request }) => new RequestScope(actorOf(req)),
    // Only the authenticated come this far, and the contract is public anyway.
    introspection: true,
    // Apollo's pages load scripts from elsewhere; the explorer does not.
    graphiql: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    autoTransformHttpErrors: false,
    formatError: errorFormatter(log),
    stringifyResult: stringifyInPieces,
    // The one that Apollo adds looks at each field of each answer to find out how long it may be kept: never.
    plugins: [ApolloServerPluginCacheControlDisabled(), neverKept(), limitsPlugin(limitsOf(config))],
  };
}

function limitsOf(config: GraphqlConfig): QueryLimits {
  return { maxDepth: config.maxQueryDepth, maxAliases: config.maxQueryAliases, maxCost: config.maxQueryCost };
}

function neverKept(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          response.http.headers.set('cache-control', 'no-store');
        },
      };
    },
  };
}

function limitsPlugin(limits: QueryLimits): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          if (!operation) return;
          requireWithinLimits({ schema, document, operation, variables: request.variables ?? {} }, limits);
        },
      };
    },
  };
}
