export { LineageModule } from './lineage.module.js';
export { LineageService, type ColumnLineageGraph, type LineageGraph } from './lineage.service.js';
