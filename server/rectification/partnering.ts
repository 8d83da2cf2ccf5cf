import type { Catalogue, Party } from '../catalogue/index.js'
import type { Db } from '../database.js'
import type { Clock } from '../platform/kernel/clock.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { listPartners, removePartner, savePartner } from './store/partners.js'

/** Why two offices do not confirm for each other. */
export type PartnerFault = 'unknown_office' | 'no_office' | 'own_partner' | 'no_partner'

/** An office and the one that confirms for it; what the catalogue no longer knows is absent. */
export interface Partnership {
  readonly office: Party | undefined
  readonly partner: Party | undefined
}

/** The operator's side: which office confirms what another that is too small for four eyes proposes. */
export interface Partnering {
  /** Enters or changes the partner of an office, both by catalogue code; the other way round is not meant. */
  pair(told: {
    readonly office: string
    readonly partner: string
  }): Promise<Result<undefined, PartnerFault>>
  /** From now on nobody is asked for this office; what was proposed already still waits for its partner. */
  part(office: string): Promise<Result<undefined, PartnerFault>>
  list(): Promise<readonly Partnership[]>
}

/** Makes the operator's side over a connection of the owner. */
export function createPartnering(parts: {
  readonly db: Db
  readonly catalogue: Catalogue
  readonly clock: Clock
}): Partnering {
  const { db, catalogue, clock } = parts
  const { parties } = catalogue
  return {
    pair: async (told) => {
      const [office, partner] = [parties.byCode(told.office), parties.byCode(told.partner)]
      if (office === undefined || partner === undefined) return refuse('unknown_office')
      if (office.kind !== 'office' || partner.kind !== 'office') return refuse('no_office')
      if (office.id === partner.id) return refuse('own_partner')
      await savePartner(db, { office: office.id, partner: partner.id }, clock.now())
      return ok(undefined)
    },
    part: async (code) => {
      const office = parties.byCode(code)
      if (office === undefined) return refuse('unknown_office')
      return (await removePartner(db, office.id)) ? ok(undefined) : refuse('no_partner')
    },
    list: async () =>
      (await listPartners(db)).map(({ office, partner }) => ({
        office: parties.byId(office),
        partner: parties.byId(partner),
      })),
  }
}
