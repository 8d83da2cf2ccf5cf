import { z } from 'zod'
import { isCalendarDay } from '../platform/kernel/days.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { chosenOf } from './choosing.js'
import type { Choices, Chosen } from './filter.js'
import type { LoneProposal } from './requests.js'
import {
  UNMASK_DECISIONS,
  UNMASK_REASONS,
  type UnmaskDecision,
  type UnmaskReason,
} from './wishes.js'

const INDEX = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/)
  .transform(Number)

/** A leaf index from an address, or nothing where it cannot be one. */
export function readIndex(raw: string | null | undefined): number | undefined {
  return INDEX.safeParse(raw).data
}

/** A query of the list: what was chosen, and below which entry. What cannot be read is left out, and the page says what is left. */
export function readListQuery(
  query: URLSearchParams,
  choices: Choices,
): { readonly chosen: Chosen; readonly before?: number } {
  const before = readIndex(query.get('before'))
  return { chosen: chosenOf(query, choices), ...(before === undefined ? {} : { before }) }
}

/** Days that figures are shown for. */
export const PERIODS = [30, 90, 365] as const

/** For how many days figures are asked; what cannot be chosen counts as the shortest. */
export function readDays(raw: string | null): number {
  return PERIODS.find((days) => String(days) === raw) ?? PERIODS[0]
}

const REFERENCE = '([0-9A-Z]{8})'
const PLACES = {
  day: new RegExp(`^(\\d{4}-\\d{2}-\\d{2})\\.${REFERENCE}$`),
  instant: new RegExp(`^(\\d{1,14})\\.${REFERENCE}$`),
} as const

/** Where a page of a list begins; what cannot be a place counts as the beginning. */
export function readPlace(
  raw: string | null,
  kind: keyof typeof PLACES,
): { readonly key: string; readonly reference: string } | undefined {
  const [, key = '', reference = ''] = PLACES[kind].exec(raw ?? '') ?? []
  const isReal = kind === 'instant' || isCalendarDay(key)
  return reference !== '' && isReal ? { key, reference } : undefined
}

/** Which proposal is stopped, as the list showed it, and why. */
export function readStop<Reason extends string>(
  form: URLSearchParams,
  reasons: readonly Reason[],
): Result<{ readonly proposal: LoneProposal; readonly reason: Reason }, readonly FieldError[]> {
  const [, reference = '', key = ''] = PROPOSAL.exec(form.get('proposal') ?? '') ?? []
  const effectiveAt = new Date(Number(key))
  const isReal = reference !== '' && !Number.isNaN(effectiveAt.getTime())
  const reason = reasons.find((one) => one === form.get('reason'))
  const errors = [
    ...(isReal ? [] : [{ field: 'proposal', key: CHOOSE }]),
    ...(reason ? [] : [{ field: 'reason', key: CHOOSE }]),
  ]
  if (reason === undefined || errors.length > 0) return refuse(errors)
  return ok({ proposal: { reference, effectiveAt }, reason })
}

/** In which access it is asked who acted, and why; nothing where either is missing. */
export function readUnmask(
  form: URLSearchParams,
): { readonly entry: number; readonly reason: UnmaskReason } | undefined {
  const entry = readIndex(form.get('entry'))
  const reason = UNMASK_REASONS.find((one) => one === form.get('reason'))
  return entry === undefined || reason === undefined ? undefined : { entry, reason }
}

/** What a second person decides on it. */
export function readUnmaskDecision(form: URLSearchParams): UnmaskDecision | undefined {
  return UNMASK_DECISIONS.find((one) => one === form.get('decision'))
}

const CHOOSE = 'rectification:problem.choose'
const PROPOSAL = new RegExp(`^${REFERENCE}\\.(\\d{1,14})$`)
