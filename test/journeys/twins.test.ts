import { ON_PAPER } from '../../server/platform/http/languages.js'
import { sql } from 'kysely'
import { canRead } from '../platform/pdf/reader.js'
import { fileAs } from '../reports/paper.js'
import { startTestApp, type TestApp } from '../support/app.js'
import type { Page, Visitor } from '../support/visitor.js'
import { linksIn } from './places.js'
import { partsOf, toldInCopy, toldInTable, toldOnPaper } from './taken.js'
import { checkProof } from './proofs.js'
import { visitorAs } from './stations.js'

/** Two people with the same life, one of whom the police and others asked about. */
const TWINS = ['resident-withheld', 'resident-plain'] as const

let app: TestApp
let withheld: Visitor
let plain: Visitor

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  withheld = await visitorAs(app, TWINS[0])
  plain = await visitorAs(app, TWINS[1])
}, 300_000)

afterAll(async () => app?.close())

/** The same page of both: their own addresses differ where a leaf index stands in them. */
interface Pair {
  readonly withheld: string
  readonly plain: string
}

const same = (address: string): Pair => ({ withheld: address, plain: address })

/** Leaf indices in addresses, the only thing by which the pages of twins may differ. */
const INDEX = /(\/me\/accesses\/|(?:[?&]|&amp;)(?:before|after|entry)(?:=|&#x3D;))\d+/g
/** Fresh on every answer: the token of a form, the reference of a refusal. */
const FRESH = /(name="csrf" value="|<bdi class="id" dir="ltr">)[A-Za-z0-9_-]+/g

/** What a passkey is asked: random, and an authenticator's own name for the account. */
const CEREMONY = /(&quot;(?:challenge|id)&quot;:&quot;)[\w-]{40,}/g

function levelled(body: string): string {
  return body.replace(INDEX, '$1n').replace(FRESH, '$1-').replace(CEREMONY, '$1-')
}

function levelledHeaders({ headers }: Page): unknown {
  const own = ['date', 'x-request-id', 'content-length', 'content-disposition', 'set-cookie']
  return [...headers].filter(([name]) => !own.includes(name))
}

/** Opens a page as both and expects the same; returns what either was shown. */
async function open(pair: Pair): Promise<{ withheld: Page; plain: Page }> {
  const pages = { withheld: await withheld.get(pair.withheld), plain: await plain.get(pair.plain) }
  const { withheld: one, plain: other } = pages
  expect([pair, one.status, levelledHeaders(one)]).toEqual([
    pair,
    other.status,
    levelledHeaders(other),
  ])
  if (levelled(one.body) !== levelled(other.body)) {
    expect({ pair, body: levelled(one.body) }).toEqual({ pair, body: levelled(other.body) })
  }
  return pages
}

function pairs(one: Page, other: Page): readonly Pair[] {
  const links = linksIn(other.body)
  return linksIn(one.body).map((link, at) => ({ withheld: link, plain: links[at] ?? '' }))
}

/** Addresses of the filter, one for each choice that the form offers. */
function choicesIn({ body }: Page): readonly string[] {
  const selects = [...body.matchAll(/<select[^>]* name="(\w+)"[^>]*>([^]*?)<\/select>/g)]
  return selects.flatMap(([, name = '', options = '']) =>
    [...options.matchAll(/<option value="([^"]+)"/g)].map(
      ([, value = '']) => `/de/me/accesses?${new URLSearchParams({ [name]: value }).toString()}`,
    ),
  )
}

test('every page and every proof that one twin can open is the same for the other', async () => {
  const seen = new Set<string>()
  const proofs: Pair[] = []
  const copies: Pair[] = []
  const papers: Pair[] = []
  const waiting: Pair[] = [same('/de/me')]
  for (let pair = waiting.shift(); pair; pair = waiting.shift()) {
    if (seen.has(pair.withheld) || !pair.withheld.startsWith('/de/me')) continue
    seen.add(pair.withheld)
    if (pair.withheld.includes('/proof')) {
      proofs.push(pair)
      continue
    }
    if (/\/documents\/(?:\w+\/)?\w+\.pdf$/.test(pair.withheld)) {
      papers.push(pair)
      continue
    }
    if (/\/documents\/export\.(json|csv)$/.test(pair.withheld)) {
      copies.push(pair)
      continue
    }
    const pages = await open(pair)
    waiting.push(...pairs(pages.withheld, pages.plain))
  }
  expect(seen.size).toBeGreaterThan(50)
  expect(proofs.length).toBeGreaterThan(10)
  const vkey = (await plain.get('/log/vkey')).body.trim()
  for (const pair of proofs) await expectSameProof(pair, vkey)
  expect(copies).toHaveLength(2)
  for (const pair of copies) await expectSameCopy(pair)
  // The whole report and the one page, in German alone and beside each other language.
  expect(papers).toHaveLength(2 * ON_PAPER.length)
  for (const pair of papers) await expectSamePaper(pair)
}, 300_000)

/** Copies differ by whose they are, and by what is drawn for each entry. */
async function expectSameCopy(pair: Pair): Promise<void> {
  const [one, other] = [await withheld.get(pair.withheld), await plain.get(pair.plain)]
  expect([one.status, levelledHeaders(one)]).toEqual([other.status, levelledHeaders(other)])
  const told = pair.withheld.endsWith('.csv') ? toldInTable : toldInCopy
  expect(told(one.body)).toEqual(told(other.body))
}

const CODE_BYTES = 1500

/** Papers differ by their number and checksum alone: they name no entry by its index. */
async function expectSamePaper(pair: Pair): Promise<void> {
  const [one, other] = [
    await fileAs(app, withheld, pair.withheld),
    await fileAs(app, plain, pair.plain),
  ]
  expect([one.status, other.status]).toEqual([200, 200])
  expect(partsOf(one.bytes)).toEqual(partsOf(other.bytes))
  // Another number has another square code and is packed in another way: nothing else may weigh.
  expect(Math.abs(one.bytes.length - other.bytes.length)).toBeLessThan(CODE_BYTES)
  if (canRead) expect(toldOnPaper(one.bytes)).toEqual(toldOnPaper(other.bytes))
}

/** A proof and its opening differ by what is drawn for each entry, and say the same. */
async function expectSameProof(pair: Pair, vkey: string): Promise<void> {
  const [one, other] = [await withheld.get(pair.withheld), await plain.get(pair.plain)]
  expect([pair, one.status, levelledHeaders(one)]).toEqual([
    pair,
    other.status,
    levelledHeaders(other),
  ])
  if (one.headers.get('content-type')?.startsWith('application/json')) {
    expect(openingOf(one.body)).toEqual(openingOf(other.body))
    return
  }
  const checked = [checkProof(one.body, vkey), checkProof(other.body, vkey)]
  const [mine, theirs] = checked.map(({ size, body }) => ({ size, body: told(body) }))
  expect(mine).toEqual(theirs)
}

/** What an entry tells, without the digests that are salted for each one. */
function told(body: Readonly<Record<string, unknown>>): object {
  const { seq: _seq, seqDigest: _seqDigest, operator: _operator, ...rest } = body
  return rest
}

function openingOf(text: string): object {
  const {
    index: _index,
    salt: _salt,
    subject: _subject,
    body,
    ...rest
  } = JSON.parse(text) as {
    readonly body: string
  } & Readonly<Record<string, unknown>>
  return { ...rest, body: told(JSON.parse(body) as Readonly<Record<string, unknown>>) }
}

test('every filter finds the same for both', async () => {
  const { withheld: list } = await open(same('/de/me/accesses'))
  const choices = choicesIn(list)
  expect(choices.length).toBeGreaterThan(20)
  for (const address of choices) await open(same(address))
  for (const address of [
    '/de/me/accesses?office=i.de.bundespolizei',
    '/de/me/accesses?purpose=prosecution',
    '/de/me/accesses?purpose=border&period=year',
    '/de/me/offices/i.de.bundespolizei',
  ]) {
    await open(same(address))
  }
}, 300_000)

test('what is withheld looks like what does not exist', async () => {
  const { rows } = await sql<{ index: number }>`
    select event.leaf_index as index from overview.sealed_event event
      join identity.account_subject using (subject) join identity.account using (account)
      where account.demo_name = ${TWINS[0]}`.execute(app.installation.admin)
  expect(rows.length).toBeGreaterThan(0)
  for (const { index } of rows) {
    for (const end of ['', '/proof', '/proof?part=opening']) {
      const { withheld: page } = await open(same(`/de/me/accesses/${index}${end}`))
      expect(page.status).toBe(404)
    }
  }
})
