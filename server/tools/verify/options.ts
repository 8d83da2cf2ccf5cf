import { parseArgs } from 'node:util'
import { EXIT, Stop } from './stop.js'

/** What is to be checked. */
export interface VerifyOptions {
  /** Without a slash at the end. */
  readonly url: string
  readonly vkey: string | undefined
  readonly olderFile: string | undefined
  readonly saveFile: string | undefined
}

export const HELP = `Checks a Mirat log as an outsider does, through its public addresses alone.

  npm run ledger:verify -- --public [options]

Reads every entry and every tile, hashes the entries anew, and compares all tiles and the root with
what comes out and with what the log signed. It shares no code with the portal.

  --url URL                 address of the portal (http://localhost:3000)
  --vkey KEY                the log's verifier key, name+id+key, as you got it from somebody else;
                            without it the key is taken from the log itself
  --older-checkpoint FILE   a checkpoint that you kept: the log must be its continuation
  --save FILE               keep the checkpoint, when all is well, for the next time; may be the same

Exit codes: 0 the log is whole; 1 it is not, each fault is named; 2 it could not be checked: wrong
arguments, a file that cannot be used, or a portal that cannot be reached.
`

const OPTIONS = {
  url: { type: 'string', default: 'http://localhost:3000' },
  vkey: { type: 'string' },
  'older-checkpoint': { type: 'string' },
  save: { type: 'string' },
} as const

/** Reads the arguments; throws a Stop that says what is wrong with them. */
export function parseOptions(args: readonly string[]): VerifyOptions {
  const values = parsed(args)
  return {
    url: addressOf(values.url),
    vkey: values.vkey,
    olderFile: values['older-checkpoint'],
    saveFile: values.save,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values
  } catch (error) {
    throw usage((error as Error).message)
  }
}

function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw usage('--url must be an address such as https://mirat.example.')
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function usage(sentence: string): Stop {
  return new Stop(EXIT.unchecked, `${sentence} See --help.`)
}
