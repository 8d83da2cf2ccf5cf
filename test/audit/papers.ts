import type { Standard } from '../../server/platform/kernel/letter.js'
import { rounded } from '../bench/figure.js'
import { canRead, copied } from '../platform/pdf/reader.js'
import type { Audit } from './audit.js'
import { inDemonstration } from './papers/demonstration.js'
import { notMade, papersOf, type Paper } from './papers/gathered.js'
import { wrongWith } from './papers/judged.js'
import { measureMany } from './papers/many.js'
import { PERSON, writeProbes, type Written } from './papers/person.js'
import { hasPreflight, preflightOf } from './papers/preflight.js'
import { PROBES, stretchesOf, type Probe } from './papers/probes.js'

/** How often a probe was looked for, and in which papers it was not found. */
interface Sought {
  looked: number
  readonly missed: string[]
  /** In how many it was found in the order of the file, too, and in which it was not. */
  inFile: number
  readonly missedInFile: string[]
  /** How many stretches in letters of one script were looked for, and found. */
  stretches: number
  foundStretches: number
}

/** What is known of all papers of one standard. */
interface Known {
  readonly kinds: Record<string, number>
  readonly wrong: Record<string, string[]>
  readonly preflight: Record<string, number>
  validated: number
}

/** Every kind of paper in every language: what it is made of, what is copied out of it, and what Preflight says. */
export const papers: Audit = {
  name: 'papers',
  count: 10_000,
  run: async (count, only) => {
    if (!canRead) return { isSound: false, figures: { said: 'Install qpdf and poppler-utils.' } }
    return inDemonstration(async (serve) => {
      const app = await serve('PDF/A-2a')
      const written = await writeProbes(app)
      const sought = new Map<Probe, Sought>(PROBES.map((probe) => [probe, nothingSought()]))
      const made = await papersOf(app, only)
      const usual = judge('PDF/A-2a', made, (paper) => seek(paper, written, sought))
      const archival = judge('PDF/A-1b', await papersOf(await serve('PDF/A-1b'), only))
      const many = await measureMany(app, count)
      const probes = probeFigures(sought)
      const isSound =
        [usual, archival].every(({ wrong }) => Object.keys(wrong).length === 0) &&
        Object.keys(archival.preflight).length === 0 &&
        isCopiedWell(sought, probes)
      return {
        isSound,
        figures: {
          'PDF/A-2a': usual,
          'PDF/A-1b': archival,
          probes,
          many,
          notMade: notMade(app, made),
        },
      }
    })
  },
}

/**
 * In the order of the file every probe comes out of `pdftotext` at every place: that is ours to say. Without `-raw` the
 * program guesses for a whole page which way it runs and turns lines of the other way round at numbers, commas and other
 * scripts, which no file prevents: there the words hold, and the share of whole probes must not fall.
 */
function isCopiedWell(
  sought: ReadonlyMap<Probe, Sought>,
  { found, foundStretches }: ReturnType<typeof probeFigures>,
): boolean {
  const all = [...sought.values()]
  const isInFile = all.every(({ looked, inFile }) => looked > 0 && inFile === looked)
  return isInFile && found >= LEAST_FOUND && foundStretches >= LEAST_STRETCHES
}

const LEAST_FOUND = 0.7
const LEAST_STRETCHES = 0.9

/** Shares of the probes that were found wherever they stand, and of all places; the missed ones by name. */
function probeFigures(sought: ReadonlyMap<Probe, Sought>) {
  const sum = (of: (one: Sought) => number) =>
    [...sought.values()].reduce((total, one) => total + of(one), 0)
  const missedBy = (of: (one: Sought) => readonly string[]) =>
    Object.fromEntries(
      [...sought].flatMap(([{ name }, one]) => (of(one).length > 0 ? [[name, of(one)]] : [])),
    )
  const places = sum(({ looked }) => looked)
  const share = (missed: object) =>
    rounded((PROBES.length - Object.keys(missed).length) / PROBES.length)
  const [missed, missedInFile] = [
    missedBy((one) => one.missed),
    missedBy((one) => one.missedInFile),
  ]
  return {
    ...{ count: PROBES.length, places },
    inOrderOfFile: {
      foundEverywhere: share(missedInFile),
      found: rounded(sum(({ inFile }) => inFile) / places),
      missed: missedInFile,
    },
    // Without -raw.
    foundEverywhere: share(missed),
    found: rounded((places - sum((one) => one.missed.length)) / places),
    stretches: sum((one) => one.stretches),
    foundStretches: rounded(sum((one) => one.foundStretches) / sum((one) => one.stretches)),
    missed,
  }
}

function judge(
  standard: Standard,
  found: readonly Paper[],
  more: (paper: Paper) => void = () => undefined,
) {
  const known: Known = { kinds: {}, wrong: {}, preflight: {}, validated: 0 }
  const isHere = hasPreflight()
  tell(`${found.length} papers as ${standard}`)
  for (const paper of found) {
    const kind = `${paper.kind} ${paper.language}`
    known.kinds[kind] = (known.kinds[kind] ?? 0) + 1
    const wrong = wrongWith(paper.bytes, standard)
    if (wrong.length > 0) {
      known.wrong[`${paper.person} ${paper.address}`] = wrong
      tell(`${standard} ${paper.address}: ${wrong.join('; ')}`)
    }
    more(paper)
    if (standard !== 'PDF/A-1b' || !isHere) continue
    known.validated += 1
    for (const error of preflightOf(paper.bytes)) {
      known.preflight[error] = (known.preflight[error] ?? 0) + 1
      tell(`Preflight on ${paper.address}: ${error}`)
    }
  }
  const { validated, preflight, ...rest } = known
  if (standard !== 'PDF/A-1b') return { ...rest, preflight, validated: 'not validated' }
  return { ...rest, preflight, validated: isHere ? validated : 'not validated: no Preflight here' }
}

/** A probe stands in the whole report, and in the letters of its request; lines are broken anywhere. */
function seek(paper: Paper, written: Written, sought: ReadonlyMap<Probe, Sought>): void {
  if (paper.person !== PERSON) return
  const text = squeezed(copied(paper.bytes))
  const raw = squeezed(copied(paper.bytes, '-raw'))
  for (const probe of probesIn(paper, written)) {
    const one = sought.get(probe)
    if (one === undefined) continue
    one.looked += 1
    if (!text.includes(squeezed(probe.text))) one.missed.push(paper.address)
    if (raw.includes(squeezed(probe.text))) one.inFile += 1
    else one.missedInFile.push(paper.address)
    const stretches = stretchesOf(probe.text)
    one.stretches += stretches.length
    one.foundStretches += stretches.filter((own) => text.includes(squeezed(own))).length
  }
}

function probesIn({ kind, address }: Paper, written: Written): readonly Probe[] {
  if (/^reports\.copy-whole/.test(kind)) return PROBES
  const reference = /requests\/(\w{8})\//.exec(address)?.[1] ?? ''
  return written.get(`${kind} ${reference}`) ?? []
}

const nothingSought = (): Sought => ({
  ...{ looked: 0, missed: [], inFile: 0, missedInFile: [], stretches: 0, foundStretches: 0 },
})

const squeezed = (text: string) => text.normalize('NFC').replace(/\s+/g, '')

function tell(line: string): void {
  process.stderr.write(`papers: ${line}\n`)
}
