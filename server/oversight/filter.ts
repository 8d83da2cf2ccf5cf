import {
  isOf,
  OPERATIONS,
  type Catalogue,
  type Field,
  type LegalBasis,
  type Party,
  type Purpose,
  type Unit,
} from '../catalogue/index.js'

/** By what accesses are chosen; each is one word of an address. */
export const FILTERS = [
  ...(['from', 'until', 'side', 'party', 'unit', 'purpose', 'basis'] as const),
  ...(['kind', 'field', 'operation', 'flagged', 'shown'] as const),
] as const
export type FilterName = (typeof FILTERS)[number]

/** What was chosen, in the words of addresses: days, codes of the catalogue, and the lists below. */
export type Chosen = Readonly<Partial<Record<FilterName, string>>>

/** Which side of the access the own office was on. */
export const SIDES = ['received', 'gave'] as const
export const ACTIONS = OPERATIONS
export const FLAGGED = ['yes', 'no'] as const
/** Whether the person sees it, will, or must not know. */
export const SHOWN = ['yes', 'pending', 'withheld'] as const
export type Shown = (typeof SHOWN)[number]

/** What can be chosen at one office: what the flows that it takes part in know, so that no list is endless. */
export interface Choices {
  /** The office itself. */
  readonly own: Party
  /** Kinds of authority on the other side. */
  readonly parties: readonly Party[]
  readonly units: readonly Unit[]
  readonly purposes: readonly Purpose[]
  readonly bases: readonly LegalBasis[]
  readonly kinds: readonly string[]
  readonly fields: readonly Field[]
}

/** A filter as numbers of the catalogue. */
export interface EntryFilter {
  /** Days of German time, `YYYY-MM-DD`, both included. */
  readonly from?: string
  readonly until?: string
  readonly side?: (typeof SIDES)[number]
  /** Any of these is the other side. */
  readonly parties?: readonly number[]
  readonly unit?: number
  readonly purpose?: number
  readonly basis?: number
  /** Any of these is among its fields. */
  readonly fields?: readonly number[]
  /** Where `fields` are all those of a kind of data: the kind. */
  readonly kind?: string
  readonly operation?: number
  readonly flagged?: boolean
  readonly shown?: Shown
}

/** What an office can choose from, in the order of the catalogue. */
export function choicesOf(catalogue: Catalogue, own: Party): Choices {
  const { authority } = own
  const flows = catalogue.flows.filter(
    ({ source, recipient }) => source === authority || recipient === authority,
  )
  const others = new Set(flows.flatMap(({ source, recipient }) => [source, recipient]))
  const purposes = new Set(flows.map(({ purpose }) => purpose))
  const bases = new Set(flows.map(({ legalBasis }) => legalBasis))
  const fields = new Set(flows.flatMap((flow) => flow.fields))
  const known = catalogue.fields.all.filter(({ code }) => fields.has(code))
  return {
    own,
    parties: catalogue.parties.all.filter(
      ({ kind, code }) => kind === 'authority' && others.has(code),
    ),
    units: catalogue.units.all,
    purposes: catalogue.purposes.all.filter(({ code }) => purposes.has(code)),
    bases: catalogue.legalBases.all.filter(({ code }) => bases.has(code)),
    kinds: [...new Set(known.map(({ category }) => category))],
    fields: known,
  }
}

/** The words that can be chosen under a name, in their order; none where a day is typed. */
export function choicesUnder(name: FilterName, choices: Choices): readonly string[] {
  const codes = (terms: readonly { readonly code: string }[]) => terms.map(({ code }) => code)
  switch (name) {
    case 'party':
      return codes(choices.parties)
    case 'unit':
      return codes(choices.units)
    case 'purpose':
      return codes(choices.purposes)
    case 'basis':
      return codes(choices.bases)
    case 'field':
      return codes(choices.fields)
    case 'kind':
      return choices.kinds
    case 'side':
      return SIDES
    case 'operation':
      return ACTIONS
    case 'flagged':
      return FLAGGED
    case 'shown':
      return SHOWN
    case 'from':
    case 'until':
      return []
  }
}

/** The filter that was chosen, as numbers. Codes that the catalogue does not know were left out when it was read. */
export function filterOf(chosen: Chosen, catalogue: Catalogue): EntryFilter {
  const { from, until, side, party, unit, purpose, basis, operation, flagged, shown } = chosen
  const parties = catalogue.parties.all.filter((one) => party !== undefined && isOf(one, party))
  return present({
    from,
    until,
    side: SIDES.find((one) => one === side),
    parties: party === undefined ? undefined : parties.map(({ id }) => id),
    unit: idOf(catalogue.units, unit),
    purpose: idOf(catalogue.purposes, purpose),
    basis: idOf(catalogue.legalBases, basis),
    fields: fieldsOf(chosen, catalogue),
    kind: chosen.field === undefined ? chosen.kind : undefined,
    operation:
      operation === undefined ? undefined : OPERATIONS.findIndex((o) => o === operation) + 1,
    flagged: flagged === undefined ? undefined : flagged === 'yes',
    shown: SHOWN.find((one) => one === shown),
  })
}

/** One field is narrower than its kind, so it counts alone. */
function fieldsOf({ kind, field }: Chosen, { fields }: Catalogue): readonly number[] | undefined {
  if (field !== undefined) return [idOf(fields, field) ?? 0]
  if (kind === undefined) return undefined
  return fields.all.filter(({ category }) => category === kind).map(({ id }) => id)
}

function idOf(
  terms: { byCode(code: string): { readonly id: number } | undefined },
  code: string | undefined,
): number | undefined {
  return code === undefined ? undefined : terms.byCode(code)?.id
}

type Present<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> }

function present<Values extends object>(values: Values): Present<Values> {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(pairs) as Present<Values>
}
