import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestApp, type TestApp } from '../support/app.js'
import { fileName, walker, type Walker } from './journey.js'

let app: TestApp
let resident: Walker
let clerk: Walker
let reference: string
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mirat-letters-'))
  app = await startTestApp({ demo: true })
  resident = await walker(app, 'resident-ar')
  clerk = await walker(app, 'caseworker')
  reference = await fileName(resident, { lang: 'ar' })
})

afterAll(async () => {
  await app?.close()
  rmSync(folder, { recursive: true })
})

/** What a reader copies out of a PDF. */
async function copied(path: string): Promise<{ text: string; bytes: Buffer; status: number }> {
  const answer = await fetch(`${app.url}${path}`, {
    headers: { cookie: resident.browser.cookies() },
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (answer.status !== 200) return { text: '', bytes, status: answer.status }
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="mirat/)
  const file = join(folder, 'letter.pdf')
  writeFileSync(file, bytes)
  const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })
  return { text: text.normalize('NFC'), bytes, status: 200 }
}

describe('the letter that is signed', () => {
  it('says in German what is asked, with the name as it was written', async () => {
    const { text } = await copied(`/ar/me/requests/${reference}/letter.pdf`)
    expect(text).toContain('Antrag auf Berichtigung')
    expect(text).toContain(reference)
    expect(text).toContain('Yağmur')
    expect(text).toContain('Familienname')
    expect(text).toContain('توقيع')
  })

  it('has the same bytes each time', async () => {
    const one = await copied(`/ar/me/requests/${reference}/letter.pdf`)
    const other = await copied(`/ar/me/requests/${reference}/letter.pdf`)
    expect(one.bytes.equals(other.bytes)).toBe(true)
  })

  it('is there only while it is wanted, and the day in a calendar only once there is one', async () => {
    const base = `/de/me/requests/${reference}`
    expect((await resident.open(`${base}/due.ics`)).status).toBe(404)
    expect((await resident.open(`${base}/decision.pdf`)).status).toBe(404)
    const desk = `/de/work/cases/${reference}`
    await clerk.open(desk)
    await clerk.send(`${desk}/claim`)
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(
      app.clock.now(),
    )
    await clerk.send(`${desk}/form`, { on: today })
    expect((await resident.open(`${base}/letter.pdf`)).status).toBe(404)
    const day = await resident.open(`${base}/due.ics`)
    expect(day.body).toMatch(/BEGIN:VEVENT\r\n[^]*DTSTART;VALUE=DATE:20\d{6}\r\n/)
  })
})

describe('the decision', () => {
  it('is a letter with outcome, reasons and remedies in both languages', async () => {
    const desk = `/de/work/cases/${reference}`
    await clerk.open(desk)
    await clerk.send(`${desk}/decide`, {
      outcome: 'not_proven',
      reasons: ['evidence_lacking'],
      words: 'Der Pass lag nicht vor.',
    })
    const { text } = await copied(`/ar/me/requests/${reference}/decision.pdf`)
    for (const part of ['Nicht nachgewiesen', 'Nachweise fehlen', 'Der Pass lag nicht vor']) {
      expect(text).toContain(part)
    }
    expect(text).toContain('beschweren')
  })
})
