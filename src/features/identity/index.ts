export { actorOfAccount, type AccountRow } from './account.js';
export { IdentityModule } from './identity.module.js';
export { ProviderModule } from './oidc/provider.module.js';
export { IdentityService } from './identity.service.js';
