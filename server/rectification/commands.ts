import { parseArgs } from 'node:util'
import type { CommandSpec } from '../platform/kernel/command.js'
import { StartError } from '../platform/kernel/errors.js'
import type { Result } from '../platform/kernel/result.js'
import type { PartnerFault, Partnering } from './partnering.js'

/** What the commands are made of; `print` writes one line for the operator. */
export interface CommandParts {
  readonly partnering: Partnering
  readonly print: (line: string) => void
}

const FAULTS: Readonly<Record<PartnerFault, string>> = {
  unknown_office: 'The catalogue has no such office.',
  no_office: 'Name two offices, not kinds of authority.',
  own_partner: 'No office confirms its own decisions.',
  no_partner: 'This office has no partner.',
}

/** The commands that enter which office confirms for one that is too small for four eyes. */
export function rectificationCommands(parts: CommandParts): CommandSpec[] {
  return [
    {
      name: 'office:partner',
      summary: '--office CODE --partner CODE: the partner confirms what the office proposes',
      run: (args) => pair(parts, args),
    },
    {
      name: 'office:unpartner',
      summary: '--office CODE: nobody confirms for it any more',
      run: (args) => part(parts, args),
    },
    {
      name: 'office:partners',
      summary: 'all offices that have a partner',
      run: (args) => list(parts, args),
    },
  ]
}

async function pair({ partnering, print }: CommandParts, args: readonly string[]) {
  const values = optionsOf(args, ['office', 'partner'])
  const [office, partner] = [needed(values, 'office'), needed(values, 'partner')]
  settled(await partnering.pair({ office, partner }))
  print(`${partner} confirms what ${office} proposes.`)
}

async function part({ partnering, print }: CommandParts, args: readonly string[]) {
  const office = needed(optionsOf(args, ['office']), 'office')
  settled(await partnering.part(office))
  print(`${office} has no partner any more.`)
}

async function list({ partnering, print }: CommandParts, args: readonly string[]) {
  optionsOf(args, [])
  const partnerships = await partnering.list()
  if (partnerships.length === 0) print('No office has a partner.')
  for (const { office, partner } of partnerships) {
    print(`${office?.code ?? 'retired office'}  ${partner?.code ?? 'retired office'}`)
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

function settled(result: Result<undefined, PartnerFault>): void {
  if (!result.ok) throw new StartError(FAULTS[result.refusal])
}
