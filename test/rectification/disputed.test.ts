import { wordsOf } from '../registers/connected.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { fileName, walker, type Walker } from './journey.js'

const FIELD = 'azr.given_names'
const MARK = 'Sie bestreiten diese Angabe'

let app: TestApp
let resident: Walker
let clerk: Walker

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  resident = await walker(app, 'resident-ar')
  clerk = await walker(app, 'caseworker')
})

afterAll(() => app?.close())

const page = async (path: string, person = resident) => wordsOf((await person.open(path)).body)
const inList = async () =>
  (await resident.open('/de/me/data')).body
    .split('<li>')
    .find((line) => line.includes(`/data/${FIELD}"`)) ?? ''

describe('an entry that is in dispute', () => {
  it('is marked where the person sees it, from the filing to the decision, with the way to the request', async () => {
    expect(await page(`/de/me/data/${FIELD}`)).not.toContain(MARK)
    expect(await inList()).not.toContain(MARK)
    const reference = await fileName(resident, { field: FIELD, latin: 'Layla' })
    const { body } = await resident.open(`/de/me/data/${FIELD}`)
    expect(wordsOf(body)).toContain(MARK)
    expect(body).toContain(`href="/de/me/requests/${reference}"`)
    expect(await inList()).toContain(MARK)
    await resident.open(`/de/me/requests/${reference}`)
    await resident.send(`/de/me/requests/${reference}/withdraw`)
    expect(await page(`/de/me/data/${FIELD}`)).not.toContain(MARK)
    expect(await inList()).not.toContain(MARK)
  })

  it('is the person’s own: nobody else sees the mark, and a letter opens neither', async () => {
    await fileName(resident, { field: FIELD, latin: 'Layla' })
    const other = await walker(app, 'resident-ru')
    expect(await page(`/de/me/data/${FIELD}`, other)).not.toContain(MARK)
    const letter = await walker(app, 'resident-letter')
    expect((await letter.open('/de/me/data')).body).not.toContain(MARK)
    expect((await clerk.open(`/de/me/data/${FIELD}`)).status).toBe(404)
  })

  it('is not marked where nobody asked for a restriction', async () => {
    const field = 'azr.birth_place'
    await resident.open(`/de/me/requests/new?field=${field}`)
    const begun = await resident.send('/de/me/requests/new', { field })
    const at = begun.to.replace(/\/[^/]+$/, '')
    await resident.open(`${at}/kind`)
    await resident.send(`${at}/kind`, { kind: 'wrong' })
    await resident.send(`${at}/right`, { text: 'Homs' })
    await resident.send(`${at}/proof`, { evidence: ['nothing'] })
    await resident.send(`${at}/tell`, { restrict: 'no' })
    await resident.send(`${at}/check/file`)
    expect(await page(`/de/me/data/${field}`)).not.toContain(MARK)
  })
})
