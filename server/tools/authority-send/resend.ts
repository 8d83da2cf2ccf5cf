import { readLines } from './lines.js'
import type { Portal } from './portal.js'
import type { Progress, ProgressFile } from './state.js'
import { EXIT, Stop } from './stop.js'

/** What going back needs; the input is read once more from its beginning. */
export interface ResendParts {
  readonly portal: Pick<Portal, 'lastSeq'>
  readonly file: ProgressFile
  readonly input: AsyncIterable<Buffer>
  readonly url: string
  readonly stream: string
  readonly onNote: (sentence: string) => void
}

/**
 * After the portal was restored from a backup: sets the progress back to the last event of this input that
 * the portal still has, so that the delivery that follows sends the lost ones again. Refuses where it cannot
 * be known which they are.
 */
export async function setBack(parts: ResendParts): Promise<void> {
  const { portal, file, input, onNote } = parts
  const known = await file.load()
  // Another portal's count would set this progress back, and double what the right one has.
  if (known !== undefined && (known.url !== parts.url || known.stream !== parts.stream)) {
    throw new Stop(EXIT.usage, `The state file belongs to stream ${known.stream} at ${known.url}.`)
  }
  const lastSeq = await portal.lastSeq()
  if (known === undefined || lastSeq >= known.lastSeq) {
    onNote('The portal still has everything that this input delivered.')
    return
  }
  const lost = known.lastSeq - lastSeq
  expectOwnNumbers(known, lost)
  const kept = known.acknowledged - lost
  const digest = await digestAt(input, known, kept)
  const { url, stream, firstSeq } = known
  const first = kept === 0 || firstSeq === undefined ? {} : { firstSeq }
  await file.save({ url, stream, acknowledged: kept, lastSeq, digest, ...first })
  onNote(`The portal lost the last ${lost} events of this input: they are sent again.`)
}

/** Between this input's numbers there may be none of another, or the count would point at wrong events. */
function expectOwnNumbers({ acknowledged, lastSeq, firstSeq }: Progress, lost: number): void {
  if (firstSeq === undefined || lastSeq - firstSeq + 1 !== acknowledged) {
    throw new Stop(
      EXIT.usage,
      'The state file does not tell which events the lost numbers were, because others used the stream ' +
        'in between: ask the operator of the portal which events are lost.',
    )
  }
  if (lost > acknowledged) {
    throw new Stop(
      EXIT.usage,
      `The portal lost numbers below ${firstSeq} as well: send the inputs before this one again first.`,
    )
  }
}

/** The digest after `kept` events, once the whole of what was delivered has proved to be the same. */
async function digestAt(
  input: AsyncIterable<Buffer>,
  known: Progress,
  kept: number,
): Promise<string> {
  let count = 0
  let found = ''
  for await (const { digest } of readLines(input)) {
    count += 1
    if (count === kept) found = digest
    if (count < known.acknowledged) continue
    if (digest !== known.digest) break
    return found
  }
  throw new Stop(EXIT.usage, 'The input is not the one that was begun: restore it.')
}
