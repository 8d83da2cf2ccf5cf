import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn } from '../support/visitor.js'
import { beginName, walker, type Walker } from './journey.js'

let app: TestApp
let resident: Walker
let at: string

/** One white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC',
  'base64',
)

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  resident = await walker(app, 'resident-tr')
  at = `/de/me/requests/drafts/${await beginName(resident, { field: 'azr.given_names' })}`
  await resident.open(`${at}/kind`)
  await resident.send(`${at}/kind`, { kind: 'wrong' })
  await resident.send(`${at}/right`, { latin: 'Emre' })
}, 300_000)

afterAll(() => app?.close())

const TICKED = /value="([a-z_]+)" checked/g
const ticked = (body: string) => [...body.matchAll(TICKED)].map(([, value]) => value)

async function upload(bytes: Buffer, evidence: readonly string[]) {
  const { body } = await resident.open(`${at}/proof`)
  const form = new FormData()
  form.set('csrf', csrfIn(body))
  form.set('version', /name="version" value="(\d+)"/.exec(body)?.[1] ?? '')
  for (const one of evidence) form.append('evidence', one)
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'pass.png')
  const answer = await fetch(`${app.url}${at}/proof/files`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: resident.browser.cookies(), 'sec-fetch-site': 'same-origin' },
    body: form,
  })
  return { status: answer.status, body: await answer.text() }
}

describe('what is ticked beside the files', () => {
  it('is saved with a file that is taken', async () => {
    expect((await upload(PNG, ['passport', 'id_card'])).status).toBe(303)
    const { body } = await resident.open(`${at}/proof`)
    expect(ticked(body)).toEqual(['passport', 'id_card'])
    expect(body).toContain('pass.png')
  })

  it('stays on the page where the file is refused, and can then be saved', async () => {
    const refused = await upload(Buffer.from('no picture'), ['passport', 'birth_record'])
    expect(refused.status).toBe(400)
    expect(ticked(refused.body)).toEqual(['passport', 'birth_record'])
    await resident.open(`${at}/proof`)
    const saved = await resident.send(`${at}/proof`, { evidence: ['passport', 'birth_record'] })
    expect(saved.to).toBe(`${at}/tell`)
  })

  it('is saved when a file is taken back', async () => {
    const { body } = await resident.open(`${at}/proof`)
    const drop = /formaction="([^"]+\/files\/[^"]+)"/.exec(body)?.[1] ?? ''
    const after = await resident.send(drop, { evidence: ['registration'] })
    expect(ticked(after.body)).toEqual(['registration'])
    expect(after.body).not.toContain('pass.png')
  })
})

test('a file that was chosen and not added is not lost without a word', async () => {
  await resident.open(`${at}/proof`)
  const answer = await resident.send(`${at}/proof`, { evidence: ['passport'], file: 'pass.png' })
  expect(answer.status).toBe(400)
  expect(answer.body).toContain('noch nicht hier')
  expect(ticked(answer.body)).toEqual(['passport'])
})
