import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Installation } from '../../server/compose/installation.js'
import { createRegistration } from '../../server/ingestion/index.js'
import { generateKey, openSigner, type Signer } from '../../server/tools/authority-send/signing.js'

/** A batch that the portal has acknowledged. */
export interface Acknowledged {
  readonly caseRefs: readonly string[]
  readonly indices: readonly number[]
  /** When its request began and when its answer came, in milliseconds of this process. */
  readonly began: number
  readonly ended: number
}

/** An authority that delivers without pause and tries again, identically, until it knows. */
export interface Courier {
  readonly acknowledged: Acknowledged[]
  /** Answers that were none: refusals by status, `0` where there was no answer. */
  readonly refused: Map<number, number>
  run(): Promise<void>
  stop(): void
}

const OFFICE = 'i.pf.jobcenter'
const REGISTER = 'i.de.bva'
const TIMEOUT_MS = 30_000

/** Registers a stream with a key of its own and makes its courier. */
export async function courierOf(
  installation: Installation,
  options: { url: string; name: string; batch: number; pauseMs: number },
): Promise<Courier> {
  const { admin: db, catalogue, clock, config } = installation
  const { name } = options
  const registration = createRegistration({ db, catalogue, clock })
  const file = join(config.dataDir, `${name}.jwk`)
  const jwk = await generateKey({ out: file, algorithm: 'EdDSA' })
  const registered = await registration.register({
    ...{ name, authority: OFFICE, caseRefPattern: undefined },
  })
  const added = await registration.addKey({
    ...{ stream: name, kid: jwk.kid, jwk, from: undefined, until: undefined },
  })
  if (!registered.ok || !added.ok) throw new Error(`the stream ${name} could not be registered`)
  const signer = await openSigner(file, { issuer: OFFICE, kid: jwk.kid })
  return courierWith({
    ...options,
    audience: config.origin,
    signer,
    access: accessOf(installation),
  })
}

interface CourierParts {
  readonly url: string
  readonly audience: string
  readonly name: string
  readonly batch: number
  readonly pauseMs: number
  readonly signer: Signer
  readonly access: (caseRef: string) => object
}

function courierWith(parts: CourierParts): Courier {
  const acknowledged: Acknowledged[] = []
  const refused = new Map<number, number>()
  let isStopped = false
  return {
    acknowledged,
    refused,
    run: async () => {
      for (let seq = 1; !isStopped; seq += parts.batch) {
        const caseRefs = Array.from({ length: parts.batch }, (_, at) => `${parts.name} ${seq + at}`)
        const events = caseRefs.map((caseRef, at) => ({ seq: seq + at, ...parts.access(caseRef) }))
        const began = performance.now()
        const known = await untilKnown(parts, { seq, events, refused })
        acknowledged.push({ caseRefs, ...known, began: Math.max(began, known.began) })
        await sleep(parts.pauseMs)
      }
    },
    stop: () => {
      isStopped = true
    },
  }
}

/** A batch whose fate is unknown is sent again as it was: by its events the portal knows it. */
async function untilKnown(
  parts: CourierParts,
  { seq, events, refused }: { seq: number; events: object[]; refused: Map<number, number> },
): Promise<{ indices: number[]; began: number; ended: number }> {
  for (let tries = 0; tries < 10_000; tries++) {
    const began = performance.now()
    const { status, body } = await post(parts, seq, events).catch(() => ({ status: 0, body: '' }))
    if (status === 200 || status === 201) {
      const { indices } = JSON.parse(body) as { indices: number[] }
      return { indices, began, ended: performance.now() }
    }
    refused.set(status, (refused.get(status) ?? 0) + 1)
    if (![0, 429, 503].includes(status))
      throw new Error(`a delivery was answered ${status}: ${body}`)
    await sleep(20)
  }
  throw new Error('a delivery was never answered')
}

async function post(parts: CourierParts, firstSeq: number, events: object[]) {
  const { url, audience, name, signer } = parts
  const claims = { aud: audience, stream: name, firstSeq, events, jti: randomUUID() }
  const answer = await fetch(`${url}/api/v1/streams/${name}/batches`, {
    method: 'POST',
    headers: { 'content-type': 'application/jose' },
    body: await signer.sign('access-batch+jwt', claims),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  return { status: answer.status, body: await answer.text() }
}

/** An access of a sourced flow by which the office may ask the register, openly. */
export function accessOf({ catalogue }: Installation): (caseRef: string) => object {
  const kind = catalogue.parties.byCode(OFFICE)?.authority
  const flow = catalogue.flows.find(
    ({ recipient, source, operation, disclosure, fields, purpose }) =>
      recipient === kind &&
      source === 'bva' &&
      operation === 'query' &&
      disclosure === 'open' &&
      fields.length > 2 &&
      catalogue.purposes.byCode(purpose)?.kind === 'mandatory',
  )
  if (flow === undefined) throw new Error('the catalogue has no open query of the office')
  const { operation, purpose, legalBasis, fields } = flow
  const shared = { operation, purpose, legalBasis, fields: fields.slice(0, 2), source: REGISTER }
  const subject = { scheme: 'azr', value: '123456789012' }
  const occurredAt = new Date(new Date().getTime() - 60_000).toISOString()
  return (caseRef) => ({ subject, occurredAt, ...shared, channel: 'manual', caseRef })
}
