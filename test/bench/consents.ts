import type { AccountId, ResidentActor, SubjectId } from '../../server/identity/index.js'
import { median, quantile, rounded, type Figure } from './figure.js'
import { consentId, EACH, fillConsents, subjectId, type FilledConsents } from './filled-consents.js'
import { ask, inFreshPlace, serverSettings, type Place } from './place.js'

const MOST_ENTRIES = 10_000_000
const FEWER_ENTRIES = 1_000_000
const ROUNDS = 5
const QUESTIONS = 400
const WITHDRAWALS = 60
/** Milliseconds in which the asked instants lie: three years. */
const YEARS = 3 * 365 * 86_400_000

/** How long the answer takes whether a consent holds at an instant, among ten million entries. */
export const consentValidAt: Figure = {
  name: 'consent_valid_at_p95_ms',
  measure: () =>
    inFreshPlace(async (place) => {
      const filled = await fillConsents(place, MOST_ENTRIES)
      const rounds = await takeRounds(async () => takeTimes(await questions(place, filled)))
      return {
        unit: 'ms',
        isRatio: false,
        rounds: rounds.map((times) => quantile(times, 0.95)),
        detail: {
          ...(await about(place, filled, rounds)),
          each: 'the use case in its transaction as web_staff, under row-level security; any consent, any instant of three years',
          questionsPerRound: QUESTIONS,
        },
      }
    }),
}

/** How long a withdrawal takes from the click to its commit, with its entry in the log and its notices. */
export const withdrawTime: Figure = {
  name: 'withdraw_p95_ms',
  measure: () =>
    inFreshPlace(async (place) => {
      const filled = await fillConsents(place, FEWER_ENTRIES)
      const owners = await inForce(place, filled)
      const rounds = await takeRounds(() => takeTimes(withdrawals(filled, owners)))
      return {
        unit: 'ms',
        isRatio: false,
        rounds: rounds.map((times) => quantile(times, 0.95)),
        detail: {
          ...(await about(place, filled, rounds)),
          each: 'the use case of the resident in one transaction: row, entry, checkpoint, flags and notices; nobody else writes',
          withdrawalsPerRound: WITHDRAWALS,
        },
      }
    }),
}

type Act = () => Promise<unknown>

/** One round before the others, which nobody counts. */
async function takeRounds(round: () => Promise<number[]>): Promise<number[][]> {
  const all: number[][] = []
  for (let at = 0; at <= ROUNDS; at++) all.push(await round())
  return all.slice(1)
}

async function takeTimes(acts: readonly Act[]): Promise<number[]> {
  const times: number[] = []
  for (const act of acts) {
    const start = performance.now()
    await act()
    times.push(performance.now() - start)
  }
  return times
}

async function questions(
  { adminUrl, installation }: Place,
  { rooms, office, consents }: FilledConsents,
): Promise<readonly Act[]> {
  const ids = await ask<{ consent: string }>(
    adminUrl,
    `select ${consentId(`floor(random() * ${consents})::int`)} as consent
      from generate_series(1, ${QUESTIONS})`,
  )
  const now = installation.clock.now().getTime()
  return ids.map(({ consent }, at) => {
    const instant = new Date(now - Math.floor((YEARS * at) / QUESTIONS))
    return () => rooms.consentPrograms.isValid(office, consent, instant)
  })
}

interface Owned {
  readonly reference: string
  readonly subject: SubjectId
}

/** Consents in force of people anywhere among all, enough for every round. */
function inForce({ adminUrl }: Place, { consents }: FilledConsents): Promise<Owned[]> {
  const wanted = WITHDRAWALS * (ROUNDS + 1)
  const step = Math.floor(consents / EACH / wanted)
  return ask<Owned>(
    adminUrl,
    `select reference, subject from consent.consent
      where consent in (select ${consentId(`(person * ${step * EACH} + 4)`)}
        from generate_series(0, ${wanted - 1}) person)
        and subject in (select ${subjectId(`(person * ${step * EACH})`)}
        from generate_series(0, ${wanted - 1}) person)`,
  )
}

function withdrawals({ rooms }: FilledConsents, owners: Owned[]): readonly Act[] {
  return owners.splice(0, WITHDRAWALS).map(({ reference, subject }) => {
    const account = '22222222-2222-2222-2222-222222222222' as AccountId
    const actor: ResidentActor = {
      ...{ role: 'resident', account, subjects: [subject], assurance: 'counter' },
    }
    return () => rooms.consents.withdraw(actor, reference)
  })
}

async function about(
  place: Place,
  { consents, entries }: FilledConsents,
  rounds: readonly (readonly number[])[],
): Promise<Record<string, unknown>> {
  const at = (share: number) => rounded(median(rounds.map((times) => quantile(times, share))))
  const [disk] = await ask<{ gigabytes: number }>(
    place.adminUrl,
    'select round(pg_database_size(current_database()) / 1e9, 1)::float as gigabytes',
  )
  return {
    ...{ p50: at(0.5), p99: at(0.99), consents, entries },
    ...(disk ?? {}),
    filled: 'by SQL, all of one office and five templates; three of five have ended',
    ...(await serverSettings(place)),
  }
}
