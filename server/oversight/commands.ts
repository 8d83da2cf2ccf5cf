import { parseArgs } from 'node:util'
import type { Catalogue } from '../catalogue/index.js'
import type { CommandSpec } from '../platform/kernel/command.js'
import { StartError } from '../platform/kernel/errors.js'
import type { ResolveFault, Resolving } from './resolving.js'

/** What the command is made of; `print` writes one line for the operator. */
export interface CommandParts {
  readonly resolving: Resolving
  readonly catalogue: Pick<Catalogue, 'units'>
  readonly print: (line: string) => void
}

const FAULTS: Readonly<Record<ResolveFault, string>> = {
  unknown_office: 'The catalogue has no such office.',
  bad_quarter: 'A quarter is a year and a number from 1 to 4, such as 2026-4.',
  not_of_the_portal:
    'This portal did not make this pseudonym: the office that delivered it resolves it.',
  not_opened:
    'Nobody of this office has opened this pseudonym in the last 14 days with the release of a second person.',
}

/** The command that says whose an opened pseudonym of this portal is: on this terminal alone, and in no log. */
export function oversightCommands(parts: CommandParts): CommandSpec[] {
  return [
    {
      name: 'pseudonym:resolve',
      summary:
        '--office CODE --pseudonym TEXT --quarter YYYY-N: whose an opened pseudonym of this portal is',
      run: (args) => resolve(parts, args),
    },
  ]
}

async function resolve({ resolving, catalogue, print }: CommandParts, args: readonly string[]) {
  const values = optionsOf(args, ['office', 'pseudonym', 'quarter'])
  const resolved = await resolving.resolve({
    office: needed(values, 'office'),
    pseudonym: needed(values, 'pseudonym'),
    quarter: needed(values, 'quarter'),
  })
  if (!resolved.ok) throw new StartError(FAULTS[resolved.refusal])
  const account = resolved.value
  if (account === undefined) print('No account of this office has this pseudonym in this quarter.')
  else {
    const unit = account.unit === null ? undefined : catalogue.units.byId(account.unit)
    print(
      `Account ${account.staff}: ${account.role}, ${unit?.code ?? 'no unit'}, ${account.state}.`,
    )
  }
  print('That you looked stands beside the wish, for its officer and the supervision.')
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
