import { isUuid } from '../platform/kernel/ids.js'

/** Behind which tiding a page of the list begins; what cannot be read counts as the beginning. */
export function readAfter(query: URLSearchParams): string | undefined {
  return readTiding(query.get('after'))
}

/** Up to which tiding the page was read; nothing where the form is none of ours. */
export function readUpTo(form: URLSearchParams): string | undefined {
  return readTiding(form.get('until'))
}

function readTiding(raw: string | null): string | undefined {
  return raw !== null && isUuid(raw) ? raw : undefined
}
