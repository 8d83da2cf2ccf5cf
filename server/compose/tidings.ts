import type { Catalogue } from '../catalogue/index.js'
import { isStaff, type Actor, type FormKeeping, type Offices } from '../identity/index.js'
import { identityRoutes } from '../identity/routes.js'
import type { Language } from '../platform/http/languages.js'
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
    ...identityRoutes({ ...words, keptForms, offices, inboxOf: inboxCard }),
    ...tidingsRoutes(tidings),
  ]
}

/** What is new for a member of staff, beside the entry of the menu above their inbox. */
export function newsOf({ tidings }: Pick<Workplace, 'tidings'>) {
  return async (actor: Actor) =>
    isStaff(actor) ? { [TIDINGS_ENTRY]: await tidings.unread(actor) } : {}
}

/** The name of the office for which a member of staff acts: officers of several have one at a time. */
export function officeOf(catalogue: Pick<Catalogue, 'parties' | 'texts'>) {
  return (actor: Actor, { tag }: Pick<Language, 'tag'>) => {
    if (!isStaff(actor) || actor.office === undefined) return undefined
    const party = catalogue.parties.byId(actor.office)
    return party === undefined ? undefined : catalogue.texts(tag).party(party.code).name
  }
}
