import { sql } from 'kysely'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn } from '../support/visitor.js'
import { beginName, walker, type Walker } from './journey.js'

let app: TestApp
let resident: Walker
let other: Walker
let clerk: Walker
let draft: string
/** Files that the demonstration has handed in. */
let before = 0

/** One white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC',
  'base64',
)
const PDF_WITH_SCRIPT = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n' +
    '2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  resident = await walker(app, 'resident-ar')
  other = await walker(app, 'resident-tr')
  clerk = await walker(app, 'caseworker')
  before = await stored()
  draft = await beginName(resident)
  await resident.open(`${at()}/kind`)
  await resident.send(`${at()}/kind`, { kind: 'wrong' })
  await resident.send(`${at()}/right`, { latin: 'Yağmur' })
})

afterAll(() => app?.close())

const at = () => `/de/me/requests/drafts/${draft}`

/** Hands a file in as the form of the page does; the status and the page that answers. */
async function handIn(
  person: Walker,
  { name, type, bytes }: { name: string; type: string; bytes: Buffer },
): Promise<{ status: number; body: string }> {
  const { body } = await person.open(`${at()}/proof`)
  const form = new FormData()
  form.set('csrf', body.includes('name="csrf"') ? csrfIn(body) : '')
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name)
  const answer = await fetch(`${app.url}${at()}/proof/files`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: person.browser.cookies(), 'sec-fetch-site': 'same-origin' },
    body: form,
  })
  return { status: answer.status, body: await answer.text() }
}

async function stored(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from rectification.file`.execute(app.installation.admin)
  return (rows[0]?.count ?? Number.NaN) - before
}

describe('evidence', () => {
  it('is taken when it is a picture, under its name, and nobody else has it', async () => {
    const taken = await handIn(resident, { name: 'جواز.png', type: 'image/png', bytes: PNG })
    expect(taken.status).toBe(303)
    expect((await resident.open(`${at()}/proof`)).body).toContain('جواز.png')
    expect((await handIn(other, { name: 'a.png', type: 'image/png', bytes: PNG })).status).toBe(403)
    expect(await stored()).toBe(1)
  })

  it.each([
    [
      'a script in a PDF',
      { name: 'pass.pdf', type: 'application/pdf', bytes: PDF_WITH_SCRIPT },
      'führt etwas aus',
    ],
    [
      'another type',
      { name: 'pass.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg/>') },
      'Möglich sind nur',
    ],
    [
      'a name that lies',
      { name: 'pass.pdf', type: 'application/pdf', bytes: PNG },
      'passen nicht zusammen',
    ],
    [
      'an archive behind a picture',
      { name: 'p.png', type: 'image/png', bytes: archived() },
      'noch eine andere',
    ],
  ])('is refused with %s, and leaves nothing', async (_what, file, words) => {
    const refused = await handIn(resident, file)
    expect([refused.status, refused.body.includes(words)]).toEqual([400, true])
    expect(await stored()).toBe(1)
  })

  it('lies encrypted, goes with the request, and opens for its office as a download', async () => {
    const { rows } = await sql<{ content: Buffer; name: Buffer }>`
      select content, name from rectification.file`.execute(app.installation.admin)
    expect(rows[0]?.content.includes(PNG.subarray(0, 8))).toBe(false)
    expect(rows[0]?.name.toString()).not.toContain('جواز')
    await resident.open(`${at()}/proof`)
    await resident.send(`${at()}/proof`, { evidence: ['passport'] })
    await resident.send(`${at()}/tell`, { restrict: 'no' })
    const filed = await resident.send(`${at()}/check/file`)
    const reference = filed.to.split('/').at(-1) ?? ''
    const own = /href="([^"]+\/files\/[^"]+)"/.exec(filed.body)?.[1] ?? ''
    expect((await bytesOf(resident, own)).equals(PNG)).toBe(true)
    const desk = await clerk.open(`/de/work/cases/${reference}`)
    const office = /href="([^"]+\/files\/[^"]+)"/.exec(desk.body)?.[1] ?? ''
    expect((await bytesOf(clerk, office)).equals(PNG)).toBe(true)
    expect((await other.open(own)).status).toBe(404)
  })

  it('cannot be read any more once the key of the request is deleted', async () => {
    await sql`update rectification.request set case_key = null`.execute(app.installation.admin)
    const list = await resident.open('/de/me/requests')
    const reference = /class="id"[^>]*>([2-9A-Z]{8})</.exec(list.body)?.[1] ?? ''
    const page = await resident.open(`/de/me/requests/${reference}`)
    expect(page.body).toContain('gelöscht')
    expect(page.body).not.toContain('Yağmur')
  })
})

/** A picture with an empty archive behind it: what one program shows, another one unpacks. */
function archived(): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  const text = Buffer.concat([Buffer.from('tEXt'), end])
  const chunk = Buffer.alloc(8 + end.length + 4)
  chunk.writeUInt32BE(end.length, 0)
  text.copy(chunk, 4)
  return Buffer.concat([PNG.subarray(0, 33), chunk, PNG.subarray(33)])
}

async function bytesOf(person: Walker, path: string): Promise<Buffer> {
  const answer = await fetch(`${app.url}${path}`, {
    headers: { cookie: person.browser.cookies() },
  })
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
  return Buffer.from(await answer.arrayBuffer())
}
