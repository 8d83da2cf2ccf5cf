import { parseArgs } from 'node:util'
import type { CommandSpec } from '../platform/kernel/command.js'
import { StartError } from '../platform/kernel/errors.js'
import type { Result } from '../platform/kernel/result.js'
import type { ConnectionFault } from './rules.js'
import type { Connecting } from './service/connecting.js'

/** What the commands are made of; `print` writes one line for the operator. */
export interface CommandParts {
  readonly connecting: Connecting
  readonly print: (line: string) => void
}

const FAULTS: Readonly<Record<ConnectionFault, string>> = {
  unknown_office: 'The catalogue has no such office or authority.',
  office_required: 'This kind of authority has offices: name the office that answers.',
  bad_url:
    'The address must be https on port 443 or above 1023, without a user or a fragment, and at most 500 characters.',
  no_fields: 'Name the fields that the register answers for, with commas between.',
  unknown_field: 'The catalogue does not have every one of these fields.',
  not_connected: 'This office is not connected.',
}

/** The commands that connect registers. */
export function registersCommands(parts: CommandParts): CommandSpec[] {
  return [
    {
      name: 'register:connect',
      summary: '--office CODE --url URL --fields CODE,CODE: residents see what it holds now',
      run: (args) => connect(parts, args),
    },
    {
      name: 'register:disconnect',
      summary: '--office CODE: nobody asks it any more',
      run: (args) => disconnect(parts, args),
    },
    {
      name: 'register:list',
      summary: 'all connected registers',
      run: (args) => list(parts, args),
    },
  ]
}

async function connect({ connecting, print }: CommandParts, args: readonly string[]) {
  const values = optionsOf(args, ['office', 'url', 'fields'])
  const office = needed(values, 'office')
  const fields = needed(values, 'fields').split(',')
  settled(
    await connecting.connect({
      office,
      url: needed(values, 'url'),
      fields: fields.map((field) => field.trim()).filter((field) => field !== ''),
    }),
  )
  print(`The register of ${office} is connected.`)
}

async function disconnect({ connecting, print }: CommandParts, args: readonly string[]) {
  const office = needed(optionsOf(args, ['office']), 'office')
  settled(await connecting.disconnect(office))
  print(`The register of ${office} is no longer asked.`)
}

async function list({ connecting, print }: CommandParts, args: readonly string[]) {
  optionsOf(args, [])
  const connections = await connecting.list()
  if (connections.length === 0) print('No register is connected.')
  for (const { office, url, fields } of connections) {
    const codes = fields.map(({ code }) => code).join(', ')
    print(`${office?.code ?? 'retired office'}  ${url}  ${codes}`)
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

function settled(result: Result<undefined, ConnectionFault>): void {
  if (!result.ok) throw new StartError(FAULTS[result.refusal])
}
