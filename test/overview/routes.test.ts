import { startTestApp, type TestApp } from '../support/app.js'
import { visitor, type Page, type Visitor } from '../support/visitor.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
}, 300_000)
afterAll(() => app.close())

const signedIn = async (person: string): Promise<Visitor> => {
  const browser = visitor(app)
  expect((await browser.signIn(person)).status).toBe(303)
  return browser
}
const entriesIn = ({ body }: Page) =>
  [...body.matchAll(/\/de\/me\/accesses\/(\d+)"/g)].map(([, index]) => Number(index))
const PATHS = ['', '/offices', '/data', '/accesses', '/limits'] as const

/** A page without what differs from answer to answer. */
const settled = ({ body }: Page) =>
  body
    .replace(/name="csrf" value="[^"]+"/g, '')
    .replace(/<bdi class="id"[^>]*>[0-9A-Z]{8}<\/bdi>/g, '')

describe('the overview', () => {
  it('asks visitors to sign in, and does not exist for staff', async () => {
    const stranger = visitor(app)
    const caseworker = await signedIn('caseworker')
    for (const path of [
      ...PATHS,
      '/offices/bva',
      '/data/azr.photo',
      '/accesses/1',
      '/accesses/1/proof',
    ]) {
      const answer = await stranger.get(`/de/me${path}`)
      expect([path, answer.status, answer.headers.get('location')]).toEqual([
        path,
        303,
        '/de/sign-in',
      ])
      expect([path, (await caseworker.get(`/de/me${path}`)).status]).toEqual([path, 404])
    }
  })

  it('answers another’s entry, a number that does not exist and nonsense in the same way', async () => {
    const [own, other] = [await signedIn('resident-ar'), await signedIn('resident-uk')]
    const [foreign = -1] = entriesIn(await other.get('/de/me/accesses'))
    expect((await other.get(`/de/me/accesses/${foreign}`)).status).toBe(200)
    const nothing = await own.get('/de/me/accesses/999999999')
    expect(nothing.status).toBe(404)
    for (const entry of [String(foreign), '-1', '1e3', '%00', '../../', '007', 'x'.repeat(300)]) {
      const answer = await own.get(`/de/me/accesses/${encodeURIComponent(entry)}`)
      expect([entry, answer.status]).toEqual([entry, 404])
    }
    const answers = [foreign, 999_999_998].map((index) => own.get(`/de/me/accesses/${index}`))
    const [one, two] = await Promise.all(answers)
    const without = (page: Page | undefined, index: number) =>
      page && settled(page).replaceAll(String(index), '')
    expect(without(one, foreign)).toBe(without(two, 999_999_998))
    expect([...(one?.headers.keys() ?? [])]).toEqual([...(two?.headers.keys() ?? [])])
    expect((await own.get(`/de/me/accesses/${foreign}/proof`)).status).toBe(404)
  })

  it('answers filters and cursors that cannot be used with 400, never with 500', async () => {
    const browser = await signedIn('resident-ar')
    for (const query of [
      'before=-1',
      'after=99999999999999999999',
      'before[]=1&before=x',
      'office=%F0%9F%91%BB',
      'period=2027-99',
      `field=${'a'.repeat(5000)}`,
      'purpose=__proto__',
      'operation=constructor',
    ]) {
      expect([query, (await browser.get(`/de/me/accesses?${query}`)).status]).toEqual([query, 400])
    }
  })

  it('shows somebody with withheld entries the very pages of somebody without them', async () => {
    const pages = async (person: string) => {
      const browser = await signedIn(person)
      const shown: string[] = []
      const look = async (path: string) => {
        const page = await browser.get(path)
        expect([path, page.status]).toEqual([path, 200])
        // Leaf indices are the tree's: they tell people apart, and nothing else.
        shown.push(settled(page).replace(/(accesses\/|before(?:=|&#x3D;))\d+/g, '$1'))
      }
      for (const path of PATHS) await look(`/de/me${path}`)
      const offices = shown.join('').match(/\/de\/me\/offices\/[\w.]+/g) ?? []
      for (const office of new Set(offices)) await look(office)
      return shown
    }
    const withheld = await pages('resident-withheld')
    expect(withheld).toEqual(await pages('resident-plain'))
    expect(withheld.length).toBeGreaterThan(PATHS.length + 3)
  }, 60_000)

  it('marks its place in the menu, on pages below an entry as well', async () => {
    const browser = await signedIn('resident-plain')
    const marked = async (path: string) => {
      const { body } = await browser.get(`/de/me${path}`)
      return [...body.matchAll(/href="([^"]+)" aria-current="(page|true)">/g)].map((m) =>
        m.slice(1),
      )
    }
    expect(await marked('/offices')).toContainEqual(['/de/me/offices', 'page'])
    const { body } = await browser.get('/de/me/offices')
    const office = /\/de\/me(\/offices\/[\w.]+)/.exec(body)?.[1] ?? ''
    const below = await marked(office)
    expect(below).toContainEqual(['/de/me/offices', 'true'])
    expect(below).not.toContainEqual(['/de/me', 'true'])
    expect(await marked('/offices')).not.toContainEqual(['/de/me', 'true'])
  })

  it('keeps no page in any cache', async () => {
    const browser = await signedIn('resident-ar')
    for (const path of PATHS) {
      const { headers, status } = await browser.get(`/ar/me${path}`)
      expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'no-store'])
    }
  })
})

describe('the download of a proof', () => {
  it('is a tlog-proof and a JSON file, both as attachments', async () => {
    const browser = await signedIn('resident-ar')
    const [entry = -1] = entriesIn(await browser.get('/de/me/accesses'))
    const proof = await browser.get(`/de/me/accesses/${entry}/proof`)
    expect(proof.status).toBe(200)
    expect(proof.headers.get('content-disposition')).toBe(
      `attachment; filename="mirat-entry-${entry}.tlog-proof"`,
    )
    expect(proof.body).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra \S+\nindex \d+\n/)
    const opening = await browser.get(`/de/me/accesses/${entry}/proof?part=opening`)
    expect(opening.headers.get('content-type')).toMatch(/^application\/json/)
    expect(JSON.parse(opening.body)).toMatchObject({ index: entry, version: 1 })
  })

  it('is not for a session that rests on a letter, whoever’s entry it is', async () => {
    const letter = await signedIn('resident-letter')
    const [entry = -1] = entriesIn(await letter.get('/de/me/accesses'))
    const own = await letter.get(`/de/me/accesses/${entry}/proof`)
    const none = await letter.get('/de/me/accesses/999999999/proof')
    expect([own.status, none.status]).toEqual([403, 403])
  })
})
