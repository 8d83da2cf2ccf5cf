export { CHANNELS, DISCLOSURES, OPERATIONS } from './model.js'
export type {
  Catalogue,
  CatalogueNames,
  CatalogueTexts,
  Channel,
  ConsentKind,
  DisclosureKind,
  DisplayDelay,
  EventClass,
  Field,
  Flow,
  LegalBasis,
  Operation,
  Party,
  Purpose,
  Rule,
  Terms,
  Unit,
} from './model.js'
export {
  addPeriod,
  classOf,
  isOf,
  isPeriod,
  labelOf,
  SEALED_OFFSET,
  sealedTwin,
  takesPart,
} from './rules.js'
export { loadCatalogue, readCatalogue } from './service.js'
export type { CatalogueSource, LoadParts } from './service.js'
