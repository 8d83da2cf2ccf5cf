import type { Catalogue } from '../../catalogue/index.js'
import type { Database, Trx } from '../../database.js'
import { reportingScope, staffScope, type StaffActor } from '../../identity/index.js'
import type { InTransaction } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { pageOf, type Page } from '../../platform/kernel/paging.js'
import type { LogState } from '../explorer.js'
import { readOfficeAccess, type OpenedAccessRow } from '../store.js'
import { moveFinding, readFinding, readFindings, readSteps } from '../store/findings.js'
import type { FindingKey, FindingQuery, FindingRow, FindingStepRow } from './finding.js'
import { germanDay, utcDay } from '../../platform/kernel/days.js'
import { tellsPerson } from './rules.js'
import { afterStep, type FindingAct } from './states.js'

/** What the officer's side of the rules is made of. */
export interface WorklistParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly logState: () => Promise<LogState | undefined>
  /** Tells a person something, in the transaction in which it happens. */
  readonly tell: TellConfirmed
}

/** Tells the person of an access that it was not allowed: once, however many rules found it. */
export type TellConfirmed = (
  trx: Trx,
  told: {
    readonly subject: string
    readonly code: 'access_confirmed'
    readonly params: { readonly office: string; readonly day: string }
    readonly once: string
  },
) => Promise<void>

/** A finding with everything that was made of it. */
export interface OpenedFinding {
  readonly finding: FindingRow
  readonly steps: readonly FindingStepRow[]
}

/** Why a step was not taken: it was no longer as it had been read, or may not become that. */
export type FindingRefusal = 'STALE' | 'NOT_NOW'

/**
 * What the rules found at the own office, for its data protection officer alone (GDPR Article 39 (1) (b)): no name,
 * no number and no stable pseudonym of a person, and never who looked.
 */
export interface Worklist {
  list(actor: StaffActor, query: FindingQuery): Promise<Page<FindingRow>>
  /** One finding; another office's and none at all are NOT_FOUND alike. */
  open(actor: StaffActor, key: FindingKey): Promise<OpenedFinding>
  /** Takes a step on a finding as it was read at a version; nothing where it was taken. */
  step(
    actor: StaffActor,
    read: FindingKey & { readonly version: number },
    act: FindingAct,
  ): Promise<FindingRefusal | undefined>
}

const PAGE_SIZE = 30

/** Makes the work list. */
export function createWorklist(parts: WorklistParts): Worklist {
  const { inTransaction, clock } = parts
  return {
    list: (actor, query) =>
      inTransaction(staffScope(actor), async (trx) => {
        const rows = await readFindings(trx, query, PAGE_SIZE + 1)
        return pageOf(rows, PAGE_SIZE, ({ weight, index, rule }) => `${weight}.${index}.${rule}`)
      }),
    open: (actor, key) =>
      inTransaction(staffScope(actor), async (trx) => ({
        finding: await found(trx, key),
        steps: await readSteps(trx, key),
      })),
    step: async (actor, { version, ...key }, act) => {
      const access = act.step === 'confirmed' ? await accessOf(parts, actor, key) : undefined
      return inTransaction(staffScope(actor), async (trx) => {
        const finding = await found(trx, key)
        if (finding.version !== version) return 'STALE'
        const moved = afterStep(finding, act)
        if (!moved.ok) return moved.refusal
        // Whoever comes second finds another version, whatever the first has made of it.
        if (!(await moveFinding(trx, finding, { ...act, at: clock.now() }))) return 'STALE'
        if (access !== undefined && tellsPerson(key.rule, finding.isSealed)) {
          await parts.tell(trx, confirmedOf(parts, actor, access))
        }
        return undefined
      })
    },
  }
}

/** The access that a finding is about; nothing once its own time is over. No page shows whose it is. */
function accessOf(
  { inTransaction, clock }: WorklistParts,
  actor: StaffActor,
  { index }: FindingKey,
): Promise<OpenedAccessRow | undefined> {
  const today = utcDay(clock.now())
  return inTransaction(reportingScope(actor), (trx) => readOfficeAccess(trx, index, today))
}

function confirmedOf(
  { catalogue }: WorklistParts,
  { office = 0 }: StaffActor,
  { index, subject, occurredAt }: OpenedAccessRow,
): Parameters<TellConfirmed>[1] {
  const { code = '' } = catalogue.parties.byId(office) ?? {}
  const params = { office: code, day: germanDay(occurredAt) }
  return { subject, code: 'access_confirmed', params, once: `flag/${index}` }
}

async function found(trx: Trx, key: FindingKey): Promise<FindingRow> {
  const finding = await readFinding(trx, key)
  if (finding === undefined) throw new DomainError('NOT_FOUND')
  return finding
}
