import { Global, Module } from '@nestjs/common';
import { Access } from './access.js';
import { PastAccess } from './past-access.js';
import { PolicyStore } from './policy-store.js';

@Global()
@Module({
  providers: [
    PastAccess,
    PolicyStore,
    {
      provide: Access,
      inject: [PolicyStore],
      useFactory: (store: PolicyStore) => new Access({ load: (version) => store.load(version), now: () => new Date() }),
    },
  ],
  exports: [Access, PastAccess, PolicyStore],
})
export class AccessModule {}
