import type { Walker } from '../rectification/journey.js'

/** A draft of a block, and a block that was applied for before. */
export interface Applied {
  readonly draft: string
  readonly reference: string
}

/** Applies for a block page by page, and begins another one. */
export async function applyTwice({ open, send }: Walker, office: string): Promise<Applied> {
  const begin = async () => {
    await open('/de/me/blocks')
    const { to } = await send('/de/me/blocks', { kind: 'transmission' })
    return /drafts\/([0-9a-f-]{36})/.exec(to)?.[1] ?? ''
  }
  const at = `/de/me/blocks/drafts/${await begin()}`
  await send(`${at}/grounds`, { grounds: 'life' })
  await send(`${at}/office`, { office })
  const { to } = await send(`${at}/check/file`)
  return { draft: await begin(), reference: to.split('/').at(-1) ?? '' }
}
