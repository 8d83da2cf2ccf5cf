import { azrNumber, drawsFor } from './numbers.js'
import { RESIDENTS } from './people.js'
import type { Timetable } from './timetable.js'

/** An appointment of the demonstration; days count back from today, so that those to come are negative. */
export interface AppointmentStory {
  readonly person: string
  /** Code of the office, which tells of it. */
  readonly office: string
  readonly unit?: string
  readonly day: number
  /** When the office tells of it. */
  readonly told: number
  /** When it tells that it is called off. */
  readonly calledOff?: number
}

/** Every appointment: some explain accesses, one was called off, one is to come. The twins have none. */
export const APPOINTMENTS: readonly AppointmentStory[] = [
  { person: 'resident-ar', office: 'i.pf.abh', unit: 'residence_titles', day: 61, told: 82 },
  { person: 'resident-ar', office: 'i.pf.abh', day: 26, told: 40, calledOff: 29 },
  { person: 'resident-ar', office: 'i.pf.abh', unit: 'residence_titles', day: -9, told: 11 },
  { person: 'resident-ar', office: 'i.pf.jobcenter', day: 21, told: 33 },
  { person: 'resident-ru', office: 'i.pf.abh', day: 39, told: 54 },
]

/** Something that an office tells of an appointment, on the wire and when (milliseconds since 1970). */
export interface AppointmentMoment {
  readonly at: number
  /** The stream of the office has its code without dots. */
  readonly deliverer: string
  readonly ref: string
  readonly appointment: object
}

const MORNING = 7 * 60

/** All moments in the order in which they happen, as a seed draws the numbers of people. */
export function appointmentMomentsOf(
  stories: readonly AppointmentStory[],
  { timetable, seed }: { readonly timetable: Timetable; readonly seed: string },
): readonly AppointmentMoment[] {
  return stories
    .flatMap((story, place): readonly AppointmentMoment[] => {
      const { office, unit, day, told, calledOff } = story
      const ref = drawsFor(seed, 'appointment', place).bytes(9).toString('base64url')
      const said = {
        ...{ ref, subject: subjectOf(story, seed), day: timetable.workday(day) },
        ...(unit === undefined ? {} : { unit }),
      }
      const moment = (version: number, before: number, status: string) => ({
        at: timetable.instant(timetable.workday(before), MORNING + place, 0).at,
        ...{ deliverer: office, ref, appointment: { ...said, version, status } },
      })
      const booked = moment(1, told, 'booked')
      return calledOff === undefined ? [booked] : [booked, moment(2, calledOff, 'cancelled')]
    })
    .sort((one, other) => one.at - other.at)
}

function subjectOf({ person }: AppointmentStory, seed: string): object {
  const resident = RESIDENTS.find(({ name }) => name === person)
  if (resident === undefined) throw new Error(`the demonstration has no ${person}`)
  const { scheme, value } = azrNumber(seed, resident)
  return { scheme, value }
}
