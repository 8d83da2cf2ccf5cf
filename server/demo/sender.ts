import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'
import type { TravellingClock } from '../platform/kernel/clock.js'
import { StartError } from '../platform/kernel/errors.js'
import type { Delivery } from './deliveries.js'

const LIFE_SECONDS = 60
const TRIES = 5
const PAUSE_MS = 200

/** A key that lives as long as one run: the demonstration offices have no key store. */
export interface RunKey {
  readonly publicJwk: JWK
  /** The id of the key for one stream. */
  kidOf(stream: string): string
  sign(claims: object, stream: string): Promise<string>
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
    sign: (claims, stream) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'EdDSA', kid: kidOf(stream), typ: 'access-batch+jwt' })
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

/** Sends batches as an authority does (api.md); throws where one is refused. */
export function createSender(receiver: Receiver): (delivery: Delivery) => Promise<void> {
  const { url, clock } = receiver
  return async (delivery) => {
    const { deliverer, firstSeq } = delivery
    const address = `${url}/api/v1/streams/${streamOf(deliverer)}/batches`
    let answer: Response | undefined
    for (let left = TRIES; left > 0; left--) {
      answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/jose' },
        body: await batchOf(delivery, receiver, left),
      })
      if (answer.status !== 429 && answer.status !== 503) break
      const seconds = Number(answer.headers.get('retry-after') ?? 1)
      await answer.body?.cancel()
      clock.moveTo(new Date(clock.now().getTime() + seconds * 1000))
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    const text = await answer?.text()
    if (answer?.ok !== true) throw refusal(`${deliverer} from ${firstSeq}`, answer?.status, text)
  }
}

function refusal(what: string, status = 0, text = ''): StartError {
  const reason =
    status === 409
      ? 'They were begun with another DEMO_SEED or DEMO_RESIDENTS, or from other reference data: ' +
        'set those again, or begin with an empty database.'
      : `${status} ${text}`
  return new StartError(`The demonstration data could not be delivered (${what}). ${reason}`)
}

/** Every try has a `jti` of its own, because a refused one may have been noted. */
function batchOf(
  { deliverer, firstSeq, events }: Delivery,
  { audience, clock, key }: Receiver,
  attempt: number,
): Promise<string> {
  const iat = Math.floor(clock.now().getTime() / 1000)
  const stream = streamOf(deliverer)
  const claims = {
    iss: deliverer,
    aud: audience,
    iat,
    exp: iat + LIFE_SECONDS,
    jti: `${key.kidOf(stream)}.${firstSeq}.${attempt}`,
    stream,
    firstSeq,
    events,
  }
  return key.sign(claims, stream)
}
