import { defineConfig } from 'vitest/config';

export default defineConfig({
  // graphql 16 comes as ESM and as CommonJS; Node gives every package the second, so the tests must take it too.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['src/**/*.spec.ts', 'test/**/*.spec.ts', 'bench/**/*.spec.mjs'],
    // Nest reads decorator metadata; oxc emits it as tsconfig.json says.
    setupFiles: ['reflect-metadata'],
    globalSetup: ['./test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
