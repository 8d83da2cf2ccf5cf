import { seededRandom } from '../../server/platform/kernel/random.js'
import { newReference } from '../../server/rectification/index.js'
import { walker, type Walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Person, type Room } from './room.js'

const DESK = '/de/work/consents'

let room: Room
let person: Person
let clerk: Walker
let elsewhere: Walker
let ask: string
let consent: string
let version: string

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('resident-ar')
  const writer = await room.staff('caseworker')
  const second = await room.staff('operator-2', 'caseworker')
  await room.staff('caseworker-2', 'caseworker', room.other)
  await room.staff('dpo', 'dpo')
  await room.staff('supervisor', 'supervisor')
  const template = await room.published([writer, second], room.content('c.newsletter'))
  version = `${template}/1`
  const answered = await room.asked(writer, person, template)
  consent = (await room.answered(person, answered, ['all']))[0] ?? ''
  ask = await room.asked(writer, person, template)
  clerk = await walker(room.app, 'caseworker')
  elsewhere = await walker(room.app, 'caseworker-2')
})

afterAll(() => room?.close())

const nobodys = newReference(seededRandom('nobody has this one'))
const NO_TEMPLATE = '6f1c2f0e-2d3a-4c5b-8d7e-9f0a1b2c3d4e/1'

/** A page without what differs on every page. */
const bare = (body: string) =>
  body
    .replaceAll(/name="csrf" value="[^"]+"/g, '')
    .replaceAll(/\b[2-9A-HJ-NP-Z]{8}\b/g, '')
    .replaceAll(/[0-9a-f-]{36}/g, '')

const looks = async () => {
  const { rows } = await room.superuser.query(
    'select from overview.access_event where stream is null and subject = $1',
    [person.subject],
  )
  return rows.length
}

/** Pages about one thing of the office, and the same about what there is not. */
const pages = () => [
  [`${DESK}/${ask}`, `${DESK}/${nobodys}`],
  [`${DESK}/${consent}`, `${DESK}/${nobodys}`],
  [`${DESK}/${ask}/letter.pdf`, `${DESK}/${nobodys}/letter.pdf`],
  [`${DESK}/${consent}/letter.pdf`, `${DESK}/${nobodys}/letter.pdf`],
  [`${DESK}/ask/${ask}`, `${DESK}/ask/${nobodys}`],
  [`${DESK}/templates/${version}`, `${DESK}/templates/${NO_TEMPLATE}`],
  [`${DESK}/templates/${version}/edit`, `${DESK}/templates/${NO_TEMPLATE}/edit`],
]

describe('what an office asked', () => {
  it('is open to its own caseworkers', async () => {
    const [asked, answered] = [
      await clerk.open(`${DESK}/${ask}`),
      await clerk.open(`${DESK}/${consent}`),
    ]
    expect([asked.status, answered.status]).toEqual([200, 200])
  })

  it('does not exist for a caseworker of another office, who leaves no look and reads no list of it', async () => {
    const before = await looks()
    for (const [theirs = '', none = ''] of pages()) {
      const [one, two] = [await elsewhere.open(theirs), await elsewhere.open(none)]
      expect([theirs, one.status, two.status]).toEqual([theirs, 404, 404])
      expect(bare(one.body)).toBe(bare(two.body))
    }
    for (const list of [DESK, `${DESK}?show=ended`, `${DESK}/ask`, `${DESK}/templates`]) {
      const { status, body } = await elsewhere.open(list)
      expect(status).toBe(200)
      for (const own of [ask, consent, version.split('/')[0] ?? '']) expect(body).not.toContain(own)
    }
    expect(await looks()).toBe(before)
  })

  it('takes nothing from them either, and a code of it is no code there', async () => {
    const fields = { channel: 'counter', helper: 'none', language: 'de', 'answer-all': 'no' }
    for (const [theirs, none] of [
      [`${ask}/record`, `${nobodys}/record`],
      [`${consent}/withdraw`, `${nobodys}/withdraw`],
      [`${ask}/call-off`, `${nobodys}/call-off`],
      [`templates/${version}/publish`, `templates/${NO_TEMPLATE}/publish`],
      [`templates/${version}/end`, `templates/${NO_TEMPLATE}/end`],
    ]) {
      await elsewhere.open(`${DESK}/find`)
      const one = await elsewhere.send(`${DESK}/${theirs}`, fields)
      await elsewhere.open(`${DESK}/find`)
      const two = await elsewhere.send(`${DESK}/${none}`, fields)
      expect([theirs, one.status, two.status]).toEqual([theirs, 404, 404])
      expect(bare(one.body)).toBe(bare(two.body))
    }
    const found = []
    for (const code of [ask, nobodys]) {
      await elsewhere.open(`${DESK}/find`)
      found.push(await elsewhere.send(`${DESK}/find`, { code }))
    }
    expect(found.map(({ status }) => status)).toEqual([400, 400])
    expect(bare(found[0]?.body ?? '')).toBe(bare(found[1]?.body ?? ''))
    const template = version.split('/')[0] ?? ''
    await elsewhere.open(`${DESK}/find`)
    const number = { scheme: 'azr', number: person.number }
    expect((await elsewhere.send(`${DESK}/ask`, { template, ...number })).status).toBe(404)
  })

  it.each(['dpo', 'supervisor', 'resident-ar'])('is no page for %s', async (name) => {
    const who = await walker(room.app, name)
    for (const [theirs = '', none = ''] of [...pages(), [DESK, `${DESK}/templates`]]) {
      const [one, two] = [await who.open(theirs), await who.open(none)]
      expect([theirs, one.status, two.status]).toEqual([theirs, 404, 404])
      expect(bare(one.body)).toBe(bare(two.body))
    }
  })
})
