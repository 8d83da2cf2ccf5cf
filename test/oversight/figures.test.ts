import {
  heatOf,
  MOST_FLOWS,
  MOST_ROWS,
  flowsOf,
  shadeOf,
  type Cell,
} from '../../server/oversight/heat.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { startTestApp } from '../support/app.js'
import { visitor, type Visitor } from '../support/visitor.js'

const OVERVIEW = '/de/oversight'
const FIGURES = '/de/oversight/figures'

let room: Room
let amina: Person
let dpo: Visitor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('amina')
  const bilal = await room.resident('bilal')
  await room.staff('dpo', 'dpo')
  await room.staff('dpo-2', 'dpo', room.other)
  await room.accesses(amina, 4)
  await room.accesses(bilal, 3)
  await room.accesses(amina, 2, { disclosure: 'withheld' })
  dpo = visitor(room.app)
  await dpo.signIn('dpo')
}, 60_000)

afterAll(() => room?.close())

const counted = async () => {
  await room.app.portal.ledger.tick()
  await room.app.portal.counting.count()
}
/** Links that carry a number, with the number. */
const numbered = (body: string) =>
  [...body.matchAll(/<a href="([^"]*\/oversight\/accesses[^"]*)">([\d.]+)<\/a>/g)].map(
    ([, href = '', number = '']) => ({
      href: href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
      number: Number(number.replaceAll('.', '')),
    }),
  )

describe('the overview', () => {
  it('says that nothing is counted yet, and then as of when it is', async () => {
    expect((await dpo.get(OVERVIEW)).body).toContain('Die Zahlen sind noch nicht berechnet.')
    await counted()
    const { status, body } = await dpo.get(OVERVIEW)
    expect(status).toBe(200)
    expect(body).toContain('Gezählt sind alle Einträge bis Nummer')
    expect(body).not.toContain('noch nicht berechnet')
  })

  it('has six figures, and those of accesses agree with the list behind them', async () => {
    const { body } = await dpo.get(OVERVIEW)
    expect([...body.matchAll(/<li class="card">/g)]).toHaveLength(6)
    const figures = [...body.matchAll(/<p class="figure"><strong>([\d.]+)<\/strong>/g)]
    expect(figures.map(([, number]) => number)).toEqual(['9', '0', '0', '0'])
    expect(body).toContain('Für die Personen nicht sichtbar, oder noch nicht: 2')
    const href = /href="([^"]*\/oversight\/accesses\?[^"]*)"/.exec(body)?.[1] ?? ''
    const list = await dpo.get(href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))
    expect(list.body).toContain('9 Zugriffe passen. Die Zahl ist genau.')
    for (const secret of [...amina.actor.subjects, amina.number]) expect(body).not.toContain(secret)
  })

  it('has each course as a drawing with words, and as a table', async () => {
    const { body } = await dpo.get(OVERVIEW)
    const drawings = [...body.matchAll(/<svg[^>]*role="img"[\s\S]*?<\/svg>/g)].map(([all]) => all)
    expect(drawings).toHaveLength(5)
    for (const drawing of drawings) {
      expect(drawing).toMatch(/<title id="[a-z]+-title">[^<]+<\/title>/)
      expect(drawing).toMatch(/<desc id="[a-z]+-desc">[^<]+<\/desc>/)
      expect(Buffer.byteLength(drawing)).toBeLessThan(12_288)
    }
    expect([...body.matchAll(/<th scope="row"><time /g)]).toHaveLength(60)
  })

  it('is of the own office', async () => {
    const other = visitor(room.app)
    await other.signIn('dpo-2')
    const { body } = await other.get(OVERVIEW)
    const [first] = [...body.matchAll(/<p class="figure"><strong>([\d.]+)<\/strong>/g)]
    expect(first?.[1]).toBe('0')
    expect((await other.get(FIGURES)).body).toContain('keine Zugriffe')
  })
})

describe('the cross-table', () => {
  it('leads from every number to as many accesses', async () => {
    const { status, body } = await dpo.get(`${FIGURES}?days=90`)
    expect(status).toBe(200)
    const links = numbered(body)
    expect(links.length).toBeGreaterThan(3)
    for (const { href, number } of links) {
      const { body: list } = await dpo.get(href)
      const said = /(\d+) Zugriffe? pass(?:t|en)\. Die Zahl ist genau/.exec(list)?.[1]
      expect([href, Number(said)]).toEqual([href, number])
    }
  })

  it('takes another period for the shortest', async () => {
    const plain = await dpo.get(FIGURES)
    const { body } = await dpo.get(`${FIGURES}?days=31`)
    expect(/<p>Vom .*/.exec(body)?.[0]).toBe(/<p>Vom .*/.exec(plain.body)?.[0])
    expect(body).toContain('<p>Vom ')
  })
})

/** So many kinds of authority, with seven accesses of each of some kinds of data. */
const cellsOf = (parties: number, kinds: readonly string[]): Cell[] =>
  Array.from({ length: parties }, (_, at) => at).flatMap((at) =>
    ['', ...kinds].map((kind, place) => ({
      party: `p${String(at).padStart(2, '0')}`,
      kind,
      amount: kind === '' ? 100_000 - at : (at * 7919 + place * 104_729) % 99_999,
    })),
  )

describe('folding what is rare', () => {
  const kinds = Array.from({ length: 14 }, (_, at) => `kind ${at}`)

  it.each([1, MOST_ROWS, MOST_ROWS + 1, 40])('keeps every total of %s authorities', (parties) => {
    const cells = cellsOf(parties, kinds)
    const { rows, sum } = heatOf(cells, kinds)
    expect(rows.length).toBe(Math.min(parties, MOST_ROWS))
    const total = (kind: string) =>
      cells.filter((one) => one.kind === kind).reduce((all, { amount }) => all + amount, 0)
    expect(sum.amounts).toEqual(kinds.map(total))
    expect(sum.total).toBe(total(''))
    kinds.forEach((_, at) => {
      const column = rows.reduce((all, { amounts }) => all + (amounts[at] ?? 0), 0)
      expect(column).toBe(sum.amounts[at])
    })
    expect(rows.reduce((all, row) => all + row.total, 0)).toBe(sum.total)
  })

  it('keeps every access of the flows', () => {
    const flows = Array.from({ length: 30 }, (_, at) => ({ purpose: `${at % 20}`, amount: at }))
    const { shown, rest } = flowsOf(flows)
    expect(shown).toHaveLength(MOST_FLOWS)
    expect(shown.reduce((all, { amount }) => all + amount, rest)).toBe((29 * 30) / 2)
  })

  it('shades nothing as nothing, and the most as the darkest', () => {
    expect([0, 1, 50, 1000].map((amount) => shadeOf(amount, 1000))).toEqual([0, 1, 3, 4])
  })
})
