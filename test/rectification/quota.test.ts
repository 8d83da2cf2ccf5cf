import { sql } from 'kysely'
import type { ResidentActor } from '../../server/identity/index.js'
import { MOST_FILES, type Evidence } from '../../server/rectification/evidence.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { FIELD, person } from './decided.js'

let app: TestApp
let actor: ResidentActor
let draft: string

beforeAll(async () => {
  app = await startTestApp()
  actor = (await person(app, 1)).actor
}, 120_000)

afterAll(() => app?.close())

beforeEach(async () => {
  await sql`delete from rectification.request`.execute(app.installation.admin)
  const field = app.installation.catalogue.fields.byCode(FIELD)
  if (field === undefined) throw new Error(`no field ${FIELD}`)
  draft = await app.portal.rectification.begin(actor, field, 'de')
})

const MEGABYTE = 1024 * 1024
const file = (megabytes: number): Evidence => ({
  name: 'proof.png',
  type: 'image/png',
  bytes: Buffer.alloc(Math.max(1, megabytes * MEGABYTE)),
})
const files = (count: number, megabytes = 0) => Array.from({ length: count }, () => file(megabytes))
const add = (given: readonly Evidence[]) => app.portal.evidence.add(actor, draft, given)
const kept = async () => (await app.portal.evidence.ofDraft(actor, draft)).length

describe('files with a request', () => {
  it('are taken together or not at all', async () => {
    expect(await add(files(MOST_FILES - 2))).toBeUndefined()
    expect(await add(files(3))).toBe('TOO_MANY')
    expect(await kept()).toBe(MOST_FILES - 2)
    expect(await add(files(2))).toBeUndefined()
  })

  it('find no room by coming at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => add(files(3))))
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(3)
    expect(await kept()).toBe(9)
  })

  it('are fifty megabytes of one person at most, over all requests', async () => {
    expect(await add(files(5, 8))).toBeUndefined()
    expect(await add(files(2, 6))).toBe('QUOTA')
    expect(await kept()).toBe(5)
  }, 60_000)
})
