import { Module } from '@nestjs/common';
import { AliasRepository } from './alias.repository.js';
import { AssetIdentity } from './asset-identity.js';
import { AssetNames } from './asset-names.js';
import { AssetNamesResolver } from './asset-names.resolver.js';
import { AssetAssembler } from './asset-assembler.js';
import { AssetEditor } from './asset-editor.js';
import { AssetFieldsResolver, ColumnResolver, DatasetResolver, JobResolver } from './asset-fields.resolver.js';
import { AssetPage } from './asset-page.js';
import { AssetPresence } from './asset-presence.js';
import { AssetReader } from './asset-reader.js';
import { AssetRepository } from './asset.repository.js';
import { AssetResolver } from './asset.resolver.js';
import { AssetStates } from './asset-states.js';
import { AssetStatesResolver } from './asset-states.resolver.js';
import { DatasetFacetsResolver } from './dataset-facets.resolver.js';
import { EditRight } from './edit-right.js';
import { FacetReader } from './facet-reader.js';
import { FacetRepository } from './facet.repository.js';
import { JobFacetsResolver } from './job-facets.resolver.js';
import { PhysicalReader } from './physical-reader.js';
import { PhysicalRepository } from './physical.repository.js';
import { NullabilityResolver, PhysicalResolver } from './physical.resolver.js';
import { FactHistoryRepository } from './fact-history.repository.js';
import { FactRepository } from './fact.repository.js';
import { PurgeRepository } from './purge.repository.js';
import { SourceRecordRepository } from './source-record.repository.js';

@Module({
  providers: [
    AliasRepository,
    AssetAssembler,
    AssetEditor,
    AssetFieldsResolver,
    AssetIdentity,
    AssetNames,
    AssetNamesResolver,
    AssetPage,
    AssetPresence,
    AssetReader,
    AssetRepository,
    AssetResolver,
    AssetStates,
    AssetStatesResolver,
    ColumnResolver,
    DatasetFacetsResolver,
    DatasetResolver,
    EditRight,
    FactHistoryRepository,
    FactRepository,
    FacetReader,
    FacetRepository,
    JobFacetsResolver,
    JobResolver,
    PurgeRepository,
    NullabilityResolver,
    PhysicalReader,
    PhysicalRepository,
    PhysicalResolver,
    SourceRecordRepository,
  ],
  exports: [
    AssetAssembler,
    AssetEditor,
    AssetIdentity,
    AssetPage,
    AssetPresence,
    AssetReader,
    AssetRepository,
    AssetStates,
    EditRight,
    FacetReader,
    FactRepository,
    PurgeRepository,
  ],
})
export class AssetsModule {}
