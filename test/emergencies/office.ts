import { observe, type Answer } from '../ingestion/observed.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { startTestApp } from '../support/app.js'

export const TYP = 'emergency-batch+jwt'
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** An office that declares emergencies, with people of the demonstration's names. */
export interface DeclaringOffice {
  readonly room: Room
  readonly amina: Person
  readonly bilal: Person
  /** Signs in with a letter alone. */
  readonly letter: Person
  /** An access of the office by hand: its number in the stream, and its leaf. */
  access(
    person: Person,
    changes?: object,
  ): Promise<{ readonly seq: number; readonly index: number }>
  /** The claims of a request. */
  claims(emergencies: readonly unknown[], changes?: object): object
  /** Signs and posts declarations. */
  declare(emergencies: readonly unknown[], changes?: object): Promise<Answer>
  /** Posts bytes as they are. */
  post(body: string, headers?: object, stream?: string): Promise<Answer>
  /** What the log says of accesses in an emergency, withheld ones last. */
  entries(): Promise<readonly string[]>
  /** Lets the rules read what came. */
  judge(): Promise<void>
  /** Moves the clock of the portal. */
  pass(milliseconds: number): void
}

/** Makes it over an application of its own. */
export async function declaringOffice(): Promise<DeclaringOffice> {
  const room = await roomOf(await startTestApp())
  const { authority, app } = room
  const claims: DeclaringOffice['claims'] = (emergencies, changes = {}) => {
    const { firstSeq: _first, events: _events, ...common } = authority.claims([])
    return { ...common, emergencies, ...changes }
  }
  const post: DeclaringOffice['post'] = (body, headers = {}, stream = authority.stream) =>
    observe(app, `/api/v1/streams/${stream}/emergencies`, {
      method: 'POST',
      headers: { 'content-type': 'application/jose', ...headers },
      body,
    })
  return {
    ...{ room, claims, post },
    amina: await room.resident('resident-ar'),
    bilal: await room.resident('resident-fa'),
    letter: await room.resident('resident-letter'),
    access: async (person, changes = {}) => {
      const occurredAt = app.clock.now().toISOString()
      const [index = -1] = await room.accesses(person, 1, { occurredAt, ...changes })
      return { seq: await authority.lastSeq(), index }
    },
    declare: async (emergencies, changes = {}) =>
      post(await authority.sign(claims(emergencies, changes), { typ: TYP })),
    entries: async () => {
      const { rows } = await room.superuser.query<{ said: string }>(
        `select access || ' ' || kind || ' ' || ground as said from (
          select *, false as sealed from emergencies.declaration
          union all select *, true from emergencies.sealed_declaration) d order by sealed, leaf_index`,
      )
      return rows.map(({ said }) => said)
    },
    judge: async () => {
      await app.portal.ledger.tick()
      await app.portal.watching.work()
    },
    pass: (milliseconds) => app.clock.moveTo(new Date(app.clock.now().getTime() + milliseconds)),
  }
}
