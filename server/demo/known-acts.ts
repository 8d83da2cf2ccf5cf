import type { Catalogue, Flow } from '../catalogue/index.js'
import { ACTS, type ActName } from './acts.js'
import { FORBIDDEN } from './acts/exceptional.js'

/** An act with what the catalogue knows of it. */
export interface KnownAct {
  readonly operation: Flow['operation']
  /** Kinds of authority. */
  readonly source: string
  readonly recipient: string
  readonly purpose: string
  readonly legalBasis: string
  /** In catalogue order. */
  readonly fields: readonly string[]
  readonly register: string
  readonly automatic: boolean
  /** Whether the law allows it for citizens of the Union with free movement (AZRG § 3 (4)). */
  readonly forFreeMovement: boolean
}

const PATTERN = /^(store|query|transmit) ([a-z]+)>([a-z]+) (\w+) (\w+)$/

/** Looks every act up; throws for one that cannot be read or that no flow allows. */
export function knownActs(catalogue: Catalogue): Readonly<Record<ActName, KnownAct>> {
  const names = Object.keys(ACTS) as ActName[]
  return Object.fromEntries(names.map((name) => [name, known(name, catalogue)])) as Record<
    ActName,
    KnownAct
  >
}

function known(name: ActName, catalogue: Catalogue): KnownAct {
  const [flow, wanted] = ACTS[name]
  const [, operation, source, recipient, purpose, legalBasis] = PATTERN.exec(flow) ?? []
  if (!operation || !source || !recipient || !purpose || !legalBasis) {
    throw new Error(`the act ${name} cannot be read`)
  }
  const key = { source, recipient, operation: operation as Flow['operation'], purpose, legalBasis }
  const fields = inOrder(wanted.split(' ').map(fullCode), catalogue)
  const flows = catalogue
    .flowsOf(key)
    .filter((candidate) => fields.some((field) => candidate.fields.includes(field)))
  if (!(name in FORBIDDEN)) mustCover(name, fields, flows)
  return {
    ...key,
    fields,
    register: flows[0]?.register ?? registerOf(fields[0] ?? '', catalogue),
    automatic: flows[0]?.mode === 'automatic',
    forFreeMovement: isForFreeMovement(fields, flows),
  }
}

function mustCover(name: string, fields: readonly string[], flows: readonly Flow[]): void {
  const allowed = new Set(flows.flatMap((flow) => flow.fields))
  const beyond = fields.filter((field) => !allowed.has(field))
  if (beyond.length > 0) throw new Error(`no flow allows ${name}: ${beyond.join(', ')}`)
}

function fullCode(field: string): string {
  return field.includes('.') ? field : `azr.${field}`
}

/** The fields in the order of the catalogue; throws for one that it does not have. */
export function inOrder(codes: readonly string[], catalogue: Catalogue): string[] {
  const fields = codes.map((code) => {
    const field = catalogue.fields.byCode(code)
    if (field === undefined) throw new Error(`the catalogue has no field ${code}`)
    return field
  })
  return fields.sort((one, other) => one.order - other.order).map(({ code }) => code)
}

function registerOf(field: string, catalogue: Catalogue): string {
  return catalogue.fields.byCode(field)?.register ?? ''
}

function isForFreeMovement(fields: readonly string[], flows: readonly Flow[]): boolean {
  const open = flows.filter(({ appliesTo }) => appliesTo.includes('eu_free_movement'))
  return fields.every((field) =>
    open.some(({ fieldsForEuCitizens }) => fieldsForEuCitizens.includes(field)),
  )
}
