import { readFileSync } from 'node:fs'
import type { Catalogue } from '../../server/catalogue/index.js'
import { historyOf, type ToldAccess } from '../../server/demo/history.js'
import { RESIDENTS, type Resident } from '../../server/demo/people.js'
import { createWorld } from '../../server/demo/world.js'
import { freshDatabase } from '../support/database.js'
import { openTestInstallation } from '../support/template.js'

/** A winter's day, a Sunday. */
export const NOW = new Date('2026-11-22T09:00:00Z')

/** The catalogue as the application loads it. */
export async function realCatalogue(): Promise<Catalogue> {
  const database = await freshDatabase()
  const installation = await openTestInstallation(database.url, { clock: { now: () => NOW } })
  const { catalogue } = installation
  await installation.close()
  await database.drop()
  return catalogue
}

/** Everybody's history, by sign-in. */
export function histories(
  catalogue: Catalogue,
  given: { seed?: string; now?: Date; people?: readonly Resident[] } = {},
): ReadonlyMap<string, readonly ToldAccess[]> {
  const { seed = 'mirat', now = NOW, people = RESIDENTS } = given
  const world = createWorld({ seed, catalogue, now, defaultPeriod: 'P1Y' })
  return new Map(people.map((person) => [person.name, historyOf(person, world)]))
}

/** A flow as the reference data write it, before the application has read it. */
export interface RawFlow {
  readonly register: string
  readonly sourceAuthority: string
  readonly recipientAuthority: string
  readonly access: string
  readonly mode: string
  readonly fieldCodes: readonly string[]
  readonly fieldCodesForEuCitizens: readonly string[] | null
  readonly purposeCode: string
  readonly legalBasisCode: string
  readonly appliesTo: readonly string[]
  readonly disclosure: string
  readonly voluntary: boolean
}

/** One list of the reference data. */
export function rawData<Entry>(name: string): readonly Entry[] {
  const file = new URL(`../../server/catalogue/data/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Entry[]
}

const flows = rawData<RawFlow>('flows')
const kinds = new Map(
  rawData<{ code: string; authorityTypeCode: string }>('instances').map((office) => [
    office.code,
    office.authorityTypeCode,
  ]),
)

/** Both sides of an access, as codes of offices or kinds. */
export function sidesOf({ deliverer, access }: ToldAccess): { source: string; recipient: string } {
  return { source: access.source ?? deliverer, recipient: access.recipient ?? deliverer }
}

/** The kind of authority of an office; a kind is its own. */
export function kindOf(code: string): string {
  return kinds.get(code) ?? code
}

/** The kinds that have offices. */
export const KINDS_WITH_OFFICES: ReadonlySet<string> = new Set(kinds.values())

/** The flows that an access matches, looked up without the application. */
export function flowsOf(told: ToldAccess): readonly RawFlow[] {
  const { access } = told
  const { source, recipient } = sidesOf(told)
  const operation = access.operation === 'erase' ? 'store' : access.operation
  return flows.filter(
    (flow) =>
      flow.sourceAuthority === kindOf(source) &&
      flow.recipientAuthority === kindOf(recipient) &&
      flow.access === operation &&
      flow.purposeCode === access.purpose &&
      flow.legalBasisCode === access.legalBasis,
  )
}

/** The flows that allow at least one of the fields. */
export function sharing(told: ToldAccess): readonly RawFlow[] {
  return flowsOf(told).filter(({ fieldCodes }) =>
    told.access.fields.some((field) => fieldCodes.includes(field)),
  )
}

/** Whether the person sees the access: every flow is open and its reporter asks for nothing more. */
export function isShown(told: ToldAccess): boolean {
  const { disclosure, holdUntil } = told.access
  return (
    disclosure === undefined &&
    holdUntil === undefined &&
    sharing(told).every((flow) => flow.disclosure === 'open')
  )
}
