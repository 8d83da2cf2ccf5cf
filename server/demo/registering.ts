import type { Registration } from '../ingestion/index.js'
import { travellingClock, type Clock } from '../platform/kernel/clock.js'
import { StartError } from '../platform/kernel/errors.js'
import { CASE_REF_PATTERN } from './desks.js'
import { streamOf, type RunKey } from './sender.js'

/** The operator's side of ingestion under a clock: streams are as old as it says. */
export type RegistrationAt = (clock: Clock) => Pick<Registration, 'register' | 'addKey' | 'list'>

/** More than the longest retention: streams and keys are older than every access. */
const AGE_MS = 800 * 86_400_000

/** The instant at which the demonstration was begun: now, unless an earlier try left its keys. */
export async function dayOfFirstTry(registrationAt: RegistrationAt, now: Date): Promise<Date> {
  const streams = await registrationAt(travellingClock(now)).list()
  const begun = streams.flatMap(({ keys }) =>
    keys.flatMap(({ kid, from }) => (isOurs(kid) ? [from.getTime() + AGE_MS] : [])),
  )
  return begun.length === 0 ? now : new Date(Math.min(...begun))
}

/** Registers the stream of every deliverer that has none, and the key of this run for each. */
export async function registerStreams(
  registrationAt: RegistrationAt,
  run: { deliverers: ReadonlySet<string>; key: RunKey; now: Date },
): Promise<void> {
  const { deliverers, key, now } = run
  const from = new Date(now.getTime() - AGE_MS)
  const registration = registrationAt(travellingClock(from))
  const known = new Set((await registration.list()).map(({ name }) => name))
  for (const authority of deliverers) {
    const name = streamOf(authority)
    if (!known.has(name)) {
      must(await registration.register({ name, authority, caseRefPattern: CASE_REF_PATTERN }))
    }
    const kid = key.kidOf(name)
    must(await registration.addKey({ stream: name, kid, jwk: key.publicJwk, from, until: now }))
  }
}

function isOurs(kid: string): boolean {
  return kid.startsWith('demo.')
}

function must(result: { readonly ok: true } | { readonly ok: false; readonly refusal: string }) {
  if (result.ok) return
  throw new StartError(`the demonstration offices could not be registered: ${result.refusal}`)
}
