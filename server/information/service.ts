import type { Catalogue, Party } from '../catalogue/index.js'
import type { Coverage } from '../ingestion/index.js'
import type { Ledger, PublicLog } from '../ledger/index.js'
import { originOf } from './rules.js'

/** What the public pages are made of; every part of it may be read by everybody. */
export interface InformationParts {
  readonly catalogue: Catalogue
  readonly ingestion: { coverage(): Promise<readonly Coverage[]> }
  readonly publicLog: Pick<PublicLog, 'checkpoint'>
  readonly ledger: Pick<Ledger, 'vkey'>
}

/** An office or authority that reports its accesses; months are `YYYY-MM` in German time. */
export interface ConnectedParty {
  readonly party: Party
  readonly sinceMonth: string
  readonly lastMonth?: string
}

/** The log as everybody may see it. */
export interface LogState {
  readonly vkey: string
  /** Absent before the first tick. */
  readonly checkpoint?: { readonly size: number; readonly at: Date; readonly origin: string }
}

/** What anybody may know without signing in. */
export interface Information {
  /**
   * Who is connected and since when, in months (GDPR Article 5 (1) (c)). It does not promise that an
   * office reports everything that it does.
   */
  connected(): Promise<readonly ConnectedParty[]>
  /** The latest public checkpoint and the key that checks it. */
  log(): Promise<LogState>
}

/** Makes the room of the public pages. */
export function createInformation(parts: InformationParts): Information {
  const { catalogue, ingestion, publicLog, ledger } = parts
  return {
    connected: async () => {
      const covered = await ingestion.coverage()
      return covered.flatMap(({ authority, ...months }) => {
        const party = catalogue.parties.byId(authority)
        return party === undefined ? [] : [{ party, ...months }]
      })
    },
    log: async () => {
      const latest = await publicLog.checkpoint()
      const { vkey } = ledger
      if (latest === undefined) return { vkey }
      const { note, size, at } = latest
      return { vkey, checkpoint: { size, at, origin: originOf(note) } }
    },
  }
}
