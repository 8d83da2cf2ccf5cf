import type { Look } from '../platform/http/route.js'
import type { Opening } from './casework.js'

/** What opening a case shows of a person: their request, which the portal keeps. */
const SHOWN = ['portal.request']

/** The looks that opening a case is; nothing is shown of a colleague's case before a reason is given. */
export function looksOf(opening: Opening): readonly Look[] {
  if (opening.kind === 'reason') return []
  return [{ subject: opening.subject, fields: SHOWN, caseRef: opening.reference }]
}
