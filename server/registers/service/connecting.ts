import type { Catalogue, Field, Party } from '../../catalogue/index.js'
import type { Db } from '../../database.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { officeFault, type ConnectionFault } from '../rules.js'
import { listConnectors, removeConnector, saveConnector } from '../store.js'

/** A connection in the words of the catalogue; what the catalogue no longer knows is absent. */
export interface Connection {
  readonly office: Party | undefined
  readonly url: string
  readonly fields: readonly Field[]
}

/** The operator's side: which offices answer, where, for which fields. */
export interface Connecting {
  /** Connects an office, or changes its connection. */
  connect(told: {
    readonly office: string
    readonly url: string
    readonly fields: readonly string[]
  }): Promise<Result<undefined, ConnectionFault>>
  disconnect(office: string): Promise<Result<undefined, ConnectionFault>>
  list(): Promise<readonly Connection[]>
}

const LONGEST_URL = 500

/** Makes the operator's side over a connection of the owner; `isCallable` is the way out's own rule. */
export function createConnecting(parts: {
  readonly db: Db
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly isCallable: (url: string) => boolean
}): Connecting {
  const { db, catalogue, clock, isCallable } = parts
  const { parties } = catalogue
  return {
    connect: async ({ office: code, url, fields: codes }) => {
      const office = parties.byCode(code)
      const fault = officeFault(office)
      if (office === undefined || fault) return refuse(fault ?? 'unknown_office')
      if (url.length > LONGEST_URL || url.includes('#') || !isCallable(url)) {
        return refuse('bad_url')
      }
      const fields = [...new Set(codes)].map((field) => catalogue.fields.byCode(field)?.id)
      if (fields.length === 0) return refuse('no_fields')
      const known = fields.filter((field) => field !== undefined)
      if (known.length < fields.length) return refuse('unknown_field')
      await saveConnector(db, { office: office.id, url, fields: known }, clock.now())
      return ok(undefined)
    },
    disconnect: async (code) => {
      const office = parties.byCode(code)
      if (office === undefined) return refuse('unknown_office')
      return (await removeConnector(db, office.id)) ? ok(undefined) : refuse('not_connected')
    },
    list: async () =>
      (await listConnectors(db)).map(({ office, url, fields }) => ({
        office: parties.byId(office),
        url,
        fields: fields.flatMap((field) => catalogue.fields.byId(field) ?? []),
      })),
  }
}
