import { auditInstallation } from '../../server/compose/audit.js'
import type { NewEntry } from '../../server/ledger/index.js'
import { parseBundle } from '../../server/ledger/bundles.js'
import { openCheckpoint, type VerifiedCheckpoint } from '../../server/ledger/checkpoint.js'
import type { Appended, PreparedEntries } from '../../server/ledger/model.js'
import { verifierOf } from '../../server/ledger/note-keys.js'
import { readBundle, readHead, readTile } from '../../server/ledger/store.js'
import { readerOf, type ReadTile } from '../../server/ledger/tile-reading.js'
import type { Database } from '../../server/database.js'
import { createTransactions, type Scope } from '../../server/platform/db/transaction.js'
import type { TestApp } from '../support/app.js'

export const INGEST: Scope = { login: 'ingest', role: 'ingest' }
export const PUBLIC: Scope = { login: 'web', role: 'web_public', readOnly: true }

/** The log of a running application, used as rooms use it. */
export interface LiveLog {
  readonly inTransaction: ReturnType<typeof createTransactions<Database>>
  /** Appends entries that no room owns; gives their places and what was committed. */
  append(count: number): Promise<Appended & { readonly prepared: PreparedEntries }>
  /** Leaves in the tree, published or not. */
  size(): Promise<number>
  /** Every entry of the log, in order. */
  entries(): Promise<Buffer[]>
  /** The tiles as they stand at this moment, each read once. */
  tiles(): Promise<ReadTile>
  /** Opens a note as somebody who has this log's verifier key. */
  open(note: string): VerifiedCheckpoint
  /** What the audit finds, as sentences. */
  faults(): Promise<string[]>
}

let bodies = 0

/** Entries that differ, of one class. */
export function entriesOf(count: number): NewEntry[] {
  return Array.from({ length: count }, () => {
    bodies += 1
    const subject = `00000000-0000-4000-8000-${String(bodies % 7).padStart(12, '0')}`
    return { class: 1, subject, body: `{"number":${bodies}}` }
  })
}

/** Takes hold of an application's log. */
export function liveLog({ portal, installation }: TestApp): LiveLog {
  const { ledger } = portal
  const { admin } = installation
  const { origin, vkey } = ledger
  const inTransaction = createTransactions<Database>(installation)
  return {
    inTransaction,
    append: async (count) => {
      const prepared = ledger.prepare(entriesOf(count))
      const appended = await inTransaction(INGEST, (trx) => ledger.append(trx, prepared))
      return { ...appended, prepared }
    },
    size: async () => (await readHead(admin)).size,
    entries: async () => {
      const head = await readHead(admin)
      const bundles = await Promise.all(
        Array.from({ length: Math.floor(head.size / 256) }, (_, idx) => readBundle(admin, idx)),
      )
      const all = [...bundles.map((bundle) => bundle ?? Buffer.alloc(0)), head.bundleEdge]
      return all.flatMap(parseBundle)
    },
    tiles: async () => {
      const known = new Map<string, ReturnType<typeof readTile>>()
      return readerOf(await readHead(admin), (level, idx) => {
        const tile = known.get(`${level}/${idx}`) ?? readTile(admin, level, idx)
        known.set(`${level}/${idx}`, tile)
        return tile
      })
    },
    open: (note) => openCheckpoint(note, { origin, verifiers: [verifierOf(vkey)] }),
    faults: async () => {
      const { faults } = await auditInstallation(installation)
      return faults.map(({ sentence }) => sentence)
    },
  }
}
