import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nameOf, type Finding, type Scan, type Who } from './finding.js'
import { runScanner } from './program.js'

/**
 * Everything that wapiti can try but what calls a server of others (ssrf, xxe, wapp), guesses passwords
 * that do not exist here (brute_login_form), or tries lists for other programs (nikto, buster: ffuf does).
 */
const MODULES = [
  ...['backup', 'blindsql', 'cookieflags', 'crlf', 'csp', 'csrf', 'exec', 'file', 'htaccess'],
  ...['http_headers', 'methods', 'permanentxss', 'redirect', 'shellshock', 'sql', 'xss'],
]
/** The crawl and every module have a time of their own, but look at it only between two addresses. */
const GRACE = 900
const DEPTH = '8'
/** Of pages that differ by their number alone, such as single accesses, a dozen says what a thousand would. */
const MOST_OF_A_FOLDER = '15'
/** It loads lists of its own from outside as it starts; the portal itself is asked without https. */
const NOWHERE = { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' }
const CUT = /Max attack time was reached for module (\w+)/g
const TIMEOUT = '15'

interface Report {
  readonly vulnerabilities: Readonly<Record<string, readonly Line[]>>
  readonly anomalies: Readonly<Record<string, readonly Line[]>>
}

interface Line {
  readonly method: string
  readonly path: string
  readonly info: string
  readonly parameter: string | null
}

/** What wapiti says although it is as it should be: each with the reason, counted apart, never hidden. */
const EXPLAINED: readonly { readonly what: RegExp; readonly why: string }[] = [
  {
    what: /X-XSS-Protection is not set/,
    why: 'the header is set to 0 as OWASP advises: the filter of old browsers was itself a hole',
  },
]

/** What wapiti found, what of it is as it should be, and which modules had no time for everything. */
interface WapitiScan extends Scan {
  readonly explained: Readonly<Record<string, string>>
  readonly cutShort: readonly string[]
}

/** Crawls from some addresses and attacks whatever it has found there, for so many seconds a module. */
export async function runWapiti(
  url: string,
  options: { who: Who; starts: readonly [string, ...string[]]; folder: string; seconds: number },
): Promise<WapitiScan> {
  const { who, starts, folder, seconds } = options
  const [base, ...further] = starts
  const out = join(folder, 'wapiti.json')
  const args = [
    ...['-u', `${url}${base}`, ...further.flatMap((path) => ['-s', `${url}${path}`])],
    ...[
      '--max-files-per-dir',
      MOST_OF_A_FOLDER,
      '--scope',
      'folder',
      '-d',
      DEPTH,
      '-t',
      TIMEOUT,
      '-m',
      MODULES.join(','),
    ],
    ...['--max-scan-time', String(seconds), '--max-attack-time', String(seconds)],
    ...['--flush-session', '--store-session', folder, '--store-config', folder],
    ...['--no-bugreport', '-v', '1', '-f', 'json', '-o', out],
  ]
  const limit = (MODULES.length + 1) * seconds + GRACE
  const { text, isCut } = await runScanner('wapiti', args, { folder, seconds: limit, env: NOWHERE })
  if (isCut || !existsSync(out)) {
    const why = isCut ? 'was cut' : `ended without a report: ${text.slice(-300)}`
    const unfinished = [`wapiti as ${nameOf(who)} ${why}`]
    return { findings: [], unfinished, explained: {}, cutShort: [] }
  }
  const report = JSON.parse(readFileSync(out, 'utf8')) as Report
  const lines = [...linesOf(report.vulnerabilities), ...linesOf(report.anomalies)]
  const cutShort = [...text.matchAll(CUT)].map(([, name]) => `${name} as ${nameOf(who)}`)
  return { ...sorted(lines, who), cutShort }
}

function linesOf(categories: Report['anomalies']): (Line & { readonly category: string })[] {
  return Object.entries(categories).flatMap(([category, lines]) =>
    lines.map((line) => ({ ...line, category })),
  )
}

function sorted(lines: readonly (Line & { readonly category: string })[], who: Who) {
  const findings: Finding[] = []
  const explained: Record<string, string> = {}
  for (const { category, method, path, info, parameter } of lines) {
    const reason = EXPLAINED.find(({ what }) => what.test(info))
    if (reason !== undefined) explained[info] = reason.why
    else {
      const where = `${method} ${path}${parameter ? ` ${parameter}` : ''}`
      findings.push({ by: 'wapiti', as: nameOf(who), where, what: `${category}: ${info}` })
    }
  }
  return { findings, unfinished: [], explained }
}
