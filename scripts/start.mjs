// `npm start`: builds when needed, then runs in this very process, so that signals reach the service. They do because
// package.json says `exec`: a shell between npm and us would end without passing them on. (Windows has no such word, and
// goes on with what stands behind `||`.)
import { buildWhenStale } from './build.mjs';

buildWhenStale();
await import('../dist/main.js');
