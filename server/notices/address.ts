import { ok, refuse, type Result } from '../platform/kernel/result.js'

/** Why a text is no address to which the portal would write; each has a sentence of its own. */
export type AddressFault = 'missing' | 'several' | 'control' | 'letters' | 'long' | 'form'

/** RFC 5321 section 4.5.3.1. */
const MOST = { whole: 254, local: 64, label: 63 }
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/
/** Line ends, other controls, and marks that turn text round: nothing of them is ever cut out silently. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const LATIN = /^[\x20-\x7e]*$/

/**
 * One plain address (RFC 5321 Mailbox without quotes, comments and address literals), or what is wrong with
 * it. Domains with other letters are wanted in their Latin form (xn--), because that is what is sent.
 */
export function addressOf(raw: string): Result<string, AddressFault> {
  const text = raw.replace(/^ +| +$/g, '')
  if (text === '') return refuse('missing')
  if (CONTROL.test(text)) return refuse('control')
  if (!LATIN.test(text)) return refuse('letters')
  if (/[,;]/.test(text) || (text.match(/@/g)?.length ?? 0) > 1) return refuse('several')
  const [local = '', domain = ''] = text.split('@')
  if (text.length > MOST.whole || local.length > MOST.local) return refuse('long')
  const labels = domain.split('.')
  const isDomain =
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label) && label.length <= MOST.label) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  return LOCAL.test(local) && isDomain ? ok(`${local}@${domain.toLowerCase()}`) : refuse('form')
}

/** An address as it is shown: enough for its owner to know it, too little for whoever looks over a shoulder. */
export function maskedAddress(address: string): string {
  const [local = '', domain = ''] = address.split('@')
  return `${local.slice(0, 1)}…@${domain}`
}
