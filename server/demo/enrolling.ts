import type { Catalogue } from '../catalogue/index.js'
import type { Enrolment } from '../identity/index.js'
import { authorsOf, TEMPLATES } from './consents/templates.js'
import { numbersOf, type ToldAccess } from './history.js'
import { SIGN_INS, STAFF, type Resident } from './people.js'

/** What sign-ins are made with. */
export interface EnrolParts {
  readonly identity: Pick<Enrolment, 'createDemoAccount' | 'createDemoStaff'>
  readonly catalogue: Catalogue
  readonly seed: string
  /** Sign-ins that an earlier try has made. */
  readonly present: ReadonlySet<string>
}

/** Makes the accounts that are lacking, the crowd's first. */
export async function enrolResidents(
  histories: ReadonlyMap<Resident, readonly ToldAccess[]>,
  { identity, seed, present }: EnrolParts,
): Promise<void> {
  const crowdFirst = [...histories].reverse().filter(([{ name }]) => !present.has(name))
  for (const [person, history] of crowdFirst) {
    const { name, language } = person
    await identity.createDemoAccount({ name, language, numbers: numbersOf(person, history, seed) })
  }
}

/** Makes the members of staff that are lacking, of those that are named. */
export async function enrolStaff(
  names: readonly string[],
  { identity, catalogue, present }: EnrolParts,
): Promise<void> {
  const { parties, units } = catalogue
  for (const { name, role, office, unit, assurance, further = [] } of STAFF) {
    if (present.has(name) || !names.includes(name)) continue
    const place = office === undefined ? {} : { office: idOf(parties, office) }
    const desk = unit === undefined ? {} : { unit: idOf(units, unit) }
    const officer = await identity.createDemoStaff({ name, role, assurance, ...place, ...desk })
    for (const code of further) {
      const one = { officer, role, assurance, ...desk, office: idOf(parties, code) }
      await identity.createDemoStaff(one)
    }
  }
}

/** Makes the members of staff that write and publish wordings; nobody signs in as them on `/demo`. */
export async function enrolAuthors({ identity, catalogue, present }: EnrolParts): Promise<void> {
  for (const office of new Set(TEMPLATES.map((template) => template.office))) {
    const { writer, publisher } = authorsOf(office)
    for (const name of [writer, publisher]) {
      if (present.has(name) || SIGN_INS.includes(name)) continue
      const place = { office: idOf(catalogue.parties, office) }
      await identity.createDemoStaff({ name, role: 'caseworker', assurance: 'high', ...place })
    }
  }
}

function idOf(
  terms: { byCode(code: string): { readonly id: number } | undefined },
  code: string,
): number {
  const found = terms.byCode(code)
  if (found === undefined) throw new Error(`the catalogue has no ${code}`)
  return found.id
}
