import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { LineageModule } from '../lineage/index.js';
import { RunsModule } from '../runs/index.js';
import { SearchModule } from '../search/index.js';
import { MarquezController } from './marquez.controller.js';
import { MarquezRepository } from './marquez.repository.js';
import { MarquezService } from './marquez.service.js';

@Module({
  imports: [AssetsModule, LineageModule, RunsModule, SearchModule],
  controllers: [MarquezController],
  providers: [MarquezRepository, MarquezService],
})
export class MarquezModule {}
