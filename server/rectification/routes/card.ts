import type { Actor } from '../../identity/actor.js'
import type { Exchange } from '../../platform/http/route.js'
import type { Rectification } from '../service.js'
import { isOpen } from '../rules.js'
import { residentOf } from '../visit.js'
import { dayName } from '../pages/pen.js'

/** An answer on the first screen: how many requests are open, and when the next answer is due. */
export function requestCard({
  rectification,
}: {
  readonly rectification: Pick<Rectification, 'requests'>
}): (
  exchange: Exchange<Actor>,
) => Promise<{ icon: string; text: string; remark: string; href: string } | undefined> {
  return async ({ actor, t, urls, language }) => {
    const resident = residentOf(actor)
    if (resident.assurance === 'letter') return undefined
    const all = await rectification.requests(resident)
    const open = all.filter(({ request }) => isOpen(request.state))
    if (open.length === 0) return undefined
    const due = open.flatMap(({ request }) => request.dueOn ?? []).sort()[0]
    const isAsked = open.some(({ request }) => request.state === 'question')
    const remark =
      due === undefined
        ? t('rectification:home.waits')
        : t('rectification:home.due', { day: dayName({ language }, due) })
    return {
      icon: isAsked ? 'question' : 'pencil',
      text: t('rectification:home.open', { count: open.length }),
      remark: isAsked ? t('rectification:home.question') : remark,
      href: urls.to('rectification.requests'),
    }
  }
}
