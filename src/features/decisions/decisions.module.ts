import { Module } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { IdentityModule } from '../identity/index.js';
import { AllowedRepository } from './allowed.repository.js';
import { AllowedResources } from './allowed-resources.js';
import { AuthzenController } from './authzen.controller.js';
import { Columns } from './columns.js';
import { Decider } from './decider.js';
import { DecisionsResolver } from './decisions.resolver.js';
import { EvaluationsService } from './evaluations.service.js';
import { OutsideResourcesRepository } from './outside-resources.repository.js';
import { OutsideResourcesService } from './outside-resources.service.js';
import { PastQuestions } from './past-questions.js';
import { QuestionsService } from './questions.service.js';
import { Resources } from './resources.js';
import { DecisionSearch } from './search.service.js';
import { Subjects } from './subjects.js';

@Module({
  imports: [AssetsModule, IdentityModule],
  controllers: [AuthzenController],
  providers: [
    AllowedRepository,
    AllowedResources,
    Columns,
    Decider,
    DecisionSearch,
    DecisionsResolver,
    EvaluationsService,
    OutsideResourcesRepository,
    OutsideResourcesService,
    PastQuestions,
    QuestionsService,
    Resources,
    Subjects,
  ],
})
export class DecisionsModule {}
