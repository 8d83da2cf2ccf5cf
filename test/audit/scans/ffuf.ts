import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../../server/platform/root.js'
import { addressOf, type Address } from './addresses.js'
import { nameOf, type Finding, type Scan, type Who } from './finding.js'
import { runScanner } from './program.js'

/** Words of our own: what is often left lying about, and ways out of a folder. */
const WORDS = join(ROOT, 'test/audit/scans/words.txt')
/** Where the words are tried. */
const FOLDERS = ['/', '/en/', '/en/me/', '/de/staff/', '/assets/', '/api/', '/api/v1/', '/log/']
/** What an address of nobody is answered: not there, malformed, or the wrong method for one that is near. */
const NOTHING_THERE = [400, 404, 405, 414, 431]
const THREADS = 6
const SECONDS = 120

interface Hit {
  readonly status: number
  readonly url: string
}

/** Tries every word in every folder; what answers although no address of ours is there is a finding. */
export async function runFfuf(
  url: string,
  { who, addresses, folder }: { who: Who; addresses: readonly Address[]; folder: string },
): Promise<Scan> {
  const findings: Finding[] = []
  const unfinished: string[] = []
  for (const [number, place] of FOLDERS.entries()) {
    const out = join(folder, `ffuf-${number}.json`)
    const args = ['-w', WORDS, '-u', `${url}${place}FUZZ`, '-mc', 'all', '-t', String(THREADS)]
    const { isCut } = await runScanner(
      'ffuf',
      [...args, '-timeout', '10', '-o', out, '-of', 'json', '-s'],
      { folder, seconds: SECONDS },
    )
    if (isCut || !existsSync(out)) {
      unfinished.push(`ffuf as ${nameOf(who)} under ${place}`)
      continue
    }
    const { results } = JSON.parse(readFileSync(out, 'utf8')) as { results: Hit[] }
    findings.push(...results.flatMap((hit) => findingOf(hit, { url, who, addresses })))
  }
  return { findings, unfinished }
}

function findingOf(
  { status, url: asked }: Hit,
  { url, who, addresses }: { url: string; who: Who; addresses: readonly Address[] },
): Finding[] {
  const path = asked.slice(url.length)
  const isOurs = addressOf(addresses, 'GET', path) !== undefined
  if (status < 500 && (isOurs || NOTHING_THERE.includes(status))) return []
  const what = status < 500 ? `answered ${status}, and no address of ours is there` : `${status}`
  return [{ by: 'ffuf', as: nameOf(who), where: `GET ${path}`, what }]
}
