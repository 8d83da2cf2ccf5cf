import { sentenceOf } from './faults.js'
import { lineSource, nextBatch, type Line } from './lines.js'
import type { Beside, EventFault, Portal } from './portal.js'
import { EXIT, Stop } from './stop.js'

/** Payload bytes of a batch: base64url must stay below the portal's 1 MiB. */
const BATCH_BYTES = 750_000

/** Most emergencies that the portal takes at once. */
const MOST_EMERGENCIES = 100

/** What telling of appointments or emergencies needs. */
export interface TellingParts {
  readonly portal: Pick<Portal, 'tell'>
  readonly what: Beside
  /** Most of them in a batch. */
  readonly batch: number
  /** Told after each batch: how many of the input and which bytes are done. */
  readonly onProgress: (told: number, bytes: number) => void
}

/** Tells of every appointment, or every emergency, of an input, in its order; what the portal knows already changes nothing there. */
export async function tellAll(
  input: AsyncIterable<Buffer>,
  { portal, what, batch, onProgress }: TellingParts,
): Promise<{ readonly sent: number; readonly known: number }> {
  const lines = lineSource(input)
  const events = what === 'emergencies' ? Math.min(batch, MOST_EMERGENCIES) : batch
  const tally = { sent: 0, known: 0 }
  for (;;) {
    const next = await nextBatch(lines, { events, bytes: BATCH_BYTES })
    const last = next.at(-1)
    if (last === undefined) return tally
    const told = await portal.tell(
      what,
      next.map(({ event }) => event),
    )
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
