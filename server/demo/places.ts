import type { Catalogue, Party } from '../catalogue/index.js'

/**
 * Where people of the demonstration live: the parts of office codes that are responsible there, the
 * town first and then its district, and where people from there take a course.
 */
export const PLACES = {
  pforzheim: { offices: ['pf', 'en'], courses: ['pf'] },
  bielefeld: { offices: ['bi'], courses: ['bi'] },
  kalletal: { offices: ['ka', 'li'], courses: ['bi'] },
  stralsund: { offices: ['st', 'vr'], courses: [] },
  burgenland: { offices: ['bl'], courses: [] },
  torgau: { offices: ['to', 'ns'], courses: [] },
  reutlingen: { offices: ['rt', 'lr'], courses: ['pf'] },
} as const satisfies Record<string, { offices: readonly string[]; courses: readonly string[] }>

/** A place to live. */
export type Place = keyof typeof PLACES

const FEDERAL = 'de'

/**
 * Who acts for a kind of authority at a place: its office there, the federal one, or the kind itself
 * where it has no offices; nothing where all its offices are elsewhere.
 */
export function partyAt(
  catalogue: Pick<Catalogue, 'parties'>,
  kind: string,
  place: Place,
): Party | undefined {
  const { offices, courses } = PLACES[place]
  const areas = kind === 'sprachkurstraeger' ? courses : [...offices, FEDERAL]
  for (const area of areas) {
    const office = catalogue.parties.byCode(`i.${area}.${kind}`)
    if (office) return office
  }
  const itself = catalogue.parties.byCode(kind)
  return itself?.hasOffices === false ? itself : undefined
}
