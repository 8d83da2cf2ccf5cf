import type { Login } from '../../server/platform/db/roles.js'
import { REFUSED } from '../platform/answers.js'
import { commits, says, type Settings } from '../support/past.js'
import { flaggedOffice, type Flagged } from './flagged.js'

let room: Flagged['room']
let flagged: Flagged

beforeAll(async () => {
  flagged = await flaggedOffice()
  ;({ room } = flagged)
}, 60_000)

afterAll(() => room?.close())

describe('the tables of the database', () => {
  const staff = ['web', 'web_staff'] as const
  const sealed = 'select from oversight.sealed_finding'
  const settings = (more: Settings = {}): Settings => ({
    ...{ office: String(room.office.id), staff: flagged.officer.staff },
    ...more,
  })
  const ask = (more: Settings, statements: readonly string[]) =>
    says(room, { who: staff, settings: settings(more) }, statements)

  it('show findings to the officer of the office alone', async () => {
    const open = 'select from oversight.finding where leaf_index >= 0'
    expect(await ask({}, [sealed])).toEqual(['1 rows'])
    const clerk = await room.staff('caseworker-2', 'caseworker')
    expect(await ask({ staff: clerk.staff }, [open, sealed])).toEqual(['0 rows', '0 rows'])
    expect(await ask({ office: String(room.other.id) }, [open, sealed])).toEqual([
      '0 rows',
      '0 rows',
    ])
  })

  it('show nothing to residents, and what is watched to no page', async () => {
    const who = ['web', 'web_resident'] as const
    const own = {
      account: flagged.amina.actor.account,
      subjects: flagged.amina.actor.subjects.join(','),
    }
    const refused = ['finding', 'sealed_finding', 'finding_step', 'tally', 'rule_switch']
    expect(
      await says(room, { who, settings: own }, [
        ...refused.map((table) => `select from oversight.${table}`),
        'select from reporting.watched_access',
      ]),
    ).toEqual([...refused, ''].map(() => REFUSED))
  })

  it('show what the rules read to their own login, whatever another one sets', async () => {
    const views = ['watched_access', 'inquiry_case', 'rectification_case', 'consent_case']
    const asked = [...views, 'block_case', 'correction_told', 'appointment', 'emergency'].map(
      (view) => `select from reporting.${view}`,
    )
    const as = (login: Login, more: Settings = {}) =>
      says(room, { who: [login, login], settings: settings(more) }, asked)
    for (const login of ['reporting', 'worker', 'web', 'ingest', 'retention'] as const) {
      const every = { watches: 'yes', sees_sealed: 'yes', role: 'watch' }
      expect([login, await as(login, every)]).toEqual([login, asked.map(() => REFUSED)])
    }
    const own = await as('watch')
    expect(own[0]).toBe('5 rows')
    expect(own).not.toContain(REFUSED)
    expect(await as('watch', { office: '' })).toEqual(asked.map(() => '0 rows'))
  })

  it('give the login of the rules nothing else', async () => {
    const tables = [
      ...['overview.access_event', 'overview.operator_ref', 'identity.staff', 'identity.account'],
      ...['oversight.finding', 'oversight.sealed_finding', 'oversight.unmasking'],
      ...['reporting.access', 'reporting.sealed_access', 'rectification.request'],
    ]
    const asked = tables.map((table) => `select from ${table}`)
    expect(await says(room, { who: ['watch', 'watch'], settings: settings() }, asked)).toEqual(
      asked.map(() => REFUSED),
    )
  })

  it('keep every step: nobody changes, adds or deletes one', async () => {
    const tries = [
      `update oversight.finding_step set state = 'explained'`,
      'delete from oversight.finding_step',
      `insert into oversight.finding_step select * from oversight.finding_step`,
      'update oversight.rule_switch set is_on = false',
      'delete from oversight.rule_switch',
      'delete from oversight.finding',
      `update oversight.finding set evidence = '{}'`,
    ]
    expect(await ask({}, tries)).toEqual(tries.map(() => REFUSED))
  })

  it('take back nothing that is confirmed', async () => {
    const key = { index: flagged.entries.day, rule: 'no_case' } as const
    const { worklist } = room.app.portal
    const act = { step: 'confirmed', reason: 'private' } as const
    expect(await worklist.step(flagged.officer, { ...key, version: 0 }, act)).toBe(undefined)
    const back = `update oversight.finding set state = 'explained', reason = 'test', version = 9
      where leaf_index = ${key.index} and rule = 'no_case'`
    expect(await commits(room, { who: staff, settings: settings() }, [back])).toBe('done')
    expect((await worklist.open(flagged.officer, key)).finding.state).toBe('confirmed')
  })
})

describe('a finding whose entry is gone', () => {
  it('goes with it, its steps as well', async () => {
    await room.superuser.query(
      `alter table oversight.finding disable trigger note_step;
       alter table oversight.finding_step disable trigger no_change;
       update oversight.finding set expires_on = current_date;
       update oversight.finding_step set expires_on = current_date;
       alter table oversight.finding enable always trigger note_step;
       alter table oversight.finding_step enable always trigger no_change`,
    )
    expect(await room.app.portal.watching.forget()).toBe(5)
    const { rows } = await room.superuser.query(
      'select from oversight.finding union all select from oversight.finding_step',
    )
    expect(rows).toEqual([])
    expect(await room.faults()).toEqual([])
  })
})
