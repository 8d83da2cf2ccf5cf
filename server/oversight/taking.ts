import type { Catalogue } from '../catalogue/index.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { Look } from '../platform/http/route.js'
import type { ExplorerParts, LogState } from './explorer.js'
import { filterOf, type Chosen } from './filter.js'
import { listed, type OfficeAccess } from './service.js'
import {
  readIsOfficer,
  readOfficeAccess,
  readPersons,
  type Asked,
  type PersonRow,
} from './store/entries.js'
import { utcDay } from '../platform/kernel/days.js'

/** What taking accesses out of the portal is made of. */
export interface TakingParts extends Pick<ExplorerParts, 'inTransaction'> {
  readonly catalogue: Catalogue
  /** Writes looks into the logs of their persons; throws where it cannot. */
  readonly recordLook: (actor: StaffActor, looks: readonly Look[]) => Promise<void>
}

/** An access that is taken out, and the first day on which its entry is gone. */
export interface TakenAccess extends OfficeAccess {
  readonly expiresOn: string
}

/** Accesses as the log stood at a checkpoint, with the flags of then. */
export interface Standing {
  readonly chosen: Chosen
  readonly state: LogState
  /** Leaf index of an access: those of its person alone. */
  readonly personOf?: number
}

/** Takes the accesses of an office into a file, which names no person. */
export interface Taking {
  /** Everything that was chosen, however much; looks from the leaf index `lookedBelow` on are recorded already. */
  recorded(
    actor: StaffActor,
    standing: Standing & { readonly lookedBelow?: number },
  ): AsyncIterable<readonly TakenAccess[]>
  /** The same again, once it was recorded. */
  again(actor: StaffActor, standing: Standing): AsyncIterable<readonly TakenAccess[]>
  /** Whether the actor is the officer of the office by now: who is not would get less, and not know it. */
  isOfficer(actor: StaffActor): Promise<boolean>
  /** Whether the access that says whose accesses are taken is still there. */
  isThere(actor: StaffActor, standing: Standing): Promise<boolean>
}

const STRETCH = 500
/** Leaves of the log that are looked through by one query. */
const WIDTH = 131_072

/** What a file shows of a person: their log in this portal. */
const FIELDS = ['portal.access_log', 'portal.flags']

/** Makes taking. */
export function createTaking(parts: TakingParts): Taking {
  const { catalogue, inTransaction } = parts
  const askedOf = ({ chosen, state, personOf }: Standing): Asked => ({
    ...(personOf === undefined ? {} : { personOf }),
    filter: filterOf(chosen, catalogue),
    window: { bottom: 0, top: state.size },
    today: utcDay(state.at),
    asOf: state,
  })
  return {
    recorded: (actor, standing) =>
      recorded(parts, actor, { ...askedOf(standing), lookedBelow: standing.lookedBelow }),
    again: async function* (actor, standing) {
      for await (const rows of stretchesOf(parts, actor, askedOf(standing))) {
        yield rows.map((row) => takenOf(row, catalogue))
      }
    },
    isThere: async (actor, { personOf, state }) => {
      if (personOf === undefined) return true
      const row = await inTransaction(reportingScope(actor), (trx) =>
        readOfficeAccess(trx, personOf, utcDay(state.at)),
      )
      return row !== undefined
    },
    isOfficer: (actor) => inTransaction(reportingScope(actor), readIsOfficer),
  }
}

const takenOf = (row: PersonRow, catalogue: Catalogue): TakenAccess => ({
  ...listed(row, catalogue),
  expiresOn: row.expiresOn,
})

/** The accesses, each stretch only when the look at its persons is written. */
async function* recorded(
  parts: TakingParts,
  actor: StaffActor,
  { lookedBelow = Infinity, ...asked }: Asked & { readonly lookedBelow?: number | undefined },
): AsyncGenerator<readonly TakenAccess[]> {
  const known: Known = { open: new Set(), sealed: new Set() }
  for await (const rows of stretchesOf(parts, actor, asked)) {
    looksOf(
      rows.filter(({ index }) => index >= lookedBelow),
      known,
    )
    const looks = looksOf(rows, known)
    if (looks.length > 0) await parts.recordLook(actor, looks)
    yield rows.map((row) => takenOf(row, parts.catalogue))
  }
}

/** Whose looks are recorded: those that their persons see, and those that are withheld with what they looked at. */
interface Known {
  readonly open: Set<string>
  readonly sealed: Set<string>
}

/** The looks at persons who were not there before; they are from now on. */
function looksOf(rows: readonly PersonRow[], { open, sealed }: Known): readonly Look[] {
  const seen = rows.filter(({ shown }) => shown === 'yes')
  const kept = rows.filter(({ shown }) => shown !== 'yes')
  return [...newOf(seen, open).map(lookAt), ...newOf(kept, sealed).map(secretLookAt)]
}

/** The persons of some rows who were not there before; they are from now on. */
function newOf(rows: readonly PersonRow[], known: Set<string>): readonly string[] {
  const fresh = [...new Set(rows.map(({ subject }) => subject))].filter((one) => !known.has(one))
  for (const subject of fresh) known.add(subject)
  return fresh
}

const lookAt = (subject: string): Look => ({ subject, fields: FIELDS })
/** Whoever must not know of an access must not know that it was taken out. */
const secretLookAt = (subject: string): Look => ({ subject, fields: FIELDS, secret: true })

/** Accesses with the keyed persons, newest first, in stretches: memory holds one, however many there are. */
export async function* stretchesOf(
  { inTransaction }: Pick<ExplorerParts, 'inTransaction'>,
  actor: StaffActor,
  asked: Asked,
): AsyncGenerator<readonly PersonRow[]> {
  for (let top = asked.window.top ?? 0; top > 0;) {
    const bottom = Math.max(0, top - WIDTH)
    const window = { bottom, top }
    const rows = await inTransaction(reportingScope(actor), (trx) =>
      readPersons(trx, { ...asked, window }, STRETCH),
    )
    if (rows.length > 0) yield rows
    top = rows.length === STRETCH ? (rows.at(-1)?.index ?? 0) : bottom
  }
}
