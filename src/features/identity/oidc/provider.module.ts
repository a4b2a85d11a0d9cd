import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import type { ConfigFile } from '../../../config/config-file.js';
import { IdentityModule } from '../identity.module.js';
import { BearerTokens } from './bearer-tokens.js';
import { LoginController } from './login.controller.js';
import { LOGIN_OPTIONS, LoginService } from './login.service.js';
import { OIDC_OPTIONS, readOidcOptions, type LoginOptions, type OidcOptions } from './oidc-options.js';
import { OidcProvider } from './oidc-provider.js';
import { ProviderAccounts } from './provider-accounts.js';
import { ProviderAccountsRepository } from './provider-accounts.repository.js';
import { TokenVerifier } from './token-verifier.js';

/** People of an identity provider, where `cadastre.yaml` names one. */
@Module({})
export class ProviderModule {
  /** @throws ConfigError for a section that is wrong */
  static with({ file }: { readonly file: ConfigFile }): DynamicModule {
    const options = readOidcOptions(file);
    if (!options) return { module: ProviderModule };
    return {
      module: ProviderModule,
      imports: [IdentityModule],
      controllers: options.login ? [LoginController] : [],
      providers: [...providersOf(options), ...(options.login ? loginOf(options.login) : [])],
    };
  }
}

function providersOf(options: OidcOptions): Provider[] {
  return [
    BearerTokens,
    OidcProvider,
    ProviderAccounts,
    ProviderAccountsRepository,
    TokenVerifier,
    { provide: OIDC_OPTIONS, useValue: options },
  ];
}

function loginOf(login: LoginOptions): Provider[] {
  return [LoginService, { provide: LOGIN_OPTIONS, useValue: login }];
}
