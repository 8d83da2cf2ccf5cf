import type { Catalogue } from '../catalogue/index.js'
import type { Enrolment, Identity } from '../identity/index.js'
import { travellingClock, type Clock, type TravellingClock } from '../platform/kernel/clock.js'
import { crowdOf } from './crowd.js'
import { deliveriesOf, type Delivery } from './deliveries.js'
import { historyOf, numbersOf, type ToldAccess } from './history.js'
import type { PersonNumber } from './numbers.js'
import { RESIDENTS, SIGN_INS, STAFF, type Resident } from './people.js'
import { dayOfFirstTry, registerStreams, type RegistrationAt } from './registering.js'
import { createRunKey, createSender, type RunKey } from './sender.js'
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
}

/** What the demonstration is made with. */
export interface SeedDeps {
  openApp(clock: Clock): Promise<OpenedApp>
  readonly identity: Pick<Identity, 'demoPeople'> &
    Pick<Enrolment, 'createDemoAccount' | 'createDemoStaff'>
  /** The operator's side of ingestion, under the clock that says when streams are registered. */
  readonly registrationAt: RegistrationAt
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

/**
 * Makes the demonstration: delivers every history through the real interface, day by day, then the
 * accounts and staff. Does nothing where all sign-ins exist. Interrupted, it goes on where it stopped:
 * the same batches are known again (api.md, 200), because the keys of the first try tell its day.
 * Another seed or number of residents meets 409 and throws StartError.
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
      `in ${deliveries.length} deliveries`,
  )
  await deliverAll(deliveries, deps, now)
  await enrolAll({ histories, present, deps })
  return 'made'
}

function historiesOf(
  people: readonly Resident[],
  deps: SeedDeps,
  now: Date,
): ReadonlyMap<Resident, readonly ToldAccess[]> {
  const world = createWorld({ ...deps, now })
  return new Map(people.map((person) => [person, historyOf(person, world)]))
}

async function deliverAll(
  deliveries: readonly Delivery[],
  deps: SeedDeps,
  now: Date,
): Promise<void> {
  const key = await createRunKey()
  const deliverers = new Set(deliveries.map(({ deliverer }) => deliverer))
  await registerStreams(deps.registrationAt, { deliverers, key, now })
  const clock = travellingClock(new Date(deliveries[0]?.at ?? now))
  const app = await deps.openApp(clock)
  try {
    await travel({ deliveries, deps, key, clock, app })
    clock.moveTo(now)
    await app.tick()
  } finally {
    await app.close()
  }
}

/** Every batch arrives on its day; the log is published once a week of that time. */
async function travel(parts: {
  deliveries: readonly Delivery[]
  deps: SeedDeps
  key: RunKey
  clock: TravellingClock
  app: OpenedApp
}): Promise<void> {
  const { deliveries, deps, key, clock, app } = parts
  const send = createSender({ url: app.url, audience: app.audience ?? app.url, clock, key })
  let published = clock.now().getTime()
  for (const [place, delivery] of deliveries.entries()) {
    if (delivery.at - published > WEEK_MS) {
      await app.tick()
      published = delivery.at
    }
    clock.moveTo(new Date(Math.max(delivery.at, clock.now().getTime())))
    await send(delivery)
    const quarter = Math.floor(((place + 1) * 4) / deliveries.length)
    if (quarter > Math.floor((place * 4) / deliveries.length)) {
      deps.progress(`Demonstration: ${quarter * 25} % delivered`)
    }
  }
}

/** The sign-ins come last: where all of them exist, the demonstration is complete. */
async function enrolAll(parts: {
  histories: ReadonlyMap<Resident, readonly ToldAccess[]>
  present: ReadonlySet<string>
  deps: SeedDeps
}): Promise<void> {
  const { histories, present, deps } = parts
  const crowdFirst = [...histories].reverse().filter(([{ name }]) => !present.has(name))
  for (const [person, history] of crowdFirst) {
    const { name, language } = person
    const numbers: readonly PersonNumber[] = numbersOf(person, history, deps.seed)
    await deps.identity.createDemoAccount({ name, language, numbers })
  }
  for (const { name, role, office, unit, assurance } of STAFF) {
    if (present.has(name)) continue
    const place = office === undefined ? {} : { office: idOf(deps.catalogue.parties, office) }
    const desk = unit === undefined ? {} : { unit: idOf(deps.catalogue.units, unit) }
    await deps.identity.createDemoStaff({ name, role, assurance, ...place, ...desk })
  }
}

function idOf(
  terms: { byCode(code: string): { readonly id: number } | undefined },
  code: string,
): number {
  const found = terms.byCode(code)
  if (found === undefined) throw new Error(`the catalogue has no ${code}`)
  return found.id
}
