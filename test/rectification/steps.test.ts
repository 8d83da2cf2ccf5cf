import { startTestApp, type TestApp } from '../support/app.js'
import { digit } from './values/mrz-writer.js'
import { beginName, walker, type Walker } from './journey.js'

let app: TestApp
let resident: Walker

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  resident = await walker(app, 'resident-ar')
})

afterAll(() => app?.close())

/** A draft that has come to the page "What is right?"; its address. */
async function draftOn(
  field: string,
  {
    kind = 'wrong',
    lang = 'de',
    person = resident,
  }: { kind?: string; lang?: string; person?: Walker } = {},
): Promise<string> {
  const at = `/${lang}/me/requests/drafts/${await beginName(person, { field, lang })}`
  await person.open(`${at}/kind`)
  await person.send(`${at}/kind`, { kind })
  return at
}

const NAME = 'P<SYRAL<KHATIB<<LAYLA<NOUR'.padEnd(44, '<')
const second = (birth: string) => {
  const [number, expiry, personal] = ['N01234567', '301231', '<'.repeat(14)]
  const parts = [
    number + digit(number),
    birth + digit(birth),
    expiry + digit(expiry),
    `${personal}<`,
  ]
  const composite = digit(parts.join(''))
  return `${parts[0]}SYR${parts[1]}F${parts[2]}${personal}<${composite}`
}
const ZONE = `${NAME}\n${second('910314')}`

/** The value of an input, as the page has it. */
const input = (html: string, name: string) =>
  new RegExp(`id="${name}" name="${name}" type="text" value="([^"]*)"`).exec(html)?.[1]
const chosen = (html: string, name: string) =>
  new RegExp(`<select[^>]*name="${name}"[^]*?</select>`)
    .exec(html)?.[0]
    .match(/value="([^"]*)"[^>]* selected/)?.[1]

describe('the lines of a passport', () => {
  it.each([
    ['azr.family_name', { latin: 'Al Khatib' }],
    ['azr.given_names', { latin: 'Layla Nour' }],
    ['azr.birth_date', { day: '14', month: '3', year: '1991' }],
  ])('fill the inputs for %s, and nothing is saved', async (field, filled) => {
    const at = await draftOn(field)
    const { status, body } = await resident.send(`${at}/right`, {
      ...{ help: 'zone', zone: ZONE, words: 'Meine Worte' },
    })
    expect(status).toBe(200)
    for (const [name, value] of Object.entries(filled)) expect(input(body, name)).toBe(value)
    expect(body).toContain('Meine Worte')
    expect(body).not.toContain('P&lt;SYR')
    const { body: later } = await resident.open(`${at}/right`)
    for (const name of Object.keys(filled)) expect(input(later, name)).toBe('')
  })

  it('choose the nationality, and fill what a text asks for', async () => {
    const nationality = await draftOn('azr.nationality')
    const read = await resident.send(`${nationality}/right`, { help: 'zone', zone: ZONE })
    expect(chosen(read.body, 'nationality1')).toBe('SYR')
    const paper = await draftOn('azr.identity_document')
    const text = await resident.send(`${paper}/right`, { help: 'zone', zone: ZONE })
    expect(text.body).toContain('P, SYR, N01234567, 2030-12-31')
  })

  it('say which check digit does not fit, and where, with all that was typed', async () => {
    const at = await draftOn('azr.birth_date', { lang: 'ar' })
    const wrong = ZONE.replace('910314', '910315')
    const { status, body } = await resident.send(`${at}/right`, {
      ...{ help: 'zone', zone: wrong, year: '1991', words: 'كلماتي' },
    })
    expect(status).toBe(400)
    const plain = body.replace(/[\u2066-\u2069]/g, '')
    expect(plain).toContain('السطر 2، الموضع 20: رقم التحقق لا يناسب تاريخ الميلاد.')
    expect(plain).toContain('السطر 2، الموضع 44: رقم التحقق الأخير لا يناسب.')
    expect(input(body, 'year')).toBe('1991')
    expect(body).toContain('كلماتي')
    expect(body).toContain('P&lt;SYRAL')
  })

  it.each([
    ['', 'Schreiben Sie die Zeilen'],
    ['P<SYR', 'Es müssen zwei oder drei Zeilen sein.'],
    [`${NAME}<\n${second('910314')}`, 'Die Zeile 1 hat nicht 44 Zeichen.'],
    [ZONE.replace('N0123', 'NÖ123'), 'Zeile 2, Stelle 2: Ö ist dort nicht möglich.'],
    [`${NAME}\n${second('911332')}`, 'Zeile 2, ab Stelle 14: Dieses Datum gibt es nicht.'],
  ])('say what cannot be read: %j', async (zone, text) => {
    const at = await draftOn('azr.family_name')
    const { status, body } = await resident.send(`${at}/right`, { help: 'zone', zone })
    expect(status).toBe(400)
    expect(body.replace(/[\u2066-\u2069]/g, '')).toContain(text)
  })

  it('are not offered where they answer nothing', async () => {
    const at = await draftOn('azr.marital_status')
    expect((await resident.open(`${at}/right`)).body).not.toContain('name="zone"')
  })
})

describe('a date in another calendar', () => {
  const shown = async (at: string, typed: Readonly<Record<string, string>>) => {
    const page = await resident.send(`${at}/right`, { help: 'date', ...typed })
    return { ...page, body: page.body.replace(/[\u2066-\u2069]/g, '') }
  }

  it('stands beside its Gregorian reading before anything is saved', async () => {
    const at = await draftOn('azr.birth_date')
    const persian = { calendar: 'persian', year: '١٣٦٩', month: '12', day: '23' }
    const { status, body } = await shown(at, persian)
    expect(status).toBe(200)
    expect(body).toMatch(/Persischer Kalender[^]*23\.12\.1369[^]*14\. März 1991/)
    expect(input(body, 'year')).toBe('١٣٦٩')
    expect(input((await resident.open(`${at}/right`)).body, 'year')).toBe('')
  })

  it('has two readings where the calendar is counted in two ways, and in German as it is filed', async () => {
    const at = await draftOn('azr.birth_date', { lang: 'ar' })
    const islamic = { calendar: 'islamic', year: '1415', month: '5', day: '10' }
    const { body } = await shown(at, islamic)
    expect(body.match(/أكتوبر 1994 \(/g)).toHaveLength(2)
    await resident.send(`${at}/right`, islamic)
    await resident.send(`${at}/proof`, { evidence: ['nothing'] })
    const { body: check } = await resident.send(`${at}/tell`, { restrict: 'no' })
    const german = /<section class="card" lang="de" dir="ltr">[^]*?<\/section>/.exec(check)?.[0]
    expect(german?.match(/\d+\. Oktober 1994 \((Umm al-Qura|rechnerisch)\)/g)).toHaveLength(2)
    expect(check.match(/أكتوبر 1994 \(/g)).toHaveLength(2)
  })

  it('is a span where only its year is known', async () => {
    const at = await draftOn('azr.birth_date')
    const { body } = await shown(at, { calendar: 'ethiopian', year: '1983' })
    expect(body).toMatch(/11\. September 1990 bis 11\. September 1991/)
  })

  it('that does not exist is said at once, with what was typed', async () => {
    const at = await draftOn('azr.birth_date')
    const typed = { calendar: 'persian', year: '1369', month: '12', day: '31' }
    const { status, body } = await shown(at, typed)
    expect([status, input(body, 'day')]).toEqual([400, '31'])
    expect(body).toContain('Dieses Datum gibt es nicht.')
  })
})

describe('a name', () => {
  it.each([
    [{ latin: 'Al-Khaтib' }, 'Das Zeichen т ist hier nicht möglich.'],
    [{ latin: 'Layla 2' }, 'Das Zeichen 2 ist hier nicht möglich.'],
    [{ latin: 'Lay\u200bla' }, 'ein unsichtbares Zeichen (U+200B)'],
    [{ latin: 'Layla', original: 'ليلى☺' }, 'Das Zeichen ☺ ist hier nicht möglich.'],
  ])('may not hold %j, and the page says which character', async (typed, text) => {
    const at = await draftOn('azr.given_names')
    const { status, body } = await resident.send(`${at}/right`, typed)
    expect(status).toBe(400)
    expect(body.replace(/[\u2066-\u2069]/g, '').replaceAll('&#x2B;', '+')).toContain(text)
    expect(input(body, 'latin')).toBe(typed.latin)
  })

  it('may be the only one, in two scripts', async () => {
    const at = await draftOn('azr.family_name')
    const only = { latin: 'Ələsgər', original: 'الأصغر', onlyOne: 'yes' }
    await resident.send(`${at}/right`, only)
    const { body } = await resident.open(`${at}/right`)
    expect([input(body, 'latin'), input(body, 'original')]).toEqual(['Ələsgər', 'الأصغر'])
    expect(body).toMatch(/name="onlyOne" value="yes" checked/)
  })
})

describe('a record of somebody else, or a second one', () => {
  it.each([
    ['not_me', 'Was gehört nicht zu Ihnen?'],
    ['same_person', 'Wo steht der andere Eintrag?'],
  ])('is asked for in the words of the person: %s', async (kind, title) => {
    const at = await draftOn('azr.alias', { kind })
    const { body } = await resident.open(`${at}/right`)
    expect(body).toContain(title)
    expect(body).not.toContain('name="latin"')
    const empty = await resident.send(`${at}/right`, { number: 'RT-33-2041' })
    expect([empty.status, input(empty.body, 'number')]).toEqual([400, 'RT-33-2041'])
    const odd = await resident.send(`${at}/right`, { about: 'so', number: '<b>' })
    expect(odd.status).toBe(400)
    await resident.send(`${at}/right`, { about: 'في مكتب آخر', number: 'RT-33-2041' })
    await resident.send(`${at}/proof`, { evidence: ['nothing'] })
    const { body: check } = await resident.send(`${at}/tell`, { restrict: 'yes' })
    expect(check).toContain('في مكتب آخر')
    expect(check).toContain('RT-33-2041')
    const filed = await resident.send(`${at}/check/file`)
    expect(filed.body).toContain('RT-33-2041')
  })
})
