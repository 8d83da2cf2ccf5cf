import { ITEMS_OF_A_FILE } from '../../server/reports/basis.js'
import { copyRoutesOf } from '../../server/compose/reports.js'
import type { Actor } from '../../server/identity/index.js'
import type { Section } from '../../server/platform/kernel/section.js'
import type { Exchange, RouteSpec } from '../../server/platform/http/route.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { visitorAs } from '../journeys/stations.js'
import { canRead, copied, faultsOf } from '../platform/pdf/reader.js'
import { startTestApp } from '../support/app.js'
import { testPages } from '../support/pages.js'
import type { Visitor } from '../support/visitor.js'
import { sha256 } from './officer.js'

let room: Room
let amina: Person
let resident: Visitor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('resident-ar')
  await room.resident('resident-en')
  await room.app.portal.ledger.tick()
  resident = await visitorAs(room.app, 'resident-ar')
}, 60_000)

afterAll(() => room?.close())

interface Noted {
  readonly sha256: string
  readonly digest: string
  readonly reference: string
  readonly part: number
  readonly parts: number
}

async function noted(): Promise<readonly Noted[]> {
  const { rows } = await room.superuser.query<Noted>(
    'select sha256, digest, reference, part, parts from reports.paper order by part',
  )
  return rows
}

describe('a long report', () => {
  const ROWS = ITEMS_OF_A_FILE + 1
  const mail: Section<unknown> = {
    ...{ name: 'mail', tables: [], senses: { address: 'plain' } },
    columns: [{ paths: ['address'], share: 1 }],
    items: async function* () {
      for (let row = 0; row < ROWS; row++) yield { address: `a${row}@example.org` }
    },
  }
  let letters = 2
  const letter: Section<unknown> = {
    ...{ name: 'messages', tables: [], senses: { address: 'plain' } },
    items: async function* () {
      for (let row = 0; row < letters; row++) yield { address: `b${row}@example.org` }
    },
  }

  /** A file as the route writes it, or the status of the page that it answers instead. */
  async function fileOf(name: string, params: object = {}): Promise<Buffer | number> {
    const { installation, portal } = room.app
    const rooms = { ...portal, sectionsIn: () => [mail, letter] }
    const routes = copyRoutesOf(installation, rooms, testPages().texts)
    const route = routes.find((one) => one.name === name) as RouteSpec<Actor>
    const language = { tag: 'de' }
    const pen = { t: (key: string) => key, urls: { to: () => '' } }
    const exchange = { ...{ actor: amina.actor, language, params, now: new Date(0) }, ...pen }
    const answer = await route.handle(exchange as unknown as Exchange<Actor>)
    if (answer.kind !== 'stream') return answer.kind === 'page' ? (answer.status ?? 200) : 0
    const pieces: Uint8Array[] = []
    for await (const piece of answer.body) pieces.push(piece as Uint8Array)
    return Buffer.concat(pieces)
  }

  const bytesOf = async (...asked: Parameters<typeof fileOf>) => (await fileOf(...asked)) as Buffer

  it('comes in files of a stated size, each known by its checksum, and all by one number', async () => {
    const first = await bytesOf('reports.copy-whole')
    const [taken] = (await noted()).filter(({ sha256: sum }) => sum === sha256(first))
    const { reference = '', digest = '' } = taken ?? {}
    expect(taken).toMatchObject({ part: 1, parts: 2 })
    const further = { paper: reference, part: '2' }
    const second = await bytesOf('reports.copy-part', further)
    expect(sha256(await bytesOf('reports.copy-part', further))).toBe(sha256(second))
    expect(await bytesOf('reports.copy-part', { ...further, part: '1' })).toEqual(first)
    expect((await noted()).find(({ sha256: sum }) => sum === sha256(second))).toMatchObject({
      ...{ part: 2, parts: 2, reference, digest },
    })
    const { body } = await resident.get(`/de/check?hash=${sha256(second)}`)
    expect(body).toContain('Unverändert')
    await expect(fileOf('reports.copy-part', { ...further, part: '3' })).rejects.toThrow(
      'NOT_FOUND',
    )
    if (!canRead) return
    const texts = [copied(first), copied(second)]
    for (const [at, file] of [first, second].entries()) {
      expect(faultsOf(file)).toEqual([])
      expect(texts[at]).toContain(`${at + 1} / 2`)
    }
    const rows = texts.map((text) => text.match(/a\d+@/g) ?? [])
    expect(rows.map(({ length }) => length)).toEqual([ITEMS_OF_A_FILE, 1])
    expect(new Set(rows.flat()).size).toBe(ROWS)
    expect(texts[0]).not.toContain('b0@')
    expect(texts[1]).toContain('(Fortsetzung)')
    expect(texts[1]).toContain('b0@')
    expect(texts[1]).toContain('Eintrag 2')
  }, 60_000)

  it('is listed file by file once it was begun, to its owner alone', async () => {
    const { reference = '' } = (await noted()).find(({ parts }) => parts === 2) ?? {}
    const path = `/de/me/documents/report/${reference}`
    const { body } = await resident.get('/de/me/documents')
    expect(body).toContain(`${path}/1"`)
    expect(body).toContain(`${path}/2"`)
    expect(body).not.toContain(`${path}/3"`)
    const other = await visitorAs(room.app, 'resident-en')
    expect((await other.get('/de/me/documents')).body).not.toContain('/me/documents/report/')
    expect((await other.get(`${path}/2`)).status).toBe(404)
    // What the portal really keeps of this person is something else than the sections above.
    const changed = await resident.get(`${path}/2`)
    expect(changed.status).toBe(409)
    expect(changed.body).toContain('Ihre Daten haben sich geändert.')
  })

  it('has no further file where something has changed since', async () => {
    const { reference = '' } = (await noted()).find(({ parts }) => parts === 2) ?? {}
    letters += 1
    expect(await fileOf('reports.copy-part', { paper: reference, part: '2' })).toBe(409)
    letters -= 1
  })
})
