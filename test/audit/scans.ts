import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { Installation } from '../../server/compose/installation.js'
import { inFreshFolder } from '../bench/place.js'
import type { Audit } from './audit.js'
import { ADDRESSES, type Address } from './scans/addresses.js'
import { runFfuf } from './scans/ffuf.js'
import { nameOf, type Finding, type Scan, type Who } from './scans/finding.js'
import { lookUp } from './scans/known.js'
import {
  HOLES,
  missedHoles,
  openPlanted,
  PLANTED_ADDRESSES,
  plantedStarts,
  PLANTED_TARGETS,
} from './scans/planted.js'
import { missingOf } from './scans/program.js'
import { openRelay, type Passed, type Relay } from './scans/relay.js'
import { runSqlmap } from './scans/sqlmap.js'
import type { Target } from './scans/target.js'
import { PEOPLE, targetsOf, untriedOf } from './scans/targets.js'
import { runWapiti } from './scans/wapiti.js'
import { onStage, type Stage } from './stage.js'

const SCANNERS = ['sqlmap', 'wapiti', 'ffuf'] as const
/** A form that answers in 400 ms whatever it is sent needs the most. */
const SQLMAP_SECONDS = 1_200
/** One session of a resident is enough to see whether scanners get past the door. */
const PLANTED_FOR: readonly Who[] = [undefined, 'resident-ar']

/** What all scans of one portal found. */
interface Result {
  readonly findings: Finding[]
  readonly unfinished: string[]
  readonly hints: string[]
  /** Modules of wapiti whose time was over: what they had not tried yet is not tried. */
  readonly cutShort: string[]
  readonly explained: Record<string, string>
  readonly passed: Record<string, Passed>
}

/** Where a portal is and what is known of it. */
interface Ground {
  readonly url: string
  readonly addresses: readonly Address[]
  readonly targets: readonly Target[]
  /** Where wapiti begins; it goes no further up than the first. */
  readonly starts: (who: Who) => readonly [string, ...string[]]
  readonly seconds: number
}

/** Three scanners, signed in and not, against the portal, and against one with holes in it. */
export const scans: Audit = {
  name: 'scans',
  count: 60,
  run: async (seconds, only = '') => {
    const missing = missingOf(SCANNERS)
    if (missing.length > 0) {
      const packages = missing.join(', ')
      const said = `The scanners are not all here: install the Debian packages ${packages}.`
      return { isSound: false, figures: { said } }
    }
    return onStage({ DEMO: 'true', ORIGIN: 'https://mirat.example' }, async (stage) => {
      const installation = await stage.join()
      try {
        return await scanBoth(stage, installation, { seconds, only })
      } finally {
        await installation.close()
      }
    })
  },
}

/** The holes first: where a scanner does not work, what it says of the portal is worth nothing. */
async function scanBoth(
  stage: Stage,
  installation: Installation,
  { seconds, only }: { readonly seconds: number; readonly only: string },
) {
  const words = only.split(',')
  const has = (path: string) => words.some((word) => path.includes(word))
  const all = targetsOf(await lookUp(stage, installation))
  const targets = all.filter(({ address }) => has(address))
  const planted = await openPlanted(installation, stage.adminUrl)
  const holed = await scanAll(PLANTED_FOR, {
    url: planted.url,
    addresses: [...ADDRESSES, ...PLANTED_ADDRESSES],
    targets: PLANTED_TARGETS,
    starts: plantedStarts,
    seconds: Math.min(seconds, 30),
  })
  await planted.close()
  const missed = missedHoles(holed.findings)
  const addresses = ADDRESSES.filter(({ path }) => has(path))
  const clean = await scanAll(PEOPLE, {
    ...{ url: stage.url, addresses: ADDRESSES, targets, seconds },
    starts: (who) => startsOf({ addresses, targets }, who),
  })
  const untried = untriedOf(all)
  const isAlive = stage.web().exitCode === null
  const log = (await stage.command('ledger:verify')).trim().split('\n').at(-1)
  const { findings, unfinished, hints, explained, cutShort, passed } = clean
  return {
    isSound: [missed, findings, unfinished, untried].every(({ length }) => length === 0) && isAlive,
    figures: {
      holes: { planted: HOLES.length, found: HOLES.length - missed.length, missed },
      ...{ findings, explained, hints, unfinished, cutShort, untried, isAlive, log },
      ...figuresOf(passed),
      plantedRequests: figuresOf(holed.passed).requests,
    },
  }
}

/**
 * wapiti begins at every page, so that it need not find the way to each, and stays within one language:
 * the others share its code and its forms.
 */
function startsOf(
  { addresses, targets }: Pick<Ground, 'addresses' | 'targets'>,
  who: Who,
): [string, ...string[]] {
  const plain = addresses.filter(
    ({ method, path }) => method === 'get' && !/[:*](?!lang)/.test(path),
  )
  const pages = targets.filter((one) => one.method === 'GET' && one.who === who)
  return [
    '/en/',
    ...plain.map(({ path }) => path.replace(':lang', 'en')),
    ...pages.map(({ path, query = {} }) => {
      const search = new URLSearchParams(query).toString()
      return (
        path.replaceAll('*', '').replace(/^\/de\//, '/en/') + (search === '' ? '' : `?${search}`)
      )
    }),
  ]
}

async function scanAll(people: readonly Who[], ground: Ground): Promise<Result> {
  const result: Result = {
    ...{ findings: [], unfinished: [], hints: [], cutShort: [], explained: {}, passed: {} },
  }
  for (const who of people) {
    const relay = await openRelay({ target: ground.url, person: who, addresses: ground.addresses })
    await inFreshFolder((folder) => scanAs(who, { relay, ground, folder, result }))
    await relay.close()
    result.passed[nameOf(who)] = relay.passed
    result.findings.push(...relay.passed.faults.map((what) => faultOf(who, what)))
  }
  return result
}

function faultOf(who: Who, what: string): Finding {
  return { by: 'relay', as: nameOf(who), where: 'any', what }
}

async function scanAs(
  who: Who,
  parts: { relay: Relay; ground: Ground; folder: string; result: Result },
): Promise<void> {
  const { relay, ground, result } = parts
  const { seconds, addresses } = ground
  mkdirSync(parts.folder, { recursive: true })
  const folder = () => mkdtempSync(join(parts.folder, 'scan-'))
  const keep = (what: string, { findings, unfinished }: Scan) => {
    result.findings.push(...findings)
    result.unfinished.push(...unfinished)
    const details = [...unfinished, ...findings.map((one) => JSON.stringify(one))]
    tell(`${what} as ${nameOf(who)}: ${findings.length} findings`, details)
  }
  keep('ffuf', await runFfuf(relay.url, { who, addresses, folder: folder() }))
  const starts = ground.starts(who)
  const wapiti = await runWapiti(relay.url, { who, starts, folder: folder(), seconds })
  keep('wapiti', wapiti)
  Object.assign(result.explained, wapiti.explained)
  result.cutShort.push(...wapiti.cutShort)
  const waiting = ground.targets.filter((one) => who === undefined || one.who === who)
  const lane = async () => {
    for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
      const options = { who, target, folder: folder(), seconds: SQLMAP_SECONDS }
      const sqlmap = await runSqlmap(relay.url, options)
      keep(`sqlmap on ${target.method} ${target.path}`, sqlmap)
      result.hints.push(...sqlmap.hints)
    }
  }
  await Promise.all([lane(), lane()])
}

/** A long run says now and then how far it is, beside the one line that it ends with. */
function tell(done: string, details: readonly string[]): void {
  process.stderr.write([`scans: ${done}`, ...details, ''].join('\n'))
}

/** Requests, answers and covered addresses of all people together. */
function figuresOf(passed: Readonly<Record<string, Passed>>) {
  const all = Object.values(passed)
  const covered = new Set(all.flatMap(({ covered: names }) => [...names.keys()]))
  const answers: Record<string, number> = {}
  for (const [status, times] of all.flatMap(({ statuses }) => Object.entries(statuses))) {
    answers[status] = (answers[status] ?? 0) + times
  }
  const notAsked = ADDRESSES.map(({ method, path }) => `${method} ${path}`).filter(
    (name) => !covered.has(name),
  )
  return {
    requests: all.reduce((sum, one) => sum + one.requests, 0),
    heldBack: all.reduce((sum, one) => sum + one.heldBack, 0),
    answers,
    addresses: { covered: covered.size, of: ADDRESSES.length, notAsked },
  }
}
