import type { Catalogue } from '../../catalogue/index.js'
import type { Database, Trx } from '../../database.js'
import { staffScope, type StaffActor } from '../../identity/index.js'
import type { InTransaction, Scope } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { pageOf, type Page } from '../../platform/kernel/paging.js'
import type { LogState } from '../explorer.js'
import { moveFinding, readFinding, readFindings, readSteps } from '../store/findings.js'
import type { FindingKey, FindingQuery, FindingRow, FindingStepRow } from './finding.js'
import { afterStep, type FindingAct } from './states.js'

/** What the officer's side of the rules is made of. */
export interface WorklistParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly logState: () => Promise<LogState | undefined>
}

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

/** The scope in which an officer reads what was found, that about withheld accesses as well. */
export function findingScope(actor: StaffActor): Scope {
  const scope = staffScope(actor)
  return { ...scope, settings: { ...scope.settings, sees_sealed: 'yes' } }
}

/** Makes the work list. */
export function createWorklist({ inTransaction, clock }: WorklistParts): Worklist {
  return {
    list: (actor, query) =>
      inTransaction(findingScope(actor), async (trx) => {
        const rows = await readFindings(trx, query, PAGE_SIZE + 1)
        return pageOf(rows, PAGE_SIZE, ({ weight, index, rule }) => `${weight}.${index}.${rule}`)
      }),
    open: (actor, key) =>
      inTransaction(findingScope(actor), async (trx) => ({
        finding: await found(trx, key),
        steps: await readSteps(trx, key),
      })),
    step: (actor, { version, ...key }, act) =>
      inTransaction(findingScope(actor), async (trx) => {
        const finding = await found(trx, key)
        if (finding.version !== version) return 'STALE'
        const moved = afterStep(finding.state, act)
        if (!moved.ok) return moved.refusal
        // Whoever comes second finds another version, whatever the first has made of it.
        return (await moveFinding(trx, finding, { ...act, at: clock.now() })) ? undefined : 'STALE'
      }),
  }
}

async function found(trx: Trx, key: FindingKey): Promise<FindingRow> {
  const finding = await readFinding(trx, key)
  if (finding === undefined) throw new DomainError('NOT_FOUND')
  return finding
}
