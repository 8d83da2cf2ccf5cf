import { sql } from 'kysely'
import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { RoleName } from '../../server/platform/db/roles.js'
import { REFUSED } from '../platform/answers.js'
import { roomOf, type Room } from '../rectification/room.js'
import { startTestApp } from '../support/app.js'
import { says as saysPast, type Settings, type Who } from '../support/past.js'

let room: Room
let amina: ResidentActor
let bilal: ResidentActor
let clerk: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('amina')
  bilal = await room.resident('bilal')
  clerk = await room.clerk('clerk')
  await room.clerk('elsewhere', room.other)
  await room.filed(bilal)
})

afterAll(() => room?.close())

const WAYS: readonly Who[] = [
  ['web', 'web_public'],
  ['web', 'web_resident'],
  ['web', 'web_staff'],
  ['ingest', 'ingest'],
  ['worker', 'worker'],
  ['reporting', 'reporting'],
  ['retention', 'retention'],
]
const only = (...roles: readonly RoleName[]) =>
  WAYS.filter(([, role]) => roles.includes(role)).map(([, role]) => role)

/** What the database says past every check of the application; nothing of it stays. */
const says = (who: Who, settings: Settings, statements: readonly string[]) =>
  saysPast(room, { who, settings }, statements)

/** The roles that may run a statement. */
async function mayRun(statement: string) {
  const answers = await Promise.all(
    WAYS.map(async (who) => ((await says(who, {}, [statement]))[0] === REFUSED ? [] : [who[1]])),
  )
  return answers.flat()
}

const [RESIDENT, STAFF] = [WAYS[1], WAYS[2]] as [Who, Who]
const someone = ({ subjects: [subject] }: ResidentActor): string => subject ?? ''

describe('how somebody lives', () => {
  it('is asked and noted by staff alone', async () => {
    expect(await mayRun('select identity.shares_housing()')).toEqual(only('web_staff'))
    expect(await mayRun('select identity.note_housing(true)')).toEqual(only('web_staff'))
  })

  it('is noted of the person of the scope, and of nobody without an office', async () => {
    const noted = async (settings: Readonly<Record<string, string>>) => {
      const client = await room.app.installation.pools.web.connect()
      try {
        await client.query('begin')
        await client.query(`set local role ${room.app.installation.roles.web_staff}`)
        for (const [name, value] of Object.entries(settings)) {
          await client.query('select set_config($1, $2, true)', [`mirat.${name}`, value])
        }
        await client.query('select identity.note_housing(true)')
        const { rows } = await client.query<{ shares: boolean }>(
          'select identity.shares_housing() as shares',
        )
        await client.query("select set_config('mirat.subjects', $1, true)", [someone(bilal)])
        await client.query("select set_config('mirat.office', '1', true)")
        const { rows: others } = await client.query<{ shares: boolean }>(
          'select identity.shares_housing() as shares',
        )
        return [rows[0]?.shares, others[0]?.shares]
      } finally {
        await client.query('rollback')
        client.release(true)
      }
    }
    expect(await noted({ office: '1', subjects: someone(amina) })).toEqual([true, false])
    expect(await noted({ subjects: someone(amina) })).toEqual([false, false])
    expect(await noted({ office: '1' })).toEqual([false, false])
  })
})

describe('the colleagues of an office', () => {
  it('are told to its own staff, and to nobody else', async () => {
    const ask = (office: number) => `select staff from identity.caseworkers_of(${office})`
    expect(await mayRun(ask(1))).toEqual(only('web_staff'))
    const own = { office: String(room.office.id), staff: clerk.staff }
    const asked = [ask(room.office.id), ask(room.other.id)]
    expect(await says(STAFF, own, asked)).toEqual(['1 rows', '0 rows'])
    expect(await says(STAFF, {}, asked)).toEqual(['0 rows', '0 rows'])
  })
})

describe('what is in dispute', () => {
  it('is asked of anybody by deliveries alone, and by residents of themselves', async () => {
    const anybody = `select field from rectification.disputed(array['${someone(bilal)}']::uuid[])`
    const mine = 'select field from rectification.own_disputes()'
    expect(await mayRun(anybody)).toEqual(only('ingest'))
    expect(await mayRun(mine)).toEqual(only('web_resident'))
    const as = (actor: ResidentActor) => says(RESIDENT, { subjects: someone(actor) }, [mine])
    expect([await as(bilal), await as(amina)]).toEqual([['1 rows'], ['0 rows']])
    expect(await says(RESIDENT, {}, [mine])).toEqual(['0 rows'])
  })
})

describe('the role of the sign-in', () => {
  const tell = (
    code: string,
  ) => `select notices.tell(gen_random_uuid(), '${someone(amina)}', '${code}',
    '{}', now(), current_date + 9, null)`
  const wayIn = (
    code: string,
  ) => `select notices.tell_way_in(gen_random_uuid(), '${someone(amina)}',
    '${code}', now(), current_date + 9)`
  const told = async () => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from notices.message`.execute(room.app.installation.admin)
    return rows[0]?.count
  }

  it('tells nothing but a way in', async () => {
    expect(await mayRun(tell('request_decided'))).toEqual(only('web_staff', 'worker'))
    expect(await mayRun(wayIn('passkey_added'))).toEqual(only('web_public'))
  })

  it('tells of no way in that it has not made', async () => {
    const before = await told()
    const client = await room.app.installation.pools.web.connect()
    try {
      await client.query(`set role ${room.app.installation.roles.web_public}`)
      for (const code of ['passkey_added', 'eid_added', 'request_decided']) {
        await client.query(wayIn(code))
      }
    } finally {
      client.release(true)
    }
    expect(await told()).toBe(before)
  })
})
