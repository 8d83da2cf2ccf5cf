import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import {
  EVENTS,
  STATES,
  TRANSITIONS,
  type RequestEvent,
  type State,
} from '../../server/rectification/rules.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { commits, says, type Insider } from '../support/past.js'
import { roomOf, type Room } from './room.js'

const STANDING = ['received', 'passed_on', 'in_review', 'question', 'proposed', 'decided'] as const
const ENDED = ['closed', 'withdrawn'] as const
type Standing = (typeof STANDING)[number] | (typeof ENDED)[number]

let room: Room
let resident: ResidentActor
let clerk: StaffActor
let colleague: StaffActor
/** Cases of the office, the clerk's where they are somebody's, by where they stand. */
const cases = {} as Record<Standing, string>

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('amina')
  clerk = await room.clerk('clerk')
  colleague = await room.clerk('clerk-2')
  for (const state of [...STANDING, ...ENDED]) cases[state] = await standing(state)
})

afterAll(() => room?.close())

async function standing(state: Standing): Promise<string> {
  const { casework, rectification } = room.app.portal
  const reference = await room.filed(resident)
  const take = async (step: StaffStep, by = clerk) =>
    casework.step(by, { reference, version: await room.version(reference) }, step)
  if (state === 'received') return reference
  if (state === 'withdrawn') await rectification.withdraw(resident, reference)
  else if (state === 'passed_on') {
    await take({ event: 'passed_on', to: room.other })
    const there = await room.clerk('clerk-there', room.other)
    await take({ event: 'passed_on', to: room.office }, there)
  } else await take({ event: 'claimed' })
  const text = { reasons: ['evidence_shows'] } as const
  if (state === 'question') await take({ event: 'asked', questions: ['spelling'] })
  if (state === 'proposed') await take({ event: 'decided', outcome: 'corrected', text })
  if (state === 'decided' || state === 'closed') {
    await take({ event: 'decided', outcome: 'not_proven', text })
  }
  if (state === 'closed') await take({ event: 'closed' })
  return reference
}

const REQUEST = 'rectification.request'
const asStaff = ({ staff, office }: StaffActor): Insider => ({
  who: ['web', 'web_staff'],
  settings: { staff, office: String(office) },
})
const write = (state: Standing, changes: string) =>
  `update ${REQUEST} set version = version + 1, ${changes} where reference = '${cases[state]}'`

/** What each event of staff writes where it is taken rightly; functions of the room take the others. */
const writings = (): Partial<Record<RequestEvent, string>> => ({
  form_met: 'form_met_on = current_date, due_on = current_date + 30',
  claimed: `assignee = '${clerk.staff}'`,
  assigned: `assignee = '${colleague.staff}'`,
  released: 'assignee = null',
  extended: 'was_extended = true, due_on = current_date + 60',
  proposed: `outcome = 'corrected', proposed_by = '${clerk.staff}', second_office = ${room.office.id}`,
  decided: `outcome = 'not_proven', decided_at = saved_at`,
  closed: 'closed_at = saved_at',
})

describe('the table of transitions', () => {
  it('is the same in the database as in the rules', async () => {
    const { rows } = await room.superuser.query<{ line: string }>(
      `select state || ' ' || event || ' ' || leads_to || ' ' || causes::text as line
       from rectification.transition order by 1`,
    )
    const lines = Object.entries(TRANSITIONS).flatMap(([state, events]) =>
      Object.entries(events).map(
        ([event, { to, by }]) => `${state} ${event} ${to} {${by.join(',')}}`,
      ),
    )
    expect(rows.map(({ line }) => line).sort()).toEqual(lines.sort())
  })

  it('says of every event which columns it writes', async () => {
    const { rows } = await room.superuser.query<{ event: string }>(
      'select event from rectification.written',
    )
    expect(rows.map(({ event }) => event).sort()).toEqual([...EVENTS].sort())
  })
})

describe('staff past every check of the application', () => {
  it.each([...STANDING, ...ENDED])('take the steps of the table alone in %s', async (state) => {
    const tried = Object.entries(writings())
      .filter(([event]) => !SAYS_NOTHING_NEW[state]?.includes(event))
      .flatMap(([event, changes]) =>
        STATES.map((to) => ({ event: event as RequestEvent, to, changes })),
      )
    const statements = tried.map(({ to, changes }) => write(state, `state = '${to}', ${changes}`))
    const answers = await says(room, asStaff(clerk), statements)
    const done = tried.filter((_, at) => answers[at] === '1 rows')
    expect(done.map(({ event, to }) => `${event} ${to}`)).toEqual(
      tried.flatMap(({ event, to }) => (mayTake(state, event, to) ? [`${event} ${to}`] : [])),
    )
    const refused = answers.filter((answer) => answer !== '1 rows')
    expect(new Set(refused)).toEqual(new Set([REFUSED]))
  })

  it.each([...STANDING, ...ENDED])(
    'move nothing without what belongs to it from %s',
    async (state) => {
      const others = STATES.filter((to) => to !== state)
      const statements = others.map((to) => write(state, `state = '${to}'`))
      const answers = await says(room, asStaff(clerk), statements)
      expect(others.filter((_, at) => answers[at] !== REFUSED)).toEqual(
        // Whoever asks writes no column but the state.
        state === 'in_review' ? ['question'] : [],
      )
    },
  )

  it.each([...STANDING, ...ENDED])('write no column of their own will in %s', async (state) => {
    // Each with the next version, so that nothing but the column is wrong.
    const columns = [
      `outcome = 'deleted'`,
      `decided_at = now() + interval '1 hour'`,
      'closed_at = now()',
      `due_on = '2035-01-01'`,
      'due_on = null, form_met_on = null, assignee = null, closed_at = now()',
      'assignee = gen_random_uuid()',
      `assignee = '${clerk.staff}', outcome = 'annotated'`,
      'second_office = 1',
      'second_office = null, effective_at = now()',
      `proposed_by = '00000000-0000-4000-8000-000000000009'`,
      'effective_at = now()',
      `form_met_on = '2020-01-01', outcome = 'deleted'`,
      `was_extended = true, decided_at = now()`,
    ]
    const answers = await says(
      room,
      asStaff(clerk),
      columns.map((changes) => write(state, changes)),
    )
    expect(columns.filter((_, at) => answers[at] !== REFUSED)).toEqual([])
  })

  it('decide nothing on identity alone, and propose nothing in another name', async () => {
    const { id } = room.office
    const writes = [
      `state = 'decided', outcome = 'corrected', decided_at = saved_at`,
      `state = 'decided', outcome = 'deleted', decided_at = saved_at`,
      `state = 'proposed', outcome = 'corrected', proposed_by = '${colleague.staff}', second_office = ${id}`,
      `state = 'proposed', outcome = 'corrected', proposed_by = '${clerk.staff}', effective_at = saved_at + interval '1 day'`,
      `state = 'proposed', outcome = 'corrected', proposed_by = '${clerk.staff}', second_office = ${room.other.id}`,
      `state = 'proposed', proposed_by = '${clerk.staff}', second_office = ${id}`,
    ]
    const answers = await says(
      room,
      asStaff(clerk),
      writes.map((changes) => write('in_review', changes)),
    )
    expect(answers).toEqual(writes.map(() => REFUSED))
  })

  it('take no step on a colleague’s case that only its caseworker takes', async () => {
    const own = writings()
    const events = ['released', 'extended', 'proposed', 'decided'] as const
    const statements = [
      ...events.map((event) =>
        write('in_review', `state = '${TRANSITIONS.in_review[event]?.to}', ${own[event]}`),
      ),
      write('in_review', `state = 'question'`),
    ]
    const answers = await says(room, asStaff(colleague), statements)
    expect(answers).toEqual(statements.map(() => REFUSED))
    const skipping = `update ${REQUEST} set version = version + 2 where reference = '${cases.in_review}'`
    expect(await says(room, asStaff(colleague), [skipping])).toEqual([REFUSED])
    const nobody = { ...asStaff(clerk), settings: { office: String(clerk.office) } }
    expect(await says(room, nobody, [write('received', `state = 'in_review'`)])).toEqual([REFUSED])
  })
})

/** What the clerk writes where it stands already, which is no change. */
const SAYS_NOTHING_NEW: Partial<Record<Standing, readonly string[]>> = {
  in_review: ['claimed'],
  question: ['claimed'],
  proposed: ['claimed', 'proposed'],
  decided: ['claimed', 'decided'],
  closed: ['claimed', 'decided', 'closed'],
  withdrawn: ['released', 'closed'],
  received: ['released'],
  passed_on: ['released'],
}

/** Whether the table has a step for the clerk, who works on every case that somebody works on. */
function mayTake(state: Standing, event: RequestEvent, to: State): boolean {
  const cause = ['received', 'passed_on', 'withdrawn'].includes(state) ? 'colleague' : 'assignee'
  const transition = TRANSITIONS[state][event]
  return transition?.to === to && transition.by.includes(cause)
}

/** An entry of an office past every check, as if the journal had written it. */
const entry = (
  reference: string,
  { event, number, by = 'office' }: { event: string; number?: number; by?: string },
) => {
  leaf += 1
  const next = `(select max(number) + 1 from rectification.request_event where reference = '${reference}')`
  return `insert into rectification.request_event (class, expires_on, leaf_index, recorded_at, subject,
      request, reference, number, kind, by, office, salt)
    select 20, expires_on, ${leaf}, saved_at, subject, request, reference, ${number ?? next}, '${event}',
      '${by}', ${by === 'office' ? room.office.id : 'null'}, decode(repeat('00', 32), 'hex')
    from ${REQUEST} where reference = '${reference}'`
}
let leaf = 900_000

describe('a change of state', () => {
  const ask = (reference: string) =>
    `update ${REQUEST} set state = 'question', version = version + 1 where reference = '${reference}'`
  const stateOf = async (reference: string) => {
    const { rows } = await room.superuser.query<{ state: string }>(
      `select state from ${REQUEST} where reference = $1`,
      [reference],
    )
    return rows[0]?.state
  }

  it('cannot be committed without its entry of the log', async () => {
    const reference = cases.in_review
    const tried = [
      [ask(reference)],
      [ask(reference), entry(reference, { event: 'extended' })],
      [ask(reference), entry(reference, { event: 'asked', number: 1 })],
      [ask(reference), entry(reference, { event: 'asked', number: 77 })],
      [ask(reference), entry(cases.received, { event: 'asked' })],
      // Steps that leave the state alone are steps as well.
      [write('in_review', 'was_extended = true'), entry(reference, { event: 'opened' })],
      [write('in_review', `assignee = '${colleague.staff}'`)],
    ]
    for (const statements of tried) {
      expect(await commits(room, asStaff(clerk), statements)).toBe(REFUSED)
    }
    expect(await stateOf(reference)).toBe('in_review')
  })

  it('cannot lean on an entry of another transaction', async () => {
    const reference = cases.in_review
    const before = entry(reference, { event: 'asked' })
    expect(await commits(room, asStaff(clerk), [before])).toBe('done')
    expect(await commits(room, asStaff(clerk), [ask(reference)])).toBe(REFUSED)
  })

  it('is committed with it', async () => {
    const reference = cases.in_review
    const done = [ask(reference), entry(reference, { event: 'asked' })]
    expect(await commits(room, asStaff(clerk), done)).toBe('done')
    expect(await stateOf(reference)).toBe('question')
  })

  it('is nothing that functions of the room or residents commit without one', async () => {
    const idOf = (state: Standing) =>
      `(select request from ${REQUEST} where reference = '${cases[state]}')`
    const version = async (state: Standing) => room.version(cases[state])
    const pass = `select rectification.pass_on(${idOf('received')}, ${await version('received')}, ${room.other.id}, now(), current_date)`
    const confirm = `select rectification.second_step(${idOf('proposed')}, ${await version('proposed')}, true, now(), current_date)`
    expect(await commits(room, asStaff(clerk), [pass])).toBe(REFUSED)
    expect(await commits(room, asStaff(colleague), [confirm])).toBe(REFUSED)
    const person: Insider = {
      who: ['web', 'web_resident'],
      settings: { account: resident.account, subjects: resident.subjects.join(',') },
    }
    const withdraw = write('received', `state = 'withdrawn', closed_at = now()`)
    expect(await commits(room, person, [withdraw])).toBe(REFUSED)
    const effect = `update ${REQUEST} set state = 'decided', outcome = 'corrected' where reference = '${cases.proposed}'`
    await expect(room.superuser.query(effect)).rejects.toThrow('entry of the log')
  })
})
