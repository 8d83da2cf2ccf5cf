import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { startTestApp } from '../support/app.js'
import { csrfIn, visitor, type Visitor } from '../support/visitor.js'

let room: Room
let amina: Person
let dpo: Visitor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('resident-ar')
  await room.staff('dpo', 'dpo')
  dpo = visitor(room.app)
  await dpo.signIn('dpo')
}, 60_000)

afterAll(() => room?.close())

describe('input that no page of the portal makes', () => {
  it.each([
    ['held?after=0000-01-01.5', 200],
    ['accesses?from=0000-01-01', 200],
    ['requests?after=0000-01-01.ABCDEFGH', 200],
    ['reports/new?from=0000-01-01', 200],
    ['reports/%00', 404],
    ['reports/%00/files/1', 404],
    ['unmaskings/%00', 404],
  ])('in the address %s is no fault of the portal', async (path, status) => {
    expect((await dpo.get(`/de/oversight/${path}`)).status).toBe(status)
  })

  it.each(['2147483647', '999999999999999', '-1', 'x'])(
    'as the number of reviews (%s) is met as one that is no longer right',
    async (seen) => {
      const [index = -1] = await room.accesses(amina, 1, { disclosure: 'case_review' })
      const path = `/de/oversight/held/${index}`
      const csrf = csrfIn((await dpo.get(path)).body)
      const day = room.app.clock.now().toISOString().slice(0, 10)
      const form = { csrf, seen, finding: 'ended', reason: 'no_danger', day }
      expect((await dpo.post(path, form)).status).toBe(409)
    },
  )
})
