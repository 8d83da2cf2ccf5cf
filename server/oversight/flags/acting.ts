import type { Trx } from '../../database.js'
import { germanDay } from '../../platform/kernel/days.js'
import { readActing, type ConcernedRow } from '../store/acting.js'
import { PORTAL_REF } from '../wishes.js'
import type { WatchedAccess } from './access.js'
import type { Finding } from './rules.js'

/** What telling actors apart is made of; the key stays where it is. */
export interface ActingParts {
  /** Opens the encrypted pseudonym of an entry. */
  readonly openRef: (entry: number, sealed: Buffer) => string
  /** A keyed hash, 32 bytes. */
  readonly hash: (text: string) => Buffer
}

/**
 * Actors as rules may know them: handles that are other ones in each quarter and office, in memory alone. Who it is
 * says unmasking and nothing else.
 */
export interface Acting {
  /** Accesses with the handle of whoever acted, where a service agreement covers them. */
  withActors(
    trx: Trx,
    office: number,
    accesses: readonly WatchedAccess[],
  ): Promise<readonly WatchedAccess[]>
  /** The handle for one day, under which counts of the day stand. */
  onDay(actor: string, day: string): string
  /** What is noted beside a finding about an actor. */
  concerned(finding: Finding & { readonly by: ActorOnDay }): ConcernedRow
  /** Tells whether findings are about the member of staff, as far as they looked through this portal. */
  isAbout(member: {
    readonly office: number
    readonly staff: string
  }): (row: ConcernedRow) => boolean
  /** The pseudonym of a member of staff who looks through this portal: another one in each quarter. */
  refOf(staff: string, at: Date): string
  /** The same by the quarter, `2026-4`. */
  refIn(staff: string, quarter: string): string
}

/** An actor on one day. */
export interface ActorOnDay {
  readonly actor: string
  readonly day: string
}

/** The quarter of a day, `2026-4`. */
export function quarterOf(day: string): string {
  return `${day.slice(0, 4)}-${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}

/** Makes it over the operator key. */
export function createActing({ openRef, hash }: ActingParts): Acting {
  const text = (...parts: readonly (string | number)[]) =>
    hash(['mirat', ...parts].join('\0')).toString('base64url')
  const handleOf = (office: number, quarter: string, ref: string) =>
    text('actor/v1', office, quarter, ref)
  const onDay = (actor: string, day: string) => text('actor-day/v1', day, actor)
  const refIn = (staff: string, quarter: string) =>
    `${PORTAL_REF}${text('portal-operator/v1', quarter, staff).slice(0, 16)}`
  const markOf = ({ rule, index }: Pick<ConcernedRow, 'rule' | 'index'>, actorOfDay: string) =>
    hash(['mirat', 'concerned/v1', rule, index, actorOfDay].join('\0'))
  return {
    onDay,
    refIn,
    refOf: (staff, at) => refIn(staff, quarterOf(germanDay(at))),
    withActors: async (trx, office, accesses) => {
      const wanted = accesses.filter(({ isManual, isSealed }) => isManual && !isSealed)
      if (wanted.length === 0) return accesses
      const rows = await readActing(
        trx,
        wanted.map(({ index }) => index),
      )
      const refs = new Map(
        rows.map(({ index, refIndex, ref }) => [index, openRef(refIndex, ref)] as const),
      )
      return accesses.map((access) => {
        const ref = refs.get(access.index)
        const quarter = quarterOf(germanDay(access.occurredAt))
        return ref === undefined ? access : { ...access, actor: handleOf(office, quarter, ref) }
      })
    },
    concerned: ({ index, rule, by }) => ({
      ...{ index, rule, day: by.day },
      mark: markOf({ rule, index }, by.actor),
    }),
    isAbout: ({ office, staff }) => {
      const days = new Map<string, string>()
      const ofDay = (day: string) => {
        const quarter = quarterOf(day)
        const found = days.get(day) ?? onDay(handleOf(office, quarter, refIn(staff, quarter)), day)
        days.set(day, found)
        return found
      }
      return (row) => markOf(row, ofDay(row.day)).equals(row.mark)
    },
  }
}
