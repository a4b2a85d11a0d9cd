import { Module, type DynamicModule } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { IdentityModule } from '../identity/index.js';
import { Explainer } from './explainer.js';
import { PoliciesController } from './policies.controller.js';
import { PoliciesRepository } from './policies.repository.js';
import { PoliciesResolver } from './policies.resolver.js';
import { PoliciesService, POLICY_OPTIONS, type PolicyOptions } from './policies.service.js';
import { PolicyCheck } from './policy-check.js';
import { ShapesRepository } from './shapes.repository.js';

@Module({})
export class PoliciesModule {
  static with(options: PolicyOptions): DynamicModule {
    return {
      module: PoliciesModule,
      imports: [AssetsModule, IdentityModule],
      controllers: [PoliciesController],
      providers: [
        Explainer,
        PoliciesRepository,
        PoliciesResolver,
        PoliciesService,
        PolicyCheck,
        ShapesRepository,
        { provide: POLICY_OPTIONS, useValue: options },
      ],
      exports: [PoliciesService],
    };
  }
}
