import type { Catalogue } from '../catalogue/index.js'
import { StartError } from '../platform/kernel/errors.js'
import type { CommandSpec } from '../platform/kernel/command.js'
import { groupedCode } from './codes.js'
import { readOrder } from './order.js'
import type { CodeIssuing } from './issuing.js'
import { readPost } from './post.js'
import type { Staffing } from './staffing.js'

const USAGE =
  'code:issue --office CODE --scheme azr|idnr|local --number N --way handed|posted [--year YYYY] ' +
  '[--housing own|shared] [--language TAG] [--recovery yes]'

/** The operator's way to let the first person in; the code is printed once and stored nowhere. */
export function identityCommands(deps: {
  issuing: CodeIssuing
  staffing: Staffing
  catalogue: Catalogue
  /** Tags of the shipped languages. */
  languages: readonly string[]
  now: () => Date
  print: (line: string) => void
}): CommandSpec[] {
  return [
    {
      name: 'code:issue',
      summary:
        '--office CODE --scheme azr --number N --way handed|posted [--year YYYY --housing own]',
      run: (args) => issue(deps, args),
    },
    {
      name: 'staff:invite',
      summary: '--role operator|supervisor|caseworker|dpo [--office CODE] [--unit CODE]',
      run: (args) => invite(deps, args),
    },
  ]
}

async function issue(
  { issuing, catalogue, languages, now, print }: Parameters<typeof identityCommands>[0],
  args: readonly string[],
): Promise<void> {
  const form = formOf(args)
  const party = catalogue.parties.byCode(form.get('office') ?? '')
  if (party === undefined) throw new StartError(`There is no such office. Use: ${USAGE}`)
  if (!form.has('language')) form.set('language', 'de')
  const order = readOrder(form, { office: party.code, now: now(), languages })
  if (!order.ok) {
    const fields = order.refusal.map(({ field }) => field).join(', ')
    throw new StartError(`Missing or wrong: ${fields}. Use: ${USAGE}`)
  }
  const issued = await issuing.issue({ office: party.id }, order.value)
  if (issued.kind === 'number') throw new StartError('This number cannot be one of its kind.')
  if (issued.kind === 'shared') {
    throw new StartError('This person lives in shared housing: hand the code over.')
  }
  if (issued.kind !== 'issued') {
    throw new StartError('This person was sent a code by post within the last 24 hours.')
  }
  print(`Code: ${groupedCode(issued.code)}`)
  print('It works once, within 21 days. The person sees in their log that it was issued.')
}

/** For the first two operators; from then on staff are let in by two of them on the page of staff. */
async function invite(
  { staffing, catalogue, print }: Parameters<typeof identityCommands>[0],
  args: readonly string[],
): Promise<void> {
  const post = readPost(formOf(args), catalogue)
  if (!post.ok) {
    const fields = post.refusal.map(({ field }) => field).join(', ')
    throw new StartError(`Missing or wrong: ${fields}.`)
  }
  print(`Code: ${groupedCode(await staffing.bootstrap(post.value))}`)
  print('It works once, within seven days, on the page for codes.')
}

function formOf(args: readonly string[]): URLSearchParams {
  const form = new URLSearchParams()
  for (let at = 0; at < args.length; at += 2) {
    const [name = '', value] = [args[at], args[at + 1]]
    if (!/^--[a-z]+$/.test(name) || value === undefined) throw new StartError(`Use: ${USAGE}`)
    form.set(name.slice(2), value)
  }
  return form
}
