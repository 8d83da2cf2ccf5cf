import { auditInstallation } from '../../server/compose/audit.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { fileName, walker, type Walker } from './journey.js'

let app: TestApp
let resident: Walker
let clerk: Walker
let second: Walker

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  resident = await walker(app, 'resident-ar')
  clerk = await walker(app, 'caseworker')
  second = await walker(app, 'caseworker-2')
})

afterAll(() => app?.close())

describe('a name that is wrong', () => {
  let reference = ''
  const request = () => `/de/me/requests/${reference}`
  const file = () => `/de/work/cases/${reference}`

  it('is stated in six pages and filed under a reference', async () => {
    reference = await fileName(resident)
    expect(reference).toMatch(/^[2-9A-HJ-NP-Z]{8}$/)
    const { body } = await resident.open(request())
    expect(body).toContain(reference)
    expect(body).toContain('Die Frist läuft noch nicht')
    expect(body).toContain('ياغمور')
  })

  it('stands in the queue of the office that corrects it, without a name', async () => {
    const { body } = await clerk.open('/de/work/queue')
    expect(body).toContain(reference)
    // The token of the form may hold any two letters.
    expect(body.replace(/name="csrf" value="[^"]+"/g, '')).not.toMatch(/Ya|ياغمور/)
  })

  it('is claimed, and its clock starts with the signed letter', async () => {
    await clerk.open(file())
    await clerk.send(`${file()}/claim`)
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date())
    const { body } = await clerk.send(`${file()}/form`, { on: today })
    expect(body).toContain('Antwort spätestens am')
    expect((await resident.open(request())).body).toContain('Antwort spätestens am')
  })

  it('is asked about, answered, decided by one and confirmed by another office', async () => {
    await clerk.send(`${file()}/ask`, { questions: ['spelling', 'passport_copy'] })
    const asked = await resident.open(request())
    expect(asked.body).toContain('Frage an Sie')
    await resident.send(`${request()}/answer`, { answer: 'في جواز السفر Yağmur' })
    await clerk.open(file())
    const proposed = await clerk.send(`${file()}/decide`, {
      outcome: 'corrected',
      reasons: ['evidence_shows'],
      words: 'Pass lag vor.',
    })
    expect(proposed.body).toContain('Zweite Person nötig')
    await second.open(file())
  })

  it('leaves a log that is whole', async () => {
    await app.portal.ledger.tick()
    expect((await auditInstallation(app.installation)).faults).toEqual([])
  })
})
