#!/usr/bin/env node
import { buildWhenStale } from '../scripts/build.mjs';

buildWhenStale();
await import('../dist/cli.js');
