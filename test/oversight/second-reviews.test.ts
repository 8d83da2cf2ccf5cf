import type { StaffActor } from '../../server/identity/index.js'
import { heldHere, LIST, REVIEWS } from './holding.js'

const here = heldHere()
const { reader, inDays, reviewed, release, note, decide, ended, pass } = here

describe('a review that found no obstacle', () => {
  it('shows nothing before a second person has confirmed it, who sees no person', async () => {
    const index = await reviewed()
    await note(index, ended())
    expect(await release()).toBe(0)
    expect((await here.dpo.get(`${LIST}/${index}`)).body).toContain('Wartet auf eine zweite Person')
    const { body } = await here.supervisor.get(REVIEWS)
    expect(body).toContain(`/reviews/${index}/1"`)
    expect(body).toContain('Weg: Es besteht keine Gefahr mehr')
    for (const secret of [here.amina.number, ...here.amina.actor.subjects, here.officer.staff]) {
      expect(body).not.toContain(secret)
    }
    expect((await here.dpo.get(REVIEWS)).body).toContain('Das haben Sie selbst festgehalten.')
    const own = await decide(index, 'confirmed', here.dpo)
    expect(own.status).toBe(409)
    expect(own.body).toContain('Eine andere Person entscheidet.')
    expect(await release()).toBe(0)
    const stranger = await reader('dpo-2')
    expect((await stranger.get(REVIEWS)).body).not.toContain(`/reviews/${index}/`)
    expect((await decide(index, 'confirmed', stranger)).status).toBe(404)
    await here.room.staff('caseworker-2', 'dpo')
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
    expect((await here.dpo.get(`${LIST}/${index}`)).body).toContain('Nicht bestätigt')
    await note(index, ended())
    expect(await decide(index)).toMatchObject({ status: 303 })
    expect(await release()).toBe(1)
  })

  it('is not confirmed by its officer for the other side, which they serve as well', async () => {
    const index = await reviewed()
    await note(index, ended())
    const { rows } = await here.room.superuser.query<{ source: number }>(
      'select source from overview.sealed_event where leaf_index = $1',
      [index],
    )
    const office = rows[0]?.source ?? 0
    const { enrolment, secondReviews } = here.room.app.portal
    const post = { officer: here.officer.staff, role: 'dpo', office, assurance: 'high' } as const
    const elsewhere = { ...here.officer, office, staff: await enrolment.createDemoStaff(post) }
    expect(await secondReviews.decide(elsewhere, { index, number: 1 }, 'confirmed')).toBe('own')
    expect(await release()).toBe(0)
    expect(await decide(index)).toMatchObject({ status: 303 })
    expect(await release()).toBe(1)
  })

  it('is noted anew where whoever noted it has left: they may be here under another id', async () => {
    const index = await reviewed()
    const { secondReviews } = here.room.app.portal
    const left = await here.room.staff('operator-2', 'dpo')
    await note(index, ended(), await reader('operator-2'))
    await here.room.superuser.query(
      `update identity.staff set state = 'suspended' where staff = $1`,
      [left.staff],
    )
    expect(await secondReviews.decide(here.watch, { index, number: 1 }, 'confirmed')).toBe(
      'not_now',
    )
    await note(index, ended())
    expect(await decide(index)).toMatchObject({ status: 303 })
    expect(await release()).toBe(1)
  })

  it('is decided once, and not after another review', async () => {
    const index = await reviewed()
    await note(index, ended())
    const { secondReviews } = here.room.app.portal
    const second = await here.room.staff('second', 'dpo')
    const both = await Promise.all([
      secondReviews.decide(here.watch, { index, number: 1 }, 'confirmed'),
      secondReviews.decide(second, { index, number: 1 }, 'refused'),
    ])
    expect([...both].sort()).toEqual(['done', 'not_now'])
    const again = await reviewed()
    await note(again, ended())
    await note(again, { finding: 'remains', reason: 'task', day: inDays(9) })
    expect(await secondReviews.decide(here.watch, { index: again, number: 1 }, 'confirmed')).toBe(
      'not_now',
    )
    await release()
  })
})

/** The last one: it alters what was committed. */
describe('the consent of a body', () => {
  it('counts at once where the body whose consent it takes noted it itself, and from nobody else', async () => {
    const { parties } = here.room.app.installation.catalogue
    const police = parties.byCode('bundespolizei')
    if (police === undefined) throw new Error('the catalogue lacks the police')
    const body = await here.room.staff('police', 'dpo', police)
    const [byOther, byBody] = [await reviewed(), await reviewed()]
    await pass(
      'sealed_event',
      `source = ${police.id}, rule = (select id from catalogue.term where kind = 'rule'
        and code = 'dis.azr.body_consent') where leaf_index in (${byOther}, ${byBody})`,
    )
    const wrong = await note(byOther, ended())
    expect(wrong.status).toBe(400)
    expect((await here.dpo.get(`${LIST}/${byOther}`)).body).not.toContain('value="no_danger"')
    const consent = { finding: 'ended' as const, reason: 'consent' as const, day: inDays(0) }
    expect((await note(byOther, consent)).status).toBe(303)
    expect(await release()).toBe(0)
    const { held, secondReviews } = here.room.app.portal
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

  it('on both sides counts from the side that the law means, and from neither where it means none', async () => {
    const { catalogue } = here.room.app.installation
    const bodies = ['bundespolizei', 'landespolizei'].map((code) => catalogue.parties.byCode(code))
    const [giver, taker] = bodies
    if (giver === undefined || taker === undefined)
      throw new Error('the catalogue lacks the police')
    const [ofGiver, ofTaker] = [
      await here.room.staff('giver', 'dpo', giver),
      await here.room.staff('taker', 'dpo', taker),
    ]
    const between = async (rule: string, [source, recipient] = [giver, taker]) => {
      const index = await reviewed()
      await pass(
        'sealed_event',
        `source = ${source?.id}, recipient = ${recipient?.id}, rule = (select id from catalogue.term
          where kind = 'rule' and code = '${rule}') where leaf_index = ${index}`,
      )
      return index
    }
    const consent = { finding: 'ended', reason: 'consent', day: inDays(0) } as const
    const { held, secondReviews } = here.room.app.portal
    const noted = (actor: StaffActor, index: number) =>
      held.review(actor, index, { seen: 0, ...consent })
    // AZRG section 34 (3) names no side: the other one confirms.
    const azr = await between('dis.azr.body_consent')
    expect(await noted(ofGiver, azr)).toBe(true)
    expect(await release()).toBe(0)
    expect(await secondReviews.decide(ofTaker, { index: azr, number: 1 }, 'confirmed')).toBe('done')
    expect(await release()).toBe(1)
    // SGB X section 83 (5) means who received: from who gave it counts with a second person alone.
    const [late, atOnce] = [
      await between('dis.sgb.body_consent'),
      await between('dis.sgb.body_consent'),
    ]
    expect(await noted(ofGiver, late)).toBe(true)
    expect(await release()).toBe(0)
    expect(await noted(ofTaker, atOnce)).toBe(true)
    expect(await release()).toBe(1)
    // One body alone, on both sides, has nobody else to ask.
    const own = await between('dis.azr.body_consent', [giver, giver])
    expect(await noted(ofGiver, own)).toBe(true)
    expect(await release()).toBe(1)
  })
})
