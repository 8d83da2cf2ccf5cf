import { sql } from 'kysely'
import { createInspection, INSPECTION_TERMS } from '../../server/platform/files/inspection.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { pdfOf } from '../support/sent-files.js'
import { TOLD } from '../support/told.js'
import { csrfIn } from '../support/visitor.js'
import { beginName, walker, type Walker } from './journey.js'

/** One thread that does what the name of a file says, and room for one file behind it. */
const told = createInspection({
  ...INSPECTION_TERMS,
  ...{ program: TOLD, threads: 1, waiting: 1, limitMs: 4_000, heapMb: 64 },
})

let app: TestApp
let people: readonly Walker[]
let drafts: readonly string[]
/** Files that the demonstration has handed in. */
let before = 0

beforeAll(async () => {
  app = await startTestApp({ demo: true, inspect: told.inspect })
  before = await stored()
  people = await Promise.all(['resident-ar', 'resident-tr', 'resident-uk'].map(entered))
  drafts = await Promise.all(people.map((person) => beginName(person)))
}, 180_000)

afterAll(async () => {
  await told.stop()
  await app?.close()
})

const entered = (name: string) => walker(app, name)

async function stored(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from rectification.file`.execute(app.installation.admin)
  return (rows[0]?.count ?? Number.NaN) - before
}

/** One person hands a file in; what is answered. */
async function handIn(at: number, name: string): Promise<Response> {
  const [person, draft] = [people[at], drafts[at] ?? '']
  if (person === undefined) throw new Error('nobody')
  const path = `/de/me/requests/drafts/${draft}/proof`
  const { body } = await person.open(path)
  const form = new FormData()
  form.set('csrf', csrfIn(body))
  form.set('file', new Blob([new Uint8Array(pdfOf())], { type: 'application/pdf' }), name)
  return fetch(`${app.url}${path}/files`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: person.browser.cookies(), 'sec-fetch-site': 'same-origin' },
    body: form,
  })
}

describe('a file that is made to keep the portal busy', () => {
  it('is refused when its time is over, and pages are answered meanwhile', async () => {
    let isOver = false
    const spinning = handIn(0, 'spin.pdf').finally(() => (isOver = true))
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const page = await people[1]?.open('/de/me')
    expect([page?.status, isOver]).toEqual([200, false])
    const refused = await spinning
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('zu kompliziert'),
    ])
    expect(await stored()).toBe(0)
  })

  it('is refused when it takes too much memory', async () => {
    const refused = await handIn(0, 'eat.pdf')
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('zu kompliziert'),
    ])
    expect(await stored()).toBe(0)
  })

  it('is not taken where the thread dies of it: nobody has looked at it', async () => {
    const refused = await handIn(0, 'die.pdf')
    expect(refused.status).toBe(503)
    expect(await stored()).toBe(0)
  })

  it('sends others away at once where too many wait, and says when to come back', async () => {
    const spinning = [handIn(0, 'spin.pdf'), handIn(1, 'spin.pdf')]
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const began = performance.now()
    const busy = await handIn(2, 'answer.pdf')
    expect(busy.status).toBe(503)
    expect(Number(busy.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(performance.now() - began).toBeLessThan(3_000)
    for (const one of await Promise.all(spinning)) expect(one.status).toBe(400)
    expect((await handIn(2, 'answer.pdf')).status).toBe(400)
    expect(await stored()).toBe(0)
  })
})

describe('the end of the portal', () => {
  it('ends its threads: nothing is looked at any more', async () => {
    const other = await startTestApp()
    const file = { name: 'a.pdf', declaredType: 'application/pdf', bytes: pdfOf() }
    expect((await other.installation.inspect(file)).ok).toBe(true)
    await other.close()
    await expect(other.installation.inspect(file)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
