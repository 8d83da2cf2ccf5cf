import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { StartError } from '../platform/kernel/errors.js'
import type { CommandSpec } from '../platform/kernel/command.js'
import type { Result } from '../platform/kernel/result.js'
import { DEFAULT_CASE_REF } from './case-ref.js'
import { instantOf } from './instant.js'
import type { ListedStream, Registration, RegistrationFault } from './service/registration.js'

export type { CommandSpec } from '../platform/kernel/command.js'

/** What the commands are made of; `print` writes one line for the operator. */
export interface CommandParts {
  readonly registration: Registration
  readonly print: (line: string) => void
}

const FAULTS: Readonly<Record<RegistrationFault, string>> = {
  bad_name: 'The name of a stream is lower-case letters, digits and hyphens, at most 64.',
  name_taken: 'A stream of this name is registered already.',
  unknown_authority: 'The catalogue has no such office or authority.',
  office_required: 'This kind of authority has offices: name the office that delivers.',
  unknown_stream: 'No stream of this name is registered.',
  bad_kid: 'A key id is letters, digits and . _ : - alone, at most 128.',
  kid_taken: 'A key with this id is registered already.',
  unknown_kid: 'No key with this id is registered.',
  private_key:
    'The file holds a private key: keep it at the authority and register the public one.',
  bad_key: 'The file holds no public JWK of Ed25519 or P-256.',
  bad_period: 'The key would end before it begins.',
  not_anchored: 'The pattern of file numbers must begin with ^ and end with $.',
  too_long: 'The pattern of file numbers is longer than 100 characters.',
  not_simple:
    'The pattern of file numbers may use characters, [classes], ?, {n} and {n,m} alone: no groups, no alternatives.',
  bad_range: 'A range in the pattern of file numbers is not inside A-Z, a-z or 0-9.',
  no_limit: 'The pattern of file numbers must limit repetition: write {1,20} in place of + or *.',
}

/** The commands that register streams and keys. */
export function ingestionCommands(parts: CommandParts): CommandSpec[] {
  return [
    {
      name: 'stream:register',
      summary: `--name NAME --authority CODE [--case-ref-pattern PATTERN, else ${DEFAULT_CASE_REF}]`,
      run: (args) => registerStream(parts, args),
    },
    {
      name: 'stream:key',
      summary:
        '--stream NAME --jwk FILE [--kid ID, else its thumbprint] [--from TIME] [--until TIME]',
      run: (args) => addKey(parts, args),
    },
    {
      name: 'stream:key-end',
      summary: '--kid ID: the key no longer counts from now on',
      run: (args) => endKey(parts, args),
    },
    {
      name: 'stream:list',
      summary: 'all streams with their keys',
      run: (args) => listStreams(parts, args),
    },
  ]
}

async function registerStream({ registration, print }: CommandParts, args: readonly string[]) {
  const values = optionsOf(args, ['name', 'authority', 'case-ref-pattern'])
  const name = needed(values, 'name')
  const authority = needed(values, 'authority')
  const caseRefPattern = values['case-ref-pattern']
  settled(await registration.register({ name, authority, caseRefPattern }))
  print(`Stream ${name} of ${authority} is registered.`)
}

async function addKey({ registration, print }: CommandParts, args: readonly string[]) {
  const values = optionsOf(args, ['stream', 'kid', 'jwk', 'from', 'until'])
  const stream = needed(values, 'stream')
  const jwk = await readJwk(needed(values, 'jwk'))
  const from = timeOf(values, 'from')
  const until = timeOf(values, 'until')
  const { kid } = settled(
    await registration.addKey({ stream, kid: values['kid'], jwk, from, until }),
  )
  print(`Key ${kid} may sign for stream ${stream}.`)
}

async function endKey({ registration, print }: CommandParts, args: readonly string[]) {
  const kid = needed(optionsOf(args, ['kid']), 'kid')
  settled(await registration.endKey(kid))
  print(`Key ${kid} no longer counts.`)
}

async function listStreams({ registration, print }: CommandParts, args: readonly string[]) {
  optionsOf(args, [])
  const streams = await registration.list()
  if (streams.length === 0) print('No stream is registered.')
  for (const line of streams.flatMap(linesOf)) print(line)
}

function linesOf(stream: ListedStream): string[] {
  const { name, party, authority, lastSeq, lastReceivedAt, keys } = stream
  const received = lastReceivedAt ? `, received ${lastReceivedAt.toISOString()}` : ''
  return [
    `${name}  ${party?.code ?? `retired authority ${authority}`}  last number ${lastSeq}${received}`,
    ...keys.map(({ kid, from, until }) => {
      const end = until ? ` until ${until.toISOString()}` : ''
      return `  key ${kid} from ${from.toISOString()}${end}`
    }),
  ]
}

type Values = Readonly<Record<string, string | undefined>>

function optionsOf(args: readonly string[], names: readonly string[]): Values {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    throw new StartError(`These arguments cannot be read: ${(error as Error).message}`, error)
  }
}

function needed(values: Values, name: string): string {
  const value = values[name]
  if (value === undefined || value === '') throw new StartError(`--${name} is missing.`)
  return value
}

function timeOf(values: Values, name: string): Date | undefined {
  const text = values[name]
  if (text === undefined) return undefined
  const time = instantOf(text)
  if (time) return time
  throw new StartError(`--${name} must be a time with offset, such as 2027-01-31T09:00:00+01:00.`)
}

async function readJwk(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown
  } catch (error) {
    throw new StartError(`The key file ${file} cannot be read as JSON.`, error)
  }
}

function settled<Value>(result: Result<Value, RegistrationFault>): Value {
  if (result.ok) return result.value
  throw new StartError(FAULTS[result.refusal])
}
