import { walker, type Walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let clerk: Walker
let colleague: Walker

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  await room.staff('clerk')
  await room.staff('colleague')
  clerk = await walker(room.app, 'clerk')
  colleague = await walker(room.app, 'colleague')
})
afterAll(() => room?.close())
test('x', async () => {
  console.log((await clerk.open('/de/work/consents')).body.slice(0, 6000))
  const list = await clerk.open('/de/work/consents/templates')
  console.log(list.status)
  const d = await clerk.send('/de/work/consents/templates', { consent: 'c.newsletter' })
  console.log(d.status, d.to, d.body.slice(3000))
  const t = d.to.replace('/edit', '')
  const c = await colleague.open(t)
  console.log(c.status, c.body.slice(3000))
  expect(1).toBe(1)
})
