import type { StaffActor } from '../../server/identity/index.js'
import { walker, type Walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { asWebStaff } from './staff-role.js'
import { roomOf, type Room } from './room.js'

const TEMPLATES = '/de/work/consents/templates'

let room: Room
let writer: StaffActor
let second: StaffActor
let clerk: Walker
let colleague: Walker

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  writer = await room.staff('caseworker')
  second = await room.staff('caseworker-2')
  clerk = await walker(room.app, 'caseworker')
  colleague = await walker(room.app, 'caseworker-2')
})

afterAll(() => room?.close())

const templating = () => room.app.portal.templating

/** The digest that a page of a version or of its form carries. */
const digestIn = (body: string) => /name="digest" value="([0-9a-f]{64})"/.exec(body)?.[1] ?? ''

/** A draft of the newsletter whose form says all that it needs. */
const WORDS = {
  ...{
    amount: '1',
    unit: 'Y',
    fields: 'vol.newsletter_email',
    recipients: 'integrationsmanagement',
  },
  ...{ 'title-de': 'Nachrichten der Stadt', 'text-de': 'Wir schreiben Ihnen einmal im Monat.' },
  ...{
    'refusal-de': 'Sie bekommen keine Nachrichten.',
    'withdrawal-de': 'Dann schreiben wir nicht mehr.',
  },
  ...{ 'title-ar': 'أخبار المدينة', 'text-ar': 'نكتب لك مرة في الشهر.' },
  ...{ 'refusal-ar': 'لن تصلك أخبار.', 'withdrawal-ar': 'لن نكتب لك بعد ذلك.' },
}

/** Begins a draft through the pages; the address of its version. */
async function begin(consent: string): Promise<string> {
  await clerk.open(TEMPLATES)
  const { to } = await clerk.send(TEMPLATES, { consent })
  return to.replace('/edit', '')
}

/** Saves a draft as somebody. */
async function save(who: Walker, at: string, fields: Readonly<Record<string, string>>) {
  const { body } = await who.open(`${at}/edit`)
  return who.send(`${at}/edit`, { digest: digestIn(body), ...fields })
}

/** Publishes as somebody what they have before them. */
async function publish(who: Walker, at: string) {
  const { body } = await who.open(at)
  return { before: body, ...(await who.send(`${at}/publish`, { digest: digestIn(body) })) }
}

describe('a template', () => {
  it('is drafted by one person, read in each language and published by another, then replaced', async () => {
    const at = await begin('c.newsletter')
    const saved = await save(clerk, at, WORDS)
    expect([saved.status, saved.to]).toEqual([200, at])
    expect(saved.body).toContain('Eine zweite Person muss diesen Entwurf lesen')
    expect(saved.body).not.toContain(`${at}/publish`)
    const seen = await colleague.open(at)
    expect(seen.body).toMatch(/<section lang="ar" dir="rtl"[^>]*>\s*<h3><bdi>أخبار المدينة/)
    expect(seen.body).toContain('نكتب لك مرة في الشهر.')
    expect(seen.body).toContain('لم يراجع أحد هذه الترجمة بعد.')
    const published = await publish(colleague, at)
    expect(published.body).toContain('Veröffentlicht')
    const next =
      (await clerk.open(at)) && (await clerk.send(TEMPLATES, { consent: 'c.newsletter' }))
    const second = next.to.replace('/edit', '')
    expect(second).toBe(at.replace(/1$/, '2'))
    expect(next.body).toContain('Nachrichten der Stadt')
    await publish(colleague, second)
    expect((await clerk.open(at)).body).toContain('Beendet')
    const ended = await clerk.send(`${at}/end`)
    expect(ended.status).toBe(409)
    await clerk.open(second)
    expect((await clerk.send(`${second}/end`)).body).toContain('Beendet')
    expect(await room.app.portal.consentDesk.templates(writer)).toEqual([])
  })

  it('says everything that stands against it at once', async () => {
    const at = await begin('c.interpreter')
    const bad = {
      ...WORDS,
      'refusal-de': '',
      'withdrawal-ar': '',
      amount: '11',
      'part-0-de': 'Anruf',
    }
    const saved = await save(clerk, at, { ...bad, fields: '', recipients: '', 'title-de': '' })
    expect(saved.status).toBe(400)
    const { fields: _, recipients: __, ...none } = bad
    const draft = await save(clerk, at, { ...none, 'title-de': '' })
    expect(draft.status).toBe(200)
    for (const word of [
      'Es ist keine Angabe gewählt.',
      'Es ist kein Empfänger gewählt.',
      'Niemand kann für mehr als zehn Jahre zustimmen.',
      'Titel oder Text auf Deutsch fehlt.',
      'In einer Sprache fehlt, was bei einem Nein geschieht.',
      'In einer Sprache fehlt, was ein Widerruf bewirkt.',
      'Ein Teil hat in einer Sprache keinen Namen.',
      '7 Gründe sprechen gegen die Veröffentlichung',
    ]) {
      expect(draft.body).toContain(word)
    }
    const seen = await colleague.open(at)
    expect(seen.body).not.toContain(`${at}/publish`)
    const forced = await colleague.send(`${at}/publish`, { digest: 'a'.repeat(64) })
    expect([forced.status, forced.body.includes('Die Gründe stehen unten.')]).toEqual([409, true])
  })

  it('never asks consent to what a law orders', async () => {
    const content = room.content('c.cv_chamber')
    const mandatory = room.app.installation.catalogue.purposes.all.find(
      ({ kind }) => kind === 'mandatory',
    )
    const at = await templating().draft(writer, { ...content, purpose: mandatory?.code ?? '' })
    const { digest, faults } = await templating().version(second, at)
    expect(faults).toEqual(['mandatory_purpose'])
    await expect(templating().publish(second, { ...at, digest })).rejects.toMatchObject({
      problem: 'FAULTY',
    })
  })

  it('loses its checked translation where the German changes', async () => {
    const at = await begin('c.mentoring')
    const fields = { ...WORDS, fields: '', recipients: 'ehrenamt' }
    const { fields: _, ...terms } = fields
    await save(clerk, at, terms)
    await save(clerk, at, { ...terms, 'reviewed-ar': 'yes' })
    const wordings = async () => {
      const [template = ''] = /[0-9a-f-]{36}/.exec(at) ?? []
      return (await templating().version(writer, { template, version: 1 })).content.wordings
    }
    expect((await wordings())['ar']?.reviewed).toBe(true)
    await save(clerk, at, { ...terms, 'reviewed-ar': 'yes', 'text-de': 'Anderer Text.' })
    expect((await wordings())['ar']?.reviewed).toBe(false)
  })

  it('takes no field and no recipient from outside the catalogue, and no draft that was changed meanwhile', async () => {
    const at = await begin('c.cv_employer')
    const foreign = await save(clerk, at, {
      ...WORDS,
      fields: 'azr.family_name',
      recipients: 'nobody',
    })
    expect(foreign.status).toBe(400)
    expect(foreign.body).toContain('Um diese Daten darf diese Vorlage nicht bitten.')
    expect(foreign.body).toContain('Diesen Empfänger kennt der Katalog nicht.')
    expect(foreign.body).toContain('Wir schreiben Ihnen einmal im Monat.')
    const { body } = await clerk.open(`${at}/edit`)
    const fields = { ...WORDS, fields: 'vol.cv', recipients: 'arbeitgeber' }
    expect((await save(colleague, at, fields)).status).toBe(200)
    const late = await clerk.send(`${at}/edit`, { ...fields, amount: '2', digest: digestIn(body) })
    expect([late.status, late.body.includes('Inzwischen hat sich etwas geändert')]).toEqual([
      409,
      true,
    ])
  })
})

describe('publishing', () => {
  it('by the one who wrote it is refused by the application and by the database', async () => {
    const at = await templating().draft(writer, { ...room.content('c.newsletter'), code: 'c.own' })
    const { digest } = await templating().version(writer, at)
    await expect(templating().publish(writer, { ...at, digest })).rejects.toMatchObject({
      problem: 'SAME_PERSON',
    })
    const sql = `update consent.version set published_by = '${writer.staff}', published_at = now()
      where template = '${at.template}'`
    await expect(asWebStaff(room, writer, sql)).rejects.toThrow('a_second_person_publishes')
    const asSecond = `update consent.version set published_by = '${second.staff}', published_at = now()
      where template = '${at.template}'`
    await expect(asWebStaff(room, writer, asSecond)).rejects.toThrow(/row-level security/)
    await templating().publish(second, { ...at, digest })
  })

  it('makes a version that nobody changes, drops or publishes again', async () => {
    const at = await templating().draft(writer, { ...room.content('c.newsletter'), code: 'c.kept' })
    const { digest } = await templating().version(second, at)
    await templating().publish(second, { ...at, digest })
    const where = `where template = '${at.template}'`
    for (const sql of [
      `update consent.version set content = '{}' ${where}`,
      `update consent.version set drafted_by = '${second.staff}' ${where}`,
      `update consent.version set published_at = now() ${where}`,
    ]) {
      await expect(asWebStaff(room, second, sql)).rejects.toThrow('never changes')
    }
    await asWebStaff(room, second, `delete from consent.version ${where}`)
    await expect(room.superuser.query(`delete from consent.version ${where}`)).rejects.toThrow(
      'never deleted',
    )
    const content = room.content('c.newsletter')
    await expect(templating().change(writer, { ...at, digest }, content)).rejects.toMatchObject({
      problem: 'STALE',
    })
    expect((await templating().version(second, at)).digest).toBe(digest)
  })
})
