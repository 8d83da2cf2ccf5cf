import { holdingOffice, LIST, REVIEWS, type Holding } from './holding.js'

let holding: Holding
let room: Holding['room']
let amina: Holding['amina']
let officer: Holding['officer']
let watch: Holding['watch']
let dpo: Holding['dpo']
let supervisor: Holding['supervisor']
let reader: Holding['reader']
let inDays: Holding['inDays']
let reviewed: Holding['reviewed']
let release: Holding['release']
let note: Holding['note']
let decide: Holding['decide']
let ended: Holding['ended']
let pass: Holding['pass']

beforeAll(async () => {
  holding = await holdingOffice()
  ;({
    room,
    amina,
    officer,
    watch,
    dpo,
    supervisor,
    reader,
    inDays,
    reviewed,
    release,
    note,
    decide,
    ended,
    pass,
  } = holding)
}, 60_000)

afterAll(() => room?.close())

describe('a review that found no obstacle', () => {
  it('shows nothing before a second person has confirmed it, who sees no person', async () => {
    const index = await reviewed()
    await note(index, ended())
    expect(await release()).toBe(0)
    expect((await dpo.get(`${LIST}/${index}`)).body).toContain('Wartet auf eine zweite Person')
    const { body } = await supervisor.get(REVIEWS)
    expect(body).toContain(`/reviews/${index}/1"`)
    expect(body).toContain('Weg: Es besteht keine Gefahr mehr')
    for (const secret of [amina.number, ...amina.actor.subjects, officer.staff]) {
      expect(body).not.toContain(secret)
    }
    expect((await dpo.get(REVIEWS)).body).toContain('Das haben Sie selbst festgehalten.')
    const own = await decide(index, 'confirmed', dpo)
    expect(own.status).toBe(409)
    expect(own.body).toContain('Eine andere Person entscheidet.')
    expect(await release()).toBe(0)
    const stranger = await reader('dpo-2')
    expect((await stranger.get(REVIEWS)).body).not.toContain(`/reviews/${index}/`)
    expect((await decide(index, 'confirmed', stranger)).status).toBe(404)
    await room.staff('caseworker-2', 'dpo')
    const colleague = await reader('caseworker-2')
    expect((await decide(index, 'confirmed', colleague)).status).toBe(303)
    expect(await release()).toBe(1)
    expect((await decide(index)).status).toBe(409)
  })

  it('is not shown where the second person refuses, until it is reviewed again', async () => {
    const index = await reviewed()
    await note(index, ended())
    expect((await decide(index, 'refused')).status).toBe(303)
    expect(await release()).toBe(0)
    expect((await dpo.get(`${LIST}/${index}`)).body).toContain('Nicht bestätigt')
    await note(index, ended())
    expect(await decide(index)).toMatchObject({ status: 303 })
    expect(await release()).toBe(1)
  })

  it('is not confirmed by its officer for the other side, which they serve as well', async () => {
    const index = await reviewed()
    await note(index, ended())
    const { rows } = await room.superuser.query<{ source: number }>(
      'select source from overview.sealed_event where leaf_index = $1',
      [index],
    )
    const office = rows[0]?.source ?? 0
    const { enrolment, secondReviews } = room.app.portal
    const post = { officer: officer.staff, role: 'dpo', office, assurance: 'high' } as const
    const elsewhere = { ...officer, office, staff: await enrolment.createDemoStaff(post) }
    expect(await secondReviews.decide(elsewhere, { index, number: 1 }, 'confirmed')).toBe('own')
    expect(await release()).toBe(0)
    expect(await decide(index)).toMatchObject({ status: 303 })
    expect(await release()).toBe(1)
  })

  it('is noted anew where whoever noted it has left: they may be here under another id', async () => {
    const index = await reviewed()
    const { secondReviews } = room.app.portal
    const left = await room.staff('operator-2', 'dpo')
    await note(index, ended(), await reader('operator-2'))
    await room.superuser.query(`update identity.staff set state = 'suspended' where staff = $1`, [
      left.staff,
    ])
    expect(await secondReviews.decide(watch, { index, number: 1 }, 'confirmed')).toBe('not_now')
    await note(index, ended())
    expect(await decide(index)).toMatchObject({ status: 303 })
    expect(await release()).toBe(1)
  })

  it('is decided once, and not after another review', async () => {
    const index = await reviewed()
    await note(index, ended())
    const { secondReviews } = room.app.portal
    const second = await room.staff('second', 'dpo')
    const both = await Promise.all([
      secondReviews.decide(watch, { index, number: 1 }, 'confirmed'),
      secondReviews.decide(second, { index, number: 1 }, 'refused'),
    ])
    expect([...both].sort()).toEqual(['done', 'not_now'])
    const again = await reviewed()
    await note(again, ended())
    await note(again, { finding: 'remains', reason: 'task', day: inDays(9) })
    expect(await secondReviews.decide(watch, { index: again, number: 1 }, 'confirmed')).toBe(
      'not_now',
    )
    await release()
  })
})

/** The last one: it alters what was committed. */
describe('the consent of a body', () => {
  it('counts at once where the body whose consent it takes noted it itself, and from nobody else', async () => {
    const { parties } = room.app.installation.catalogue
    const police = parties.byCode('bundespolizei')
    if (police === undefined) throw new Error('the catalogue lacks the police')
    const body = await room.staff('police', 'dpo', police)
    const [byOther, byBody] = [await reviewed(), await reviewed()]
    await pass(
      'sealed_event',
      `source = ${police.id}, rule = (select id from catalogue.term where kind = 'rule'
        and code = 'dis.azr.body_consent') where leaf_index in (${byOther}, ${byBody})`,
    )
    const wrong = await note(byOther, ended())
    expect(wrong.status).toBe(400)
    expect((await dpo.get(`${LIST}/${byOther}`)).body).not.toContain('value="no_danger"')
    const consent = { finding: 'ended' as const, reason: 'consent' as const, day: inDays(0) }
    expect((await note(byOther, consent)).status).toBe(303)
    expect(await release()).toBe(0)
    const { held, secondReviews } = room.app.portal
    expect(await held.review(body, byBody, { seen: 0, ...consent, reason: 'no_danger' })).toBe(
      false,
    )
    expect(await held.review(body, byBody, { seen: 0, ...consent })).toBe(true)
    expect(await release()).toBe(1)
    expect(await secondReviews.decide(body, { index: byOther, number: 1 }, 'confirmed')).toBe(
      'done',
    )
    expect(await release()).toBe(1)
  })
})
