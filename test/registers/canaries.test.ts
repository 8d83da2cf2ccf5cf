import pg from 'pg'
import { endpointsOf } from '../../server/compose/requests.js'
import { noticeCommands } from '../../server/rectification/commands/notices.js'
import { walker, type Walker } from '../rectification/journey.js'
import { dumpOf, readableIn } from '../support/dump.js'
import { OFFICE, openWorld, PERSON, startRegister, type Register, type World } from './connected.js'

const FIELD = 'azr.family_name'
/** What offices have written, field by field, and what the person and the office write: nobody else does. */
const CANARIES = {
  stored: 'Zilpzalp',
  wanted: 'Zaunkönig',
  original: 'هدهد',
  words: 'Nachtigall',
  answer: 'Rotkehlchen',
  decision: 'Wiedehopf',
  evidence: 'Bachstelze',
  fileName: 'Kolibri',
  line: 'GOLDAMMER',
}
const PDF = `%PDF-1.4\n% ${CANARIES.evidence}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`

let world: World
let register: Register
let superuser: pg.Client
let resident: Walker

beforeAll(async () => {
  world = await openWorld()
  const records = world.records.map((record) => ({ ...record, texts: [canaryOf(record.field)] }))
  register = await startRegister({ ...world, records })
  superuser = new pg.Client({ connectionString: world.app.adminUrl })
  await superuser.connect()
  await connect()
  resident = await walker(world.app, PERSON)
}, 180_000)

afterAll(async () => {
  await superuser?.end()
  await register?.remove()
  await world?.app.close()
})

/** The time of the portal is the register's, so that what is signed counts. */
beforeEach(() => world.app.clock.moveTo(new Date()))

const canaryOf = (field: string) => `${CANARIES.stored} ${field}`

async function connect(): Promise<void> {
  const endpoints = endpointsOf(world.app.installation)
  const commands = noticeCommands({ endpoints, print: () => undefined })
  for (const office of new Set(world.records.map((record) => record.office))) {
    const codes = world.records.filter((one) => one.office === office).map(({ field }) => field)
    const [at, fields] = [`${register.origin}/${office}`, [...new Set(codes)].join(',')]
    await world.command(`register:connect --office ${office} --url ${at}/values --fields ${fields}`)
    const told = ['--office', office, '--url', `${at}/corrections`]
    await commands.find(({ name }) => name === 'notice:connect')?.run(told)
  }
}

/** What of the canaries can be read where nobody should: in the database, and in the log. */
async function leaks(): Promise<string[]> {
  const text = [await dumpOf(superuser), ...world.lines].join('\n')
  // The scan reads what it is meant to: the number of the office's file stands there in clear.
  expect(text).toContain(OFFICE)
  expect(world.lines.length).toBeGreaterThan(3)
  return readableIn(text, Object.values(CANARIES))
}

it('pages show what the offices have written, field by field, and keep none of it', async () => {
  for (const field of new Set(world.records.map((record) => record.field))) {
    for (const lang of ['de', 'ar']) {
      const { body } = await resident.open(`/${lang}/me/data/${field}`)
      expect(body).toContain(canaryOf(field))
    }
  }
  expect(await leaks()).toEqual([])
})

it('what a person states, asks help with, hands in and is asked is read by nobody else', async () => {
  const reference = await filed()
  const clerk = await walker(world.app, 'caseworker')
  const at = `/de/work/cases/${reference}`
  expect((await clerk.open(at)).body).toContain(CANARIES.wanted)
  await clerk.send(`${at}/claim`)
  await clerk.send(`${at}/ask`, { questions: ['spelling'] })
  await resident.open(`/de/me/requests/${reference}`)
  await resident.send(`/de/me/requests/${reference}/answer`, { answer: CANARIES.answer })
  await clerk.open(at)
  const decision = { outcome: 'corrected', reasons: ['evidence_shows'], words: CANARIES.decision }
  await clerk.send(`${at}/decide`, decision)
  const second = await walker(world.app, 'caseworker-2')
  await second.open(at)
  await second.send(`${at}/confirm`)
  await world.app.portal.jobs.find(({ name }) => name === 'rectification.tell')?.work()
  const { body } = await resident.open(`/de/me/requests/${reference}`)
  expect(body).toContain(CANARIES.decision)
  expect((await resident.open(`/de/me/data/${FIELD}`)).body).toContain(CANARIES.wanted)
  expect(await leaks()).toEqual([])
})

/** Files a correction of the name, with the lines of a passport and a file; its reference. */
async function filed(): Promise<string> {
  const { open, send } = resident
  await open(`/de/me/requests/new?field=${FIELD}`)
  const begun = await send('/de/me/requests/new', { field: FIELD })
  const draft = /drafts\/([0-9a-f-]{36})/.exec(begun.to)?.[1] ?? ''
  const at = `/de/me/requests/drafts/${draft}`
  await open(`${at}/kind`)
  await send(`${at}/kind`, { kind: 'wrong', stored: canaryOf(FIELD) })
  const zone = `P<SYR${CANARIES.line}`.padEnd(44, '<')
  const helped = await send(`${at}/right`, { help: 'zone', zone, words: CANARIES.words })
  expect(helped.body).toContain(CANARIES.line)
  const { wanted: latin, original, words } = CANARIES
  await send(`${at}/right`, { latin, original, words, zone })
  const file = {
    ...{ name: `${CANARIES.fileName}.pdf`, type: 'application/pdf' as const },
    bytes: Buffer.from(PDF),
  }
  expect(await world.app.portal.evidence.add(world.actor, draft, [file])).toBeUndefined()
  await open(`${at}/proof`)
  await send(`${at}/proof`, { evidence: ['passport'] })
  await send(`${at}/tell`, { restrict: 'yes', recipients: 'yes' })
  const sent = await send(`${at}/check/file`)
  return sent.to.split('/').at(-1) ?? ''
}
