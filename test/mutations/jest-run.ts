import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** One test of a run. */
export interface TestResult {
  /** Path from the root of the checkout. */
  readonly file: string
  /** The words of its groups and its own. */
  readonly title: string
  readonly isPassed: boolean
}

/** What jest reports in JSON, as far as it is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

const OPTIONS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
/** For a file (milliseconds): a mutation may take away what ends a wait. */
const LONGEST_MS = 5 * 60_000

/**
 * Runs a test file of a copy, or those of its tests whose titles have one of some words; no results where jest
 * came to no end, for example without a database.
 */
export async function runTests(
  folder: string,
  file: string,
  titles: readonly string[] = [],
): Promise<TestResult[]> {
  const answer = join(folder, '.mutation-report.json')
  rmSync(answer, { force: true })
  const jest = join(folder, 'node_modules/jest/bin/jest.js')
  // Forced to exit: a test that fails half-way may leave a server or a timer behind.
  const how = ['--ci', '--runInBand', '--forceExit', '--json', `--outputFile=${answer}`]
  const only = titles.length === 0 ? [] : [`--testNamePattern=${titles.map(literally).join('|')}`]
  const child = spawn(process.execPath, [jest, ...how, ...only, '--runTestsByPath', file], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: OPTIONS.join(' ') },
    stdio: 'ignore',
  })
  // Its own setup ends its database when it is asked to end.
  const end = () => child.kill('SIGTERM')
  process.once('exit', end)
  const patience = setTimeout(end, LONGEST_MS)
  await once(child, 'exit')
  clearTimeout(patience)
  process.off('exit', end)
  if (!existsSync(answer)) return []
  return resultsOf(JSON.parse(readFileSync(answer, 'utf8')) as Report, folder)
}

/** The words as a pattern that finds them and nothing else. */
function literally(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** What ran: a test that was left out says nothing. */
function resultsOf({ testResults }: Report, folder: string): TestResult[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status }) => ({
        file: name.slice(folder.length + 1),
        title: fullName,
        isPassed: status === 'passed',
      })),
  )
}
