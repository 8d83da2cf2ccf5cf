import { actingOf } from '../../server/compose/agreements.js'
import { runCommand } from '../../server/compose/commands.js'
import type { StaffActor } from '../../server/identity/index.js'
import { quarterOf } from '../../server/oversight/flags/acting.js'
import { germanDay } from '../../server/platform/kernel/days.js'
import { createLog } from '../../server/platform/log.js'
import type { Room } from '../inquiries/room.js'
import { REFUSED } from '../platform/answers.js'
import { officerOf, type Officer } from '../reports/officer.js'
import { says } from '../support/past.js'

const LIST = '/de/oversight/unmaskings'
/** Under it looks through this portal get a pseudonym of the portal's own. */
const ENV = { SERVICE_AGREEMENTS: 'i.pf.jobcenter=Dienstvereinbarung (Muster), 2020-01-01' }

let officer: Officer
let room: Room
let clerk: StaffActor
let reference: string
let opened: { pseudonym: string; quarter: string }

beforeAll(async () => {
  officer = await officerOf(ENV)
  ;({ room } = officer)
  clerk = await room.staff('caseworker', 'caseworker')
  await room.staff('caseworker-2', 'caseworker')
  const look = { subject: officer.amina.actor.subjects[0] ?? '', fields: ['portal.request'] }
  await room.app.portal.recordLook(clerk, [look])
  await room.app.portal.ledger.tick()
  const { rows } = await room.superuser.query<{ at: number }>(
    'select max(leaf_index) as at from overview.access_event where stream is null',
  )
  const { unmaskings } = room.app.portal
  const wish = { entry: Number(rows[0]?.at), reason: 'misuse' } as const
  reference = await unmaskings.ask(officer.actor, wish)
  const decided = { reference, decision: 'released' } as const
  expect(await unmaskings.decide(officer.supervisor, decided)).toBe('done')
  const now = room.app.clock.now()
  const pseudonym = actingOf(room.app.installation).refOf(clerk.staff, now)
  opened = { pseudonym, quarter: quarterOf(germanDay(now)) }
}, 60_000)

afterAll(() => room?.close())

/** What the operator reads on the terminal. */
async function resolved(...changed: readonly string[]): Promise<string> {
  const lines: string[] = []
  const asked = { office: room.office.code, ...opened }
  const args = Object.entries(asked).flatMap(([name, value]) => [`--${name}`, value])
  await runCommand(room.app.installation.config, {
    ...{ command: 'pseudonym:resolve', args: [...args, ...changed] },
    log: createLog('silent'),
    print: (line) => lines.push(line),
  })
  return lines.join('\n')
}

/** What stands beside the wish: whether an account was found, each time. */
async function noted(): Promise<readonly boolean[]> {
  const { rows } = await room.superuser.query<{ found: boolean }>(
    `select found from oversight.resolution join oversight.unmasking using (unmasking)
      where reference = $1 order by number`,
    [reference],
  )
  return rows.map(({ found }) => found)
}

describe('a pseudonym of this portal', () => {
  it('is resolved for nobody before it was opened', async () => {
    await expect(resolved()).rejects.toThrow('with the release of a second person')
    expect(await noted()).toEqual([])
  })

  it('is resolved by the operator once it was, which stands beside the wish', async () => {
    const { body } = await officer.dpo.get(`${LIST}/${reference}`)
    expect(body).toContain(opened.pseudonym)
    expect(body).toContain(opened.quarter)
    expect(body).toContain('Der Betreiber weiß, zu welchem Konto sie gehört.')
    expect(await resolved()).toContain(`Account ${clerk.staff}: caseworker, no unit, active.`)
    expect(await noted()).toEqual([true])
    const supervisor = await officer.reader('supervisor')
    for (const reading of [officer.dpo, supervisor]) {
      expect((await reading.get(LIST)).body).not.toContain(clerk.staff)
    }
    for (const reading of [officer.dpo, supervisor]) {
      expect((await reading.get(LIST)).body).toContain('Vom Betreiber aufgelöst')
    }
  })

  it('is nobody’s in another quarter, and none of another office', async () => {
    expect(await resolved('--quarter', '2020-1')).toContain('No account of this office')
    expect(await noted()).toEqual([true, false])
    await expect(resolved('--office', room.other.code)).rejects.toThrow('Nobody of this office')
    await expect(resolved('--office', 'i.nowhere')).rejects.toThrow('no such office')
    await expect(resolved('--quarter', '2026-5')).rejects.toThrow('from 1 to 4')
    await expect(resolved('--pseudonym', 'u-4711-x')).rejects.toThrow('did not make this pseudonym')
    await expect(resolved('--pseudonym', 'portal.0123456789abcdef')).rejects.toThrow('Nobody of')
    await expect(resolved('--nobody', 'x')).rejects.toThrow('cannot be read')
    expect(await noted()).toEqual([true, false])
  })

  it('is resolved by no page and no job, and what was done stays', async () => {
    const settings = { office: String(room.office.id), staff: officer.actor.staff }
    const opening = `select from oversight.opened_refs(${room.office.id}, now())`
    const tries = [
      opening,
      'select found from oversight.resolution',
      `insert into oversight.resolution (unmasking, at, found)
        select unmasking, now(), true from oversight.unmasking`,
      'delete from oversight.resolution',
    ]
    expect(await says(room, { who: ['web', 'web_staff'], settings }, tries)).toEqual(
      tries.map(() => REFUSED),
    )
    for (const login of ['worker', 'watch', 'reporting', 'retention'] as const) {
      expect(await says(room, { who: [login, login], settings }, [opening])).toEqual([REFUSED])
    }
    for (const change of ['update oversight.resolution set found = true', tries[3] ?? '']) {
      await expect(room.superuser.query(change)).rejects.toMatchObject({ code: REFUSED })
    }
  })

  it('is no longer resolved once the time to open it is over', async () => {
    await room.superuser.query(
      `alter table oversight.unmasking_event disable trigger no_change;
       update oversight.unmasking_event set at = at - interval '15 days' where kind = 'released';
       alter table oversight.unmasking_event enable always trigger no_change`,
    )
    await expect(resolved()).rejects.toThrow('in the last 14 days')
    expect(await noted()).toEqual([true, false])
  })
})
