import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { StartError } from '../kernel/errors.js'

/** A user of this machine. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** A program to start, and what it is sent when this process ends before it. */
export interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly folder: string
  readonly account: Account | undefined
  readonly farewell: 'INT' | 'KILL'
  /** Out of the terminal's group, so that Ctrl-C reaches this process alone. */
  readonly ownGroup: boolean
}

/** A started program; `ended` gives the last of its complaints once it is gone, and never rejects. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<string>
}

/** How much of a program's complaints is kept (characters). */
const COMPLAINT_CHARS = 8_000

/**
 * What the programs see of our surroundings: nothing that may be secret or change their language.
 * PostgreSQL takes a lock file that names its own grandparent for a stale one, which is right in a
 * container, where process numbers repeat after each start.
 */
export const SURROUNDINGS = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  TZ: 'UTC',
  PG_GRANDPARENT_PID: String(process.ppid),
}

/**
 * Who PostgreSQL runs as, for it refuses root: undefined (ourselves) unless we are root, then the
 * owner of the data there are, else `postgres`, else `nobody`.
 */
export function accountFor(data: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = accountsOfMachine()
  const owner = statSync(data, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) {
    const name = accounts.find(({ uid }) => uid === owner.uid)?.name ?? `number ${owner.uid}`
    return { name, uid: owner.uid, gid: owner.gid }
  }
  for (const wanted of ['postgres', 'nobody']) {
    const account = accounts.find(({ name }) => name === wanted)
    if (account !== undefined) return account
  }
  throw new StartError(
    'PostgreSQL refuses to run as root, and this machine has no user postgres or nobody: start Mirat as another user, or set DATABASE_URL.',
  )
}

function accountsOfMachine(): Account[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  const fields = lines.map((line) => line.split(':')).filter((parts) => parts.length >= 4)
  return fields.map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

/** Whether the account may pass through to this path and enter or run it. */
export function canReach(account: Account | undefined, path: string): boolean {
  if (account !== undefined) return asks(account, 'test', ['-x', path]).status === 0
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Runs a short question as the account and waits for its answer. */
export function asks(account: Account | undefined, file: string, args: readonly string[]) {
  const options = { cwd: '/', env: SURROUNDINGS, encoding: 'utf8', ...identity(account) } as const
  return spawnSync(file, args, options)
}

/**
 * Starts a program that ends with this process: by the kernel (prctl PR_SET_PDEATHSIG) even after
 * SIGKILL where setpriv is installed, otherwise when this process exits in order.
 */
export function startProgram(program: Program): Running {
  const bound = isSetprivThere() ? boundCommand(program) : undefined
  const [file = program.file, ...args] = bound ?? [program.file, ...program.args]
  const child = spawn(file, args, {
    cwd: program.folder,
    env: SURROUNDINGS,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: program.ownGroup,
    ...(bound === undefined ? identity(program.account) : {}),
  })
  const farewell = () => child.kill(`SIG${program.farewell}`)
  process.once('exit', farewell)
  child.once('close', () => process.off('exit', farewell))
  return { child, ended: complaintsOf(child) }
}

function boundCommand({ file, args, account, farewell }: Program): string[] {
  const user = account && [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups']
  return ['setpriv', `--pdeathsig=${farewell}`, '--no-new-privs', ...(user ?? []), file, ...args]
}

/** The small setpriv of BusyBox knows no such signal. */
function isSetprivThere(): boolean {
  const args = ['--pdeathsig=INT', '--no-new-privs', 'true']
  return process.platform === 'linux' && asks(undefined, 'setpriv', args).status === 0
}

function identity(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid }
}

function complaintsOf(child: ChildProcess): Promise<string> {
  return new Promise((ended) => {
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-COMPLAINT_CHARS)
    })
    child.once('error', ({ message }) => (said += message))
    child.once('close', () => ended(said))
  })
}

/** The words in which PostgreSQL's programs first give a reason, out of all that they wrote. */
export function reasonIn(said: string): string {
  const reason = /(?:FATAL|PANIC|ERROR|error):\s+(.+)/.exec(said)?.[1]
  return reason ?? (said.trim().split('\n').at(-1) || 'it gave no reason')
}
