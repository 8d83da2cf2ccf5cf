import { makingParts } from '../../server/compose/oversight.js'
import type { Pdf } from '../../server/platform/pdf/write.js'
import { createMaking } from '../../server/reports/index.js'
import type { Room } from '../inquiries/room.js'
import {
  canRead,
  copied,
  faultsOf,
  nodesOf,
  objectsOf,
  treeOf,
  untaggedTexts,
} from '../platform/pdf/reader.js'
import { testPages } from '../support/pages.js'
import { visitor } from '../support/visitor.js'
import { officerOf, REPORTS, sha256, type Officer } from './officer.js'

let officer: Officer
let room: Room

beforeAll(async () => {
  officer = await officerOf()
  room = officer.room
}, 60_000)

afterAll(() => room?.close())

async function made(format: string, language = 'de', query = ''): Promise<string> {
  const reference = await officer.asked(language, query, format)
  await officer.work()
  return reference
}

describe('a report as a table', () => {
  it('names nobody, and stands in the log of each person once', async () => {
    const [seen, sealed] = await officer.looks()
    const reference = await made('csv')
    expect(await officer.looks()).toEqual([seen + 1, sealed + 1])
    const { headers, body } = await officer.dpo.get(`${REPORTS}/${reference}/files/1`)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('content-disposition')).toContain(`mirat-${reference}-1.csv`)
    const lines = body.trimEnd().split('\r\n')
    const { found } = await officer.read(reference)
    expect(lines.length).toBe(found + 1)
    expect(lines[0]).toContain('"Rechtsgrundlage"')
    expect(lines.filter((line) => line.includes('Gesetz verbietet')).length).toBe(1)
    for (const subject of officer.amina.actor.subjects) expect(body).not.toContain(subject)
  })

  it('is in the language that was chosen', async () => {
    const reference = await made('csv', 'ar', 'shown=yes')
    const [head = ''] = (await officer.fileOf(reference)).toString().split('\r\n')
    expect(head).toContain('"الأساس القانوني"')
    const persian = (await officer.fileOf(await made('csv', 'fa', 'shown=yes'))).toString()
    expect(persian.split('\r\n')[0]).toContain('"مبنای قانونی"')
    expect(persian).toContain('"اداره فدرال امور اداری')
  })
})

describe('a report in codes', () => {
  it('holds what was chosen, and what it rests on', async () => {
    const reference = await made('json', 'de', 'shown=withheld&operation=query')
    const text = (await officer.fileOf(reference)).toString()
    const { digest, log } = await officer.read(reference)
    expect(JSON.parse(text)).toEqual(
      expect.objectContaining({
        ...{ format: 'mirat-accesses/2', reference, count: 1, digest, office: room.office.code },
        filter: { shown: 'withheld', operation: 'query' },
        checkpoint: { size: log.size, at: log.at.toISOString() },
        accesses: [expect.objectContaining({ recipient: room.office.code, shown: 'withheld' })],
      }),
    )
    expect(text).not.toMatch(/subject|caseRef|index/)
  })
})

test.each(['csv', 'json'])('%s has the same bytes when it is made again', async (format) => {
  const reference = await made(format, 'de', 'shown=yes')
  const first = sha256(await officer.fileOf(reference))
  await room.accesses(officer.amina, 1)
  await room.app.portal.ledger.tick()
  await room.superuser.query(
    `update reports.report set state = 'waiting', digest = null, ended_at = null where reference = $1`,
    [reference],
  )
  expect(await officer.work()).toBe(1)
  expect(sha256(await officer.fileOf(reference))).toBe(first)
})

test.each(['csv', 'json'])('%s is checked by anybody, like a document', async (format) => {
  const reference = await made(format)
  const hash = sha256(await officer.fileOf(reference))
  const said = async (sum: string) => (await visitor(room.app).get(`/de/check?hash=${sum}`)).body
  expect(await said(hash)).toContain('Unverändert')
  expect(await said(hash.replace(/^./, (c) => (c === '0' ? '1' : '0')))).toContain('Nicht bekannt')
})

test('no file comes where its looks cannot be written', async () => {
  const role = room.app.installation.roles.web_staff
  const reference = await officer.asked('de', 'shown=withheld', 'json')
  await room.superuser.query(`revoke insert on overview.sealed_event from ${role}`)
  await expect(officer.work()).rejects.toThrow()
  await room.superuser.query(`grant insert on overview.sealed_event to ${role}`)
  expect((await officer.read(reference)).parts).toEqual([])
  expect((await officer.dpo.get(`${REPORTS}/${reference}/files/1`)).status).toBe(404)
})

describe('a report beside Persian', () => {
  it('is offered by its own name, made, and says in Persian what the German says', async () => {
    const { body } = await officer.dpo.get(`${REPORTS}/new`)
    expect(body).toContain(
      'Deutsch und Persisch <bdi lang="fa" dir="rtl">فارسی / دری</bdi></label>',
    )
    const reference = await officer.asked('fa', 'shown=yes')
    const parts = makingParts(room.app.installation, room.app.portal, testPages().texts)
    const drawn: Pdf[] = []
    const draw: typeof parts.draw = (...given) => {
      const pdf = parts.draw(...given) as Pdf
      drawn.push(pdf)
      return pdf
    }
    expect(await createMaking({ ...parts, draw }).work()).toBe(1)
    expect(drawn.map(({ missing }) => [...missing])).toEqual([[]])
    const file = await officer.fileOf(reference)
    await officer.again(reference)
    expect(sha256(await officer.fileOf(reference))).toBe(sha256(file))
    const { digest = '' } = await officer.read(reference)
    expect(await room.app.portal.archive.check({ checksum: digest, reference })).toMatchObject({
      kind: 'unchanged',
    })
    if (!canRead) return
    expect([faultsOf(file), untaggedTexts(file)]).toEqual([[], 0])
    const objects = objectsOf(file)
    expect(objects.at('/Root /Lang')).toBe('u:de')
    expect(objects.at('/Info /Title')).toBe(`u:Bericht über Zugriffe ${reference}`)
    const persian = nodesOf(treeOf(objects)).filter(({ lang }) => lang === 'fa')
    const said = persian.map(({ actual = '' }) => actual)
    for (const words of [
      'گزارش دسترسی‌ها',
      'هنوز کسی این ترجمه را بررسی نکرده است. متن آلمانی معتبر است.',
    ]) {
      expect(said).toContain(words)
    }
    const text = copied(file)
    for (const words of [
      'جاب‌سنتر شهر پفورتسهایم',
      'اداره فدرال امور اداری',
      'شماره گزارش',
      '/de/check',
    ]) {
      expect(text).toContain(words)
    }
  })
})
