import type { StaffActor } from '../../server/identity/index.js'
import { releaseDue } from '../../server/overview/index.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { visitorAs } from '../journeys/stations.js'
import { startTestApp } from '../support/app.js'
import { csrfIn, type Visitor } from '../support/visitor.js'

export const LIST = '/de/oversight/held'
export const REVIEWS = '/de/oversight/reviews'

/** An office where accesses are held back, its officer, the person, and the supervision. */
export interface Holding {
  readonly room: Room
  readonly amina: Person
  readonly officer: StaffActor
  readonly clerk: StaffActor
  readonly watch: StaffActor
  readonly dpo: Visitor
  readonly person: Visitor
  readonly supervisor: Visitor
  reader(name: string): Promise<Visitor>
  inDays(count: number): string
  /** A held access; its leaf. */
  one(changes: object): Promise<number>
  reviewed(): Promise<number>
  release(): Promise<number>
  /** What the officer notes of an access, as the page has it. */
  note(index: number, form: Record<string, string>, browser?: Visitor): ReturnType<Visitor['post']>
  /** What a second person says of the latest review of an access. */
  decide(index: number, decision?: string, browser?: Visitor): ReturnType<Visitor['post']>
  /** A review that finds no obstacle. */
  ended(): { finding: 'ended'; reason: 'no_danger'; day: string }
  /** What days that pass would do: nobody else changes what was noted once. */
  pass(table: 'review' | 'sealed_event', change: string): Promise<void>
}

/**
 * The office of a test file: opened before its tests and closed behind them. What is done there can be taken out of it
 * at once, people and pages are there once it is open.
 */
export function heldHere(): Holding {
  let open: Holding | undefined
  const now = (): Holding => {
    if (open === undefined) throw new Error('the office opens before the first test')
    return open
  }
  beforeAll(async () => {
    open = await holdingOffice()
  }, 60_000)
  afterAll(() => open?.room.close())
  return {
    get room() {
      return now().room
    },
    get amina() {
      return now().amina
    },
    get officer() {
      return now().officer
    },
    get clerk() {
      return now().clerk
    },
    get watch() {
      return now().watch
    },
    get dpo() {
      return now().dpo
    },
    get person() {
      return now().person
    },
    get supervisor() {
      return now().supervisor
    },
    reader: (name) => now().reader(name),
    inDays: (count) => now().inDays(count),
    one: (changes) => now().one(changes),
    reviewed: () => now().reviewed(),
    release: () => now().release(),
    note: (...given) => now().note(...given),
    decide: (...given) => now().decide(...given),
    ended: () => now().ended(),
    pass: (...given) => now().pass(...given),
  }
}

/** Starts the portal with such an office. */
async function holdingOffice(): Promise<Holding> {
  const room = await roomOf(await startTestApp())
  const { app } = room
  const amina = await room.resident('resident-ar')
  const officer = await room.staff('dpo', 'dpo')
  const clerk = await room.staff('caseworker', 'caseworker')
  const watch = await room.staff('supervisor', 'supervisor')
  await room.staff('dpo-2', 'dpo', room.other)
  const reader = (name: string) => visitorAs(app, name)
  const [dpo, person, supervisor] = [
    await reader('dpo'),
    await reader('resident-ar'),
    await reader('supervisor'),
  ]
  const inDays = (count: number) =>
    new Date(app.clock.now().getTime() + count * 86_400_000).toISOString().slice(0, 10)
  const one = async (changes: object) => (await room.accesses(amina, 1, changes))[0] ?? -1
  return {
    ...{ room, amina, officer, clerk, watch, dpo, person, supervisor, reader, inDays, one },
    reviewed: () => one({ disclosure: 'case_review' }),
    release: () => releaseDue({ ...app.portal, ...app.installation, clock: app.clock }),
    note: async (index, form, browser = dpo) => {
      const { body } = await browser.get(`${LIST}/${index}`)
      const hidden = /name="seen" value="(\d+)"/.exec(body)?.[1] ?? '0'
      return browser.post(`${LIST}/${index}`, { csrf: csrfIn(body), seen: hidden, ...form })
    },
    decide: async (index, decision = 'confirmed', browser = supervisor) => {
      const { body } = await browser.get(REVIEWS)
      const [, number = '1'] = new RegExp(`/reviews/${index}/(\\d+)"`).exec(body) ?? []
      return browser.post(`${REVIEWS}/${index}/${number}`, { csrf: csrfIn(body), decision })
    },
    ended: () => ({ finding: 'ended', reason: 'no_danger', day: inDays(0) }),
    pass: async (table, change) => {
      await room.superuser.query(`alter table overview.${table} disable trigger no_change;
        update overview.${table} set ${change};
        alter table overview.${table} enable always trigger no_change`)
    },
  }
}
