/**
 * Who may import whom:  main → service → app.module → features → platform → config → core
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'core-is-pure',
      comment: 'core is plain TypeScript: no packages, nothing of ours.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'config-below-platform',
      comment: 'config reads the environment and knows only core.',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/', pathNot: '^src/(config|core)/' },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'platform carries features and knows none of them.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/(platform|config|core)/' },
    },
    {
      name: 'features-know-no-app',
      comment: 'A feature does not know what it is put into.',
      severity: 'error',
      from: { path: '^src/features/' },
      to: { path: '^src/', pathNot: '^src/(features|platform|config|core)/' },
    },
    {
      name: 'features-by-front-door',
      comment: 'A feature uses another only through its index.ts.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: ['^src/features/$1/', '^src/features/[^/]+/index\\.ts$'] },
    },
    {
      name: 'app-by-front-door',
      comment: 'Everybody else comes in by the front door too.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/features/' },
      to: { path: '^src/features/', pathNot: '^src/features/[^/]+/index\\.ts$' },
    },
    {
      name: 'resolver-not-to-repository',
      comment: 'GraphQL in, GraphQL out; a service or reader authorises in between.',
      severity: 'error',
      from: { path: '\\.(resolver|controller)\\.ts$' },
      to: { path: '\\.repository\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'repository-not-to-service',
      severity: 'error',
      from: { path: '\\.repository\\.ts$' },
      to: { path: '\\.(service|resolver|controller)\\.ts$' },
    },
    {
      name: 'adapters-by-module',
      comment: 'Only wiring and tests choose an adapter.',
      severity: 'error',
      from: { pathNot: '(\\.module\\.ts|\\.spec\\.ts|/(postgres|mysql|meilisearch|embedded)-[^/]+\\.ts)$|^test/' },
      to: { path: '^src/features/.*/(postgres|mysql|meilisearch|embedded)-[^/]+\\.ts$' },
    },
    {
      name: 'embedded-postgres-by-service',
      comment: 'Only the start of the service decides where the database comes from.',
      severity: 'error',
      from: { pathNot: '^src/(service|platform/database/[^/]+)\\.ts$|^test/' },
      to: { path: '^src/platform/database/embedded-postgres\\.ts$' },
    },
    {
      name: 'cli-over-http',
      comment: 'The command line knows the service only over HTTP; RFC 8785 it must spell as the service does.',
      severity: 'error',
      from: { path: '^src/cli(\\.ts$|/)' },
      to: { path: '^src/', pathNot: '^src/(cli/|platform/canonical-json\\.ts$)' },
    },
    {
      name: 'src-not-to-test',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(test|bench|scripts)/|\\.spec\\.ts$' },
    },
    {
      name: 'no-development-packages',
      comment: 'What runs is installed with --omit=dev.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circles',
      comment: 'Types may refer to each other; code that runs may not.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
