export { actReader, type Reading } from './audit.js'
export { bodyOfAct, type ActBody, type Doer, type Facts } from './body.js'
export {
  createCommit,
  createCommitAll,
  type Act,
  type ActColumns,
  type ActRow,
  type StoredAct,
  type Commit,
  type CommitAll,
  type Desk,
  type JournalParts,
  type OperatorDigest,
} from './journal.js'
export { createThingKeys, type Place, type ThingKeys } from './keys.js'
