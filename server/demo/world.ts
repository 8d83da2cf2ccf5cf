import { addPeriod, type Catalogue } from '../catalogue/index.js'
import { knownActs } from './known-acts.js'
import { operatorRef } from './numbers.js'
import { remembered } from './remembered.js'
import { createTimetable, type Timetable } from './timetable.js'

/** What histories are told against; made once for all people. */
export interface World {
  readonly seed: string
  readonly catalogue: Catalogue
  readonly timetable: Timetable
  readonly acts: ReturnType<typeof knownActs>
  /** The pseudonym of one of the staff of an office on a day. */
  operatorRef(office: string, chosen: { readonly member: number; readonly day: string }): string
  /** Whether an entry of a register from that day is still kept tomorrow. */
  keeps(register: string, day: string): boolean
}

/** Makes the world of a day; `defaultPeriod` is the operator's rule where no law names one. */
export function createWorld(parts: {
  seed: string
  catalogue: Catalogue
  now: Date
  defaultPeriod: string
}): World {
  const { seed, catalogue, now, defaultPeriod } = parts
  const timetable = createTimetable(now)
  const tomorrow = timetable.day(-1)
  const periods = new Map(
    catalogue.classes.flatMap(({ registers, period }) =>
      registers.map((register) => [register, period ?? defaultPeriod] as const),
    ),
  )
  const pseudonyms = remembered((key) => operatorRef(seed, key))
  const ends = remembered((key) => {
    const [day = '', period = ''] = key.split(' ')
    return addPeriod(day, period)
  })
  return {
    seed,
    catalogue,
    timetable,
    acts: knownActs(catalogue),
    operatorRef: (office, { member, day }) => pseudonyms(`${office} ${member} ${quarterOf(day)}`),
    keeps: (register, day) => ends(`${day} ${periods.get(register) ?? defaultPeriod}`) > tomorrow,
  }
}

function quarterOf(day: string): string {
  return `${day.slice(0, 4)}-${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}
