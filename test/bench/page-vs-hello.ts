import autocannon from 'autocannon'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createEnrolment, type SubjectId } from '../../server/identity/index.js'
import { median, rounded, type Figure, type Finding } from './figure.js'
import { fillLog } from './filled-log.js'
import { inFreshPlace, serverSettings, type Place } from './place.js'

const ROUNDS = 5
const SECONDS = 3
const CONNECTIONS = 8
const PERSON = 'resident-bench'
const NUMBER = { scheme: 'azr', value: '123456789012' } as const

/** A server to send requests to. */
interface Target {
  readonly url: string
  readonly cookie: string
}

/** Requests per second of a resident's home page against those of an empty Express handler. */
export const pageAgainstHello: Figure = {
  name: 'page_vs_hello',
  measure: () =>
    inFreshPlace(async (place) => {
      const subject = await enrol(place)
      await fillLog(place, { entries: 20_000, residents: [subject], entriesEach: 200 })
      return within('./portal.ts', [place.dataDir, PERSON], (page) =>
        within('./hello.ts', [], async (hello) => ({
          ...(await takeTurns(page, hello, await serverSettings(place))),
        })),
      )
    }),
}

async function enrol({ installation }: Place): Promise<SubjectId> {
  const { admin, clock, random, secrets } = installation
  const { subjectKey: subjectSecret, accountKey } = secrets
  const enrolment = createEnrolment({ db: admin, subjectSecret, accountKey, clock, random })
  await enrolment.createDemoAccount({ name: PERSON, language: 'ar', numbers: [NUMBER] })
  const subject = enrolment.subjectOf(NUMBER)
  if (subject === undefined) throw new Error('the number is not one')
  return subject
}

async function takeTurns(
  page: Target,
  hello: Target,
  settings: Record<string, string>,
): Promise<Finding> {
  const pages: number[] = []
  const hellos: number[] = []
  const slowest: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const [ofPage, ofHello] = [await shoot(page), await shoot(hello)]
    if (round === 0) continue
    pages.push(ofPage.perSecond)
    slowest.push(ofPage.p97)
    hellos.push(ofHello.perSecond)
  }
  return {
    unit: 'x',
    isRatio: true,
    rounds: pages.map((rate, round) => rate / (hellos[round] ?? NaN)),
    detail: {
      pagesPerSecond: rounded(median(pages)),
      hellosPerSecond: rounded(median(hellos)),
      pageP97Ms: rounded(median(slowest)),
      ...{ secondsPerTurn: SECONDS, connections: CONNECTIONS, entriesOfResident: 200 },
      page: 'GET home with a session: session and page read from PostgreSQL, rendered in Arabic, compressed only when asked; one process',
      hello: 'GET / of an Express app whose only handler ends the response; one process',
      ...settings,
    },
  }
}

async function shoot({ url, cookie }: Target): Promise<{ perSecond: number; p97: number }> {
  const shots = await autocannon({
    ...{ url, connections: CONNECTIONS, duration: SECONDS },
    headers: cookie === '' ? {} : { cookie },
  })
  if (shots.non2xx > 0 || shots.errors > 0) {
    throw new Error(`${url}: ${shots.non2xx} refusals, ${shots.errors} errors`)
  }
  return { perSecond: shots.requests.total / shots.duration, p97: shots.latency.p97_5 }
}

/** Runs a program of this folder until the work is done. */
async function within<Value>(
  program: string,
  args: readonly string[],
  work: (target: Target) => Promise<Value>,
): Promise<Value> {
  const path = fileURLToPath(new URL(program, import.meta.url))
  const child = fork(path, args, { execArgv: ['--import', 'tsx'] })
  try {
    return await work(await told(child))
  } finally {
    if (child.exitCode === null) {
      child.disconnect()
      await once(child, 'exit')
    }
  }
}

function told(child: ChildProcess): Promise<Target> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('a server ended before it was asked')))
    child.once('message', (message) => resolve(message as Target))
  })
}
