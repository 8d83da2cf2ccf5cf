import { createActing, createAgreeing, type Acting } from '../oversight/index.js'
import { createRefOpening, createRefSealing, type Looker } from '../overview/index.js'
import { StartError } from '../platform/kernel/errors.js'
import { keyedHash } from '../platform/kernel/sealing.js'
import { derivedKey } from '../platform/secrets.js'
import type { Installation } from './installation.js'

/** Tells actors apart, over keys that never leave the process. */
export function actingOf({ secrets }: Pick<Installation, 'secrets'>): Acting {
  const key = derivedKey(secrets.operatorKey, 'acting')
  return createActing({
    openRef: createRefOpening(secrets.operatorKey),
    hash: (text) => keyedHash(key, text),
  })
}

/** Who looks through this portal is kept where the configuration names an agreement, and the database knows it. */
export function lookerOf(installation: Installation, acting: Acting): Looker {
  const { secrets, random } = installation
  const offices = new Set(agreementsOf(installation).map(({ office }) => office))
  return {
    refOf: ({ office = 0, staff }, at) =>
      offices.has(office) ? acting.refOf(staff, at) : undefined,
    seal: createRefSealing(secrets.operatorKey, random),
  }
}

/** Writes down which agreements the configuration names, and which it no longer does; at each start. */
export async function nameAgreements(installation: Installation): Promise<void> {
  const { admin, clock } = installation
  const agreeing = createAgreeing({ db: admin, now: () => clock.now() })
  await agreeing(agreementsOf(installation))
}

/** The named agreements by the number of their office; an office that nobody knows stops the start. */
function agreementsOf({ config, catalogue }: Installation) {
  return config.serviceAgreements.map(({ code, name, day }) => {
    const office = catalogue.parties.byCode(code)
    if (office === undefined) {
      throw new StartError(`SERVICE_AGREEMENTS names an office that the catalogue lacks: ${code}.`)
    }
    return { office: office.id, reference: name, since: day }
  })
}
