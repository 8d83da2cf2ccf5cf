import fc from 'fast-check'
import { berlinDay } from '../../server/rectification/days.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import type { Statement } from '../../server/rectification/statement.js'
import { causeOf, isOpenTo, leads, type Model, type ModelCase, type World } from './model.js'
import { WHOLE } from './room.js'

type Command = fc.AsyncCommand<Model, World>

/** Everything that people may try, on any request, in any order. */
export function commandsOf(world: World) {
  const [residents, clerks] = [world.residents.length, world.clerks.length]
  const at = fc.nat(11)
  const owner = fc.nat(residents - 1)
  const stale = fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0)
  const draft = [
    fc.record({ owner }).map(begin),
    fc.record({ at, stale, words: fc.string({ maxLength: 30 }) }).map(save),
    fc.record({ at, owner }).map(file),
    fc.record({ owner }).map(fileAtOnce),
    fc.record({ owner }).map(fileAtOnce),
  ]
  const reply = fc.record({
    ...{ at, owner },
    event: fc.constantFrom('answered', 'withdrawn', 'stated', 'answered', 'stated'),
  })
  const step = fc.record({ at, stale, clerk: fc.nat(clerks - 1), event: fc.constantFrom(...STEPS) })
  const work = step.map(takeStep)
  return fc.commands([...draft, reply.map(addReply), work, work, work, work, work], {
    maxCommands: 60,
    size: 'max',
  })
}

const STEPS = [
  ...['claimed', 'claimed', 'released', 'assigned', 'opened', 'form_met', 'asked', 'extended'],
  ...['proposed', 'decided', 'confirmed', 'sent_back', 'passed_on', 'closed'],
] as const

function command(name: string, run: Command['run']): Command {
  return { check: () => true, run, toString: () => name }
}

function begin({ owner }: { owner: number }): Command {
  return command(`begin ${owner}`, async (model, { room, residents }) => {
    if (model.drafts.filter((one) => one.owner === owner).length > 15) return
    const field = room.app.installation.catalogue.fields.byCode('azr.family_name')
    const resident = residents[owner]
    if (field === undefined || resident === undefined) throw new Error('nobody, about nothing')
    const id = await room.app.portal.rectification.begin(resident, field, 'ar')
    model.drafts.push({ id, owner, version: 1, statement: {} })
  })
}

function save({ at, stale, words }: { at: number; stale: boolean; words: string }): Command {
  return command(`save ${at} ${stale}`, async (model, { room, residents }) => {
    const draft = pick(model.drafts, at)
    const resident = residents[draft?.owner ?? 0]
    if (draft === undefined || resident === undefined) return
    const { id } = draft
    const version = stale ? draft.version - 1 : draft.version
    const answer: Statement = { ...WHOLE, words }
    const saving = room.app.portal.rectification.save(resident, { id, version }, answer)
    expect(await succeeds(saving)).toBe(!stale)
    if (stale) return
    draft.version += 1
    draft.statement = { ...draft.statement, ...answer }
  })
}

/** Anybody may try; only its owner files a draft, and only a whole one. */
function file({ at, owner }: { at: number; owner: number }): Command {
  return command(`file ${at} as ${owner}`, async (model, { room, residents }) => {
    const draft = pick(model.drafts, at)
    const resident = residents[owner]
    if (draft === undefined || resident === undefined) return
    const isWhole = draft.statement.restrict !== undefined
    const filing = room.app.portal.rectification.file(resident, draft.id)
    expect(await succeeds(filing)).toBe(isWhole && owner === draft.owner)
    if (!isWhole || owner !== draft.owner) return
    model.drafts.splice(model.drafts.indexOf(draft), 1)
    model.cases.push({
      ...{ reference: await filing, owner, state: 'received', office: room.office.id },
      ...{ version: draft.version + 1, isFormMet: false, isExtended: false, openers: new Set() },
    })
  })
}

function fileAtOnce({ owner }: { owner: number }): Command {
  return command(`file for ${owner}`, async (model, { room, residents }) => {
    const resident = residents[owner]
    if (resident === undefined) return
    const reference = await room.filed(resident)
    model.cases.push({
      ...{ reference, owner, state: 'received', office: room.office.id, version: 3 },
      ...{ isFormMet: false, isExtended: false, openers: new Set() },
    })
  })
}

function addReply({ at, owner, event }: { at: number; owner: number; event: string }): Command {
  return command(`${event} ${at} by ${owner}`, async (model, { room, residents }) => {
    const one = pick(model.cases, at)
    const resident = residents[owner]
    if (one === undefined || resident === undefined) return
    const { rectification } = room.app.portal
    const { reference } = one
    const trying =
      event === 'withdrawn'
        ? rectification.withdraw(resident, reference)
        : event === 'answered'
          ? rectification.answer(resident, reference, 'ja')
          : rectification.state(resident, reference, 'nein')
    const to = owner === one.owner ? leads(one, event, 'resident') : undefined
    expect([event, one.state, await succeeds(trying)]).toEqual([event, one.state, to !== undefined])
    if (to !== undefined) move(one, to)
    await checkRow(one, room)
  })
}

interface Try {
  readonly at: number
  readonly clerk: number
  readonly stale: boolean
  readonly event: (typeof STEPS)[number]
}

function takeStep({ at, clerk, stale, event }: Try): Command {
  return command(`${event} ${at} by ${clerk}${stale ? ' late' : ''}`, async (model, world) => {
    const one = pick(model.cases, at)
    const actor = world.clerks[clerk]
    if (one === undefined || actor === undefined) return
    const { room } = world
    const to = leads(one, event, causeOf(one, actor))
    const isDue = !stale && isOpenTo(one, actor, event) && to !== undefined && fits(one, event)
    const asked = { reference: one.reference, version: one.version - Number(stale) }
    const trying = room.app.portal.casework.step(actor, asked, stepOf(event, clerk, world))
    const did = await succeeds(trying)
    expect([event, one, did]).toEqual([event, one, isDue])
    if (isDue && to !== undefined) {
      happen(one, event, { staff: actor.staff, world })
      move(one, to)
    }
    await checkRow(one, room)
  })
}

/** What a step needs besides the table. */
function fits({ isFormMet, isExtended }: ModelCase, event: string): boolean {
  if (event === 'form_met') return !isFormMet
  return event === 'extended' ? isFormMet && !isExtended : true
}

function stepOf(event: Try['event'], clerk: number, { room, clerks }: World): StaffStep {
  const text = { reasons: ['evidence_shows'] as const, words: 'Der Pass lag vor.' }
  const own = clerks[clerk]
  const steps: Readonly<Record<Try['event'], StaffStep>> = {
    claimed: { event: 'claimed' },
    released: { event: 'released' },
    // Always to oneself: the others of the office come by turns of their own.
    assigned: { event: 'assigned', to: own?.staff ?? '' },
    opened: { event: 'opened', reason: 'stand_in' },
    form_met: { event: 'form_met', on: berlinDay(room.app.clock.now()) },
    asked: { event: 'asked', questions: ['spelling'] },
    extended: { event: 'extended', months: 1, reason: 'complex' },
    proposed: { event: 'decided', outcome: 'corrected', text },
    decided: { event: 'decided', outcome: 'not_proven', text },
    confirmed: { event: 'confirmed' },
    sent_back: { event: 'sent_back', reason: 'evidence' },
    passed_on: {
      ...{ event: 'passed_on', to: own?.office === room.office.id ? room.other : room.office },
    },
    closed: { event: 'closed' },
  }
  return steps[event]
}

function happen(
  one: ModelCase,
  event: Try['event'],
  { staff, world }: { staff: string; world: World },
): void {
  const { office, other } = world.room
  if (event === 'claimed' || event === 'assigned') one.assignee = staff
  if (event === 'released' || event === 'passed_on') one.assignee = undefined
  if (event === 'passed_on') one.office = one.office === office.id ? other.id : office.id
  if (event === 'opened') one.openers.add(staff)
  if (event === 'form_met') one.isFormMet = true
  if (event === 'extended') one.isExtended = true
  if (event === 'proposed') one.proposer = staff
  if (event === 'sent_back') one.proposer = undefined
}

function move(one: ModelCase, to: string): void {
  one.state = to
  one.version += 1
}

async function checkRow(one: ModelCase, { superuser }: World['room']): Promise<void> {
  const { rows } = await superuser.query<Record<string, unknown>>(
    'select state, office, version, assignee from rectification.request where reference = $1',
    [one.reference],
  )
  const { state, office, version, assignee } = one
  expect(rows).toEqual([{ state, office, version, assignee: assignee ?? null }])
}

function pick<Item>(all: readonly Item[], at: number): Item | undefined {
  return all[at % Math.max(all.length, 1)]
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    (error: { code?: unknown }) => {
      if (error.code !== 'CONFLICT' && error.code !== 'NOT_FOUND') throw error
      return false
    },
  )
}
