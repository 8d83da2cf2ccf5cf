import autocannon from 'autocannon'
import { createEnrolment, type SubjectId } from '../../server/identity/index.js'
import { median, rounded, type Figure, type Finding } from './figure.js'
import { fillLog } from './filled-log.js'
import { inFreshPlace, serverSettings, type Place } from './place.js'
import { withProgram, type Target } from './program.js'

const ROUNDS = 5
const SECONDS = 3
const CONNECTIONS = 8
const PERSON = 'resident-bench'
const NUMBER = { scheme: 'azr', value: '123456789012' } as const

/** Requests per second of a resident's home page against those of an empty Express handler. */
export const pageAgainstHello: Figure = {
  name: 'page_vs_hello',
  measure: () =>
    inFreshPlace(async (place) => {
      const subject = await enrol(place)
      await fillLog(place, { entries: 20_000, residents: [subject], entriesEach: 200 })
      return withProgram('./portal.ts', [place.dataDir, PERSON], (page) =>
        withProgram('./hello.ts', [], async (hello) => ({
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
