import type { Catalogue } from '../catalogue/index.js'
import { isStaff, type Actor, type FormKeeping, type Offices } from '../identity/index.js'
import { identityRoutes } from '../identity/routes.js'
import type { Tidings } from '../tidings/index.js'
import { inboxCard, TIDINGS_ENTRY, tidingsRoutes } from '../tidings/routes.js'

interface Workplace {
  readonly tidings: Tidings
  readonly keptForms: FormKeeping
  readonly offices: Offices
}

/** First pages of everybody, and the inbox of staff below theirs. */
export function workplaceRoutesOf(
  { tidings, keptForms, offices }: Workplace,
  words: {
    readonly catalogue: Catalogue
    readonly pagesOf: Parameters<typeof identityRoutes>[0]['pagesOf']
  },
) {
  return [
    ...identityRoutes({ ...words, keptForms, offices, inboxOf: inboxCard(tidings) }),
    ...tidingsRoutes(tidings),
  ]
}

/** What is new for a member of staff, beside the entry of the menu above their inbox. */
export function newsOf({ tidings }: Pick<Workplace, 'tidings'>) {
  return async (actor: Actor) =>
    isStaff(actor) ? { [TIDINGS_ENTRY]: await tidings.unread(actor) } : {}
}
