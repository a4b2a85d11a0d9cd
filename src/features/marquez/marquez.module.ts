import { Module, type DynamicModule } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { RunsModule } from '../runs/index.js';
import { MarquezController } from './marquez.controller.js';
import { MarquezRepository } from './marquez.repository.js';
import { MarquezService } from './marquez.service.js';

@Module({})
export class MarquezModule {
  /** Over the lineage that the rest of the service uses. */
  static with(lineage: DynamicModule): DynamicModule {
    return {
      module: MarquezModule,
      imports: [AssetsModule, lineage, RunsModule],
      controllers: [MarquezController],
      providers: [MarquezRepository, MarquezService],
    };
  }
}
