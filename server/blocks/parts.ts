import type { Catalogue, Field, Party } from '../catalogue/index.js'
import type { Database, Trx } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/index.js'
import type { OperatorDigest, ThingKeys } from '../journal/index.js'
import type { Tell } from '../notices/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import { StepRefused } from './error.js'
import type { WriteAct } from './journal.js'
import type { BlockFacts, BlockRow, Deadline, ToldEvent } from './model.js'
import type { KnownOffice } from './routing.js'
import { isApplied } from './rules.js'
import { readEvents, type StoredEvent } from './store/events.js'

/** Names of blocks, which are told on the phone. */
export interface References {
  fresh(): string
  isOne(raw: string): boolean
}

/** What both sides of the room are made of. */
export interface BlockParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly random: Random
  readonly write: WriteAct
  readonly operatorDigest: OperatorDigest
  readonly keys: ThingKeys
  readonly references: References
  /** The day of an instant in Germany, `YYYY-MM-DD`. */
  readonly dayOf: (instant: Date) => string
  /** One month from the receipt at an office, with its working (GDPR Article 12 (3)). */
  readonly deadlineOf: (receivedAt: Date, office: Party) => Deadline
  /** Offices of the person's log, with what they hold. */
  readonly officesOf: (actor: ResidentActor) => Promise<readonly KnownOffice[]>
  /** The office that has to correct a field of the person, which restricts it as well. */
  readonly officeForField: (actor: ResidentActor, field: Field) => Promise<Party | undefined>
  /** Fields that offices hold of the person. */
  readonly fieldsHeld: (actor: ResidentActor) => Promise<readonly Field[]>
  readonly tell: Tell
}

/** The scope in which a resident writes own blocks. */
export function writing(actor: ResidentActor): Scope {
  return { ...residentScope(actor), readOnly: false }
}

/** The office of a row. */
export function officeOf({ catalogue }: Pick<BlockParts, 'catalogue'>, id: number): Party {
  const office = catalogue.parties.byId(id)
  if (office === undefined) throw new Error(`the catalogue has no office of the number ${id}`)
  return office
}

/** Where the words of an event stand among the texts of its block. */
export function placeOfAct(number: number): string {
  return `act/${number}`
}

/** Reads what belongs to a block, as far as the scope may see it. */
export async function factsOf(
  parts: Pick<BlockParts, 'catalogue' | 'keys' | 'deadlineOf'>,
  trx: Trx,
  block: BlockRow,
): Promise<BlockFacts> {
  const office = officeOf(parts, block.office ?? 0)
  const stored = await readEvents(trx, block.block)
  const events = stored.map((event) => told(parts, block, event))
  const words = events.find(({ event }) => event === 'filed')?.words
  const field = block.field === undefined ? undefined : parts.catalogue.fields.byId(block.field)
  const { formMetAt } = block
  const runs = isApplied(block.state) && formMetAt !== undefined
  return {
    ...{ block, office, events },
    isErased: block.caseKey === undefined,
    ...(runs ? { deadline: parts.deadlineOf(formMetAt, office) } : {}),
    ...(field === undefined ? {} : { field }),
    ...(words === undefined ? {} : { words }),
  }
}

function told(
  { catalogue, keys }: Pick<BlockParts, 'catalogue' | 'keys'>,
  { block, caseKey }: BlockRow,
  { content, office, unit, ...event }: StoredEvent,
): ToldEvent {
  const party = office === undefined ? undefined : catalogue.parties.byId(office)
  const kind = unit === undefined ? undefined : catalogue.units.byId(unit)
  const place = caseKey && { thing: block, key: caseKey, at: placeOfAct(event.number) }
  const words = place && content && keys.open(place, content)
  return {
    ...event,
    ...(party ? { office: party } : {}),
    ...(kind ? { unit: kind } : {}),
    ...(words === undefined ? {} : { words }),
  }
}

/** Words of an event, encrypted under the key of its block; nothing where none were written. */
export function sealedWords(
  { keys }: Pick<BlockParts, 'keys'>,
  { block, caseKey }: Pick<BlockRow, 'block' | 'caseKey'>,
  { number, words }: { readonly number: number; readonly words: string | undefined },
): Buffer | undefined {
  if (words === undefined) return undefined
  if (caseKey === undefined) throw new StepRefused('ERASED')
  return keys.seal({ thing: block, key: caseKey, at: placeOfAct(number) }, words)
}
