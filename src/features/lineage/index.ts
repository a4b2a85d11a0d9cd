export { LineageModule } from './lineage.module.js';
export {
  LineageService,
  type ColumnLineageGraph,
  type LineageEdge,
  type LineageGraph,
  type LineageRequest,
} from './lineage.service.js';
export type { LineageBound, LineageDirection } from './walk.js';
