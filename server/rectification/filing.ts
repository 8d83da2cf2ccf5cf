import type { ResidentActor } from '../identity/index.js'
import type { Party } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { DomainError } from '../platform/kernel/errors.js'
import { berlinDay } from './days.js'
import { StepRefused } from './error.js'
import { expiryOf } from './journal.js'
import type { RequestRow } from './model.js'
import {
  fieldOf,
  officeFor,
  STATEMENT,
  statementOf,
  writing,
  type RectificationParts,
} from './parts.js'
import { furtherOf, namesBeside } from './name-fields.js'
import { newReference } from './reference.js'
import { after, wantsWriting } from './rules.js'
import { nextStep, type Statement } from './statement.js'
import { countOwn, moveRequest, readDraft, readOwnById } from './store.js'
import { clockOfEvents, filingDetail } from './working.js'

/** A filing under way: what is filed, and with whom. */
interface Filing {
  readonly row: RequestRow
  readonly statement: Statement
  readonly office: Party
  readonly at: Date
  /** Whether the form that the law wants is met at once. */
  readonly formMet: boolean
}

/**
 * Files a draft: row and entry of the log in one transaction. A second click on "send" finds it filed
 * and gives its reference.
 */
export async function fileDraft(
  parts: RectificationParts,
  actor: ResidentActor,
  id: string,
): Promise<string> {
  const { inTransaction, clock } = parts
  const known = await inTransaction(writing(actor), (trx) => readDraft(trx, id))
  const found = known && (await officeFor(parts, actor, fieldOf(parts, known.field)))
  const office = found?.party
  const attempt = () =>
    inTransaction(writing(actor), async (trx) => {
      const row = await readDraft(trx, id)
      if (row === undefined) {
        const filed = await readOwnById(trx, id)
        if (filed === undefined) throw new DomainError('NOT_FOUND')
        return filed.reference
      }
      const statement = statementOf(parts, row)
      if (nextStep(statement) !== 'check') throw new StepRefused('INCOMPLETE')
      if (office === undefined) throw new StepRefused('NO_OFFICE')
      await leaveRoom(parts, trx, actor)
      // With an eID the portal's form takes the place of a signature (VwVfG § 3a (3)).
      const formMet = !wantsWriting(fieldOf(parts, row.field)) || actor.assurance === 'high'
      return file(parts, trx, { row, statement, office, at: clock.now(), formMet })
    })
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      const filed = isStale(error) ? await filedAs(parts, actor, id) : undefined
      if (filed !== undefined) return filed
      if (!isTaken(error) || tries === MOST_TRIES) throw error
    }
  }
}

/**
 * As many as may be open, and as many as may be filed on one day, whatever became of them: each is work of an
 * office and a line of the log. The draft stays, and is filed once an answer or the next day has come.
 */
async function leaveRoom(
  { clock, mostOpen, mostADay }: RectificationParts,
  trx: Trx,
  { account }: ResidentActor,
): Promise<void> {
  const { open, filed } = await countOwn(trx, { account, day: berlinDay(clock.now()) })
  if (open >= mostOpen) throw new StepRefused('TOO_MANY_OPEN', { most: mostOpen })
  if (filed >= mostADay) throw new StepRefused('TOO_MANY_TODAY', { most: mostADay })
}

/** Whether the draft was changed between reading and filing it: by another device, or another click. */
function isStale(error: unknown): boolean {
  return error instanceof StepRefused && error.problem === 'STALE'
}

/** The reference under which another click has filed a draft. */
async function filedAs(
  { inTransaction }: RectificationParts,
  actor: ResidentActor,
  id: string,
): Promise<string | undefined> {
  const filed = await inTransaction(writing(actor), (trx) => readOwnById(trx, id))
  return filed?.reference
}

/** Fresh references that are tried before giving up. */
const MOST_TRIES = 3

/** Whether the reference that was drawn belongs to another request already. */
function isTaken(error: unknown): boolean {
  return (error as { constraint?: unknown } | undefined)?.constraint === 'reference_is_unique'
}

/** Numbers of the further fields; what may not stand beside the leading one is filed by nobody. */
function furtherFields(
  parts: Pick<RectificationParts, 'catalogue'>,
  { row, statement }: Pick<Filing, 'row' | 'statement'>,
): readonly number[] {
  const beside = namesBeside(fieldOf(parts, row.field), parts.catalogue.fields.all)
  const numbers = furtherOf(statement).map(
    (entry) => beside.find(({ code }) => code === entry.field)?.id,
  )
  const known = numbers.filter((number) => number !== undefined)
  const isWhole = known.length === numbers.length && new Set(known).size === known.length
  if (!isWhole) throw new StepRefused('INCOMPLETE')
  return known
}

async function file(parts: RectificationParts, trx: Trx, filing: Filing): Promise<string> {
  const { row, statement, office, at, formMet } = filing
  const { request, version, subject } = row
  const moved = after(row.state, 'filed', 'resident')
  const { kind } = statement
  if (!moved.ok || kind === undefined || row.caseKey === undefined) throw new StepRefused('NOT_NOW')
  const reference = newReference(parts.random)
  const detail = filingDetail({ formMet, office })
  const clock = clockOfEvents([{ event: 'filed', at, detail }], parts.catalogue.parties)
  const done = await moveRequest(trx, {
    ...{ request, version, at },
    changes: {
      state: moved.value,
      ...{ reference, kind, office: office.id, filed_at: at, content: null },
      also: [...furtherFields(parts, filing)],
      form_met_on: formMet ? berlinDay(at) : null,
      due_on: clock.state === 'running' ? clock.due.due : null,
      is_restricted: statement.restrict === true,
      has_evidence: (statement.evidence ?? []).some((one) => one !== 'nothing'),
      expires_on: expiryOf(at),
    },
  })
  if (!done) throw new StepRefused('STALE')
  const content = parts.keys.of(request, row.caseKey).seal(STATEMENT, statement)
  await parts.journal.write(trx, {
    ...{ request, reference, subject, at, detail, content },
    event: 'filed',
    number: 1,
  })
  return reference
}
