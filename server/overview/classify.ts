import {
  addPeriod,
  sealedTwin,
  type Catalogue,
  type DisplayDelay,
  type EventClass,
} from '../catalogue/index.js'
import { remembering } from '../platform/kernel/remembering.js'
import { expiryDay } from './calendar.js'
import type { Refusal, ReportedAccess } from './model.js'
import type { Breach } from './prohibitions.js'
import { judge, tightened, type Verdict } from './verdict.js'

/** How an access is to be recorded: where, for how long, how openly, and which rules it breaks. */
export interface Classified {
  /** Class number; a sealed one is the open one plus 100. */
  readonly class: number
  /** First day on which the entry is gone, `YYYY-MM-DD`. */
  readonly expiresOn: string
  /** Absent where the person sees it at once. */
  readonly sealed?: { readonly rule: string; readonly releaseDue?: string }
  readonly breaches: readonly Breach[]
}

/** What classification needs besides the access. */
export interface ClassifyContext {
  readonly catalogue: Catalogue
  /** ISO 8601 duration for registers whose law names none: the operator's rule. */
  readonly defaultPeriod: string
}

/**
 * Classifies an access that is recorded on a day, or says why it cannot be recorded at all; `further` are the
 * rules that it breaks by what other rooms know of the person.
 */
export type Classify = (
  access: ReportedAccess,
  recordedOn: string,
  further?: readonly Breach[],
) => Classified | Refusal

/** Kinds of access and days remembered at once: offices ask in a few ways, again and again. */
const REMEMBERED = 4_096

/** Makes the classification; what the catalogue says of a kind of access is looked up once. */
export function createClassify(context: ClassifyContext): Classify {
  const { catalogue, defaultPeriod } = context
  const verdictOf = remembering(REMEMBERED, keyOf, (access) => judge(access, catalogue))
  const periodOf = ({ period = defaultPeriod }: EventClass) => period
  const expiryOf = remembering(REMEMBERED, dayAndClass, ([instant, kind]) =>
    addPeriod(expiryDay(instant), periodOf(kind)),
  )
  return (access, recordedOn, further = []) => {
    const verdict = verdictOf(access)
    const { kind, breaches } = verdict
    const { disclosure, rule } = tightened(verdict, access.tighten)
    if (disclosure === 'not_in_log') return 'not_in_log'
    // The law counts from when the access was logged at its source, so a late delivery gains no time.
    const expiresOn = expiryOf([access.occurredAt, kind])
    if (expiresOn <= recordedOn) return 'retention_over'
    const sealed = sealOf(access, { disclosure, rule, delay: verdict.delay, recordedOn })
    const broken = further.length === 0 ? breaches : [...breaches, ...further]
    return sealed
      ? { class: sealedTwin(kind), expiresOn, sealed, breaches: broken }
      : { class: kind.number, expiresOn, breaches: broken }
  }
}

/** Everything that a verdict rests on; the numbers are the catalogue's. */
function keyOf(access: ReportedAccess): string {
  const { source, recipient, operation, purpose, legalBasis, fields } = access
  let key = `${source.id} ${recipient.id} ${operation} ${purpose.id} ${legalBasis.id}`
  for (const { id } of fields) key += ` ${id}`
  return key
}

const DAY_MS = 86_400_000

/** One number for a UTC day and a class, which has two bytes. */
function dayAndClass([instant, { number }]: readonly [Date, EventClass]): number {
  return Math.floor(instant.getTime() / DAY_MS) * 0x10000 + number
}

/** Anything not open is sealed; so is, for a uniform time, what would announce a removal or a search. */
function sealOf(
  { holdUntil = '' }: ReportedAccess,
  judged: Pick<Verdict, 'disclosure' | 'rule'> & {
    readonly delay: DisplayDelay | undefined
    readonly recordedOn: string
  },
): Classified['sealed'] {
  const { disclosure, rule, delay, recordedOn } = judged
  const until = delay ? addPeriod(recordedOn, delay.period) : ''
  const due = until > holdUntil ? until : holdUntil
  if (disclosure !== 'open') return due ? { rule, releaseDue: due } : { rule }
  if (!due || due <= recordedOn) return undefined
  return { rule: delay?.rule ?? 'dis.delay', releaseDue: due }
}
