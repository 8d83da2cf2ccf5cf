import type { Actor } from '../../identity/actor.js'
import type { Exchange } from '../../platform/http/route.js'

/** What of an access decides it: who received something, and what does not fit. */
interface Access {
  readonly recipient: { readonly level: string }
  readonly flags: readonly { readonly rule: string }[]
}

/** What stands on the page of an access by which a private or foreign party got something, or that a block forbids. */
export function blockingFrom(): (
  exchange: Exchange<Actor>,
  access: Access,
) =>
  | {
      readonly title: string
      readonly links: readonly { readonly href: string; readonly text: string }[]
    }
  | undefined {
  return ({ t, urls }, { recipient, flags }) => {
    const isInSpite = flags.some(({ rule }) => rule === 'block.in_spite')
    const isOutside = recipient.level === 'non-state' || recipient.level === 'foreign'
    if (!isInSpite && !isOutside) return undefined
    const href = urls.to('blocks.list')
    return {
      title: t('blocks:link.title'),
      links: [{ href, text: t(isInSpite ? 'blocks:link.inSpite' : 'blocks:link.block') }],
    }
  }
}
