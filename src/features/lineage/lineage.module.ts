import { Module, type DynamicModule } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { ColumnLineageRepository } from './column-lineage.repository.js';
import type { GraphThreadOptions } from './graph/graph-messages.js';
import { DiffService } from './diff.service.js';
import { ImpactService } from './impact.service.js';
import { LineageWalker } from './lineage-walker.js';
import { LineageNodeResolver } from './lineage-node.resolver.js';
import { LineageRepository } from './lineage.repository.js';
import { LineageReachResolver, LineageResolver } from './lineage.resolver.js';
import { LineageService } from './lineage.service.js';
import { NeighboursService } from './neighbours.service.js';
import { PathsService } from './paths.service.js';
import { PropagationService } from './propagation.service.js';
import { GRAPH_THREAD_OPTIONS, MemoryGraph } from './memory-graph.js';

@Module({})
export class LineageModule {
  static with(options: GraphThreadOptions): DynamicModule {
    return {
      module: LineageModule,
      imports: [AssetsModule],
      providers: [
        { provide: GRAPH_THREAD_OPTIONS, useValue: options },
        ColumnLineageRepository,
        DiffService,
        LineageNodeResolver,
        LineageRepository,
        ImpactService,
        LineageReachResolver,
        LineageResolver,
        LineageService,
        LineageWalker,
        MemoryGraph,
        NeighboursService,
        PathsService,
        PropagationService,
      ],
      exports: [LineageService],
    };
  }
}
