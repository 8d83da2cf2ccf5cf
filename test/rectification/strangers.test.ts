import fc from 'fast-check'
import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import { seededRandom } from '../../server/platform/kernel/random.js'
import { newReference } from '../../server/rectification/reference.js'
import { startTestApp } from '../support/app.js'
import { walker, type Walker } from './journey.js'
import { roomOf, type Room } from './room.js'

let room: Room
let amina: ResidentActor
let clerk: StaffActor
let own: Walker
let stranger: Walker
let colleague: Walker
let elsewhere: Walker
let reference = ''
let draft = ''

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('resident-ar')
  await room.resident('resident-fa')
  clerk = await room.clerk('supervisor')
  await room.clerk('caseworker')
  await room.clerk('caseworker-2', room.other)
  own = await walker(room.app, 'resident-ar')
  stranger = await walker(room.app, 'resident-fa')
  colleague = await walker(room.app, 'caseworker')
  elsewhere = await walker(room.app, 'caseworker-2')
  reference = await room.filed(amina)
  draft = await room.draft(amina)
})

afterAll(() => room?.close())

/** A page without what differs on every page: the number of the request, and what forms are sent with. */
const bare = (body: string) =>
  body
    .replaceAll(/name="csrf" value="[^"]+"/g, '')
    .replaceAll(/nonce="[^"]+"/g, '')
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')
    .replaceAll(/\b[2-9A-HJ-NP-Z]{8}\b/g, '')

const nobodys = newReference(seededRandom('nobody has this one'))
const NO_DRAFT = '00000000-0000-4000-8000-000000000000'

describe('what is somebody else’s', () => {
  it.each(['', '/before', '/kind', '/right', '/proof', '/tell', '/check'])(
    'looks like a draft that there is not: %s',
    async (step) => {
      const theirs = await stranger.open(`/de/me/requests/drafts/${draft}${step}`)
      const none = await stranger.open(`/de/me/requests/drafts/${NO_DRAFT}${step}`)
      expect([theirs.status, none.status]).toEqual([404, 404])
      expect(bare(theirs.body)).toBe(bare(none.body))
    },
  )

  it('looks like a request that there is not, to residents and to other offices', async () => {
    for (const [who, at] of [
      [stranger, '/de/me/requests'],
      [elsewhere, '/de/work/cases'],
    ] as const) {
      const theirs = await who.open(`${at}/${reference}`)
      const none = await who.open(`${at}/${nobodys}`)
      expect([theirs.status, none.status]).toEqual([404, 404])
      expect(bare(theirs.body)).toBe(bare(none.body))
    }
  })
})

describe('a colleague’s case', () => {
  it('opens after a reason alone, which its person reads', async () => {
    const { casework } = room.app.portal
    const version = await room.version(reference)
    await casework.step(clerk, { reference, version }, { event: 'claimed' })
    const closed = await colleague.open(`/de/work/cases/${reference}`)
    expect(closed.body).not.toContain('Yağmur')
    expect((await colleague.send(`/de/work/cases/${reference}/claim`)).status).toBe(409)
    // Nor does what is wrong with a form tell whether a guess is what the person states.
    const reasons = ['evidence_shows']
    const guesses = [
      { outcome: 'corrected_in_part', reasons, latin: 'Yağmur', original: 'ياغمور' },
      { outcome: 'corrected_in_part', reasons, latin: 'Yagmur', original: '' },
      { outcome: 'deleted', reasons },
    ]
    for (const guess of guesses) {
      await colleague.open(`/de/work/cases/${reference}`)
      expect((await colleague.send(`/de/work/cases/${reference}/decide`, guess)).status).toBe(409)
      await colleague.open(`/de/work/cases/${reference}`)
      expect((await colleague.send(`/de/work/cases/${reference}/preview`, guess)).status).toBe(404)
    }
    await colleague.open(`/de/work/cases/${reference}`)
    const opened = await colleague.send(`/de/work/cases/${reference}/open`, { reason: 'stand_in' })
    expect(opened.body).toContain('Yağmur')
    const { events } = await room.app.portal.rectification.request(amina, reference)
    expect(events.at(-1)).toMatchObject({ event: 'opened', detail: 'stand_in' })
  })

  it('is confirmed by the colleague, never by who proposed it', async () => {
    const { casework, issuing } = room.app.portal
    const text = { reasons: ['evidence_shows'] as const }
    const asked = async () => ({ reference, version: await room.version(reference) })
    await casework.step(clerk, await asked(), { event: 'decided', outcome: 'corrected', text })
    await expect(casework.step(clerk, await asked(), { event: 'confirmed' })).rejects.toMatchObject(
      {
        problem: 'NOT_YOURS',
      },
    )
    const number = { scheme: 'azr', value: '111111111112' } as const
    const order = { number, way: { kind: 'handed' }, recovery: false, language: 'ar' } as const
    const issuer = { staff: clerk.staff, office: room.office.id }
    expect(await issuing.issue(issuer, order)).toEqual({ kind: 'ownCase' })
  })
})

describe('any form', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('', 'wrong', 'yes', '\u202e\u2066x', '\u0000', '2026-11-31', 'ب'.repeat(5_000)),
  )
  const names = fc.constantFrom(
    ...['kind', 'stored', 'latin', 'original', 'words', 'evidence', 'restrict', 'recipients'],
    ...['version', 'outcome', 'reasons', 'questions', 'on', 'to', 'office', 'answer', 'field'],
  )
  const pairs = fc.array(fc.tuple(names, value), { maxLength: 8 })
  const steps = fc.constantFrom('kind', 'right', 'proof', 'tell', 'check', 'nothing', '%00')
  const words = fc.constantFrom('claim', 'ask', 'form', 'decide', 'extend', 'pass', 'assign', 'x')

  /** A form of many fields, some of them twice. */
  const fieldsOf = (all: readonly (readonly [string, string])[]) =>
    Object.fromEntries(
      all.map(([name]) => [name, all.flatMap(([n, v]) => (n === name ? [v] : []))]),
    )

  it('is answered in the reader’s language, however it was filled in', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, steps, words, async (all, step, word) => {
        await own.open('/ar/me/requests/new?field=azr.family_name')
        const saved = await own.send(`/ar/me/requests/drafts/${draft}/${step}`, fieldsOf(all))
        await colleague.open(`/de/work/cases/${reference}`)
        const worked = await colleague.send(
          `/de/work/cases/${reference}/${word}`,
          fieldsOf(all.filter(([name]) => name !== 'version')),
        )
        for (const { status } of [saved, worked]) expect(status).toBeLessThan(500)
        expect(saved.body).toContain('lang="ar"')
        expect(worked.body).toContain('lang="de"')
      }),
      { numRuns: 20, interruptAfterTimeLimit: 25_000 },
    )
  })

  it('keeps what was typed where it cannot be used', async () => {
    const at = `/de/me/requests/drafts/${draft}/right`
    await own.open(at)
    const refused = await own.send(at, { latin: 'Ширин', words: 'Buntspecht' })
    expect(refused.status).toBe(400)
    expect(refused.body).toContain('Ширин')
    expect(refused.body).toContain('Buntspecht')
  })

  it('takes no place in the queue behind a day that there is not', async () => {
    const page = await colleague.open(`/de/work/queue?after=2026-02-31.${NO_DRAFT}`)
    expect(page.status).toBeLessThan(400)
  })
})
