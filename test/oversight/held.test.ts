import type { StaffActor } from '../../server/identity/index.js'
import { REFUSED } from '../platform/answers.js'
import { says } from '../support/past.js'
import { csrfIn } from '../support/visitor.js'
import { heldHere, LIST } from './holding.js'

const here = heldHere()
const { reader, inDays, one, reviewed, release, note, decide, ended, pass } = here

const delayed = () => one({ holdUntil: inDays(20), operatorRef: 'u-4711-x' })
const linked = (body: string) =>
  [...body.matchAll(/\/oversight\/held\/(\d+)"/g)].map(([, index]) => Number(index))
const seen = async () => {
  const { body } = await here.person.get('/de/me/accesses')
  return [...body.matchAll(/\/me\/accesses\/(\d+)"/g)].map(([, index]) => Number(index))
}
const passDelay = (index: number) =>
  pass('sealed_event', `release_due = current_date where leaf_index = ${index}`)

interface Opened {
  readonly body: string
  readonly class: number
}

async function openingOf(index: number): Promise<Opened> {
  const { body } = await here.person.get(`/de/me/accesses/${index}/proof?part=opening`)
  return JSON.parse(body) as Opened
}

describe('the queue of held accesses', () => {
  it('names the reason, who decides, and when it is due; never what the person may never know', async () => {
    const [review, delay] = [await reviewed(), await delayed()]
    const never = await one({ disclosure: 'withheld' })
    const { body, status } = await here.dpo.get(LIST)
    expect(status).toBe(200)
    expect(linked(body)).toEqual(expect.arrayContaining([review, delay]))
    expect(linked(body)).not.toContain(never)
    expect(body).toContain('Einzelfallprüfung')
    expect(body).toContain('Die Stelle, die das Register führt')
    expect(body).toContain('In 20 Tagen')
    expect(body).toContain('In 90 Tagen')
    for (const secret of [here.amina.number, ...here.amina.actor.subjects])
      expect(body).not.toContain(secret)
    expect((await here.dpo.get(`${LIST}/${never}`)).status).toBe(404)
  })

  it('is of the own office alone', async () => {
    const index = await reviewed()
    const other = await reader('dpo-2')
    expect(linked((await other.get(LIST)).body)).toEqual([])
    expect((await other.get(`${LIST}/${index}`)).status).toBe(404)
    expect((await (await reader('caseworker')).get(LIST)).status).toBe(404)
  })

  it('keeps the look at a held access from its person', async () => {
    const index = await reviewed()
    const before = await seen()
    const { rows } = await here.room.superuser.query<{ n: number }>(SEALED_LOOKS)
    expect((await here.dpo.get(`${LIST}/${index}`)).status).toBe(200)
    expect(await seen()).toEqual(before)
    const after = await here.room.superuser.query<{ n: number }>(SEALED_LOOKS)
    expect(after.rows[0]?.n).toBe((rows[0]?.n ?? 0) + 1)
  })

  it('pages through more than fit, without a gap', async () => {
    const many = await here.room.accesses(here.amina, 35, { disclosure: 'case_review' })
    const found: number[] = []
    for (let path: string | undefined = LIST; path !== undefined;) {
      const { body } = await here.dpo.get(path)
      found.push(...linked(body))
      path = /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replace('&#x3D;', '=')
    }
    expect(found).toEqual(expect.arrayContaining([...many]))
    expect(new Set(found).size).toBe(found.length)
  })
})

const SEALED_LOOKS = 'select count(*)::int as n from overview.sealed_event where stream is null'

describe('a review', () => {
  it('that finds the obstacle gone shows the access, as it was, and opens the sealed entry', async () => {
    const index = await reviewed()
    expect(await seen()).not.toContain(index)
    expect((await note(index, ended())).status).toBe(303)
    expect((await decide(index)).status).toBe(303)
    expect((await here.dpo.get(LIST)).body).toContain('Wird gezeigt')
    const before = await seen()
    expect(await release()).toBe(1)
    const fresh = (await seen()).filter((one) => !before.includes(one))
    expect(fresh).toHaveLength(1)
    const shown = fresh[0] ?? -1
    const { body } = await here.person.get(`/de/me/accesses/${shown}`)
    expect(body).toContain('Dieser Eintrag durfte erst später gezeigt werden.')
    expect(linked((await here.dpo.get(LIST)).body)).not.toContain(index)
    await here.room.app.portal.ledger.tick()
    const opening = await openingOf(shown)
    const { released, ...rest } = JSON.parse(opening.body) as {
      released: { index: number; recordedAt: string; salt: string }
    }
    expect(released.index).toBe(index)
    const { rows } = await here.room.superuser.query<{ class: number; at: Date; salt: Buffer }>(
      'select class, recorded_at as at, salt from overview.sealed_event where leaf_index = $1',
      [index],
    )
    expect(rows[0]).toEqual({
      class: opening.class + 100,
      at: new Date(released.recordedAt),
      salt: Buffer.from(released.salt, 'hex'),
    })
    expect(rest).not.toHaveProperty('released')
    expect(await here.room.faults()).toEqual([])
  })

  it('that finds it remaining sets the next day, and shows nothing', async () => {
    const index = await reviewed()
    await note(index, { finding: 'remains', reason: 'task', day: inDays(30) })
    expect(await release()).toBe(0)
    const { body } = await here.dpo.get(`${LIST}/${index}`)
    expect(body).toContain('Die Aufgabe der Stelle wäre gefährdet')
    expect(body).toContain('In 30 Tagen')
  })

  it('counts as the last of several', async () => {
    const index = await reviewed()
    await note(index, ended())
    await decide(index)
    await note(index, { finding: 'remains', reason: 'secrecy', day: inDays(9) })
    expect(await release()).toBe(0)
    // Nor is it shown when the day of the next look has come and nobody has looked.
    await pass(
      'review',
      `day = current_date, alone = true where sealed_index = ${index} and number = 2`,
    )
    expect(await release()).toBe(0)
  })

  it.each<[string, () => Record<string, string>, string]>([
    ['nothing', () => ({}), 'Wählen Sie eine Antwort.'],
    [
      'the consent of a body where the register decides',
      () => ({ ...ended(), reason: 'consent' }),
      'Wählen Sie eine Begründung, die zum Ergebnis passt.',
    ],
    [
      'a reason of the other finding',
      () => ({ ...ended(), reason: 'task' }),
      'Wählen Sie eine Begründung, die zum Ergebnis passt.',
    ],
    ['no day', () => ({ ...ended(), day: '2026-02-30' }), 'Geben Sie einen Tag an.'],
    ['an end that is to come', () => ({ ...ended(), day: inDays(1) }), 'nicht in der Zukunft'],
    [
      'a next look in a year',
      () => ({ finding: 'remains', reason: 'task', day: inDays(365) }),
      'in den nächsten sechs Monaten',
    ],
  ])('with %s is refused in words, and keeps what was typed', async (_, form, words) => {
    const index = await reviewed()
    const { status, body } = await note(index, form())
    expect(status).toBe(400)
    expect(body).toContain(words)
    expect(await release()).toBe(0)
  })

  it('of what was reviewed meanwhile is refused', async () => {
    const index = await reviewed()
    const { body } = await here.dpo.get(`${LIST}/${index}`)
    await note(index, { finding: 'remains', reason: 'security', day: inDays(9) })
    const late = await here.dpo.post(`${LIST}/${index}`, {
      csrf: csrfIn(body),
      seen: '0',
      ...ended(),
    })
    expect(late.status).toBe(409)
    expect(late.body).toContain('inzwischen geprüft')
    expect(await release()).toBe(0)
  })
})

describe('a uniform delay', () => {
  it('ends by itself: the access is shown once, with its flags and its operator', async () => {
    const index = await delayed()
    expect(await release()).toBe(0)
    await here.room.superuser.query(
      `insert into overview.sealed_flag select leaf_index, 'flow.unknown', subject, '{}', recorded_at, expires_on
        from overview.sealed_event where leaf_index = $1`,
      [index],
    )
    await passDelay(index)
    const before = await seen()
    expect(await release()).toBe(1)
    expect(await release()).toBe(0)
    const worker = { who: ['worker', 'worker'] as const, settings: {} }
    const again = `overview.write_release(${index}, 999999, now(), decode(repeat('00', 32), 'hex'), current_date)`
    expect(await says(here.room, worker, [`select from ${again} done where done`])).toEqual([
      '0 rows',
    ])
    const [shown = -1] = (await seen()).filter((one) => !before.includes(one))
    expect((await here.person.get(`/de/me/accesses/${shown}`)).body).toContain(
      'Was hier nicht passt',
    )
    // Who acted stands at the sealed entry, and can be asked for at the visible one.
    expect(await here.room.app.portal.unmaskings.canAsk(here.officer, shown)).toBe(true)
    expect(await here.room.faults()).toEqual([])
  })

  it('stands once with the officer afterwards, and in a report of before as it stood', async () => {
    const index = await delayed()
    await here.room.app.portal.ledger.tick()
    const { taking } = here.room.app.portal
    const state = await here.room.app.portal.inTransaction(
      { login: 'web', role: 'web_public', readOnly: true },
      here.room.app.portal.ledger.publicCheckpoint,
    )
    if (state === undefined) throw new Error('nothing is public')
    const indices = async () => {
      const found: number[] = []
      for await (const rows of taking.again(here.officer, { chosen: {}, state })) {
        found.push(...rows.map((row) => row.index))
      }
      return found
    }
    const before = await indices()
    expect(before).toContain(index)
    await passDelay(index)
    expect(await release()).toBe(1)
    expect(await indices()).toEqual(before)
    const { items } = await here.room.app.portal.oversight.accesses(here.officer, { chosen: {} })
    expect(items.map((item) => item.index)).not.toContain(index)
  })
})

describe('the database', () => {
  const as = (staff: StaffActor, office = String(here.room.office.id)) => ({
    who: ['reporting', 'reporting'] as const,
    settings: { office, staff: staff.staff },
  })
  const both = [
    'select from reporting.sealed_access limit 1',
    'select from reporting.held_access limit 1',
  ]

  it('shows what is sealed to the officer of the office alone, whatever is said of them', async () => {
    await reviewed()
    expect(await says(here.room, as(here.officer), both)).toEqual(['1 rows', '1 rows'])
    expect(await says(here.room, as(here.clerk), both)).toEqual(['0 rows', '0 rows'])
    expect(await says(here.room, as(here.officer, String(here.room.other.id)), both)).toEqual([
      '0 rows',
      '0 rows',
    ])
    const past = { ...as(here.clerk), settings: { ...as(here.clerk).settings, sees_sealed: 'yes' } }
    expect(await says(here.room, past, both)).toEqual(['0 rows', '0 rows'])
    await here.room.superuser.query(
      `update identity.staff set state = 'suspended' where staff = $1`,
      [here.officer.staff],
    )
    expect(await says(here.room, as(here.officer), both)).toEqual(['0 rows', '0 rows'])
    await here.room.superuser.query(`update identity.staff set state = 'active' where staff = $1`, [
      here.officer.staff,
    ])
  })

  it('releases nothing that is not due, and lets nobody but the officer note a review', async () => {
    const index = await reviewed()
    const worker = { who: ['worker', 'worker'] as const, settings: {} }
    const written = `select overview.write_release(${index}, 999999, now(), decode(repeat('00', 32), 'hex'), '2999-01-01') as done`
    expect(await says(here.room, worker, [`select from (${written}) r where done`])).toEqual([
      '0 rows',
    ])
    expect(await says(here.room, worker, ['select from overview.sealed_event'])).toEqual([REFUSED])
    const noted = `select from (select overview.note_review(${index}, 1, 'ended', 'no_danger', current_date, now()) as done) r where done`
    const staff = (actor: StaffActor) => ({ ...as(actor), who: ['web', 'web_staff'] as const })
    expect(await says(here.room, staff(here.clerk), [noted])).toEqual(['0 rows'])
    expect(await says(here.room, staff(here.officer), [noted])).toEqual(['1 rows'])
    expect(await says(here.room, staff(here.officer), ['select from overview.review'])).toEqual([
      REFUSED,
    ])
  })
})
