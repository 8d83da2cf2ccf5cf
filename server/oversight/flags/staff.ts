import { germanDay } from '../../platform/kernel/days.js'
import type { ActorDay } from '../store/acting.js'
import type { WatchedAccess } from './access.js'
import { isFarOut, rounded } from './days.js'
import type { Judged } from './judgement.js'
import { repeatedLooks } from './repeats.js'
import { peerBox } from './robust.js'
import { flagRule, LEAST_STAFF_VOLUME, type Finding } from './rules.js'

/** The looks with which one member of staff has looked one person up too often, each with how often. */
export function repeatedByActor(looks: readonly WatchedAccess[]): ReadonlyMap<number, number> {
  const { threshold = Infinity } = flagRule('staff_repeated')
  const byActor = new Map<string, WatchedAccess[]>()
  for (const look of looks) {
    if (look.actor === undefined) continue
    const own = byActor.get(look.actor)
    if (own) own.push(look)
    else byActor.set(look.actor, [look])
  }
  return new Map([...byActor.values()].flatMap((own) => [...repeatedLooks(own, threshold)]))
}

/** Counts accesses by hand by unit, day and whoever acted on that day; what is withheld is in no count. */
export function actorDays(
  judged: readonly Judged[],
  onDay: (actor: string, day: string) => string,
): readonly ActorDay[] {
  const all = new Map<string, ActorDay>()
  for (const { access, explanation } of judged) {
    const { actor: handle, unit, isSealed, isManual } = access
    if (handle === undefined || isSealed || !isManual) continue
    const day = germanDay(access.occurredAt)
    const actor = onDay(handle, day)
    const key = `${day}/${unit}/${actor}`
    const more = explanation === undefined ? 1 : 0
    const place = { lastLeaf: access.index, lastExpiresOn: access.expiresOn }
    const known = all.get(key) ?? { unit, day, actor, unexplained: 0, ...place }
    const isLater = more > 0 || known.unexplained === 0
    const unexplained = known.unexplained + more
    all.set(key, { ...known, unexplained, ...(isLater ? place : {}) })
  }
  return [...all.values()]
}

/** Members of staff of an office with far more unexplained accesses on a day than at least ten others of such units. */
export function staffVolumeFindings(
  day: string,
  actors: readonly (ActorDay & { readonly office: number })[],
  office: number,
): readonly Finding[] {
  const { weight, threshold } = flagRule('staff_volume')
  return actors.flatMap((one) => {
    if (one.office !== office || one.unexplained < LEAST_STAFF_VOLUME) return []
    const others = actors.filter((other) => other !== one && other.unit === one.unit)
    const box = peerBox(
      one.unexplained,
      others.map(({ unexplained }) => unexplained),
    )
    if (box === undefined || !isFarOut(box, threshold)) return []
    const { lastLeaf: index, lastExpiresOn: expiresOn, unit, actor } = one
    const evidence = { day, unit, box: rounded(box) }
    const by = { actor, day }
    return [{ index, expiresOn, isSealed: false, rule: 'staff_volume', weight, evidence, by }]
  })
}
