import { answersTo } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { citerOf, flagsOf, type Cite } from './citing.js'
import { roomOf, type Person, type Room } from './room.js'
import type { StaffActor } from '../../server/identity/index.js'

const HOUR = 3_600_000
/** What PostgreSQL says where a check does not hold. */
const CHECK_VIOLATED = '23514'

let room: Room
let cite: Cite
let person: Person
let clerk: StaffActor
let template: string

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  cite = citerOf(room)
  person = await room.resident('amina')
  clerk = await room.staff('clerk')
  const content = room.content('c.cv_chamber', { recipients: ['kammer'] })
  template = await room.published([clerk, await room.staff('colleague')], content)
})

afterAll(() => room?.close())

const desk = () => room.app.portal.consentDesk
const told = (channel: 'paper' | 'counter', effectiveAt = room.app.clock.now()) =>
  ({ channel, language: 'de', helper: 'none', effectiveAt }) as const
const later = (ms: number) => room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + ms))

describe('on behalf of a person', () => {
  it('a yes is recorded from signed paper alone, a refusal as it was told', async () => {
    const reference = await room.asked(clerk, person, template)
    const yes = { allowed: ['all'], manner: told('counter'), isOfAge: true }
    await expect(desk().record(clerk, reference, yes)).rejects.toMatchObject({ problem: 'NO_YES' })
    expect((await desk().open(clerk, reference)).answers).toEqual([])
    const no = { allowed: [], manner: told('counter'), isOfAge: false }
    await desk().record(clerk, reference, no)
    const [answer] = (await desk().open(clerk, reference)).answers
    expect(answer?.consent.state).toBe('refused')
  })

  it('a yes on paper needs the age that one online needs, and a no needs none', async () => {
    const colleague = await room.staff('reviewer')
    const content = room.content('c.mentoring', { minAge: 16 })
    const grown = await room.published([clerk, colleague], content)
    const answer = (allowed: string[], isOfAge: boolean) => ({
      ...{ allowed, isOfAge, manner: told('paper') },
    })
    const refused = await room.asked(clerk, person, grown)
    await desk().record(clerk, refused, answer([], false))
    const reference = await room.asked(clerk, person, grown)
    await expect(desk().record(clerk, reference, answer(['all'], false))).rejects.toMatchObject({
      problem: 'TOO_YOUNG',
    })
    expect((await desk().open(clerk, reference)).answers).toEqual([])
    await desk().record(clerk, reference, answer(['all'], true))
    const [given] = (await desk().open(clerk, reference)).answers
    expect(given?.consent.state).toBe('given')
  })

  it('a withdrawal on paper counts from its receipt: what came after is flagged, what came before is not', async () => {
    const reference = await room.asked(clerk, person, template)
    const [given = ''] = await room.answered(person, reference, ['all'])
    const { consent } = (await desk().consent(clerk, given)).consent
    const uses: number[] = []
    for (let hour = 1; hour <= 4; hour++) {
      later(HOUR)
      const changes = hour === 4 ? { disclosure: 'case_review' } : {}
      uses.push(await cite({ person, consent, changes }))
    }
    const receipt = new Date(room.app.clock.now().getTime() - 2.5 * HOUR)
    await desk().withdraw(clerk, given, told('paper', receipt))
    const flags: (readonly string[])[] = []
    for (const index of uses) flags.push(await flagsOf(room, index))
    const late = ['consent.not_valid']
    expect(flags).toEqual([[], late, late, ['sealed consent.not_valid']])
    expect(await room.faults()).toEqual([])
  })
})

test('a refusal is kept for three months, a yes until three years after it would have ended', async () => {
  const { rows } = await room.superuser.query<{ kind: string; class: number; days: number }>(
    `select kind, class, expires_on - recorded_at::date as days from consent.entry
      where kind in ('given', 'refused') order by kind`,
  )
  const days = new Map(rows.map((row) => [`${row.kind} ${row.class}`, row.days]))
  expect([...days.keys()]).toEqual(['given 40', 'refused 41'])
  expect(Math.round((days.get('refused 41') ?? 0) / 30.4)).toBe(3)
  expect(Math.round((days.get('given 40') ?? 0) / 30.4)).toBe(42)
})

test('nobody publishes what they wrote, past every check of the application', async () => {
  const version = (
    by: string,
  ) => `insert into consent.version (template, number, content, digest, drafted_by,
      drafted_at, published_by, published_at, ended_at)
    values ('${template}', 7, '{}', decode(repeat('00', 32), 'hex'), '${clerk.staff}', now(), ${by}, now(), now())`
  expect(
    await answersTo(room.superuser, [version(`'${clerk.staff}'`), version('gen_random_uuid()')]),
  ).toEqual([CHECK_VIOLATED, '1 rows'])
})
