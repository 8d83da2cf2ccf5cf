import fc from 'fast-check'
import { connect } from 'node:net'
import { visitor } from '../support/visitor.js'
import type { Audit } from './audit.js'
import { garbage, spoken, type Malformed } from './requests.js'
import { SHAPES, STAFF_AND_RESIDENTS } from './shapes.js'
import { onStage, type Stage } from './stage.js'
import { hasZzuf, spoiled, wellFormed } from './zzuf.js'

const LANES = 6
const PATIENCE_MS = 2_000
const SIGN_IN_EVERY = 5_000
/** Of as many requests as this one is drawn well-formed and spoiled by zzuf, where it is installed. */
const ZZUF_EVERY = 4

/** Malformed requests, signed in and not: none may be answered 500 or above, none may end the process. */
export const fuzz: Audit = {
  name: 'fuzz',
  count: 100_000,
  run: (count) =>
    onStage({ DEMO: 'true' }, async (stage) => {
      const seed = Math.floor(Math.random() * 2 ** 31)
      const { pid } = stage.web()
      const answers = new Map<string, number>()
      const faults: string[] = []
      const shares = { drawn: 0, zzuf: 0 }
      for (let done = 0; done < count; done += SIGN_IN_EVERY) {
        const cookies = await cookiesOf(stage)
        const some = Math.min(SIGN_IN_EVERY, count - done)
        const byZzuf = hasZzuf() ? Math.floor(some / ZZUF_EVERY) : 0
        const plain = fc.sample(wellFormed(SHAPES), { numRuns: byZzuf, seed: seed + done })
        const requests = [
          ...drawn(some - byZzuf, seed + done),
          ...(byZzuf > 0 ? await spoiled(plain, seed + done) : []),
        ]
        shares.drawn += some - byZzuf
        shares.zzuf += byZzuf
        await send(stage, { requests, cookies, answers, faults })
      }
      const isAlive = stage.web().exitCode === null && stage.web().pid === pid
      const served = await visitor({ url: stage.url }).get('/de/sign-in')
      return {
        isSound: faults.length === 0 && isAlive && served.status === 200,
        figures: {
          ...{ requests: count, shares, seed, serverErrors: faults.length, isAlive },
          answers: Object.fromEntries([...answers].sort()),
          firstFaults: faults.slice(0, 10),
        },
      }
    }),
}

function drawn(count: number, seed: number): Malformed[] {
  const some = fc.oneof({ weight: 9, arbitrary: spoken(SHAPES) }, { weight: 1, arbitrary: garbage })
  return fc.sample(some, { numRuns: count, seed })
}

/** Sessions end, some requests end them: they are begun anew now and then. */
async function cookiesOf({ url }: Stage): Promise<string[]> {
  const cookies = ['']
  for (const person of STAFF_AND_RESIDENTS) {
    const { headers } = await visitor({ url }).signIn(person)
    const line = headers.getSetCookie().find((one) => one.startsWith('mirat='))
    if (line === undefined) throw new Error(`${person} could not be signed in`)
    cookies.push(`Cookie: ${line.split(';')[0]}\r\n`)
  }
  return cookies
}

async function send(
  { url }: Stage,
  order: {
    requests: readonly Malformed[]
    cookies: readonly string[]
    answers: Map<string, number>
    faults: string[]
  },
): Promise<void> {
  const { requests, cookies, answers, faults } = order
  const port = Number(new URL(url).port)
  let next = 0
  const lane = async () => {
    for (let one = requests[next++]; one !== undefined; one = requests[next++]) {
      const bytes = signedIn(one, cookies)
      const status = await answerOf(port, bytes)
      answers.set(status, (answers.get(status) ?? 0) + 1)
      if (/^5/.test(status)) faults.push(`${status} ${bytes.toString('latin1').slice(0, 300)}`)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

function signedIn({ who, bytes }: Malformed, cookies: readonly string[]): Buffer {
  const end = bytes.indexOf('\r\n') + 2
  const cookie = Buffer.from(cookies[who] ?? '')
  return end < 2 ? bytes : Buffer.concat([bytes.subarray(0, end), cookie, bytes.subarray(end)])
}

/** The status, or `closed` and `silent` where there was none. */
function answerOf(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let said = ''
    const done = (otherwise: string) => {
      clearTimeout(patience)
      socket.destroy()
      resolve(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? otherwise)
    }
    const patience = setTimeout(() => done('silent'), PATIENCE_MS)
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      if (said.length < 20) said += data.toString('latin1')
      // The rest of the answer is of no interest, and the next request is waiting.
      if (said.length >= 12) done('closed')
    })
    socket.once('close', () => done('closed'))
    socket.end(bytes)
  })
}
