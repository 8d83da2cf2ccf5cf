import type { Trx } from '../database.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import { signCheckpoint } from './checkpoint.js'
import type { OutsideVerdict } from './keeping.js'
import { leafHashes } from './merkle.js'
import type { signerFromSeed } from './note-keys.js'
import { PADDING_STEP, paddingCount, paddingEntries } from './padding.js'
import { advance, lockHead } from './store.js'
import { extend } from './tiles.js'
import { encodeTypedEntry } from './typed-entries.js'

/** What a restored log goes on with. */
export interface ResumeParts {
  readonly signer: ReturnType<typeof signerFromSeed>
  readonly clock: Clock
  readonly random: Random
}

/**
 * Ends the read-only state after a restore: the first thing that the log says is what it lost (entry 0x07),
 * under a public checkpoint, which is returned. Restoring a backup must never equal silent erasure.
 */
export async function resumeLog(
  trx: Trx,
  { known, root }: Extract<OutsideVerdict, { state: 'behind' }>,
  { signer, clock, random }: ResumeParts,
): Promise<string> {
  const head = await lockHead(trx)
  const at = clock.now()
  const gap = encodeTypedEntry({
    type: 'gap',
    restoredSize: head.size,
    lostSize: known,
    lostRoot: root,
    at: at.getTime(),
  })
  const padding = (paddingCount(head.size) || PADDING_STEP) - 1
  const entries = [gap, ...paddingEntries(random, padding)]
  const grown = extend(head, entries, leafHashes(entries))
  const note = signCheckpoint(
    { origin: signer.name, size: grown.size, root: grown.root, extensions: [] },
    [signer],
  )
  await advance(trx, head.size, { grown, note, at, isPublic: true })
  return note
}
