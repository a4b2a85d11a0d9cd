import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import type { Config } from './config/config.js';
import { DemoLoader } from './demo/demo-loader.js';
import { AccessRequestsModule } from './features/access-requests/index.js';
import { AssetsModule } from './features/assets/index.js';
import { AuditModule } from './features/audit/index.js';
import { DecisionsModule } from './features/decisions/index.js';
import { GlossaryModule } from './features/glossary/index.js';
import { IdentityModule, ProviderModule } from './features/identity/index.js';
import { IngestionModule } from './features/ingestion/index.js';
import { LineageModule } from './features/lineage/index.js';
import { MarquezModule } from './features/marquez/index.js';
import { PoliciesModule } from './features/policies/index.js';
import { RunsModule } from './features/runs/index.js';
import { SavedSearchesModule } from './features/saved-searches/index.js';
import { SearchModule } from './features/search/index.js';
import { SimilarModule } from './features/similar/index.js';
import { SourcesModule } from './features/sources/index.js';
import { UsageModule } from './features/usage/index.js';
import { AccessModule } from './platform/access/access.module.js';
import { AuthModule } from './platform/auth/auth.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { EventsModule } from './platform/events/events.module.js';
import { GraphqlModule } from './platform/graphql/graphql.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import type { LogOptions } from './platform/observability/log.js';
import { ObservabilityModule } from './platform/observability/observability.module.js';

/** What the service is made of. `databaseUrl` is the server to use, wherever it comes from. */
export interface AppOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly log: LogOptions;
  /** Seen in pg_stat_activity; begins with `cadastre`. */
  readonly applicationName: string;
}

@Module({})
export class AppModule {
  static with(options: AppOptions): DynamicModule {
    const { config, databaseUrl, applicationName } = options;
    const ingestion = IngestionModule.with({
      maxBytes: config.maxEventBytes,
      maxInflatedBytes: config.maxInflatedBytes,
      backlogLimit: config.ingestBacklogLimit,
      purgeAfterDays: config.purgeAfterDays,
    });
    const lineage = LineageModule.with({ url: databaseUrl, applicationName, budgetBytes: config.lineageMemoryBytes });
    const file = { path: config.configFile, isDefault: config.configFileIsDefault };
    return {
      module: AppModule,
      imports: [
        ...platform(options),

        IdentityModule,
        ProviderModule.with({ file }),
        PoliciesModule.with({ needsSecondPerson: config.policyReview }),
        DecisionsModule,
        AssetsModule,
        GlossaryModule,
        ingestion,
        SourcesModule.with({ ingestion, file, secretsDir: config.secretsDir }),
        AccessRequestsModule,
        RunsModule,
        lineage,
        UsageModule,
        SearchModule.with(config),
        SavedSearchesModule,
        SimilarModule,
        MarquezModule.with(lineage),
        AuditModule.with({ keyFile: config.auditKeyFile }),
      ],
      providers: [DemoLoader],
    };
  }
}

function platform({ config, databaseUrl, log, applicationName }: AppOptions): NonNullable<ModuleMetadata['imports']> {
  return [
    ObservabilityModule.with(log),
    DatabaseModule.with({ url: databaseUrl, poolSize: config.poolSize, applicationName }),
    EventsModule,
    JobsModule,
    AccessModule,
    AuthModule,
    GraphqlModule.with(config),
  ];
}
