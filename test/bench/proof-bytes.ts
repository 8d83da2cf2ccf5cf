import { rounded, type Figure } from './figure.js'
import { ask, inFreshPlace, serverSettings, type Place } from './place.js'
import { makeSides } from './sides.js'

const BATCHES = 60
const SIZE = 1000
const SALT_BYTES = 32

/** What the ledger keeps for proofs, per event: tiles, entry bundles, checkpoints and the edge; salts stand in the rows. */
export const proofBytes: Figure = {
  name: 'proof_bytes_per_event',
  measure: () =>
    inFreshPlace(async (place) => {
      for (const step of await makeSides(place).ledger.ready(BATCHES, SIZE)) await step()
      const { leaves, onDisk, ...parts } = await stored(place)
      const perEvent = Object.fromEntries(
        Object.entries(parts).map(([part, bytes]) => [part, bytes / leaves]),
      )
      const all = Object.values(perEvent).reduce((sum, bytes) => sum + bytes, 0)
      return {
        unit: 'bytes',
        isRatio: false,
        rounds: [all],
        detail: {
          ...Object.fromEntries(
            Object.entries(perEvent).map(([part, bytes]) => [part, rounded(bytes)]),
          ),
          withSaltsOfTheRows: rounded(all + SALT_BYTES),
          ledgerTablesOnDisk: rounded(onDisk / leaves),
          ...{ leaves, batchSize: SIZE },
          ...(await serverSettings(place)),
        },
      }
    }),
}

interface Stored {
  readonly leaves: number
  readonly tiles: number
  readonly bundles: number
  readonly checkpoints: number
  readonly edge: number
  readonly onDisk: number
}

async function stored({ adminUrl }: Place): Promise<Stored> {
  const [found] = await ask<Stored>(
    adminUrl,
    `select size as leaves, octet_length(edge) + octet_length(bundle_edge) as edge,
      (select sum(octet_length(data)) from ledger.tile)::bigint as tiles,
      (select sum(octet_length(data)) from ledger.bundle)::bigint as bundles,
      (select sum(octet_length(note)) from ledger.checkpoint)::bigint as checkpoints,
      pg_total_relation_size('ledger.tile') + pg_total_relation_size('ledger.bundle')
        + pg_total_relation_size('ledger.checkpoint') as "onDisk"
    from ledger.head`,
  )
  if (found === undefined) throw new Error('the ledger has no head')
  return found
}
