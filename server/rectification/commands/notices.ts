import { parseArgs } from 'node:util'
import type { CommandSpec } from '../../platform/kernel/command.js'
import { StartError } from '../../platform/kernel/errors.js'
import type { Result } from '../../platform/kernel/result.js'
import type { EndpointFault, Endpoints } from '../endpoints.js'

/** What the commands are made of; `print` writes one line for the operator. */
export interface CommandParts {
  readonly endpoints: Endpoints
  readonly print: (line: string) => void
}

const FAULTS: Readonly<Record<EndpointFault, string>> = {
  unknown_office: 'The catalogue has no such office or authority.',
  office_required: 'This kind of authority has offices: name the office that is told.',
  not_public: 'Private and foreign bodies are told by a person, not by a machine.',
  bad_url:
    'The address must be https on port 443 or above 1023, without a user or a fragment, and at most 500 characters.',
  not_connected: 'This office is not connected.',
}

/** The commands that say where offices take decisions. */
export function noticeCommands(parts: CommandParts): CommandSpec[] {
  return [
    {
      name: 'notice:connect',
      summary: '--office CODE --url URL: decisions reach it there, those that wait as well',
      run: (args) => connect(parts, args),
    },
    {
      name: 'notice:disconnect',
      summary: '--office CODE: a person tells it from then on',
      run: (args) => disconnect(parts, args),
    },
    {
      name: 'notice:list',
      summary: 'offices that take decisions, and those for which decisions wait',
      run: (args) => list(parts, args),
    },
  ]
}

async function connect({ endpoints, print }: CommandParts, args: readonly string[]) {
  const values = optionsOf(args, ['office', 'url'])
  const office = needed(values, 'office')
  settled(await endpoints.connect({ office, url: needed(values, 'url') }))
  print(`Decisions reach ${office}.`)
}

async function disconnect({ endpoints, print }: CommandParts, args: readonly string[]) {
  const office = needed(optionsOf(args, ['office']), 'office')
  settled(await endpoints.disconnect(office))
  print(`Decisions reach ${office} by letter alone.`)
}

async function list({ endpoints, print }: CommandParts, args: readonly string[]) {
  optionsOf(args, [])
  const known = await endpoints.list()
  if (known.length === 0) print('No office is connected, and no decision waits.')
  for (const { office, url } of known) {
    print(`${office?.code ?? 'retired office'}  ${url ?? 'not connected, decisions wait'}`)
  }
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

function settled(result: Result<undefined, EndpointFault>): void {
  if (!result.ok) throw new StartError(FAULTS[result.refusal])
}
