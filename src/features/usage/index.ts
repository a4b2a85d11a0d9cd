export { UsageModule } from './usage.module.js';
export { ASSET_USED } from './usage.service.js';
