export { AssetsModule } from './assets.module.js';
export { canonicalKey } from './canonical-key.js';
export { type AliasSaid } from './alias.repository.js';
export { ASSET_MERGED, AssetIdentity } from './asset-identity.js';
export { assemble, type AssembledAsset } from './assemble.js';
export { AssetAssembler } from './asset-assembler.js';
export { AssetEditor } from './asset-editor.js';
export { AssetPage } from './asset-page.js';
export { AssetPresence } from './asset-presence.js';
export { AssetReader } from './asset-reader.js';
export { AssetRepository, keyText, RUN_ROW_SQL, type FoldedFacets, type RunRow } from './asset.repository.js';
export { AssetStates, type AssetState } from './asset-states.js';
export { differencesBetween, type AssetDifference } from './state-differences.js';
export { EditRight } from './edit-right.js';
export { sourceTagsIn } from './facet-values.js';
export { FacetReader, newestFacet } from './facet-reader.js';
export { isRunFacetVisible, visibleDatasetFacet } from './facet-visibility.js';
export { isInScope, type SyncScope } from './presence.js';
export { PurgeRepository } from './purge.repository.js';
export { type SyncRow, type SyncSaid } from './source-record.repository.js';
export { type AssetWords, type FactInput } from './fact.js';
export { FactRepository } from './fact.repository.js';
export { type AssetFilter } from './asset-filter.js';
export {
  ASSET_ROW_SQL,
  assetTypeName,
  CERTIFICATIONS,
  COLUMN_ROW_SQL,
  isAssetId,
  parseRef,
  refOf,
  SENSITIVITIES,
  sensitivityOf,
  toAssetResource,
  toColumnResource,
  type AssetKey,
  type AssetKind,
  type AssetRow,
  type CertificationLevel,
  type ColumnRow,
  type Presence,
  type Sensitivity,
} from './asset.js';
