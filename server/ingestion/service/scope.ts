import type { Scope } from '../../platform/db/transaction.js'
import type { BatchPlace } from '../store.js'

/** The database scope of deliveries: it inserts, and reads no entry. */
export const INGEST: Scope = { login: 'ingest', role: 'ingest' }

/** The database scope that deletes what is due, and sees nothing else. */
export const RETENTION: Scope = { login: 'retention', role: 'retention' }

/** The database scope of what anybody may read. */
export const PUBLIC: Scope = { login: 'web', role: 'web_public', readOnly: true }

/** Binds sealed evidence to its place, so that rows cannot be swapped unnoticed. */
export function evidenceContext({ stream, firstSeq }: BatchPlace): string {
  return `${stream}/${firstSeq}`
}
