/** Where a tiding leads: the route of a page, and the part of its address that takes the reference. */
interface Leading {
  readonly page: string
  readonly part?: string
}

const report: Leading = { page: 'reports.access', part: 'report' }
const question: Leading = { page: 'oversight.question', part: 'question' }
const answer: Leading = { page: 'oversight.answer', part: 'question' }
const wishes: Leading = { page: 'oversight.unmaskings' }

/** Everything that staff can be told, and where each leads: the one table behind pages and tests. */
export const TIDINGS = {
  report_ready: report,
  report_failed: report,
  report_released: report,
  report_refused: report,
  report_lapsed: report,
  release_waits: { page: 'reports.releases' },
  unmasking_waits: wishes,
  unmasking_released: wishes,
  unmasking_refused: wishes,
  question_came: question,
  question_overdue: question,
  question_answered: answer,
  answer_overdue: answer,
} as const satisfies Readonly<Record<string, Leading>>
/** What came. */
export type TidingCode = keyof typeof TIDINGS

/** A tiding as its reader has it: a code and a reference, no person and no value. */
export interface Tiding {
  readonly tiding: string
  readonly code: TidingCode
  /** Names the report, the wish or the question. */
  readonly reference: string
  readonly toldAt: Date
  readonly isRead: boolean
}

/** Where a tiding leads. */
export function leadingOf(code: TidingCode): Leading {
  return TIDINGS[code]
}
