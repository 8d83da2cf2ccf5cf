import type { Catalogue } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { sha256, type Ledger } from '../ledger/index.js'
import { bodyOfAct, type Doer, type Facts } from './body.js'
import type { ActRow } from './store.js'

export type { ActColumns, ActRow, StoredAct } from './store.js'

/** Keyed digest of who did one act, 32 bytes: another one each time, so that nobody can be followed. */
export type OperatorDigest = (act: {
  readonly staff: string
  /** The thing that it happened to. */
  readonly thing: string
  readonly number: number
}) => Buffer

/** What every journal is made of. */
export interface JournalParts {
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  readonly operatorDigest: OperatorDigest
}

/** Something that happened to a thing of a room. */
export interface Act<Event extends string = string> {
  /** Id of the thing: a consent, a block. */
  readonly thing: string
  readonly subject: string
  readonly event: Event
  readonly number: number
  readonly at: Date
  /** Retention class, and the first day on which the entry is gone. */
  readonly class: number
  readonly expiresOn: string
  /** Absent where the person did it, or the portal. */
  readonly desk?: Desk | undefined
  readonly byPortal?: boolean | undefined
  /** The supervisor, who is of no office, where one did it. */
  readonly supervisor?: string | undefined
  /** Codes alone; free text belongs into `content`. */
  readonly detail?: string | undefined
  /** Encrypted already. */
  readonly content?: Buffer | undefined
  readonly facts: Facts
}

/** The office that acted, and who for it; a program of an office is no member of staff. */
export interface Desk {
  readonly office: number
  readonly unit?: number | undefined
  readonly staff?: string | undefined
}

/** Commits an act in the transaction of the row that it changed, and gives the row to be inserted. */
export type Commit = (trx: Trx, act: Act) => Promise<ActRow>

/** The same for several acts at once, whose rows come in their order: the log is taken once, however many they are. */
export type CommitAll = (trx: Trx, acts: readonly Act[]) => Promise<readonly ActRow[]>

/** Makes the way in which the acts of one type become entries of the log. */
export function createCommit(type: string, parts: JournalParts): Commit {
  const commitAll = createCommitAll(type, parts)
  return async (trx, act) => first(await commitAll(trx, [act]))
}

/** Makes the same for acts that come together. */
export function createCommitAll(type: string, parts: JournalParts): CommitAll {
  const { ledger } = parts
  return async (trx, acts) => {
    const drafts = acts.map((act) => draftOf(type, act, parts))
    const prepared = ledger.prepare(drafts.map(({ entry }) => entry))
    const { indices } = await ledger.append(trx, prepared)
    return drafts.map(({ row }, at) => ({
      ...row,
      leaf_index: first(indices.slice(at, at + 1)),
      salt: first(prepared.salts.slice(at, at + 1)),
    }))
  }
}

/** An act as it will be committed, and its row but for what the log gives. */
function draftOf(type: string, act: Act, { catalogue, operatorDigest }: JournalParts) {
  const { desk, at, content, detail, event, number, subject, expiresOn } = act
  const by = doerOf(act)
  const staff = desk?.staff ?? act.supervisor
  const digest =
    staff === undefined ? undefined : operatorDigest({ staff, thing: act.thing, number })
  const body = bodyOfAct({
    ...{ type, event, number, by, expiresOn, detail, facts: act.facts },
    recordedAt: at.toISOString(),
    office: desk && catalogue.parties.byId(desk.office)?.code,
    unit: desk?.unit === undefined ? undefined : catalogue.units.byId(desk.unit)?.code,
    operatorDigest: digest,
    contentDigest: content && sha256(content),
  })
  return {
    entry: { class: act.class, subject, body },
    row: {
      ...{ class: act.class, expires_on: expiresOn, recorded_at: at, subject, number, by },
      ...{ kind: event, detail: detail ?? null, content: content ?? null },
      office: desk?.office ?? null,
      unit: desk?.unit ?? null,
      operator_digest: digest ?? null,
    },
  }
}

function doerOf({ desk, supervisor, byPortal }: Act): Doer {
  if (desk !== undefined) return 'office'
  if (supervisor !== undefined) return 'supervision'
  return byPortal === true ? 'portal' : 'resident'
}

function first<Item>(items: readonly Item[]): Item {
  const [item] = items
  if (item === undefined) throw new Error('the log gave no place for an entry')
  return item
}
