import type { ResidentActor } from '../../server/identity/index.js'
import { REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { says as saysPast, type Settings, type Who } from '../support/past.js'
import { roomOf, type Room } from './room.js'

let room: Room
let amina: ResidentActor
let bilal: ResidentActor
let reference = ''

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('amina')
  bilal = await room.resident('bilal')
  reference = await room.filed(amina)
})

afterAll(() => room?.close())

const RESIDENT: Who = ['web', 'web_resident']
const STAFF: Who = ['web', 'web_staff']
const asResident = ({ account, subjects }: ResidentActor) => ({
  account,
  subjects: subjects.join(','),
})
const asOffice = (office: number) => ({ office: String(office) })

const says = (who: Who, settings: Settings, statements: readonly string[]) =>
  saysPast(room, { who, settings }, statements)

const REQUEST = 'rectification.request'
const EVENT = 'rectification.request_event'
const of = (named: string) => `where reference = '${named}'`

/** An act written past the application, as a copy of one that is there: on whose request, under what name. */
const act = (on: string, changed: Readonly<Record<string, string>> = {}) => {
  const columns = ['class', 'expires_on', 'recorded_at', 'subject', 'request', 'reference']
  const values = columns.map((column) => changed[column] ?? column)
  return `insert into ${EVENT} (${columns.join(', ')}, leaf_index, number, kind, by, office, salt)
    select ${values.join(', ')}, 1000000 + leaf_index, 99, 'stated', ${changed['by']}, ${
      changed['office'] ?? 'null'
    }, salt from ${EVENT} ${of(on)} order by number limit 1`
}

describe('an act written past every check of the application', () => {
  it('is on a request of the person alone, under its own name', async () => {
    const by = "'resident'"
    const [other = ''] = bilal.subjects
    const ofBilal = await room.filed(bilal)
    const { rows } = await room.superuser.query<{ request: string }>(
      `select request from ${REQUEST} ${of(ofBilal)}`,
    )
    const answers = await says(RESIDENT, asResident(amina), [
      act(reference, { by }),
      act(reference, { by, request: `'${rows[0]?.request ?? ''}'` }),
      act(reference, { by, request: 'gen_random_uuid()' }),
      act(reference, { by, reference: `'${ofBilal}'` }),
      act(reference, { by, subject: `'${other}'` }),
    ])
    expect(answers).toEqual(['1 rows', REFUSED, REFUSED, REFUSED, REFUSED])
  })

  it('is on a request of the office alone', async () => {
    const by = "'office'"
    const [own, foreign] = [String(room.office.id), String(room.other.id)]
    const { rows } = await room.superuser.query<Record<string, string>>(
      `select class, expires_on::text, recorded_at::text, subject, request, reference
        from ${EVENT} ${of(reference)} limit 1`,
    )
    const [seen = {}] = rows
    // Another office does not see the event that could be copied: what it writes is spelled out.
    const spelled = (
      office: string,
    ) => `insert into ${EVENT} (class, expires_on, recorded_at, subject,
        request, reference, leaf_index, number, kind, by, office, salt)
      values (${seen['class'] ?? ''}, '${seen['expires_on'] ?? ''}', '${seen['recorded_at'] ?? ''}',
        '${seen['subject'] ?? ''}', '${seen['request'] ?? ''}', '${seen['reference'] ?? ''}',
        2000000, 99, 'stated', 'office', ${office}, decode(repeat('00', 32), 'hex'))`
    expect(
      await says(STAFF, asOffice(room.office.id), [
        act(reference, { by, office: own }),
        spelled(own),
        act(reference, { by, office: own, request: 'gen_random_uuid()' }),
        act(reference, { by, office: foreign }),
      ]),
    ).toEqual(['1 rows', '1 rows', REFUSED, REFUSED])
    expect(await says(STAFF, asOffice(room.other.id), [spelled(foreign)])).toEqual([REFUSED])
  })
})
