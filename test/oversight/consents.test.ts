import type { StaffActor } from '../../server/identity/index.js'
import { roomOf, type Room } from '../consent/room.js'
import { startTestApp } from '../support/app.js'

let room: Room
let clerk: StaffActor
let officer: StaffActor
let stranger: StaffActor
let template: string

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  clerk = await room.staff('clerk')
  officer = await room.staff('officer', 'dpo')
  stranger = await room.staff('stranger', 'dpo', room.other)
  const colleague = await room.staff('colleague')
  template = await room.published([clerk, colleague], room.content('c.newsletter'))
})

afterAll(() => room?.close())

const figures = async (actor = officer) =>
  Object.fromEntries((await room.app.portal.requestOversight.figures(actor)).consents)

/** Lets some people answer; the references of what they gave. */
async function people(
  count: number,
  said: readonly string[],
): Promise<[string, () => Promise<void>][]> {
  const given: [string, () => Promise<void>][] = []
  for (let one = 0; one < count; one++) {
    names += 1
    const person = await room.resident(`person-${names}`)
    const asked = await room.asked(clerk, person, template)
    const [reference = ''] = await room.answered(person, asked, said)
    given.push([reference, () => room.app.portal.consents.withdraw(person.actor, reference)])
  }
  return given
}
let names = 0

describe('consents in figures for the data protection officer', () => {
  it('are of the own office alone, none about fewer than five people, and never of a no', async () => {
    await people(6, [])
    const given = await people(4, ['all'])
    expect(await figures()).toEqual({})
    given.push(...(await people(6, ['all'])))
    expect(await figures()).toEqual({ given: 10 })
    for (const [, withdraw] of given.slice(0, 4)) await withdraw()
    expect(await figures()).toEqual({ given: 6 })
    await given[4]?.[1]()
    expect(await figures()).toEqual({ given: 5, withdrawn: 5, waiting: 5 })
    expect(await figures(stranger)).toEqual({})
  })

  it('say how long it took until everybody knew, in the middle and for nine of ten', async () => {
    const { rows } = await room.superuser.query<{ consent: string }>(
      'select consent from consent.notice group by consent order by consent',
    )
    for (const [at, { consent }] of rows.entries()) {
      await room.superuser.query(
        `update consent.notice set state = 'acknowledged',
          acknowledged_at = made_at + $2 * interval '1 hour' where consent = $1`,
        [consent, at + 1],
      )
    }
    expect(await figures()).toMatchObject({ executed: 5, median_hours: 3, p90_hours: 5 })
    expect(await figures()).not.toHaveProperty('waiting')
  })

  it('stand on the page, with words where there is no number', async () => {
    const session = await room.app.portal.identity.signInDemo('officer')
    const { url } = room.app
    const answer = await fetch(`${url}/de/oversight/requests`, {
      headers: { cookie: `mirat=${session?.token ?? ''}` },
    })
    const html = await answer.text()
    expect(html).toContain('Stunden vom Widerruf, bis alle Stellen es wissen (Median)')
    expect(html).toContain('Weniger als 5')
  })
})
