// `npm start`: builds when needed, then runs in this very process, so that signals reach the service.
import { buildWhenStale } from './build.mjs';

buildWhenStale();
await import('../dist/main.js');
