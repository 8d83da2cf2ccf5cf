import type { StaffActor } from '../../server/identity/index.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { visitorAs } from '../journeys/stations.js'
import { startTestApp } from '../support/app.js'
import { csrfIn, type Visitor } from '../support/visitor.js'

export const LIST = '/de/oversight/lookups'

/** An officer who searches accesses to a person by number, and the people of that office. */
export interface Searcher {
  readonly room: Room
  readonly amina: Person
  /** All that the office ever did with their data is withheld. */
  readonly hidden: Person
  /** Known to the other office alone. */
  readonly strange: Person
  readonly officer: StaffActor
  readonly dpo: Visitor
  post(visitor: Visitor, form: Partial<Form>): ReturnType<Visitor['post']>
  /** Searches as the officer does; the address of the result. */
  searched(form: Form): Promise<string>
  /** Looks at a person that they see, and that they do not. */
  looks(person: Person): Promise<readonly [number, number]>
  /** What only whoever owns the database can do. */
  unguarded(statement: string): Promise<unknown>
}

export interface Form {
  readonly scheme: string
  readonly number: string
  readonly reason: string
}

export const about = ({ number }: Pick<Person, 'number'>): Form => ({
  ...{ scheme: 'azr', number, reason: 'complaint' },
})

export const entriesIn = (body: string) => body.match(/\/de\/oversight\/accesses\/\d+/g) ?? []

/** Starts the portal with them. */
export async function searcherOf(): Promise<Searcher> {
  const room = await roomOf(await startTestApp())
  const amina = await room.resident('amina')
  const hidden = await room.resident('hidden')
  const strange = await room.resident('strange')
  const officer = await room.staff('dpo', 'dpo')
  await room.staff('caseworker-2', 'dpo')
  await room.staff('dpo-2', 'dpo', room.other)
  await room.staff('supervisor', 'supervisor')
  await room.accesses(amina, 3)
  await room.accesses(amina, 1, { disclosure: 'withheld' })
  await room.accesses(hidden, 2, { disclosure: 'withheld' })
  await room.app.portal.ledger.tick()
  const dpo = await visitorAs(room.app, 'dpo')
  const post = async (visitor: Visitor, form: Partial<Form>) => {
    const { body } = await visitor.get(LIST)
    return visitor.post(LIST, { csrf: csrfIn(body), ...form })
  }
  return {
    ...{ room, amina, hidden, strange, officer, dpo, post },
    searched: async (form) => {
      const { status, headers } = await post(dpo, form)
      expect(status).toBe(303)
      return headers.get('location') ?? ''
    },
    looks: (person) => looksAt(room, person),
    unguarded: (statement) => unguarded(room, statement),
  }
}

/** What only whoever owns the database can do with searches. */
export function unguarded(room: Room, statement: string): Promise<unknown> {
  return room.superuser.query(`alter table oversight.lookup disable trigger user; ${statement};
    alter table oversight.lookup enable always trigger no_update, enable always trigger no_early_delete,
      enable always trigger no_truncate`)
}

async function looksAt(room: Room, { actor }: Person): Promise<readonly [number, number]> {
  const { rows } = await room.superuser.query<{ seen: number; sealed: number }>(
    `select (select count(*)::int from overview.access_event where stream is null and subject = any($1)) as seen,
      (select count(*)::int from overview.sealed_event where stream is null and subject = any($1)) as sealed`,
    [actor.subjects],
  )
  return [rows[0]?.seen ?? 0, rows[0]?.sealed ?? 0]
}
