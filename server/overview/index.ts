export { actorOf, type AccessEntry, type Flag } from './entry.js'
export { foldHoldings, heldNow, type Holding } from './holdings.js'
export { wantedOf } from './live.js'
export { createReads as createOverview, type Overview, type OverviewDeps } from './service.js'
export {
  createRecorder,
  createRefOpening,
  createRefSealing,
  type RecorderParts,
} from './recorder.js'
export { createAskRecord, createCodeRecord, createLookRecord, type Looker } from './looks.js'
export { createReviews, releaseDue, type ReviewDecided, type Reviews } from './release.js'
export {
  openDelivered,
  readDeliveredAccesses,
  type DeliveredAccess,
  type DeliveredPlace,
} from './receipts.js'
export type {
  AccessRecorder,
  AuthorityOpening,
  FurtherRule,
  LookAgain,
  PreparedAccesses,
  Recorded,
  Refusal,
  ReportedAccess,
} from './model.js'
export type { Breach } from './prohibitions.js'
export { entryReaders } from './audit.js'
