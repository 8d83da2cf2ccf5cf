import type { Field, Party, Terms } from '../catalogue/index.js'

/** An office of the person's log, with what it holds now. */
export interface KnownOffice {
  readonly party: Party
  readonly fields: readonly Pick<Field, 'code' | 'register'>[]
  readonly lastAt?: Date
}

/** One line of the working: what was looked for, and which office it gave. */
export interface RouteStep {
  readonly step: 'asylum' | 'file' | 'register'
  /** Absent where the person's log shows none. */
  readonly office?: Party
}

/** Where an application can go: the proposal first, with how it was found. */
export interface Route {
  readonly proposal: Party | undefined
  readonly offices: readonly Party[]
  readonly working: readonly RouteStep[]
}

/** The register authority, and the Federal Office that keeps the asylum procedure. */
export const REGISTER_OFFICE = 'i.de.bva'
const ASYLUM_OFFICE = 'i.de.bamf'
/** Register whose fields the Federal Office holds as long as an asylum procedure is in its files. */
const ASYLUM_REGISTER = 'asyl'
const FILE_KEEPER = 'abh'
const REGISTRATION = 'meldebehoerde'

/**
 * Where an application for a transmission block goes: to the Federal Office during the asylum procedure, else
 * to the immigration office that keeps the file, else to the register (AZRG § 4; AZRG-DV § 7 (1)). The portal
 * sees what the log shows and no more, so the person may choose another one.
 */
export function routeTransmission(known: readonly KnownOffice[], parties: Terms<Party>): Route {
  const asylum = known.find(
    ({ party, fields }) =>
      party.code === ASYLUM_OFFICE && fields.some(({ register }) => register === ASYLUM_REGISTER),
  )?.party
  const file = keepersOf(known, FILE_KEEPER)[0]
  const register = parties.byCode(REGISTER_OFFICE)
  const working: readonly RouteStep[] = [
    { step: 'asylum', ...(asylum && { office: asylum }) },
    { step: 'file', ...(file && { office: file }) },
    { step: 'register', ...(register && { office: register }) },
  ]
  const central = [parties.byCode(ASYLUM_OFFICE), register].filter((one) => one !== undefined)
  const proposal = asylum ?? file ?? register
  return {
    ...{ proposal, working },
    offices: distinct([
      ...(proposal === undefined ? [] : [proposal]),
      ...central,
      ...officesOf(known, FILE_KEEPER, parties),
    ]),
  }
}

/** An information block is the registration office's affair (BMG § 51 (1)). */
export function routeInformation(known: readonly KnownOffice[], parties: Terms<Party>): Route {
  const offices = officesOf(known, REGISTRATION, parties)
  return { proposal: keepersOf(known, REGISTRATION)[0], offices, working: [] }
}

/** An objection goes to an office that uses data of the person (GDPR Article 21 (1)). */
export function routeObjection(known: readonly KnownOffice[]): Route {
  const offices = known.map(({ party }) => party).filter(({ kind }) => kind === 'office')
  return { proposal: undefined, offices, working: [] }
}

/** Offices of a kind that keep data of the person; the one that acted last first. */
function keepersOf(known: readonly KnownOffice[], authority: string): readonly Party[] {
  const time = ({ lastAt }: KnownOffice) => lastAt?.getTime() ?? 0
  return known
    .filter(({ party }) => party.kind === 'office' && party.authority === authority)
    .filter(({ fields }) => fields.length > 0)
    .sort((one, other) => time(other) - time(one))
    .map(({ party }) => party)
}

/** Every office of a kind, those of the person's log first. */
function officesOf(
  known: readonly KnownOffice[],
  authority: string,
  { all }: Terms<Party>,
): readonly Party[] {
  const others = all.filter((party) => party.kind === 'office' && party.authority === authority)
  return distinct([...keepersOf(known, authority), ...others])
}

function distinct(parties: readonly Party[]): readonly Party[] {
  return [...new Map(parties.map((party) => [party.id, party])).values()]
}
