import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'
import type { TravellingClock } from '../platform/kernel/clock.js'
import { StartError } from '../platform/kernel/errors.js'
import type { AppointmentMoment } from './appointment.js'
import type { Delivery } from './deliveries.js'
import type { EmergencyMoment } from './emergency.js'

const LIFE_SECONDS = 60
const TRIES = 5
const PAUSE_MS = 200
/** Too fast, or cannot commit now: the same batch may come again. */
const BUSY = [429, 503]

/** A key that lives as long as one run: the demonstration offices have no key store. */
export interface RunKey {
  readonly publicJwk: JWK
  /** The id of the key for one stream. */
  kidOf(stream: string): string
  sign(claims: object, stream: string, typ?: string): Promise<string>
}

/** The name of the stream of an office or authority: its code without dots. */
export function streamOf(deliverer: string): string {
  return deliverer.replaceAll('.', '-')
}

/** Makes the key of a run (Ed25519, RFC 8037). */
export async function createRunKey(): Promise<RunKey> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
  const publicJwk = await exportJWK(publicKey)
  const thumbprint = await calculateJwkThumbprint(publicJwk)
  const kidOf = (stream: string) => `demo.${stream}.${thumbprint}`
  return {
    publicJwk,
    kidOf,
    sign: (claims, stream, typ = 'access-batch+jwt') =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'EdDSA', kid: kidOf(stream), typ })
        .sign(privateKey),
  }
}

/** Where batches go: the application under the travelling clock. */
export interface Receiver {
  readonly url: string
  /** What `aud` must say: the origin of the portal. */
  readonly audience: string
  readonly clock: TravellingClock
  readonly key: RunKey
}

/** Sends batches as an authority does (api.md); throws StartError where one is refused. */
export function createSender(receiver: Receiver): (delivery: Delivery) => Promise<void> {
  return async (delivery) => {
    const { status, text } = await persist(receiver, (left) => {
      const address = `${addressOf(delivery, receiver)}/batches`
      return { address, body: batchOf(delivery, receiver, left) }
    })
    if (status >= 300) throw refusal(delivery, status, text)
  }
}

/** Tells of appointments as an office does; throws StartError where one is refused. */
export function createAppointmentSender(
  receiver: Receiver,
): (moment: AppointmentMoment) => Promise<void> {
  return async (moment) => {
    const { status, text } = await persist(receiver, (left) => {
      const address = `${addressOf(moment, receiver)}/appointments`
      return { address, body: appointmentOf(moment, receiver, left) }
    })
    if (status < 300) return
    throw new StartError(
      `The demonstration data could not be delivered (an appointment at ${moment.deliverer}). ${status} ${text}`,
    )
  }
}

/** Declares accesses to be in an emergency as an office does; throws StartError where one is refused. */
export function createEmergencySender(
  receiver: Receiver,
): (moment: EmergencyMoment) => Promise<void> {
  return async (moment) => {
    const { status, text } = await persist(receiver, (left) => {
      const address = `${addressOf(moment, receiver)}/emergencies`
      return { address, body: emergencyOf(moment, receiver, left) }
    })
    if (status < 300) return
    throw new StartError(
      `The demonstration data could not be delivered (an emergency at ${moment.deliverer}). ${status} ${text}`,
    )
  }
}

interface Posted {
  readonly address: string
  readonly body: Promise<string>
}

/** Tries until there is an answer that more tries cannot change. */
async function persist(
  receiver: Receiver,
  post: (left: number) => Posted,
): Promise<{ readonly status: number; readonly text: string }> {
  for (let left = TRIES; ; left--) {
    const { address, body } = post(left)
    const headers = { 'content-type': 'application/jose' }
    const answer = await fetch(address, { method: 'POST', headers, body: await body })
    const text = await answer.text()
    if (left === 1 || !BUSY.includes(answer.status)) return { status: answer.status, text }
    await pause(receiver, Number(answer.headers.get('retry-after') ?? 1))
  }
}

function addressOf({ deliverer }: { readonly deliverer: string }, { url }: Receiver): string {
  return `${url}/api/v1/streams/${streamOf(deliverer)}`
}

/** The receiver counts in the time of the travelling clock, its database in ours: both go on. */
async function pause({ clock }: Receiver, seconds: number): Promise<void> {
  clock.moveTo(new Date(clock.now().getTime() + seconds * 1000))
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}

function refusal({ deliverer, firstSeq }: Delivery, status: number, text: string): StartError {
  const reason =
    status === 409
      ? 'They were begun with another DEMO_SEED or DEMO_RESIDENTS, or from other reference data: ' +
        'set those again, or begin with an empty database.'
      : `${status} ${text}`
  return new StartError(
    `The demonstration data could not be delivered (${deliverer} from ${firstSeq}). ${reason}`,
  )
}

/** Every try has a `jti` of its own, because a refused one may have been noted. */
function batchOf(
  { deliverer, firstSeq, events }: Delivery,
  receiver: Receiver,
  attempt: number,
): Promise<string> {
  const own = { stream: streamOf(deliverer), firstSeq, events }
  const claims = { ...commonOf(deliverer, receiver, `${firstSeq}.${attempt}`), ...own }
  return receiver.key.sign(claims, own.stream)
}

function appointmentOf(
  { deliverer, ref, appointment, at }: AppointmentMoment,
  receiver: Receiver,
  attempt: number,
): Promise<string> {
  const own = { stream: streamOf(deliverer), appointments: [appointment] }
  const claims = { ...commonOf(deliverer, receiver, `${ref}.${at}.${attempt}`), ...own }
  return receiver.key.sign(claims, own.stream, 'appointment-batch+jwt')
}

function emergencyOf(
  { deliverer, seq, emergency, at }: EmergencyMoment,
  receiver: Receiver,
  attempt: number,
): Promise<string> {
  const own = { stream: streamOf(deliverer), emergencies: [emergency] }
  const claims = { ...commonOf(deliverer, receiver, `emergency.${seq}.${at}.${attempt}`), ...own }
  return receiver.key.sign(claims, own.stream, 'emergency-batch+jwt')
}

function commonOf(deliverer: string, { audience, clock, key }: Receiver, name: string): object {
  const iat = Math.floor(clock.now().getTime() / 1000)
  const jti = `${key.kidOf(streamOf(deliverer))}.${name}`
  return { iss: deliverer, aud: audience, iat, exp: iat + LIFE_SECONDS, jti }
}
