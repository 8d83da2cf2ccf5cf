import { sentenceOf } from './faults.js'
import { lineSource, nextBatch, type Line } from './lines.js'
import type { EventFault, Portal } from './portal.js'
import { EXIT, Stop } from './stop.js'

/** Payload bytes of a batch: base64url must stay below the portal's 1 MiB. */
const BATCH_BYTES = 750_000

/** What telling of appointments needs. */
export interface TellingParts {
  readonly portal: Pick<Portal, 'tell'>
  /** Most appointments in a batch. */
  readonly batch: number
  /** Told after each batch: appointments of the input and bytes that are done. */
  readonly onProgress: (appointments: number, bytes: number) => void
}

/** Tells of every appointment of an input, in its order; what the portal knows already changes nothing there. */
export async function tellAll(
  input: AsyncIterable<Buffer>,
  { portal, batch, onProgress }: TellingParts,
): Promise<{ readonly sent: number; readonly known: number }> {
  const lines = lineSource(input)
  const tally = { sent: 0, known: 0 }
  for (;;) {
    const next = await nextBatch(lines, { events: batch, bytes: BATCH_BYTES })
    const last = next.at(-1)
    if (last === undefined) return tally
    const told = await portal.tell(next.map(({ event }) => event))
    if (told.kind === 'refused') throw refused(told.errors, next)
    tally.sent += told.recorded
    tally.known += told.known
    onProgress(tally.sent + tally.known, last.end)
  }
}

function refused(errors: readonly EventFault[], batch: readonly Line[]): Stop {
  const sentences = errors.map(({ seq, field, code }) => {
    const line = batch[seq - 1]?.number
    return `${line === undefined ? 'The batch' : `Line ${line}`}: ${sentenceOf(field, code)}`
  })
  return new Stop(EXIT.refused, sentences.join('\n'))
}
