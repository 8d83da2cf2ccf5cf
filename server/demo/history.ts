import type { Party } from '../catalogue/index.js'
import { uuidOf } from '../platform/kernel/ids.js'
import { randomBelow, type Random } from '../platform/kernel/random.js'
import type { CitedConsent } from './consents/story.js'
import { deskOf } from './desks.js'
import { inOrder, type KnownAct } from './known-acts.js'
import { azrNumber, drawsFor, idNumber, type PersonNumber } from './numbers.js'
import { papersOf, type Papers } from './papers.js'
import type { Resident } from './people.js'
import { partyAt, type Place } from './places.js'
import type { Course, Step } from './step.js'
import type { Timetable } from './timetable.js'
import type { World } from './world.js'

/** An access as its authority delivers it, without its number in the stream (api.md). */
export interface WireAccess {
  readonly subject: { readonly scheme: PersonNumber['scheme']; readonly value: string }
  readonly occurredAt: string
  readonly operation: 'store' | 'query' | 'transmit' | 'erase'
  readonly purpose: string
  readonly legalBasis: string
  readonly fields: readonly string[]
  readonly source?: string
  readonly recipient?: string
  readonly unit?: string
  readonly operatorRef?: string
  readonly caseRef?: string
  readonly channel: 'automated' | 'manual'
  readonly consentId?: string
  readonly disclosure?: 'case_review'
  readonly holdUntil?: string
}

/** One access of a history, and who reports it. */
export interface ToldAccess {
  readonly person: Resident
  /** Milliseconds since 1970. */
  readonly at: number
  /** Code of the office or authority that delivers it. */
  readonly deliverer: string
  readonly access: WireAccess
  /** The consent that it cites; its id is known when it is delivered. */
  readonly cites?: CitedConsent
}

/** Everything that offices did with a person's data and that is still kept, oldest first. */
export function historyOf(person: Resident, world: World): readonly ToldAccess[] {
  const courses: readonly (readonly [string, Course])[] = [
    ['shown', person.course],
    ['withheld', person.withheld ?? []],
  ]
  const year = Number(world.timetable.today.slice(0, 4))
  const papers = papersOf(person, { seed: world.seed, year })
  const told = courses.flatMap(([sort, course]) =>
    course.flatMap((step, place) => {
      const random = drawsFor(world.seed, 'step', person.draws, sort, place)
      return occurrencesOf(step, random).flatMap(
        (before) => tell({ person, papers, step, before, random, world }) ?? [],
      )
    }),
  )
  return told.sort((one, other) => one.at - other.at)
}

/** Every number under which an access of the person is reported, and those of the two registers. */
export function numbersOf(
  person: Resident,
  history: readonly ToldAccess[],
  seed: string,
): readonly PersonNumber[] {
  const numbers = new Map<string, PersonNumber>()
  const own = history.flatMap(({ deliverer, access: { subject } }) =>
    subject.scheme === 'local' ? [{ ...subject, authority: deliverer }] : [],
  )
  for (const number of [azrNumber(seed, person), idNumber(seed, person), ...own]) {
    numbers.set(`${number.scheme} ${number.value}`, number)
  }
  return [...numbers.values()]
}

/** Days before today; repetitions come a little late, never early, never today. */
function occurrencesOf({ from, to, every }: Step, random: Random): number[] {
  const days: number[] = []
  for (let day = from; day >= to; day -= every) {
    const late = every > 1 ? randomBelow(random, Math.min(4, every)) : 0
    days.push(Math.max(1, day - late))
  }
  return days
}

interface Telling {
  readonly person: Resident
  readonly papers: Papers
  readonly step: Step
  readonly before: number
  readonly random: Random
  readonly world: World
}

/** One act on one day; nothing where law or place have none, or the entry is gone by now. */
function tell({ person, papers, step, before, random, world }: Telling): ToldAccess | undefined {
  const { catalogue, timetable } = world
  const act = world.acts[step.act]
  const { minute, second, member } = momentOf(act, random)
  if (person.freeMovement && !act.forFreeMovement) return undefined
  const place = step.place ?? homeOf(person, before)
  const source = partyAt(catalogue, act.source, place)
  const recipient = partyAt(catalogue, act.recipient, place)
  if (source === undefined || recipient === undefined) return undefined
  const day = act.automatic ? timetable.day(before) : timetable.workday(before)
  if (!world.keeps(act.register, day)) return undefined
  const { text, at } = timetable.instant(day, minute, second)
  const deliverer = delivererOf(act, { source, recipient })
  const { scheme, value } = papers.number(SCHEMES[act.register] ?? 'local', deliverer)
  const access: WireAccess = {
    subject: { scheme, value },
    occurredAt: text,
    operation: step.erased ? 'erase' : act.operation,
    purpose: act.purpose,
    legalBasis: act.legalBasis,
    fields:
      step.beyond === undefined ? act.fields : inOrder([...act.fields, step.beyond], catalogue),
    ...(source === deliverer ? {} : { source: source.code }),
    ...(recipient === deliverer ? {} : { recipient: recipient.code }),
    channel: act.automatic ? 'automated' : 'manual',
    ...(act.automatic ? {} : deskMarks({ act, papers, source, recipient, day, member, world })),
    ...twistOf(step, { random, timetable }),
  }
  const told = { person, at, deliverer: deliverer.code, access }
  return step.cites === undefined ? told : { ...told, cites: step.cites }
}

interface Moment {
  readonly minute: number
  readonly second: number
  readonly member: number
}

/** Desks work from eight to five, machines in the small hours. */
function momentOf({ automatic }: KnownAct, random: Random): Moment {
  const minute = automatic ? 120 + randomBelow(random, 180) : 480 + randomBelow(random, 540)
  return { minute, second: randomBelow(random, 60), member: randomBelow(random, 12) }
}

function homeOf({ homes }: Resident, before: number): Place {
  const [first] = homes
  return (homes.findLast(({ since }) => before <= since) ?? first).place
}

/** Registers that one body keeps for the whole country: it writes the log (AZRG §§ 9, 13; IDNrG § 9). */
const KEPT_CENTRALLY = new Set(['azr', 'visa', 'idnr'])
const CENTRAL_REGISTER = 'bva'

/** The body that keeps the register reports; else the source, or the one of both that has an office. */
function delivererOf(act: KnownAct, sides: { source: Party; recipient: Party }): Party {
  const { source, recipient } = sides
  if (KEPT_CENTRALLY.has(act.register)) {
    if (source.authority === CENTRAL_REGISTER) return source
    if (recipient.authority === CENTRAL_REGISTER) return recipient
  }
  return source.kind === 'authority' && recipient.kind === 'office' ? recipient : source
}

const SCHEMES: Readonly<Record<string, 'azr' | 'idnr'>> = {
  azr: 'azr',
  visa: 'azr',
  idnr: 'idnr',
  melderegister: 'idnr',
}

/** Unit, file number and pseudonym at the office that acts: the receiving one, but for what is stored. */
function deskMarks(parts: {
  act: KnownAct
  papers: Papers
  source: Party
  recipient: Party
  day: string
  member: number
  world: World
}): Pick<WireAccess, 'unit' | 'operatorRef' | 'caseRef'> {
  const { act, papers, source, recipient, day, member, world } = parts
  const actor = act.operation === 'store' ? source : recipient
  return {
    unit: deskOf(actor.authority).unit,
    operatorRef: world.operatorRef(actor.code, { member, day }),
    caseRef: papers.caseRef(actor),
  }
}

function twistOf(
  step: Step,
  { random, timetable }: { random: Random; timetable: Timetable },
): Pick<WireAccess, 'consentId' | 'disclosure' | 'holdUntil'> {
  return {
    ...(step.consent ? { consentId: uuidOf(random.bytes(16)) } : {}),
    ...(step.review ? { disclosure: 'case_review' } : {}),
    ...(step.heldFor === undefined ? {} : { holdUntil: timetable.day(-step.heldFor) }),
  }
}
