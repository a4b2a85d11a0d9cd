import type { CodegenConfig } from '@graphql-codegen/cli';

// Resolver types come from the contract, so that code which drifts from it does not compile.
export default {
  schema: 'schema.graphql',
  generates: {
    'src/platform/graphql/schema.types.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
        scalars: { DateTime: 'Date', JSON: 'unknown', ID: 'string' },
        maybeValue: 'T | null',
      },
    },
  },
} satisfies CodegenConfig;
