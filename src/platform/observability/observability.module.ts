import { Global, Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { Log, type LogOptions } from './log.js';
import { Metrics } from './metrics.js';

@Global()
@Module({})
export class ObservabilityModule {
  static with(options: LogOptions): DynamicModule {
    return {
      module: ObservabilityModule,
      providers: [{ provide: Log, useFactory: () => new Log(options) }, Metrics, Health],
      controllers: [HealthController],
      exports: [Log, Metrics, Health],
    };
  }
}
