export { createLedger, type LedgerParts } from './service.js'
export { checkFingerprints, compareOutside, type OutsideVerdict } from './keeping.js'
export { canonicalJson, type CanonicalValue } from './canonical.js'
export { createOrigins, type OriginDigests } from './origin.js'
export {
  createSubjects,
  normaliseNumber,
  type PersonNumber,
  type Scheme,
  type Subject,
} from './subject.js'
export { sha256 } from './hash.js'
export { preparedHmac } from './hmac.js'
export { resumeLog } from './resume.js'
export { formatProof } from './proof.js'
export { signerFromSeed } from './note-keys.js'
export { keepClasses, keepPartitions, type ClassRow } from './upkeep.js'
export { createPublicLog, type PublicLog } from './public-tree.js'
export type { Appended, InclusionProof, Ledger, NewEntry, PreparedEntries } from './model.js'
export { outsideFile, type OutsideCheckpoint } from './outside.js'
export { checkRecent, type RecentCheck } from './recent.js'
export { auditLedger, type AuditedEntry, type AuditReport, type EntryReader } from './audit.js'
