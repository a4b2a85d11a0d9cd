export { RunReader, type ShownRun } from './run-reader.js';
export { RunsModule } from './runs.module.js';
