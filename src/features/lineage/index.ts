export { LineageModule } from './lineage.module.js';
