import type { StaffActor } from '../../server/identity/index.js'
import { offHours } from '../../server/oversight/flags/hours.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { startTestApp } from '../support/app.js'

const DAY = 86_400_000
const HOUR = 3_600_000

/** An office whose accesses the rules have read, with its data protection officer. */
export interface Flagged {
  readonly room: Room
  readonly amina: Person
  readonly bilal: Person
  readonly officer: StaffActor
  /** Accesses by hand: in working hours, at night, withheld, asked about, and one that the question explains. */
  readonly entries: Readonly<Record<'day' | 'night' | 'withheld' | 'asked' | 'explained', number>>
  /** A time of the last days that is within working hours, or at night. */
  instant(why: 'night' | undefined): string
  /** Lets the rules read what came. */
  judge(): Promise<void>
}

/** Makes it over an application of its own; `reported` stands in each of its accesses. */
export async function flaggedOffice(reported: object = {}): Promise<Flagged> {
  const room = await roomOf(await startTestApp())
  const { portal, clock } = room.app
  const amina = await room.resident('amina')
  const bilal = await room.resident('bilal')
  const officer = await room.staff('dpo', 'dpo')
  await room.staff('caseworker', 'caseworker')
  await room.staff('dpo-2', 'dpo', room.other)
  const instant: Flagged['instant'] = (why) => {
    for (let back = DAY; ; back += HOUR) {
      const at = new Date(clock.now().getTime() - back)
      if (offHours(at) === why) return at.toISOString()
    }
  }
  const judge = async () => {
    await portal.ledger.tick()
    await portal.watching.work()
  }
  const one = async (person: Person, changes: object) =>
    (await room.accesses(person, 1, { ...reported, ...changes }))[0] ?? -1
  const day = { occurredAt: instant(undefined) }
  const entries = {
    day: await one(amina, day),
    night: await one(amina, { occurredAt: instant('night') }),
    withheld: await one(amina, { ...day, disclosure: 'withheld' }),
    asked: await one(bilal, day),
  }
  // What somebody asks about is a case at the office, and explains what comes after it.
  const question = { kind: 'ask', reasons: ['other'] } as const
  await portal.inquiries.ask(bilal.actor, { index: entries.asked, question })
  const explained = await one(bilal, { occurredAt: clock.now().toISOString() })
  await judge()
  return { room, amina, bilal, officer, entries: { ...entries, explained }, instant, judge }
}
