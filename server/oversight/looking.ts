import type { Look } from '../platform/http/route.js'
import type { OpenedAccess } from './service.js'

/** What the page of one access shows of the person: their log in this portal. */
const SHOWN = ['portal.access_log', 'portal.flags']

/** A look at what its person must not know of is kept from them, too. */
export function lookAt({ subject, caseRef, shown }: OpenedAccess): Look {
  return {
    subject,
    fields: SHOWN,
    ...(caseRef === undefined ? {} : { caseRef }),
    ...(shown === 'yes' ? {} : { secret: true }),
  }
}
