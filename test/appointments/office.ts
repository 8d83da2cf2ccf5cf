import { germanDay } from '../../server/platform/kernel/days.js'
import { observe, type Answer } from '../ingestion/observed.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { startTestApp } from '../support/app.js'

/** An office that tells of appointments, with people of the demonstration's names. */
export interface TellingOffice {
  readonly room: Room
  readonly amina: Person
  readonly bilal: Person
  /** Signs in with a letter alone. */
  readonly letter: Person
  readonly today: string
  /** An appointment of Amina today, under a reference of its own. */
  booked(changes?: object): object
  /** The claims of a request. */
  claims(appointments: readonly object[], changes?: object): object
  /** Signs and posts appointments. */
  tell(appointments: readonly object[], changes?: object): Promise<Answer>
  /** Posts bytes as they are. */
  post(body: string, headers?: object, stream?: string): Promise<Answer>
  /** How many entries about appointments the log has. */
  entries(): Promise<number>
}

export const TYP = 'appointment-batch+jwt'

let refs = 0

/** Makes it over an application of its own. */
export async function tellingOffice(): Promise<TellingOffice> {
  const room = await roomOf(await startTestApp())
  const amina = await room.resident('resident-ar')
  const bilal = await room.resident('resident-fa')
  const letter = await room.resident('resident-letter')
  const today = germanDay(room.app.clock.now())
  const { authority } = room
  const claims: TellingOffice['claims'] = (appointments, changes = {}) => {
    const { firstSeq: _first, events: _events, ...common } = authority.claims([])
    return { ...common, appointments, ...changes }
  }
  const post: TellingOffice['post'] = (body, headers = {}, stream = authority.stream) =>
    observe(room.app, `/api/v1/streams/${stream}/appointments`, {
      method: 'POST',
      headers: { 'content-type': 'application/jose', ...headers },
      body,
    })
  return {
    ...{ room, amina, bilal, letter, today, claims, post },
    booked: (changes = {}) => ({
      ...{ ref: `appointment-${++refs}`, version: 1, day: today, status: 'booked' },
      ...{ subject: { scheme: 'azr', value: amina.number }, ...changes },
    }),
    tell: async (appointments, changes = {}) =>
      post(await authority.sign(claims(appointments, changes), { typ: TYP })),
    entries: async () => {
      const { rows } = await room.superuser.query<{ n: number }>(
        'select count(*)::int as n from appointments.appointment',
      )
      return rows[0]?.n ?? 0
    },
  }
}
