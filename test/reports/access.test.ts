import { makingParts } from '../../server/compose/oversight.js'
import { createMaking, type AccessSource } from '../../server/reports/index.js'
import type { Room } from '../inquiries/room.js'
import { liveLog } from '../ledger/log.js'
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
import { csrfIn, visitor } from '../support/visitor.js'
import { officerOf, REPORTS, sha256, type Officer } from './officer.js'

let officer: Officer
let room: Room

beforeAll(async () => {
  officer = await officerOf()
  room = officer.room
}, 60_000)

afterAll(() => room?.close())

const looks = () => officer.looks()

describe('a report', () => {
  it('is asked for, waits, is made, and can be had', async () => {
    const reference = await officer.asked('de', 'shown=yes')
    expect((await officer.dpo.get(`${REPORTS}/${reference}`)).body).toContain('wartet')
    const [seen, sealed] = await looks()
    expect(await officer.work()).toBe(1)
    expect(await looks()).toEqual([seen + 1, sealed])
    const { body } = await officer.dpo.get(`${REPORTS}/${reference}`)
    expect(body).toContain('Der Bericht ist fertig.')
    expect(body).toContain(`${REPORTS}/${reference}/files/1`)
    expect(body).toContain('Zugriffe gefunden')
    const [, check = ''] = /href="(\/de\/check\?[^"]+)"/.exec(body) ?? []
    const checked = await officer.dpo.get(check.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'))
    expect(checked.body).toContain('ist unverändert')
    const file = await officer.dpo.get(`${REPORTS}/${reference}/files/1`)
    expect(file.headers.get('content-type')).toBe('application/pdf')
    expect(file.headers.get('content-disposition')).toContain(`mirat-${reference}-1.pdf`)
    expect((await officer.dpo.get(REPORTS)).body).toContain(reference)
  })

  it('holds what is withheld, and its looks stay withheld', async () => {
    const reference = await officer.asked('de', 'shown=withheld')
    const [seen, sealed] = await looks()
    await officer.work()
    expect(await looks()).toEqual([seen, sealed + 1])
    expect((await officer.read(reference)).found).toBe(1)
    expect(await room.faults()).toEqual([])
  })

  it('has the same bytes when it is made again, though the log has grown', async () => {
    const reference = await officer.asked('ar')
    await officer.work()
    const first = await officer.fileOf(reference)
    const { digest, parts } = await officer.read(reference)
    expect(parts.map((part) => part.sha256)).toEqual([sha256(first)])
    await room.accesses(officer.amina, 2)
    await room.app.portal.ledger.tick()
    room.app.clock.moveTo(new Date(room.app.clock.now().getTime() + 60_000))
    await officer.again(reference)
    expect(sha256(await officer.fileOf(reference))).toBe(sha256(first))
    expect((await officer.read(reference)).digest).toBe(digest)
  })

  it('is another one, and known as none, when one entry was changed, as the audit says', async () => {
    const log = liveLog(room.app)
    expect(await log.faults()).toEqual([])
    const reference = await officer.asked()
    await officer.work()
    const { digest = '' } = await officer.read(reference)
    const before = sha256(await officer.fileOf(reference))
    const guard = (verb: string) => `alter table overview.access_event ${verb} trigger no_change`
    const change = (to: string) =>
      room.superuser.query(
        `${guard('disable')}; update overview.access_event set channel = ${to} where stream is not null;
          ${guard('enable always')}`,
      )
    await change('3 - channel')
    await officer.again(reference)
    const changed = await officer.read(reference)
    expect(changed.digest).not.toBe(digest)
    expect(sha256(await officer.fileOf(reference))).not.toBe(before)
    const { body } = await visitor(room.app).get(`/de/check?reference=${reference}&hash=${digest}`)
    expect(body).toContain('Nicht bekannt')
    expect(await log.faults()).not.toEqual([])
    await change('3 - channel')
    expect(await log.faults()).toEqual([])
  })

  it('fails where an entry goes while it is made', async () => {
    const reference = await officer.asked()
    const parts = makingParts(room.app.installation, room.app.portal, testPages().texts)
    const { source } = parts
    const losing: AccessSource = {
      ...source,
      again: async function* (request) {
        for await (const rows of source.again(request)) yield rows.slice(1)
      },
    }
    expect(await createMaking({ ...parts, source: losing }).work()).toBe(1)
    expect((await officer.read(reference)).state).toBe('failed')
    expect((await officer.dpo.get(`${REPORTS}/${reference}/files/1`)).status).toBe(404)
  })

  it('comes in several files, each whole, the first with the summary', async () => {
    const reference = await officer.asked('de', 'operation=query')
    const parts = makingParts(room.app.installation, room.app.portal, testPages().texts)
    await createMaking({ ...parts, rowsOfAPart: 3 }).work()
    const { found, written, parts: files } = await officer.read(reference)
    expect(found).toBeGreaterThan(3)
    expect(written).toBe(found)
    expect(files.map(({ part, firstRow }) => [part, firstRow])).toEqual(
      files.map((_, index) => [index + 1, index * 3 + 1]),
    )
    expect(files.length).toBe(Math.ceil(found / 3))
    for (const { part, sha256: sum, bytes } of files) {
      const file = await officer.fileOf(reference, part)
      expect([sha256(file), file.length]).toEqual([sum, bytes])
      if (!canRead) continue
      expect(faultsOf(file)).toEqual([])
      expect(copied(file).includes('Zusammenfassung')).toBe(part === 1)
      // The number of a row is the same in whatever file it stands.
      expect(copied(file, '-raw')).toMatch(
        new RegExp(`\\b${(part - 1) * 3 + 1} \\d\\d\\.\\d\\d\\.`),
      )
    }
  })

  it('draws its counts by purpose, other side and week, with the numbers in words', async () => {
    const reference = await officer.asked('ar')
    await officer.work()
    const file = await officer.fileOf(reference)
    const { found } = await officer.read(reference)
    const pictures = file.toString('latin1').split('/S /Figure').length - 1
    expect(pictures).toBe(4)
    if (!canRead) return
    expect(faultsOf(file)).toEqual([])
    const text = copied(file)
    expect(text).toContain('Woche ab')
    expect(text).toContain('أسبوع يبدأ في')
    expect(text).toMatch(new RegExp(`1 Bundesverwaltungsamt .* ${found}`))
  })

  it('ends with its cancelling, and has no file', async () => {
    const reference = await officer.asked()
    const { body } = await officer.dpo.get(`${REPORTS}/${reference}`)
    expect(
      (await officer.dpo.post(`${REPORTS}/${reference}/cancel`, { csrf: csrfIn(body) })).status,
    ).toBe(303)
    expect(await officer.work()).toBe(0)
    expect((await officer.dpo.get(`${REPORTS}/${reference}`)).body).toContain('abgebrochen')
    expect((await officer.dpo.get(`${REPORTS}/${reference}/files/1`)).status).toBe(404)
    const second = await officer.dpo.post(`${REPORTS}/${reference}/cancel`, { csrf: csrfIn(body) })
    expect(second.status).toBe(409)
  })

  it('is taken up again where its process died, and given up after three times', async () => {
    const reference = await officer.asked()
    const drop = (tries: number) =>
      room.superuser.query(
        `update reports.report set state = 'working', tries = $2, worked_at = now() - interval '1 day'
          where reference = $1`,
        [reference, tries],
      )
    await drop(1)
    expect(await officer.work()).toBe(1)
    expect((await officer.read(reference)).state).toBe('ready')
    const lost = await officer.asked()
    await room.superuser.query(
      `update reports.report set state = 'working', tries = 3, worked_at = now() - interval '1 day'
        where reference = $1`,
      [lost],
    )
    expect(await officer.work()).toBe(0)
    expect((await officer.read(lost)).state).toBe('failed')
    expect((await officer.dpo.get(`${REPORTS}/${lost}`)).body).toContain('fehlgeschlagen')
  })

  it('records no look twice where it was recorded before its process died', async () => {
    const reference = await officer.asked()
    await room.superuser.query('update reports.report set looked_below = 0 where reference = $1', [
      reference,
    ])
    const before = await looks()
    await officer.work()
    expect(await looks()).toEqual(before)
  })

  it('is no concern of another office, nor of anybody else', async () => {
    const reference = await officer.asked()
    await officer.work()
    const other = await officer.reader('dpo-2')
    expect((await other.get(REPORTS)).body).not.toContain(reference)
    expect((await other.get(`${REPORTS}/${reference}`)).status).toBe(404)
    expect((await other.get(`${REPORTS}/${reference}/files/1`)).status).toBe(404)
  })

  it('hands its files to whoever has just proved who they are', async () => {
    const reference = await officer.asked()
    await officer.work()
    const file = `${REPORTS}/${reference}/files/1`
    const { clock } = room.app
    const start = clock.now()
    clock.moveTo(new Date(start.getTime() + 6 * 60_000))
    const { status, headers } = await officer.dpo.get(file)
    expect([status, headers.get('location')]).toEqual([
      303,
      `/de/step-up?next=${encodeURIComponent(file)}`,
    ])
    expect((await officer.dpo.get(`${REPORTS}/${reference}`)).status).toBe(200)
    clock.moveTo(start)
    expect((await officer.dpo.get(file)).status).toBe(200)
  })

  it('is not asked for without end', async () => {
    for (let count = 0; count < 20; count++) await officer.asked()
    const { body } = await officer.dpo.get(`${REPORTS}/new`)
    const form = { csrf: csrfIn(body), query: '', language: 'de', reason: 'audit' }
    expect((await officer.dpo.post(REPORTS, form)).status).toBe(429)
    await room.superuser.query(
      `update reports.report set state = 'cancelled' where state = 'waiting'`,
    )
  })
})

;(canRead ? describe : describe.skip)('the file', () => {
  let file: Buffer
  let reference: string

  beforeAll(async () => {
    reference = await officer.asked('ar')
    await officer.work()
    file = await officer.fileOf(reference)
  })

  it('is sound, and says in words what it rests on', async () => {
    expect(faultsOf(file)).toEqual([])
    const text = copied(file)
    const { digest = '', log } = await officer.read(reference)
    for (const words of [
      ...[
        'Bericht über Zugriffe',
        'تقرير عن عمليات الاطلاع',
        reference,
        'Jobcenter Stadt Pforzheim',
      ],
      ...[
        String(log.size),
        'Zusammenfassung',
        'ملخص',
        'Rechtsgrundlage',
        'Begriffe',
        'مصطلحات',
        '/ar/check',
      ],
    ]) {
      expect(text).toContain(words)
    }
    expect(text.replaceAll(' ', '')).toContain(digest)
    for (const subject of officer.amina.actor.subjects) expect(text).not.toContain(subject)
  })

  it('has its table on pages that lie behind those that stand, with a head for every column', () => {
    const objects = objectsOf(file)
    const all = objects.all() as Record<string, unknown>[]
    const widths = all
      .filter((item) => item?.['/Type'] === '/Page')
      .map((page) => Math.round((page['/MediaBox'] as number[])[2] ?? 0))
    const lying = widths.filter((width) => width === 842)
    expect(lying.length).toBeGreaterThan(0)
    expect(widths.slice(-lying.length)).toEqual(lying)
    expect(untaggedTexts(file)).toBe(0)
    const tables = nodesOf(treeOf(objects)).filter(({ type }) => type === 'Table')
    const [head, ...rows] = tables.at(-1)?.kids ?? []
    expect(head?.kids.map(({ type, scope }) => [type, scope])).toEqual(
      Array.from({ length: 10 }, () => ['TH', 'Column']),
    )
    for (const { kids } of rows) expect(kids.map(({ type }) => type)).toEqual(Array(10).fill('TD'))
  })
})
