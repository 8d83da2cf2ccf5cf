import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StaffActor } from '../../server/identity/index.js'
import { berlinDay } from '../../server/rectification/index.js'
import { walker, type Walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Person, type Room } from './room.js'

const DESK = '/de/work/consents'

let room: Room
let person: Person
let clerk: Walker
let writer: StaffActor
let template: string
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mirat-consents-'))
  room = await roomOf(await startTestApp())
  person = await room.resident('resident-ar')
  writer = await room.staff('caseworker')
  const second = await room.staff('caseworker-2')
  clerk = await walker(room.app, 'caseworker')
  const wordings = {
    de: {
      ...{ title: 'Begleitung finden', text: 'Wir suchen jemanden für Sie.', reviewed: true },
      ...{ refusal: 'Ohne Ja geschieht nichts.', withdrawal: 'Danach endet die Suche.' },
      parts: { phone: 'Anruf', post: 'Brief' },
    },
    ar: {
      ...{ title: 'البحث عن مرافقة', text: 'نبحث لك عن شخص.', reviewed: true },
      ...{ refusal: 'لا يتغير شيء.', withdrawal: 'ثم ينتهي البحث.' },
      parts: { phone: 'مكالمة', post: 'بريد' },
    },
  }
  const content = room.content('c.mentoring', { parts: ['phone', 'post'], wordings, minAge: 16 })
  template = await room.published([writer, second], { ...content, decidesOnBenefit: true })
})

afterAll(async () => {
  await room?.close()
  rmSync(folder, { recursive: true })
})

/** What a reader copies out of a letter. */
async function letterOf(reference: string, language: string) {
  const answer = await fetch(
    `${room.app.url}${DESK}/${reference}/letter.pdf?language=${language}`,
    { headers: { cookie: clerk.browser.cookies() } },
  )
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (answer.status !== 200) return { text: '', bytes, status: answer.status }
  const file = join(folder, 'letter.pdf')
  writeFileSync(file, bytes)
  const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })
  return { text: text.normalize('NFKC').replace(/\s+/g, ' '), bytes, status: 200 }
}

describe('the letter that asks', () => {
  it('says in German and Arabic who asks for what, that nobody must, and has a yes and a no for each part', async () => {
    const reference = await room.asked(writer, person, template)
    const { text, bytes } = await letterOf(reference, 'ar')
    for (const part of [
      ...['Bitte um eine Einwilligung', reference, 'Integrationsmanagement Stadt Pforzheim'],
      ...['Begleitung finden', 'Ohne Ja geschieht nichts.', 'Danach endet die Suche.'],
      ...['Das ist freiwillig.', 'entscheidet auch über eine Leistung', 'mindestens 16 Jahre'],
      ...['Ja, ich erlaube: Anruf', 'Nein: Anruf', 'Ja, ich erlaube: Brief', 'Nein: Brief'],
      ...['البحث عن مرافقة', 'هذا اختياري', 'مكالمة', 'التوقيع'],
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain(person.number)
    expect(bytes.toString('latin1')).toContain('/StructTreeRoot')
    expect((await letterOf(reference, 'ar')).bytes.equals(bytes)).toBe(true)
    const german = await letterOf(reference, 'xx')
    expect(german.text).toContain('Bitte um eine Einwilligung')
    expect(german.text).not.toMatch(/\p{Script=Arabic}/u)
    const { body } = await clerk.open(`${DESK}/${reference}`)
    expect(body).toContain('Ihr Amt entscheidet auch über eine Leistung für die Person.')
    expect(body).toContain('Die Person muss mindestens 16 Jahre alt sein.')
    expect(body).toContain('nicht geprüft: Englisch.')
    await clerk.send(`${DESK}/${reference}/call-off`)
    expect((await letterOf(reference, 'ar')).status).toBe(404)
  })
})

describe('the letter that confirms a yes on paper', () => {
  it('names the code by which it is withdrawn, and is gone with the consent', async () => {
    const asked = await room.asked(writer, person, template)
    await clerk.open(`${DESK}/${asked}`)
    await clerk.send(`${DESK}/${asked}/record`, {
      ...{ 'answer-phone': 'yes', 'answer-post': 'no', channel: 'paper', language: 'ar' },
      ...{ on: berlinDay(room.app.clock.now()), helper: 'none', age: 'yes' },
    })
    const { answers } = await room.app.portal.consentDesk.open(writer, asked)
    const [phone, post] = answers.map(({ consent }) => consent)
    const code = phone?.reference ?? ''
    const { text } = await letterOf(code, 'ar')
    for (const part of [
      ...['Ihre Einwilligung', code, 'Sie haben mit Ihrer Unterschrift erlaubt: Anruf.'],
      ...[`Ich widerrufe meine Einwilligung mit dem Code ${code}`, 'سمحت بتوقيعك', 'مكالمة'],
    ]) {
      expect(text).toContain(part)
    }
    expect((await letterOf(post?.reference ?? '', 'ar')).status).toBe(404)
    await clerk.open(`${DESK}/${code}`)
    await clerk.send(`${DESK}/${code}/withdraw`, { channel: 'counter', helper: 'none' })
    expect((await letterOf(code, 'ar')).status).toBe(404)
  })
})
