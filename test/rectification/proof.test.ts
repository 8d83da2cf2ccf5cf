import { hasProof } from '../../server/rectification/correction.js'
import { visitorAs } from '../journeys/stations.js'
import { canRead, copied, faultsOf } from '../platform/pdf/reader.js'
import { fileAs } from '../reports/paper.js'
import { startTestApp, type TestApp } from '../support/app.js'

const CORRECTED = ['corrected', 'corrected_in_part', 'deleted']

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
}, 300_000)

afterAll(() => app?.close())

interface Told {
  readonly kind: string
  readonly reference: string
  readonly outcome?: string
  readonly decidedAt?: string
  readonly recipients: readonly { readonly office: string }[]
}

async function requestsOf(person: string) {
  const browser = await visitorAs(app, person)
  const { body } = await browser.get('/de/me/documents/export.json')
  const { requests } = JSON.parse(body) as { readonly requests: readonly Told[] }
  return { browser, requests: requests.filter(({ kind }) => kind !== 'draft') }
}

describe('the proof of a correction', () => {
  it('is there for what was corrected, and for nothing else', async () => {
    const { browser, requests } = await requestsOf('resident-ar')
    const has = async (reference: string) =>
      (await fileAs(app, browser, `/ar/me/requests/${reference}/proof.pdf`)).status === 200
    const proved = []
    for (const { reference, outcome = '', decidedAt } of requests) {
      const isThere = await has(reference)
      const page = await browser.get(`/ar/me/requests/${reference}`)
      expect([reference, page.body.includes('/proof.pdf')]).toEqual([reference, isThere])
      if (isThere) proved.push([decidedAt !== undefined, CORRECTED.includes(outcome)])
      else if (decidedAt === undefined) expect(isThere).toBe(false)
    }
    expect(proved.length).toBeGreaterThan(0)
    expect(requests.length).toBeGreaterThan(proved.length)
    expect(new Set(proved.flat())).toEqual(new Set([true]))
  }, 60_000)

  it('says in both languages what was corrected, by whom, and who was told', async () => {
    const { browser, requests } = await requestsOf('resident-ar')
    const corrected = requests.filter(({ outcome = '' }) => CORRECTED.includes(outcome))
    for (const { reference, recipients } of corrected) {
      const { status, bytes } = await fileAs(app, browser, `/ar/me/requests/${reference}/proof.pdf`)
      if (status !== 200 || !canRead) continue
      expect(faultsOf(bytes)).toEqual([])
      const text = copied(bytes)
      for (const words of ['Nachweis über eine Berichtigung', 'إثبات تصحيح', reference]) {
        expect(text).toContain(words)
      }
      expect(text).toContain(recipients.length > 1 ? 'Artikel 19' : 'Artikel 16')
    }
  }, 60_000)

  it('is another person’s as little as what does not exist', async () => {
    const { requests } = await requestsOf('resident-ar')
    const { browser } = await requestsOf('resident-en')
    for (const { reference } of requests) {
      const answer = await fileAs(app, browser, `/de/me/requests/${reference}/proof.pdf`)
      expect(answer.status).toBe(404)
    }
  }, 60_000)

  it('waits for the register of the deciding office itself', () => {
    const request = { outcome: 'corrected', decidedAt: new Date(0) }
    const facts = (isOwn: boolean, state: string) =>
      ({ request, recipients: [{ isOwn, state }] }) as unknown as Parameters<typeof hasProof>[0]
    expect(hasProof(facts(true, 'sent'))).toBe(false)
    expect(hasProof(facts(true, 'acknowledged'))).toBe(true)
    expect(hasProof(facts(false, 'sent'))).toBe(true)
    expect(hasProof({ ...facts(false, 'sent'), request: { outcome: 'not_proven' } } as never)).toBe(
      false,
    )
  })
})
