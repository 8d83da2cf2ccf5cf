import { nameOf, type Finding, type Scan, type Who } from './finding.js'
import { runScanner } from './program.js'
import { SESSION_COOKIE, STAND_IN } from './relay.js'
import type { Target } from './target.js'

/** Level 3 tries headers and cookies as well; risk 1 leaves out what could change every row of a table. */
const HOW = ['--level', '3', '--risk', '1', '--dbms', 'postgresql']
/** Answers questions by itself, follows nothing, takes refusals for answers, and stays quiet. */
const MANNERS = [
  ...['--batch', '--flush-session', '--ignore-stdin', '--ignore-proxy', '--disable-coloring'],
  ...['--ignore-redirects', '--ignore-code', '*', '--drop-set-cookie', '--keep-alive'],
  ...['--timeout', '15', '--retries', '1'],
]
const CLEAN = 'all tested parameters do not appear to be injectable'
const INJECTABLE = /^Parameter: (.+)\n(?:.*\n)??\s+Type: (.+)$/gm
const SUSPICION = /heuristic \((?:basic|XSS|FI)\) test shows that (.+? might be .+)$/gm

/** What sqlmap noticed in passing and its own tests did not bear out. */
type Hints = readonly string[]

/** Tests the parameters of one address, as somebody or as nobody. */
export async function runSqlmap(
  url: string,
  { who, target, folder, seconds }: { who: Who; target: Target; folder: string; seconds: number },
): Promise<Scan & { readonly hints: Hints }> {
  const headersToo = target.headersToo === true && target.who === who
  const args = [
    ...requestOf(url, { ...target, headersToo }),
    ...HOW,
    ...MANNERS,
    '--output-dir',
    folder,
  ]
  const cookie = headersToo ? ['--cookie', `${SESSION_COOKIE}=${STAND_IN.session}`] : []
  const { text, isCut } = await runScanner('sqlmap', [...args, ...cookie], { folder, seconds })
  const where = `${target.method} ${target.path}`
  const found = [...text.matchAll(INJECTABLE)].map(([, parameter, type]): Finding => ({
    ...{ by: 'sqlmap', as: nameOf(who), where, what: `${parameter}: ${type}` },
  }))
  const isDone = !isCut && (found.length > 0 || text.includes(CLEAN))
  const why = isCut ? 'was cut' : `did not test: ${lastComplaint(text)}`
  return {
    findings: found,
    unfinished: isDone ? [] : [`sqlmap as ${nameOf(who)} on ${where} ${why}`],
    hints: [...text.matchAll(SUSPICION)].map(([, hint]) => `${where}: ${hint}`),
  }
}

function requestOf(
  url: string,
  target: Omit<Target, 'headersToo'> & { headersToo: boolean },
): string[] {
  const { method, path, query = {}, form, body, parameters, headersToo } = target
  const search = new URLSearchParams(query).toString()
  const address = `${url}${path}${search === '' ? '' : `?${search}`}`
  const data = form === undefined ? body?.text : new URLSearchParams(form).toString()
  // Marks in the address and -p exclude each other.
  const names = [...parameters, ...(headersToo ? ['user-agent', 'referer', SESSION_COOKIE] : [])]
  return [
    ...['-u', address, '--method', method],
    ...(data === undefined ? [] : ['--data', data]),
    ...(body === undefined ? [] : ['--headers', `Content-Type: ${body.type}`]),
    ...(names.length === 0 ? [] : ['-p', names.join(',')]),
  ]
}

function lastComplaint(text: string): string {
  const lines = text.split('\n').filter((line) => /\[(CRITICAL|ERROR)\]/.test(line))
  return (lines.at(-1) ?? text.slice(-200)).trim().slice(0, 300)
}
