import type { Field, Party, Terms } from '../catalogue/index.js'
import type { Land } from './holidays.js'

/** An office of the person's log, and whether it holds a field; the one that acted last comes first. */
export interface KnownOffice {
  readonly party: Party
  readonly holds: boolean
  /** Whether it keeps anything of the person: an office that confirms for another has only looked. */
  readonly keeps: boolean
  readonly lastAt?: Date
}

/** The same, with the codes of all fields that it holds. */
export interface HoldingOffice extends KnownOffice {
  readonly fields: readonly string[]
}

/** The register authority of the Central Register, which examines hints itself (AZRG §§ 7, 8, 35). */
const REGISTER_OFFICE = 'i.de.bva'
const CENTRAL: readonly string[] = ['azr', 'visa']

/**
 * The office that has to correct a field: of the kinds that the catalogue names, in their order, the one
 * that holds it, or acted last; where the person knows none, the register authority. Nothing where no
 * office can be told: then a letter is all that helps.
 */
export function responsibleOffice(
  field: Pick<Field, 'correctionAuthorities' | 'register'>,
  known: readonly KnownOffice[],
  parties: Terms<Party>,
): Party | undefined {
  for (const kind of field.correctionAuthorities) {
    const fitting = known.filter(({ party }) => party.kind === 'office' && party.authority === kind)
    const [best] = [...fitting].sort(byClaim)
    if (best !== undefined) return best.party
  }
  const only = field.correctionAuthorities.flatMap((kind) => onlyOffice(kind, parties))[0]
  return only ?? (CENTRAL.includes(field.register) ? parties.byCode(REGISTER_OFFICE) : undefined)
}

function byClaim(one: KnownOffice, other: KnownOffice): number {
  if (one.holds !== other.holds) return one.holds ? -1 : 1
  if (one.keeps !== other.keeps) return one.keeps ? -1 : 1
  return (other.lastAt?.getTime() ?? 0) - (one.lastAt?.getTime() ?? 0)
}

/** A kind of authority that has one office in the whole country leaves no doubt. */
function onlyOffice(kind: string, { all }: Terms<Party>): readonly Party[] {
  const offices = all.filter((party) => party.kind === 'office' && party.authority === kind)
  return offices.length === 1 ? offices : []
}

/** Offices to which a case can be passed on: those that may correct the field, then all others by name. */
export function officesToPassOn(
  field: Pick<Field, 'correctionAuthorities'>,
  { from, parties }: { from: number; parties: Terms<Party> },
): readonly Party[] {
  const rank = (party: Party) => {
    const place = field.correctionAuthorities.indexOf(party.authority)
    return place < 0 ? field.correctionAuthorities.length : place
  }
  return parties.all
    .filter((party) => party.kind === 'office' && party.id !== from)
    .sort((one, other) => rank(one) - rank(other) || one.nameDe.localeCompare(other.nameDe, 'de'))
}

const LANDS: Readonly<Record<string, Land>> = {
  'Baden-Württemberg': 'bw',
  Bayern: 'by',
  Berlin: 'be',
  Brandenburg: 'bb',
  Bremen: 'hb',
  Hamburg: 'hh',
  Hessen: 'he',
  'Mecklenburg-Vorpommern': 'mv',
  Niedersachsen: 'ni',
  'Nordrhein-Westfalen': 'nw',
  'Rheinland-Pfalz': 'rp',
  Saarland: 'sl',
  Sachsen: 'sn',
  'Sachsen-Anhalt': 'st',
  'Schleswig-Holstein': 'sh',
  Thüringen: 'th',
}

/** Federal offices sit in different Länder; Berlin has the fewest holidays, so no day is granted too many. */
const FEDERAL: Land = 'be'

/** The Land whose holidays move a deadline of an office. */
export function landOf({ land }: Pick<Party, 'land'>): Land {
  return (land === undefined ? undefined : LANDS[land]) ?? FEDERAL
}
