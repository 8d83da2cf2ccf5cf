import type { z } from 'zod'
import * as shapes from './shapes.js'

type Of<Shape extends z.ZodType> = z.infer<Shape>

export type AuthorityEntry = Of<typeof shapes.authorityShape>
export type OfficeEntry = Of<typeof shapes.officeShape>
export type FieldEntry = Of<typeof shapes.fieldShape>
export type PurposeEntry = Of<typeof shapes.purposeShape>
export type LegalBasisEntry = Of<typeof shapes.legalBasisShape>
export type FlowEntry = Of<typeof shapes.flowShape>
export type RuleEntry = Of<typeof shapes.ruleShape>
export type UnitEntry = Of<typeof shapes.unitShape>
export type ConsentEntry = Of<typeof shapes.consentShape>

/** The reference data of all files, with the portal's additions at the end of each list. */
export interface Reference {
  readonly authorities: readonly AuthorityEntry[]
  readonly offices: readonly OfficeEntry[]
  readonly fields: readonly FieldEntry[]
  readonly fieldGroups: readonly Of<typeof shapes.fieldGroupShape>[]
  readonly purposes: readonly PurposeEntry[]
  readonly legalBases: readonly LegalBasisEntry[]
  readonly flows: readonly FlowEntry[]
  readonly consents: readonly ConsentEntry[]
  readonly rules: readonly RuleEntry[]
  readonly units: readonly UnitEntry[]
  readonly classes: readonly Of<typeof shapes.classShape>[]
  readonly delays: readonly Of<typeof shapes.delayShape>[]
}

const LISTS = {
  authorities: shapes.authorityShape,
  instances: shapes.officeShape,
  fields: shapes.fieldShape,
  'field-groups': shapes.fieldGroupShape,
  purposes: shapes.purposeShape,
  'legal-bases': shapes.legalBasisShape,
  flows: shapes.flowShape,
  consents: shapes.consentShape,
  rules: shapes.ruleShape,
  units: shapes.unitShape,
  classes: shapes.classShape,
  delays: shapes.delayShape,
} as const
type ListName = keyof typeof LISTS

/** The data files by name, without folder and ending. */
export const DATA_FILES = [...(Object.keys(LISTS) as ListName[]), 'portal'] as const
export type DataFile = (typeof DATA_FILES)[number]

/** Reads the parsed JSON of all data files; a fault names the file, the code and the property. */
export function parseReference(raw: Readonly<Record<DataFile, unknown>>): {
  reference?: Reference
  faults: readonly string[]
} {
  const faults: string[] = []
  const list = <Name extends ListName>(name: Name): Of<(typeof LISTS)[Name]>[] => {
    const read = LISTS[name].array().safeParse(raw[name])
    if (!read.success) faults.push(...issues(name, raw[name], read.error))
    return (read.data ?? []) as Of<(typeof LISTS)[Name]>[]
  }
  const portal = shapes.portalShape.safeParse(raw.portal)
  if (!portal.success) faults.push(...issues('portal', raw.portal, portal.error))
  const added = portal.data ?? NOTHING
  const reference: Reference = {
    authorities: [...list('authorities'), ...added.authorities],
    offices: list('instances'),
    fields: [...list('fields'), ...added.fields],
    fieldGroups: list('field-groups'),
    purposes: [...list('purposes'), ...added.purposes],
    legalBases: [...list('legal-bases'), ...added.legalBases],
    flows: [...list('flows'), ...added.flows.flatMap(spread)],
    consents: list('consents'),
    rules: [...list('rules'), ...added.rules],
    units: list('units'),
    classes: list('classes'),
    delays: list('delays'),
  }
  return faults.length > 0 ? { faults } : { reference, faults }
}

const NOTHING: Of<typeof shapes.portalShape> = {
  authorities: [],
  fields: [],
  purposes: [],
  legalBases: [],
  flows: [],
  rules: [],
}

/** One flow per recipient; the recipient acts, as in every query. */
function spread(shared: Of<typeof shapes.sharedFlowShape>): FlowEntry[] {
  const { codePattern, recipientAuthorities, ...rest } = shared
  return recipientAuthorities.map((recipient) => ({
    ...rest,
    code: codePattern.replace('{recipient}', recipient),
    recipientAuthority: recipient,
    actingAuthority: recipient,
  }))
}

function issues(file: string, raw: unknown, error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => {
    const place = path.map((step, depth) => nameOf(raw, path.slice(0, depth), step)).join('.')
    return `${file}.json: ${place === '' ? '' : `${place}: `}${message}`
  })
}

/** The code of an entry in place of its position, which nobody wants to count. */
function nameOf(raw: unknown, parents: readonly PropertyKey[], step: PropertyKey): string {
  if (typeof step !== 'number') return String(step)
  const list = parents.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], raw)
  const entry = (list as readonly unknown[])[step]
  const code = entry !== null && typeof entry === 'object' ? (entry as { code?: unknown }).code : ''
  return typeof code === 'string' && code !== '' ? code : `#${step}`
}
