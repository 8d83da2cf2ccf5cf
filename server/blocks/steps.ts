import type { BlockRow } from './model.js'
import {
  detailOf,
  type EndingReason,
  type Form,
  type RefusalReason,
  type TransferReason,
  type TransferResult,
  type UnheardReason,
} from './grounds.js'
import { isOver, type BlockEvent, type State } from './rules.js'

/** What an office is about to send in spite of a block, and to whom (code of the party). */
export interface Transfer {
  readonly recipient: string
  readonly reasons: readonly TransferReason[]
}

/** What a caseworker does about a block; words are German and encrypted where they are stored. */
export type DeskStep =
  | { readonly event: 'form_met'; readonly form: Form }
  | { readonly event: 'taken' | 'refusal_confirmed' | 'refusal_returned' }
  | { readonly event: 'granted'; readonly until?: string; readonly isGuarded: boolean }
  | {
      readonly event: 'refusal_proposed'
      readonly reasons: readonly RefusalReason[]
      readonly words?: string
    }
  | {
      readonly event: 'hearing_opened'
      readonly about: 'transfer'
      readonly transfer: Transfer
      readonly until: string
      readonly words?: string
    }
  | {
      readonly event: 'hearing_opened'
      readonly about: 'ending'
      readonly reasons: readonly EndingReason[]
      readonly until: string
      readonly words?: string
    }
  | {
      readonly event: 'transfer_unheard'
      readonly transfer: Transfer
      readonly why: readonly UnheardReason[]
      /** First day on which the person may know. */
      readonly shownOn: string
    }
  | {
      readonly event: 'transfer_decided'
      readonly result: TransferResult
      readonly reasons: readonly TransferReason[]
      readonly words?: string
    }
  | { readonly event: 'ended'; readonly reasons: readonly EndingReason[]; readonly words?: string }
  | { readonly event: 'kept' | 'lift_agreed'; readonly words?: string }

/** The codes of a step as its event keeps them. */
export function detailOfStep(step: DeskStep): string | undefined {
  switch (step.event) {
    case 'form_met':
      return step.form
    case 'granted':
      return undefined
    case 'refusal_proposed':
    case 'ended':
      return detailOf(step.reasons)
    case 'hearing_opened':
      return step.about === 'transfer'
        ? detailOf(['transfer'], step.transfer.reasons, [step.transfer.recipient])
        : detailOf(['ending'], step.reasons)
    case 'transfer_unheard':
      return detailOf(step.why, step.transfer.reasons, [step.transfer.recipient])
    case 'transfer_decided':
      return detailOf([step.result], step.reasons)
    default:
      return undefined
  }
}

/** The last day that an event of a step sets, as it is committed. */
export function untilOfStep(step: DeskStep): string | undefined {
  return step.event === 'granted' || step.event === 'hearing_opened' ? step.until : undefined
}

/** The words of a step. */
export function wordsOfStep(step: DeskStep): string | undefined {
  return 'words' in step ? step.words : undefined
}

/** What a step changes in the row besides state and version. */
export function changesOf(
  step: DeskStep,
  { at, staff, to }: { readonly at: Date; readonly staff: string; readonly to: State },
): Partial<Columns> {
  return {
    ...(isOver(to) ? { ended_at: at } : {}),
    ...(to === 'hearing' || to === 'heard' ? {} : NO_HEARING),
    ...ownChanges(step, { at, staff }),
  }
}

interface Columns {
  readonly ended_at: Date
  readonly hearing: 'transfer' | 'ending' | null
  readonly hearing_until: string | null
  readonly clerk: string
  readonly proposed_by: string | null
  readonly from_at: Date
  readonly until: string | null
  readonly is_guarded: boolean
}

const NO_HEARING = { hearing: null, hearing_until: null } as const

function ownChanges(
  step: DeskStep,
  { at, staff }: { readonly at: Date; readonly staff: string },
): Partial<Columns> {
  switch (step.event) {
    case 'taken':
      return { clerk: staff }
    case 'granted':
      return {
        ...{ clerk: staff, from_at: at, until: step.until ?? null },
        is_guarded: step.isGuarded,
      }
    case 'refusal_proposed':
      return { proposed_by: staff }
    case 'refusal_returned':
      return { proposed_by: null }
    case 'hearing_opened':
      return { hearing: step.about, hearing_until: step.until }
    default:
      return {}
  }
}

/** Messages by which the person hears of an event; what moves inside an office is not told. */
const TOLD = {
  granted: 'block_granted',
  refusal_confirmed: 'block_refused',
  hearing_opened: 'block_hearing',
  transfer_decided: 'block_changed',
  kept: 'block_changed',
  ended: 'block_ended',
  lift_agreed: 'block_ended',
} as const satisfies Readonly<Partial<Record<BlockEvent, string>>>

/** The message of a step; none about what guards a witness, as somebody else may read the inbox. */
export function messageOf(
  step: DeskStep,
  { reference, subject, isGuarded }: Pick<BlockRow, 'reference' | 'subject' | 'isGuarded'>,
  office: string,
) {
  const guards = isGuarded || (step.event === 'granted' && step.isGuarded)
  const code = (TOLD as Readonly<Partial<Record<BlockEvent, (typeof TOLD)[keyof typeof TOLD]>>>)[
    step.event
  ]
  if (code === undefined || guards) return undefined
  const params = { reference, office }
  if (step.event !== 'hearing_opened') return { subject, code, params }
  return { subject, code, params: { ...params, day: step.until } }
}
