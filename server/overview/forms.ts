import { z } from 'zod'
import type { Catalogue, Terms } from '../catalogue/index.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { refuse, ok, type Result } from '../platform/kernel/result.js'
import { SPANS, type AccessCursor, type AccessFilter, type Span } from './filter.js'
import type { Sight } from './sight.js'

/** A list of accesses as asked for by an address. */
export interface AccessQuery {
  readonly filter: AccessFilter
  readonly cursor: AccessCursor
}

/** What the form showed or the address said, to be kept where it cannot be used. */
export const FILTER_FIELDS = ['office', 'purpose', 'field', 'operation', 'period', 'only'] as const
export type RawFilter = Readonly<Partial<Record<(typeof FILTER_FIELDS)[number], string>>>

/** The terms that an address may name, and how much the session may see. */
export interface FilterTerms {
  readonly catalogue: Catalogue
  readonly sight: Sight
}

const OPERATION_WORDS = ['store', 'query', 'transmit', 'erase'] as const
const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/

/** A leaf index: digits without a sign or a leading zero, small enough to be exact. */
const leafIndex = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/)
  .transform(Number)

const period = z.string().transform((text, context): NonNullable<AccessFilter['period']> => {
  if (MONTH.test(text)) return { month: text }
  if (Object.hasOwn(SPANS, text)) return { span: text as Span }
  context.addIssue({ code: 'custom' })
  return z.NEVER
})

/** Reads filter and cursor from a query string; nothing in it is trusted. */
export function readAccessQuery(
  query: URLSearchParams,
  terms: FilterTerms,
): Result<AccessQuery, readonly FieldError[]> {
  const parsed = schemaOf(terms).safeParse(given(query, ['before', 'after', ...FILTER_FIELDS]))
  if (!parsed.success) return refuse(problemsOf(parsed.error))
  const { before, after, only, ...filter } = parsed.data
  const cursor = before === undefined ? { after } : { before }
  return ok({
    filter: present({ ...filter, flagged: only === 'flagged' ? true : undefined }),
    cursor: present(cursor),
  })
}

/** The leaf index in an address, or nothing where it is none. */
export function readIndex(text: string | undefined): number | undefined {
  const parsed = leafIndex.safeParse(text)
  return parsed.success ? parsed.data : undefined
}

/** The filter as the address gave it, cut to a length that no honest value reaches. */
export function rawFilter(query: URLSearchParams): RawFilter {
  return given(query, FILTER_FIELDS)
}

function schemaOf({ catalogue, sight }: FilterTerms) {
  const { parties, purposes, fields } = catalogue
  return z.object({
    before: leafIndex.optional(),
    after: leafIndex.optional(),
    // A letter session names kinds of authority; the code of an office would name its place.
    office: known(parties, (party) => sight === 'details' || party.kind === 'authority').optional(),
    purpose: known(purposes).optional(),
    field: known(fields, () => sight === 'details').optional(),
    operation: z.enum(OPERATION_WORDS).optional(),
    period: period.optional(),
    only: z.literal('flagged').optional(),
  })
}

function known<Term>(terms: Terms<Term>, allowed: (term: Term) => boolean = () => true) {
  return z.string().transform((code, context): Term => {
    const term = terms.byCode(code)
    if (term !== undefined && allowed(term)) return term
    context.addIssue({ code: 'custom' })
    return z.NEVER
  })
}

/** The first value of each name that holds one; an empty choice of a form is none. */
function given<Name extends string>(
  query: URLSearchParams,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const pairs = names.flatMap((name) => {
    const value = query.get(name)
    return value === null || value === '' ? [] : [[name, value.slice(0, 100)] as const]
  })
  return Object.fromEntries(pairs) as Partial<Record<Name, string>>
}

function problemsOf({ issues }: z.ZodError): readonly FieldError[] {
  const names = new Set(issues.map(({ path }) => String(path[0])))
  return [...names].map((name) =>
    name === 'before' || name === 'after'
      ? { field: 'filter', key: 'overview:problem.page' }
      : { field: name, key: 'overview:problem.choice' },
  )
}

type Present<Values> = { [Name in keyof Values]: Exclude<Values[Name], undefined> }

/** Leaves out what is undefined, because absent and undefined are told apart everywhere else. */
function present<Values extends object>(values: Values): Partial<Present<Values>> {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(pairs) as Partial<Present<Values>>
}
