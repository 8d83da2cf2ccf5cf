import { compactVerify, importJWK } from 'jose'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Delivery } from '../../server/demo/deliveries.js'
import { createRunKey, createSender, type RunKey } from '../../server/demo/sender.js'
import { travellingClock, type TravellingClock } from '../../server/platform/kernel/clock.js'

const START = new Date('2026-05-04T09:30:00.700Z')
const DELIVERY: Delivery = {
  deliverer: 'i.de.bva',
  citing: [],
  firstSeq: 7,
  at: START.getTime(),
  events: [
    {
      seq: 7,
      subject: { scheme: 'azr', value: '991234000001' },
      occurredAt: '2026-05-04T11:00:00+02:00',
      operation: 'query',
      purpose: 'foreigners_law',
      legalBasis: 'azrg_15_1_1',
      fields: ['azr.number'],
      recipient: 'i.pf.abh',
      channel: 'manual',
    },
  ],
}

/** What a receiver on loopback answers, one after another, and what reached it. */
async function receiver(answers: readonly { status: number; retryAfter?: string }[]) {
  const seen: { path: string; type: string; jws: string }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { status, retryAfter } = answers[seen.length] ?? { status: 500 }
      seen.push({
        path: request.url ?? '',
        type: request.headers['content-type'] ?? '',
        jws: Buffer.concat(chunks).toString(),
      })
      if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
      response.writeHead(status).end('{"code":"told"}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, seen, close: () => new Promise((resolve) => server.close(resolve)) }
}

describe('the sender of the demonstration', () => {
  let key: RunKey
  let clock: TravellingClock

  beforeEach(async () => {
    key = await createRunKey()
    clock = travellingClock(START)
  })

  async function sent(answers: Parameters<typeof receiver>[0]) {
    const at = await receiver(answers)
    const audience = 'https://portal.test'
    const outcome = await createSender({ url: at.url, audience, clock, key })(DELIVERY).then(
      () => undefined,
      (error: unknown) => error,
    )
    await at.close()
    return { seen: at.seen, outcome }
  }

  it('signs what the contract asks for with the key that it tells', async () => {
    const { seen, outcome } = await sent([{ status: 201 }])
    expect(outcome).toBeUndefined()
    expect(seen.map(({ path, type }) => [path, type])).toEqual([
      ['/api/v1/streams/i-de-bva/batches', 'application/jose'],
    ])
    const publicKey = await importJWK({ ...key.publicJwk }, 'EdDSA')
    const { payload, protectedHeader } = await compactVerify(seen[0]?.jws ?? '', publicKey)
    expect(protectedHeader).toEqual({
      alg: 'EdDSA',
      kid: key.kidOf('i-de-bva'),
      typ: 'access-batch+jwt',
    })
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual({
      iss: 'i.de.bva',
      aud: 'https://portal.test',
      iat: 1777887000,
      exp: 1777887060,
      jti: expect.any(String) as string,
      stream: 'i-de-bva',
      firstSeq: 7,
      events: DELIVERY.events,
    })
  })

  it('never shows its private key', () => {
    expect(Object.keys(key.publicJwk).sort()).toEqual(['crv', 'kty', 'x'])
  })

  it('comes again later under a fresh id when it was too fast', async () => {
    const { seen, outcome } = await sent([{ status: 429, retryAfter: '3' }, { status: 201 }])
    expect(outcome).toBeUndefined()
    expect(clock.now().getTime() - START.getTime()).toBe(3000)
    const ids = seen.map(({ jws }) => {
      const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()
      return (JSON.parse(payload) as { jti: string }).jti
    })
    expect(new Set(ids).size).toBe(2)
  })

  it('takes the stored answer to a batch that is known', async () => {
    expect((await sent([{ status: 200 }])).outcome).toBeUndefined()
  })

  it.each([
    [409, /another DEMO_SEED/],
    [422, /i\.de\.bva from 7.*422.*told/],
  ])('gives up with one sentence when it is answered %i', async (status, sentence) => {
    const { outcome, seen } = await sent([{ status }])
    expect(outcome).toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(sentence) as string,
    })
    expect(seen).toHaveLength(1)
  })

  it('does not come for ever', async () => {
    const { outcome, seen } = await sent(Array.from({ length: 9 }, () => ({ status: 503 })))
    expect(outcome).toMatchObject({ message: expect.stringContaining('503') as string })
    expect(seen).toHaveLength(5)
  })
})
