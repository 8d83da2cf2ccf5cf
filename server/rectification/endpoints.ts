import type { Catalogue, Party } from '../catalogue/index.js'
import type { Db } from '../database.js'
import { mayBeSent } from '../notices/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { listEndpoints, removeEndpoint, saveEndpoint, waitingOffices } from './store/endpoints.js'

/** Why an office is not connected; commands say it in words. */
export type EndpointFault =
  'unknown_office' | 'office_required' | 'not_public' | 'bad_url' | 'not_connected'

/** An address in the words of the catalogue; an office that the catalogue no longer knows is absent. */
export interface Endpoint {
  readonly office: Party | undefined
  /** Absent where decisions wait for an office that is not connected. */
  readonly url?: string
}

/** The operator's side: where offices take decisions. */
export interface Endpoints {
  /** Connects an office, or changes its address; what waited for paper is sent from then on. */
  connect(told: {
    readonly office: string
    readonly url: string
  }): Promise<Result<undefined, EndpointFault>>
  disconnect(office: string): Promise<Result<undefined, EndpointFault>>
  /** Connected offices, then those for which decisions wait: neither whose nor how many. */
  list(): Promise<readonly Endpoint[]>
}

const LONGEST_URL = 500

/** Makes the operator's side over a connection of the owner; `isCallable` is the way out's own rule. */
export function createEndpoints(parts: {
  readonly db: Db
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly isCallable: (url: string) => boolean
}): Endpoints {
  const { db, catalogue, clock, isCallable } = parts
  const { parties } = catalogue
  return {
    connect: async ({ office: code, url }) => {
      const office = parties.byCode(code)
      if (office === undefined) return refuse('unknown_office')
      if (office.kind === 'authority' && office.hasOffices) return refuse('office_required')
      if (!mayBeSent(office)) return refuse('not_public')
      if (url.length > LONGEST_URL || url.includes('#') || !isCallable(url)) {
        return refuse('bad_url')
      }
      await saveEndpoint(db, { office: office.id, url }, clock.now())
      return ok(undefined)
    },
    disconnect: async (code) => {
      const office = parties.byCode(code)
      if (office === undefined) return refuse('unknown_office')
      return (await removeEndpoint(db, office.id)) ? ok(undefined) : refuse('not_connected')
    },
    list: async () => {
      const connected = await listEndpoints(db)
      const known = connected.map(({ office }) => office)
      const waiting = (await waitingOffices(db)).filter((office) => !known.includes(office))
      return [
        ...connected.map(({ office, url }) => ({ office: parties.byId(office), url })),
        ...waiting.map((office) => ({ office: parties.byId(office) })),
      ]
    },
  }
}
