import { randomBelow, type Random } from '../platform/kernel/random.js'
import {
  CITIZENSHIP,
  FREE_MOVEMENT,
  SKILLED_WORKER,
  TEMPORARY_PROTECTION,
} from './courses/arrivals.js'
import {
  CHILD,
  RECOGNISED_ALONE,
  RECOGNISED_WITH_FAMILY,
  SEEKING_ASYLUM,
} from './courses/asylum.js'
import { jobcentre, settled } from './courses/daily-life.js'
import { drawsFor } from './numbers.js'
import { RESIDENTS, type Resident } from './people.js'
import { PLACES, type Place } from './places.js'
import type { Course } from './step.js'

interface Kind {
  readonly course: Course
  readonly freeMovement?: true
}

const KINDS: readonly Kind[] = [
  { course: SEEKING_ASYLUM },
  { course: RECOGNISED_ALONE },
  { course: RECOGNISED_WITH_FAMILY },
  { course: CHILD },
  {
    course: [
      ...TEMPORARY_PROTECTION,
      ...settled(160),
      ...jobcentre({ from: 150, to: 5, pace: 30 }),
    ],
  },
  { course: SKILLED_WORKER },
  { course: CITIZENSHIP },
  { course: FREE_MOVEMENT, freeMovement: true },
]
const TOWNS = Object.keys(PLACES) as Place[]
const LANGUAGES = ['ar', 'fa', 'uk', 'tr', 'ru', 'en', 'de']
/** Of ten steps of a course, this many happen to one of the crowd. */
const KEPT_OF_TEN = 6

/** `count` more people, the same for the same seed; lives like those of the sign-ins, thinned out. */
export function crowdOf(count: number, seed: string): readonly Resident[] {
  return Array.from({ length: count }, (_, place) => {
    const ordinal = RESIDENTS.length + 1 + place
    const name = `crowd-${String(place + 1).padStart(6, '0')}`
    const random = drawsFor(seed, 'crowd', name)
    const { course, freeMovement } = chosen(random, KINDS)
    const shift = randomBelow(random, 30)
    return {
      name,
      ordinal,
      language: chosen(random, LANGUAGES),
      homes: [{ place: chosen(random, TOWNS), since: 10_000 }] as const,
      course: thinned(course, { random, shift }),
      ...(freeMovement ? { freeMovement } : {}),
      draws: name,
      crowd: true as const,
    }
  })
}

/** Fewer steps, all some days later, so that not everybody arrives on the same day. */
function thinned(course: Course, { random, shift }: { random: Random; shift: number }): Course {
  return course
    .filter(() => randomBelow(random, 10) < KEPT_OF_TEN)
    .map((step) => ({ ...step, from: moved(step.from, shift), to: moved(step.to, shift) }))
}

function moved(day: number, shift: number): number {
  return Math.max(1, day - shift)
}

function chosen<Item>(random: Random, items: readonly Item[]): Item {
  return items[randomBelow(random, items.length)] as Item
}
