import type { Trx } from '../database.js'
import { caseworkersOf, type StaffActor } from '../identity/index.js'
import { causeOf } from './cause.js'
import { berlinDay } from './days.js'
import { mayExtend } from './deadline.js'
import { StepRefused } from './error.js'
import { expiryOf } from './journal.js'
import type { CaseRow } from './model.js'
import { termsOf, type CaseworkParts } from './parts.js'
import { after, COOLING_MS, isTold, needsSecond, outcomesFor, type RequestEvent } from './rules.js'
import { detailOf, type StaffStep } from './steps.js'
import type { Step } from './store.js'
import { holdCase, moveCase, readPartner, type CaseStep } from './store/cases.js'
import { nextNumber, readEvents } from './store/events.js'
import { makeNotices } from './store/notices.js'
import { clockOfEvents } from './working.js'

type Changes = Step['changes']

/** A member of staff at a case. */
interface Desk {
  readonly actor: StaffActor
  readonly row: CaseRow
  readonly step: StaffStep
}

/** Takes a step: row and entry in the transaction of the caller; StepRefused where it cannot be taken. */
export async function takeStep(parts: CaseworkParts, trx: Trx, desk: Desk): Promise<void> {
  const { actor, row, step } = desk
  const at = parts.clock.now()
  const event = eventOf(parts, desk)
  const moved = after(row.state, event, causeOf(actor, row))
  if (!moved.ok) throw new StepRefused(moved.refusal)
  const changes = await changesOf(parts, trx, { ...desk, at, event })
  const { request, version, reference, subject } = row
  // Before the row moves: it may move out of sight, and an act is one on a case that its actor sees. Nobody
  // else moves it meanwhile.
  if (!(await holdCase(trx, { request, version }))) throw new StepRefused('STALE')
  const number = await nextNumber(trx, request)
  const detail = detailOf(step)
  await parts.journal.write(trx, {
    ...{ request, reference, subject, number, event, at },
    ...(detail === undefined ? {} : { detail }),
    ...contentOf(parts, desk, number),
    told: { office: step.event === 'passed_on' ? step.to.id : row.office, due: changes.due_on },
    desk: {
      staff: actor.staff,
      office: actor.office ?? row.office,
      ...(actor.unit === undefined ? {} : { unit: actor.unit }),
    },
  })
  const done = await moveCase(trx, {
    ...{ request, version, at, expiresOn: expiryOf(at) },
    changes: { ...changes, state: moved.value },
    ...wayOf(step),
  })
  if (!done) throw new StepRefused('STALE')
  const outcome = changes.outcome ?? row.outcome
  const takesEffect = event === 'decided' || event === 'confirmed'
  // Who is told is decided with the decision: recipients that come later receive what is right.
  if (takesEffect && outcome && isTold(outcome)) await makeNotices(trx, request, at)
}

type Way =
  | Pick<Extract<CaseStep, { way: 'stays' | 'looks' }>, 'way'>
  | Pick<Extract<CaseStep, { way: 'second' }>, 'way' | 'confirmed'>
  | Pick<Extract<CaseStep, { way: 'on' }>, 'way' | 'office'>

/** Where a case is afterwards: some steps take it out of the sight of whoever takes them. */
function wayOf(step: StaffStep): Way {
  switch (step.event) {
    case 'opened':
      return { way: 'looks' }
    case 'confirmed':
      return { way: 'second', confirmed: true }
    case 'sent_back':
      return { way: 'second', confirmed: false }
    case 'passed_on':
      return { way: 'on', office: step.to.id }
    default:
      return { way: 'stays' }
  }
}

/** A decision on identity is only proposed: it takes a second person (security.md, four eyes). */
function eventOf(parts: CaseworkParts, { row, step }: Desk): RequestEvent {
  if (step.event !== 'decided') return step.event
  const { field } = termsOf(parts, row)
  if (!outcomesFor({ ...field, kind: row.kind }).includes(step.outcome)) {
    throw new StepRefused('OUTCOME')
  }
  if (step.text.reasons.length === 0) throw new StepRefused('INCOMPLETE')
  return needsSecond(field, step.outcome) ? 'proposed' : 'decided'
}

function contentOf(
  { keys }: CaseworkParts,
  { row, step }: Desk,
  number: number,
): { content?: Buffer } {
  if (step.event !== 'decided') return {}
  if (row.caseKey === undefined) throw new StepRefused('ERASED')
  return { content: keys.of(row.request, row.caseKey).seal(`event/${number}`, step.text) }
}

async function changesOf(
  parts: CaseworkParts,
  trx: Trx,
  { actor, row, step, at, event }: Desk & { at: Date; event: RequestEvent },
): Promise<Changes> {
  switch (step.event) {
    case 'claimed':
      return { assignee: actor.staff }
    case 'assigned':
      return assigned(trx, { actor, to: step.to, row })
    case 'released':
      return { assignee: null }
    case 'form_met':
      return formMet(parts, trx, { row, step, at })
    case 'extended':
      return extended(parts, trx, { row, step, at })
    case 'decided':
      return event === 'proposed'
        ? {
            ...(await proposal(trx, { actor, row, at, outcome: step.outcome })),
            kept: [...keptBy(parts, row, step)],
          }
        : { outcome: step.outcome, decided_at: at, kept: [...keptBy(parts, row, step)] }
    case 'passed_on':
      // To itself no office passes anything on: the person would be told of a change that there is not.
      if (step.to.id === row.office) throw new StepRefused('INCOMPLETE')
      return {}
    case 'closed':
      return { closed_at: at }
    default:
      return {}
  }
}

/** Fields that a correction in part leaves as they are; all of them would be no correction. */
function keptBy(
  parts: CaseworkParts,
  row: CaseRow,
  { outcome, text }: Extract<StaffStep, { event: 'decided' }>,
): readonly number[] {
  if (outcome !== 'corrected_in_part' || row.also.length === 0) return []
  const [leading, ...further] = termsOf(parts, row).fields
  const written = new Set((text.also ?? []).map(({ field }) => field))
  const kept = [
    ...(leading === undefined || text.value !== undefined ? [] : [leading.id]),
    ...further.filter(({ code }) => !written.has(code)).map(({ id }) => id),
  ]
  if (kept.length > further.length) throw new StepRefused('INCOMPLETE')
  return kept
}

/** Only to an active caseworker of the office whose case it is. */
async function assigned(
  trx: Trx,
  { actor, to, row }: { actor: StaffActor; to: string; row: Pick<CaseRow, 'office'> },
): Promise<Changes> {
  // An office that only confirms gives nobody the case.
  if (actor.office !== row.office) throw new StepRefused('NOT_YOURS')
  const colleagues = await caseworkersOf(trx, row.office)
  if (!colleagues.some(({ staff }) => staff === to)) throw new StepRefused('INCOMPLETE')
  return { assignee: to }
}

/** The signed letter has come: its day starts the clock, and it is no day before the filing or to come. */
async function formMet(
  { catalogue }: CaseworkParts,
  trx: Trx,
  { row, step, at }: { row: CaseRow; step: Extract<StaffStep, { event: 'form_met' }>; at: Date },
): Promise<Changes> {
  if (row.formMetOn !== undefined) throw new StepRefused('NOT_NOW')
  if (step.on < berlinDay(row.filedAt) || step.on > berlinDay(at)) throw new StepRefused('TOO_LATE')
  const events = await readEvents(trx, row.request)
  const clock = clockOfEvents(
    [...events, { event: 'form_met', at, detail: step.on }],
    catalogue.parties,
  )
  return {
    form_met_on: step.on,
    due_on: clock.state === 'running' ? clock.due.due : null,
  }
}

/** Longer only with reasons and inside the first month (GDPR Article 12 (3) sentences 2 and 3). */
async function extended(
  { catalogue }: CaseworkParts,
  trx: Trx,
  { row, step, at }: { row: CaseRow; step: Extract<StaffStep, { event: 'extended' }>; at: Date },
): Promise<Changes> {
  const events = await readEvents(trx, row.request)
  const clock = clockOfEvents(events, catalogue.parties)
  if (clock.state !== 'running') throw new StepRefused('NOT_NOW')
  const first = clock.extendedFrom ?? clock.due
  const notice = { toldOn: berlinDay(at), months: step.months, hasReasons: true }
  const isPossible = mayExtend(first, notice).ok && clock.extendedFrom === undefined
  if (!isPossible) throw new StepRefused('TOO_LATE')
  const detail = detailOf(step)
  const told = { event: 'extended', at, ...(detail === undefined ? {} : { detail }) } as const
  const longer = clockOfEvents([...events, told], catalogue.parties)
  return { was_extended: true, due_on: longer.state === 'running' ? longer.due.due : null }
}

/** Who confirms: a colleague, the partner of an office that is too small, or after a day nobody. */
async function proposal(
  trx: Trx,
  {
    actor,
    row,
    at,
    outcome,
  }: { actor: StaffActor; row: CaseRow; at: Date; outcome: NonNullable<Changes['outcome']> },
): Promise<Changes> {
  const others = (await caseworkersOf(trx, row.office)).filter(({ staff }) => staff !== actor.staff)
  const second = others.length > 0 ? row.office : await readPartner(trx, row.office)
  return {
    outcome: outcome,
    proposed_by: actor.staff,
    second_office: second ?? null,
    effective_at: second === undefined ? new Date(at.getTime() + COOLING_MS) : null,
  }
}
