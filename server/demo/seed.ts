import type { Catalogue } from '../catalogue/index.js'
import type { Enrolment, Identity } from '../identity/index.js'
import { travellingClock, type Clock, type TravellingClock } from '../platform/kernel/clock.js'
import { StartError } from '../platform/kernel/errors.js'
import type { Partnering } from '../rectification/index.js'
import { citedId, createAgreeing, type AgreementDesk } from './agreeing.js'
import { agreementMomentsOf } from './agreement.js'
import { APPOINTMENTS, appointmentMomentsOf } from './appointment.js'
import { createAsker, type QuestionDesk } from './asking.js'
import { blockMomentsOf, BLOCKS } from './block.js'
import { createBlocker, type BlockingDesk } from './blocking.js'
import { momentsOf, PARTNERS } from './case.js'
import { CASES } from './cases.js'
import { createPlayer, type CaseDesk } from './casework.js'
import { crowdOf } from './crowd.js'
import { deliveriesOf, type Delivery } from './deliveries.js'
import { EMERGENCIES, emergencyMomentsOf } from './emergency.js'
import { enrolAuthors, enrolResidents, enrolStaff } from './enrolling.js'
import { followUp, type FollowingDesk } from './following.js'
import { historyOf, type ToldAccess } from './history.js'
import { RESIDENTS, SIGN_INS, type Resident } from './people.js'
import { keepSearches, reviewHeld, reviewMomentsOf, type OverseeingDesk } from './overseeing.js'
import { questionMomentsOf, QUESTIONS } from './question.js'
import { dayOfFirstTry, registerStreams, type RegistrationAt } from './registering.js'
import { tellReports, type ReportingDesk } from './reporting.js'
import {
  createAppointmentSender,
  createEmergencySender,
  createRunKey,
  createSender,
} from './sender.js'
import { createTimetable } from './timetable.js'
import { createWorld } from './world.js'

/** An application that listens on loopback, under the clock that it was opened with. */
export interface OpenedApp {
  /** Scheme, host and port, without a slash at the end. */
  readonly url: string
  /** The portal's origin, where batches name another `aud` than the address they are sent to. */
  readonly audience?: string
  close(): Promise<unknown>
  /** Publishes a checkpoint, as the tick does every minute. */
  tick(): Promise<unknown>
  /** The use cases by which people ask for rectification, blocks, consents or about an access, and offices answer. */
  readonly desk: CaseDesk &
    QuestionDesk &
    BlockingDesk &
    AgreementDesk &
    ReportingDesk &
    FollowingDesk &
    OverseeingDesk
}

/** What the demonstration is made with. */
export interface SeedDeps {
  openApp(clock: Clock): Promise<OpenedApp>
  readonly identity: Pick<Identity, 'demoPeople'> &
    Pick<Enrolment, 'createDemoAccount' | 'createDemoStaff'>
  /** The operator's side of ingestion, under the clock that says when streams are registered. */
  readonly registrationAt: RegistrationAt
  /** The operator's side of rectification. */
  readonly partnering: Pick<Partnering, 'pair'>
  readonly catalogue: Catalogue
  /** `DEMO_SEED`. */
  readonly seed: string
  /** `DEMO_RESIDENTS`: people besides the sign-ins. */
  readonly residents: number
  readonly now: Date
  /** ISO 8601 duration for registers whose law names none. */
  readonly defaultPeriod: string
  /** Takes one line for the operator. */
  progress(line: string): void
}

const WEEK_MS = 7 * 86_400_000
/** Batches in one seeding, where batches of a few days can keep to it. */
const MOST_DELIVERIES = 400

/** The sign-in that is made last: where all of them exist, the demonstration is complete. */
const LAST = SIGN_INS.slice(-1)

/**
 * Makes the demonstration: the accounts and staff, then every history through the real interface and
 * every request through its use cases, day by day. Does nothing where all sign-ins exist. Interrupted,
 * it goes on where it stopped: the same batches are known again (api.md, 200), because the keys of the
 * first try tell its day, and what has happened to a request does not happen again. Another seed or
 * number of residents meets 409 and throws StartError.
 */
export async function seedDemo(deps: SeedDeps): Promise<'made' | 'present'> {
  const present = new Set((await deps.identity.demoPeople()).map(({ person }) => person))
  if (SIGN_INS.every((name) => present.has(name))) return 'present'
  const now = await dayOfFirstTry(deps.registrationAt, deps.now)
  const people = [...RESIDENTS, ...crowdOf(deps.residents, deps.seed)]
  const histories = historiesOf(people, deps, now)
  const told = [...histories.values()].flat()
  const deliveries = deliveriesOf(told, MOST_DELIVERIES)
  deps.progress(
    `Demonstration: ${told.length} accesses to data of ${people.length} people, ` +
      `in ${deliveries.length} deliveries, ${CASES.length} requests, ${QUESTIONS.length} questions and ${BLOCKS.length} blocks`,
  )
  const enrolling = { ...deps, present }
  await enrolResidents(histories, enrolling)
  await enrolStaff(SIGN_INS.slice(0, -1), enrolling)
  await enrolAuthors(enrolling)
  for (const partners of PARTNERS) await pair(deps, partners)
  await live({ deliveries, told }, deps, now)
  await enrolStaff(LAST, enrolling)
  return 'made'
}

async function pair({ partnering }: SeedDeps, partners: (typeof PARTNERS)[number]): Promise<void> {
  const paired = await partnering.pair(partners)
  if (!paired.ok) throw new StartError(`${partners.office} has no partner: ${paired.refusal}`)
}

function historiesOf(
  people: readonly Resident[],
  deps: SeedDeps,
  now: Date,
): ReadonlyMap<Resident, readonly ToldAccess[]> {
  const world = createWorld({ ...deps, now })
  return new Map(people.map((person) => [person, historyOf(person, world)]))
}

/** Something that happens on the way, at an instant (milliseconds since 1970). */
interface Stop {
  readonly at: number
  happen(): Promise<unknown>
}

/** What happened, and how it is delivered. */
interface History {
  readonly deliveries: readonly Delivery[]
  readonly told: readonly ToldAccess[]
}

async function live({ deliveries, told }: History, deps: SeedDeps, now: Date): Promise<void> {
  const key = await createRunKey()
  const timetable = createTimetable(now)
  const appointments = appointmentMomentsOf(APPOINTMENTS, { timetable, seed: deps.seed })
  const emergencies = emergencyMomentsOf(EMERGENCIES, { told, deliveries, now })
  const deliverers = new Set([...deliveries, ...appointments].map(({ deliverer }) => deliverer))
  await registerStreams(deps.registrationAt, { deliverers, key, now })
  const clock = travellingClock(new Date(deliveries[0]?.at ?? now))
  const app = await deps.openApp(clock)
  try {
    const { url, audience = url, desk } = app
    const receiver = { url, audience, clock, key }
    const send = createSender(receiver)
    const tell = createAppointmentSender(receiver)
    const declare = createEmergencySender(receiver)
    const play = createPlayer({ ...deps, desk, clock })
    const ask = createAsker(desk)
    const agree = createAgreeing(desk, deps.catalogue)
    const block = createBlocker(desk)
    const stops = [
      ...deliveries.map((delivery) => ({
        at: delivery.at,
        happen: async () => send(await withConsents(delivery, desk)),
      })),
      ...appointments.map((moment) => ({ at: moment.at, happen: () => tell(moment) })),
      ...emergencies.map((moment) => ({ at: moment.at, happen: () => declare(moment) })),
      ...momentsOf(CASES, timetable).map((moment) => ({
        at: moment.at,
        happen: () => play(moment),
      })),
      ...agreementMomentsOf(timetable).map((moment) => ({
        at: moment.at,
        happen: () => agree(moment),
      })),
      ...questionMomentsOf(QUESTIONS, timetable).map((moment) => ({
        at: moment.at,
        happen: () => ask(moment),
      })),
      ...blockMomentsOf(BLOCKS, timetable).map((moment) => ({
        at: moment.at,
        happen: () => block(moment),
      })),
      ...reviewMomentsOf(timetable).map((moment) => ({
        at: moment.at,
        happen: () => reviewHeld(desk, moment),
      })),
    ].sort((one, other) => one.at - other.at)
    await travel({ stops, deps, clock, app })
    clock.moveTo(now)
    await desk.consentUpkeep.expire()
    await app.tick()
    await tellReports(desk)
    await keepSearches(desk)
    await desk.sumUp()
    await followUp(desk)
  } finally {
    await app.close()
  }
}

/** A delivery with the ids of the consents that its accesses cite. */
async function withConsents(delivery: Delivery, desk: AgreementDesk): Promise<Delivery> {
  const ids = new Map<number, string>()
  for (const { seq, person, consent } of delivery.citing) {
    ids.set(seq, await citedId(desk, person, consent))
  }
  const events = delivery.events.map((event) => {
    const consentId = ids.get(event.seq)
    return consentId === undefined ? event : { ...event, consentId }
  })
  return { ...delivery, events }
}

/** Everything happens on its day; the log is published once a week of that time. */
async function travel(parts: {
  stops: readonly Stop[]
  deps: SeedDeps
  clock: TravellingClock
  app: OpenedApp
}): Promise<void> {
  const { stops, deps, clock, app } = parts
  let published = clock.now().getTime()
  for (const [place, { at, happen }] of stops.entries()) {
    if (at - published > WEEK_MS) {
      await app.desk.consentUpkeep.expire()
      await app.tick()
      published = at
    }
    clock.moveTo(new Date(Math.max(at, clock.now().getTime())))
    await happen()
    const quarter = Math.floor(((place + 1) * 4) / stops.length)
    if (quarter > Math.floor((place * 4) / stops.length)) {
      deps.progress(`Demonstration: ${quarter * 25} % delivered`)
    }
  }
}
