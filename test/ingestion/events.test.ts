import { EVENT_ERRORS } from '../../server/ingestion/delivery.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { authorityOf, type TestAuthority } from './authority.js'
import type { Answer } from './observed.js'
import { expectProblem } from './problems.js'

let app: TestApp
let office: TestAuthority
const codes = new Set<string>()

beforeAll(async () => {
  app = await startTestApp()
  office = await authorityOf(app)
})

afterAll(async () => {
  await app?.close()
})

interface Fault {
  readonly seq: number
  readonly field: string
  readonly code: string
}

function errorsOf(answer: Answer): readonly Fault[] {
  expectProblem(answer, 422, 'bad-events')
  const errors = answer.body['errors'] as Fault[]
  for (const { code } of errors) codes.add(code)
  return errors
}

/** What is said about one access with some changes; a member set to undefined is left out. */
async function faults(changes: object): Promise<string[]> {
  const answer = await office.deliver([{ seq: 1, ...office.access(changes) }])
  return errorsOf(answer).map(({ field, code }) => `${field} ${code}`)
}

const inMinutes = (minutes: number) =>
  new Date(app.clock.now().getTime() + minutes * 60_000).toISOString()
const inDays = (days: number) => inMinutes(days * 24 * 60)

describe('an event', () => {
  it.each(['subject', 'occurredAt', 'operation', 'purpose', 'legalBasis', 'fields', 'channel'])(
    'needs %s',
    async (name) => {
      expect(await faults({ [name]: undefined })).toEqual([`${name} required`])
    },
  )

  it.each([
    [{ subject: '123' }, 'subject wrong_type'],
    [{ subject: { scheme: 'azr' } }, 'subject.value required'],
    [{ subject: { scheme: 'azr', value: 123456789012 } }, 'subject.value wrong_type'],
    [{ subject: { scheme: 'passport', value: 'x' } }, 'subject.scheme unknown_code'],
    [{ subject: { scheme: 'azr', value: '12345678901' } }, 'subject.value malformed'],
    [{ subject: { scheme: 'azr', value: '' } }, 'subject.value out_of_range'],
    [{ subject: { scheme: 'azr', value: '1'.repeat(101) } }, 'subject.value out_of_range'],
    [{ subject: { scheme: 'idnr', value: '1234567890a' } }, 'subject.value malformed'],
    [{ subject: { scheme: 'local', value: 'a b' } }, 'subject.value malformed'],
    [{ subject: { scheme: 'azr', value: '123456789012', name: 'A' } }, 'subject.name unknown_key'],
    [{ occurredAt: '2027-02-30T10:00:00Z' }, 'occurredAt malformed'],
    [{ occurredAt: '2027-02-03T10:00:00' }, 'occurredAt malformed'],
    [{ occurredAt: 1 }, 'occurredAt wrong_type'],
    [{ operation: 'read' }, 'operation unknown_code'],
    [{ operation: 1 }, 'operation wrong_type'],
    [{ channel: 'robot' }, 'channel unknown_code'],
    [{ purpose: 'curiosity' }, 'purpose unknown_code'],
    [{ legalBasis: 'none' }, 'legalBasis unknown_code'],
    [{ fields: [] }, 'fields out_of_range'],
    [{ fields: 'azr.family_name' }, 'fields wrong_type'],
    [{ fields: ['azr.family_name', 'azr.shoe_size'] }, 'fields.1 unknown_code'],
    [{ fields: ['azr.family_name', 'azr.family_name'] }, 'fields.1 duplicate'],
    [{ fields: [null] }, 'fields.0 wrong_type'],
    [{ unit: 'broom_cupboard' }, 'unit unknown_code'],
    [{ unit: null }, 'unit wrong_type'],
    [{ operatorRef: 'short' }, 'operatorRef malformed'],
    [{ operatorRef: 'Erika Mustermann' }, 'operatorRef malformed'],
    [{ operatorRef: 'x'.repeat(65) }, 'operatorRef malformed'],
    [{ caseRef: 'a<b>' }, 'caseRef malformed'],
    [{ caseRef: 'x'.repeat(41) }, 'caseRef malformed'],
    [{ caseRef: 'x'.repeat(65) }, 'caseRef out_of_range'],
    [{ consentId: '1234' }, 'consentId malformed'],
    [{ disclosure: 'secret' }, 'disclosure unknown_code'],
    [{ disclosure: 'not_in_log' }, 'disclosure not_in_log'],
    [{ holdUntil: '2027-02-30' }, 'holdUntil malformed'],
    [{ holdUntil: 'tomorrow' }, 'holdUntil malformed'],
    [{ source: 'i.xx.nobody' }, 'source unknown_code'],
    [{ source: 'abh' }, 'source office_required'],
    [{ source: 'i.de.bva', recipient: 'i.pf.sozialamt' }, 'recipient not_a_party'],
    [{ note: 'free text' }, 'note unknown_key'],
  ] as const)('is refused with %j', async (changes, fault) => {
    expect(await faults(changes)).toEqual([fault])
  })

  it('may keep a member whose name every object has only as an error', async () => {
    const event = JSON.stringify({ seq: 1, ...office.access() }).replace('{', '{"__proto__":{},')
    const claims = JSON.stringify(office.claims([])).replace('"events":[]', `"events":[${event}]`)
    const errors = errorsOf(await office.post(await office.sign(claims)))
    expect(errors).toEqual([{ seq: 1, field: '__proto__', code: 'unknown_key' }])
  })

  it('may lie up to five minutes ahead, as clocks differ', async () => {
    expect(await faults({ occurredAt: inMinutes(5.1) })).toEqual(['occurredAt occurred_in_future'])
  })

  it('may be held for 90 days and no longer', async () => {
    expect(await faults({ holdUntil: inDays(92) })).toEqual(['holdUntil hold_too_long'])
    expect(await faults({ holdUntil: inDays(92).slice(0, 10) })).toEqual([
      'holdUntil hold_too_long',
    ])
  })

  it('is refused once its retention has run out', async () => {
    expect(await faults({ occurredAt: inDays(-4000) })).toEqual(['event retention_over'])
  })

  it('is refused where the law keeps it out of the log', async () => {
    const { flows, parties } = app.installation.catalogue
    const flow = flows.find(({ disclosure }) => disclosure === 'not_in_log')
    const register = parties.all.find(
      ({ kind, authority }) => kind === 'office' && authority === flow?.source,
    )
    const source = await authorityOf(app, { code: register?.code ?? '' })
    const { recipient, operation, purpose, legalBasis, fields } = flow ?? {}
    const event = source.access({ source: source.code })
    const answer = await source.deliver([
      { seq: 1, ...event, recipient, operation, purpose, legalBasis, fields },
    ])
    expect(errorsOf(answer)).toEqual([{ seq: 1, field: 'event', code: 'not_in_log' }])
  })
})

describe('a batch with faults', () => {
  it('names every fault of every event, and records nothing', async () => {
    const events = [
      { seq: 1, ...office.access({ purpose: 'x', channel: 'y', extra: 1 }) },
      { seq: 2, ...office.access() },
      { seq: 3, ...office.access({ purpose: 'x', unit: 'y', fields: ['z'] }) },
      { seq: 5, ...office.access() },
      { seq: 5, ...office.access({ occurredAt: inDays(-4000) }) },
      'no object',
    ]
    const errors = errorsOf(await office.deliver(events as object[]))
    expect(errors.map(({ seq, field, code }) => `${seq} ${field} ${code}`).sort()).toEqual([
      '1 channel unknown_code',
      '1 extra unknown_key',
      '3 fields.0 unknown_code',
      '3 purpose unknown_code',
      '3 unit unknown_code',
      '4 seq out_of_sequence',
      '5 event retention_over',
      '6 event wrong_type',
    ])
    expect(await office.lastSeq()).toBe(0)
  })

  it('names a hundred faults at most, the first ones', async () => {
    const answer = await office.deliver(office.events(1, 300, { purpose: 'x', unit: 'y' }))
    const errors = errorsOf(answer)
    expect(errors).toHaveLength(100)
    expect(errors.at(-1)?.seq).toBe(50)
  })

  it('never repeats what was sent', async () => {
    const secret = 'KANARI-4711'
    const answer = await office.deliver([
      {
        seq: 1,
        ...office.access({ subject: { scheme: 'azr', value: secret }, caseRef: `<${secret}>` }),
      },
    ])
    expect(errorsOf(answer)).toHaveLength(2)
    expect(answer.text).not.toContain(secret)
  })
})

describe('an event that is well formed', () => {
  it('is recorded with everything that it may carry', async () => {
    const { flows, units } = app.installation.catalogue
    expect(flows.length).toBeGreaterThan(0)
    const full = office.access({
      subject: { scheme: 'azr', value: '123 456 789 012' },
      occurredAt: inMinutes(4.9),
      unit: units.all[0]?.code,
      operatorRef: 'q3_2027-Xy',
      caseRef: 'JC 12/2027-3_b',
      consentId: 'F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6',
      disclosure: 'case_review',
      holdUntil: inDays(89),
      channel: 'automated',
    })
    const plain = office.access({
      disclosure: 'open',
      holdUntil: inDays(-1),
      recipient: office.code,
    })
    const answer = await office.deliver([
      { seq: 1, ...full },
      { seq: 2, ...plain },
    ])
    expect(answer.status).toBe(201)
    const [row] = await app.installation.admin
      .selectFrom('overview.sealed_event')
      .select(['consent_id', 'case_ref', 'stream_seq'])
      .where('stream_seq', '=', 1)
      .execute()
    expect(row).toEqual({
      consent_id: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      case_ref: 'JC 12/2027-3_b',
      stream_seq: 1,
    })
  })

  it('is of one person however the number is grouped, and of another at another office', async () => {
    const one = await authorityOf(app)
    const other = await authorityOf(app, { code: 'i.pf.sozialamt' })
    const azr = (value: string) => ({ subject: { scheme: 'azr', value } })
    const local = { subject: { scheme: 'local', value: 'K-77' } }
    await one.deliver([
      { seq: 1, ...one.access(azr('999 888 777 666')) },
      { seq: 2, ...one.access(azr('999888777666')) },
      { seq: 3, ...one.access(local) },
    ])
    await other.deliver([{ seq: 1, ...other.access(local) }])
    const rows = await app.installation.admin
      .selectFrom('overview.access_event as event')
      .innerJoin('ingestion.stream as stream', 'stream.stream', 'event.stream')
      .select(['event.subject', 'stream.name', 'event.stream_seq as seq'])
      .where('stream.name', 'in', [one.stream, other.stream])
      .execute()
    const subjectOf = (name: string, seq: number) =>
      rows.find((row) => row.name === name && row.seq === seq)?.subject
    expect(subjectOf(one.stream, 1)).toBe(subjectOf(one.stream, 2))
    const subjects = rows.map(({ subject }) => subject)
    expect(new Set(subjects).size).toBe(3)
    expect(JSON.stringify(rows)).not.toMatch(/999888777666|K-77/)
  })

  it('follows the pattern of file numbers that its stream was registered with', async () => {
    const strict = await authorityOf(app, { caseRefPattern: '^[0-9]{3}-[A-Z]{2}$' })
    const wrong = await strict.deliver(strict.events(1, 1, { caseRef: 'JC 12/2027' }))
    expect(errorsOf(wrong)).toEqual([{ seq: 1, field: 'caseRef', code: 'malformed' }])
    expect((await strict.deliver(strict.events(1, 1, { caseRef: '123-AB' }))).status).toBe(201)
  })
})

describe('the codes of errors', () => {
  it('were all seen here', () => {
    expect([...codes].sort()).toEqual(Object.keys(EVENT_ERRORS).sort())
  })
})
