import type { Delivery } from './deliveries.js'
import type { ToldAccess } from './history.js'

/** An access of the demonstration that was declared to be in an emergency. */
export interface EmergencyStory {
  readonly person: string
  /** Code of the office or register that delivers it, which declares it as well. */
  readonly deliverer: string
  /** Code of the office that looked. */
  readonly office: string
  /** The latest such access at least so many days old. */
  readonly before: number
  readonly ground: string
  /** Days after the access when the note was written and told; absent where it never was. */
  readonly noted?: number
}

/** Every emergency: two with a note, one without, so that a rule finds it. The twins have none. */
export const EMERGENCIES: readonly EmergencyStory[] = [
  {
    ...{ person: 'resident-ar', deliverer: 'i.de.bva', office: 'i.pf.jobcenter' },
    ...{ before: 18, ground: 'missing_person' },
  },
  {
    ...{ person: 'resident-ar', deliverer: 'i.de.bva', office: 'i.pf.abh' },
    ...{ before: 20, ground: 'life_or_limb', noted: 2 },
  },
  {
    ...{ person: 'resident-ar', deliverer: 'i.pf.jobcenter', office: 'i.pf.meldebehoerde' },
    ...{ before: 30, ground: 'systems_failed', noted: 1 },
  },
]

/** What is said of an access, on the wire and when (milliseconds since 1970). */
export interface EmergencyMoment {
  readonly at: number
  /** Its stream has the code without dots. */
  readonly deliverer: string
  readonly seq: number
  readonly emergency: object
}

const DAY_MS = 86_400_000
/** Whoever skipped the approval says so within the hour. */
const SOON_MS = 40 * 60_000

/** All moments of what was delivered; none of a story whose access a seed does not have. */
export function emergencyMomentsOf(
  stories: readonly EmergencyStory[],
  {
    told,
    deliveries,
    now,
  }: {
    readonly told: readonly ToldAccess[]
    readonly deliveries: readonly Delivery[]
    readonly now: Date
  },
): readonly EmergencyMoment[] {
  return stories.flatMap((story) => {
    const access = told.filter((one) => fits(one, story, now)).sort((a, b) => b.at - a.at)[0]
    const found = access && numberOf(access, deliveries)
    return access === undefined || found === undefined ? [] : momentsOf(story, access, found)
  })
}

function fits({ person, deliverer, at, access }: ToldAccess, story: EmergencyStory, now: Date) {
  return (
    person.name === story.person &&
    deliverer === story.deliverer &&
    (access.recipient ?? deliverer) === story.office &&
    access.operation === 'query' &&
    access.channel === 'manual' &&
    access.disclosure === undefined &&
    at <= now.getTime() - story.before * DAY_MS
  )
}

interface Numbered {
  readonly seq: number
  /** When it was delivered. */
  readonly at: number
}

function numberOf(
  { deliverer, access }: ToldAccess,
  deliveries: readonly Delivery[],
): Numbered | undefined {
  for (const { events, at, ...delivery } of deliveries) {
    if (delivery.deliverer !== deliverer) continue
    const event = events.find(
      (one) => one.occurredAt === access.occurredAt && one.subject.value === access.subject.value,
    )
    if (event !== undefined) return { seq: event.seq, at }
  }
  return undefined
}

function momentsOf(
  { deliverer, ground, noted }: EmergencyStory,
  { at: looked }: ToldAccess,
  { seq, at }: Numbered,
): readonly EmergencyMoment[] {
  const moment = (instant: number, note: object) => ({
    ...{ at: instant, deliverer, seq, emergency: { seq, ground, ...note } },
  })
  const declared = moment(at + SOON_MS, {})
  if (noted === undefined) return [declared]
  const written = looked + noted * DAY_MS
  const note = { notedAt: new Date(written).toISOString(), notedBy: 'unit_head' }
  return [declared, moment(Math.max(written, at) + SOON_MS, note)]
}
