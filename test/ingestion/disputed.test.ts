import type { Trx } from '../../server/database.js'
import type { ResidentActor } from '../../server/identity/index.js'
import { disputedAmong } from '../../server/ingestion/disputes.js'
import { roomOf, WHOLE, type Room } from '../rectification/room.js'
import { startTestApp } from '../support/app.js'
import { authorityOf, type TestAuthority } from './authority.js'
import { contractFaults, observations, observe, type OpenApi } from './observed.js'
import { deskOf, run } from './sender-run.js'

const AZR = { scheme: 'azr', value: '555555555501' } as const
const IDNR = { scheme: 'idnr', value: '04730000001' } as const
const STRANGER = { scheme: 'azr', value: '555555555502' } as const

let room: Room
let office: TestAuthority
let person: ResidentActor
let reference: string
/** The fields of the deliveries: the first one is contested. */
let fields: readonly string[]

beforeAll(async () => {
  const app = await startTestApp()
  room = await roomOf(app)
  office = await authorityOf(app)
  fields = office.access()['fields'] as string[]
  const { enrolment, identity } = app.portal
  await enrolment.createDemoAccount({ name: 'rana', language: 'ar', numbers: [AZR, IDNR] })
  const session = await identity.signInDemo('rana')
  const open = await identity.sessions.open(session?.token ?? '', app.clock.now())
  person = open?.actor as ResidentActor
  const draft = { statement: { ...WHOLE, restrict: false } }
  await room.filed(person, { field: fields[1] ?? '', ...draft })
  reference = await room.filed(person, { field: fields[0] ?? '' })
})

beforeEach(async () => {
  office = await authorityOf(room.app)
})

afterAll(() => room?.close())

const contested = () => [{ seq: 1, fields: fields.slice(0, 1) }]

describe('an office that obtains what its person contests', () => {
  it.each(['query', 'transmit'])('is told so when it delivers a %s', async (operation) => {
    const { status, body } = await office.deliver(office.events(1, 1, { subject: AZR, operation }))
    expect([status, body['disputed']]).toEqual([201, contested()])
  })

  it.each(['store', 'erase'])(
    'is told nothing of a %s, which obtains nothing',
    async (operation) => {
      const { body } = await office.deliver(office.events(1, 1, { subject: AZR, operation }))
      expect(body).not.toHaveProperty('disputed')
      expect((await office.read('/receipts/1')).body['disputed']).toEqual([])
    },
  )

  it('is told under whichever number it knows the person by', async () => {
    for (const [at, subject] of [AZR, IDNR].entries()) {
      const { body } = await office.deliver(office.events(at + 1, 1, { subject }))
      expect(body['disputed']).toEqual([{ seq: at + 1, fields: fields.slice(0, 1) }])
    }
  })

  it('is told the number of each event of a batch, and nothing of another person', async () => {
    const subjects = [STRANGER, AZR, STRANGER, IDNR]
    const events = subjects.map((subject, at) => ({ seq: at + 1, ...office.access({ subject }) }))
    const { body } = await office.deliver(events)
    const [first] = contested()
    expect(body['disputed']).toEqual([2, 4].map((seq) => ({ ...first, seq })))
    const { body: none } = await office.deliver(office.events(5, 2, { subject: STRANGER }))
    expect(none).not.toHaveProperty('disputed')
  })

  it('is told of no other field', async () => {
    const changes = { subject: AZR, fields: fields.slice(1, 2) }
    const { body } = await office.deliver(office.events(1, 1, changes))
    expect(body).not.toHaveProperty('disputed')
  })

  it('is told the same of an access that is withheld from the person', async () => {
    const changes = { subject: AZR, disclosure: 'withheld' }
    const { body } = await office.deliver(office.events(1, 1, changes))
    expect(body['disputed']).toEqual(contested())
    expect((await office.read('/receipts/1')).body['disputed']).toEqual(fields.slice(0, 1))
  })

  it('has it asked once, however many events a batch has, and never for what obtains nothing', async () => {
    const questions: (readonly string[])[] = []
    const disputes = (_trx: Trx, subjects: readonly string[]) => {
      questions.push(subjects)
      return Promise.resolve([{ subject: 'a', field: 7 }])
    }
    const access = { subject: 'a', operation: 'query', fields: [{ id: 7, code: 'x' }] } as const
    const many = Array.from({ length: 300 }, (_, at) => ({ seq: at + 1, ...access }))
    const trx = undefined as unknown as Trx
    expect(await disputedAmong(trx, many, disputes)).toHaveLength(300)
    expect(await disputedAmong(trx, [{ seq: 1, ...access, operation: 'store' }], disputes)).toEqual(
      [],
    )
    expect(questions).toEqual([['a']])
  })

  it('reads it in what the sender prints', async () => {
    const desk = await deskOf(room.app)
    try {
      room.app.clock.moveTo(new Date())
      const lines = [STRANGER, AZR].map((subject) =>
        JSON.stringify(desk.office.access({ subject })),
      )
      const input = desk.write('day.jsonl', `${lines.join('\n')}\n`)
      const { code, out, err } = await run([...desk.args, input])
      expect([code, out.split(',')[0]]).toEqual([0, '2 sent'])
      expect(err).toBe(
        `Line 2: the person contests ${fields[0]}; its use is restricted (GDPR Article 18).\n`,
      )
    } finally {
      desk.close()
    }
  }, 60_000)
})

describe('once the request has come to its end', () => {
  it('a repeated batch gets its first answer, a receipt what holds now', async () => {
    const events = office.events(1, 2, { subject: AZR })
    const first = await office.deliver(events)
    const receipt = await office.read('/receipts/2')
    expect(receipt.body['disputed']).toEqual(fields.slice(0, 1))
    await room.app.portal.rectification.withdraw(person, reference)
    const again = await office.deliver(events)
    expect([again.status, again.text]).toEqual([200, first.text])
    expect((await office.read('/receipts/2')).body['disputed']).toEqual([])
    const { body } = await office.deliver(office.events(3, 1, { subject: AZR }))
    expect(body).not.toHaveProperty('disputed')
  })

  it('every answer was as the OpenAPI document says', async () => {
    const { body } = await observe(room.app, '/api/openapi.json')
    const document = body as unknown as OpenApi
    const told = observations.filter(({ text }) => text.includes('"disputed":[{'))
    expect(told.length).toBeGreaterThan(3)
    expect(document.components.schemas['BatchAnswer']?.properties).toHaveProperty('disputed')
    expect(observations.flatMap((seen) => contractFaults(document, seen))).toEqual([])
  })
})
