import { CASES, fillQueues, READERS, type Offices } from './cases.js'
import { median, quantile, rounded, type Figure, type Finding } from './figure.js'
import { ask, inFreshPlace, serverSettings, type Place } from './place.js'
import { withProgram, type Target } from './program.js'

const ROUNDS = 5
const LOOKS = 6

/** What caseworkers ask their queue for: every filter, every order, and pages far behind the first. */
const QUESTIONS: Readonly<Record<string, string>> = {
  plain: '',
  state: 'state=question',
  category: 'category=identity&order=filed',
  language: 'language=de&order=kind',
  nobody: 'who=nobody',
  mine: 'who=me',
  overdue: 'due=over&order=filed',
  week: 'due=week&evidence=with',
  filed: 'order=filed',
  kind: 'order=kind',
}
const DEEP = ['due', 'filed', 'kind'] as const

/** How long a page of the queue of the office with most cases takes, through HTTP. */
export const queueP95: Figure = {
  name: 'queue_p95_ms',
  measure: () =>
    measured((times, detail) => ({
      unit: 'ms',
      isRatio: false,
      rounds: times.large.map((round) => quantile(round, 0.95)),
      detail,
    })),
}

/** The same against the queue of an office with a hundred cases, in turns. */
export const queueRatio: Figure = {
  name: 'queue_vs_100_cases',
  measure: () =>
    measured((times, detail) => ({
      unit: 'x',
      isRatio: true,
      rounds: times.large.map(
        (round, at) => quantile(round, 0.95) / quantile(times.small[at] ?? [], 0.95),
      ),
      detail,
    })),
}

type Size = keyof Offices
/** Milliseconds by office and round. */
type Times = Record<Size, number[][]>

function measured(
  find: (times: Times, detail: Record<string, unknown>) => Finding,
): Promise<Finding> {
  return inFreshPlace(async (place) => {
    const offices = await fillQueues(place)
    const paths = {
      large: await pathsOf(place, offices.large.id),
      small: await pathsOf(place, offices.small.id),
    }
    return withProgram('./portal.ts', [place.dataDir, ...READERS], async (target) => {
      const { times, byQuestion } = await takeTurns(target, paths)
      return find(times, {
        large: spread(times.large),
        small: spread(times.small),
        p95OfLargeByQuestion: byQuestion,
        ...{ cases: CASES, looksPerQuestionAndRound: LOOKS, questions: QUESTIONS },
        each: 'GET of one page with a session, all of it read; the count on each page is exact',
        deep: 'pages behind five sixths of the office’s cases, in each order',
        ...(await serverSettings(place)),
      })
    })
  })
}

/** Addresses by what they ask; deep pages begin behind a case that really stands there. */
async function pathsOf(place: Place, office: number): Promise<Readonly<Record<string, string>>> {
  const deep = await Promise.all(
    DEEP.map(async (order) => [`deep ${order}`, await deepQuestion(place, office, order)]),
  )
  const questions = { ...QUESTIONS, ...(Object.fromEntries(deep) as Record<string, string>) }
  return Object.fromEntries(
    Object.entries(questions).map(([name, query]) => [name, `/de/work/queue?${query}`]),
  )
}

async function deepQuestion(
  { adminUrl }: Place,
  office: number,
  order: (typeof DEEP)[number],
): Promise<string> {
  const day = `coalesce(due_on, '9999-12-31')`
  const keys = {
    due: { by: day, text: `${day}::text` },
    filed: { by: 'filed_at', text: `(extract(epoch from filed_at) * 1000)::bigint` },
    kind: { by: `field, ${day}`, text: `field || '.' || ${day}` },
  }
  const { by, text } = keys[order]
  const [found] = await ask<{ place: string }>(
    adminUrl,
    `select ${text} || '.' || request as place from rectification.request where office = ${office}
      order by ${by}, request
      offset (select count(*) * 5 / 6 from rectification.request where office = ${office}) limit 1`,
  )
  return `order=${order}&after=${found?.place ?? ''}`
}

async function takeTurns(
  { url, cookies }: Target,
  paths: Readonly<Record<Size, Readonly<Record<string, string>>>>,
) {
  const { origin } = new URL(url)
  const turns = Array.from({ length: LOOKS }, () => Object.keys(paths.large)).flat()
  const times: Times = { large: [], small: [] }
  const byQuestion: Record<string, number[]> = {}
  for (let round = 0; round <= ROUNDS; round++) {
    const taken: Record<Size, number[]> = { large: [], small: [] }
    for (const name of turns) {
      const [large, small] = cookies
      const ms = await timeOf(`${origin}${paths.large[name] ?? ''}`, large ?? '')
      taken.large.push(ms)
      taken.small.push(await timeOf(`${origin}${paths.small[name] ?? ''}`, small ?? ''))
      if (round > 0) (byQuestion[name] ??= []).push(ms)
    }
    if (round > 0) times.large.push(taken.large)
    if (round > 0) times.small.push(taken.small)
  }
  const p95 = Object.entries(byQuestion).map(([name, all]) => [name, rounded(quantile(all, 0.95))])
  return { times, byQuestion: Object.fromEntries(p95) as Record<string, number> }
}

async function timeOf(url: string, cookie: string): Promise<number> {
  const start = performance.now()
  const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' })
  const body = await answer.text()
  const ms = performance.now() - start
  if (answer.status !== 200 || !body.includes('</html>')) {
    throw new Error(`${url} answered ${answer.status}`)
  }
  return ms
}

function spread(rounds: readonly (readonly number[])[]): Record<string, number> {
  const at = (share: number) => rounded(median(rounds.map((times) => quantile(times, share))))
  return { p50: at(0.5), p95: at(0.95) }
}
