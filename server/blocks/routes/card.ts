import type { Actor } from '../../identity/actor.js'
import type { Exchange } from '../../platform/http/route.js'
import { dayName } from '../pages/pen.js'
import { isApplied, isInForce } from '../rules.js'
import { residentOf } from '../visit.js'
import type { BlockPages } from './visit.js'

/** An answer on the first screen: a hearing that waits for the person, else what is blocked or applied for. */
export function blockCard({
  blocks,
}: Pick<BlockPages, 'blocks'>): (
  exchange: Exchange<Actor>,
) => Promise<{ icon: string; text: string; remark: string; href: string } | undefined> {
  return async ({ actor, t, urls, language }) => {
    const resident = residentOf(actor)
    if (resident.assurance === 'letter') return undefined
    const all = (await blocks.list(resident)).map(({ block }) => block)
    const asked = all.find(({ state }) => state === 'hearing')
    if (asked?.hearingUntil !== undefined) {
      return {
        icon: 'question',
        text: t('blocks:home.hearing'),
        remark: t('blocks:home.until', { day: dayName({ language }, asked.hearingUntil) }),
        href: urls.to('blocks.block', { reference: asked.reference }),
      }
    }
    const standing = all.filter(({ state }) => isInForce(state) || isApplied(state))
    if (standing.length === 0) return undefined
    const force = all.filter(({ state }) => isInForce(state)).length
    return {
      icon: 'stop',
      text: t('blocks:home.standing', { count: standing.length }),
      remark: t('blocks:home.force', { count: force }),
      href: urls.to('blocks.list'),
    }
  }
}
