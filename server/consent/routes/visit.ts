import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, ResidentActor } from '../../identity/actor.js'
import type { Answer, Exchange } from '../../platform/http/route.js'
import type { Consents } from '../service.js'
import type { Held } from '../pages/permissions.js'
import type { Pen } from '../pages/pen.js'

/** What the resident's pages of this room are made of. */
export interface ConsentPages {
  readonly consents: Consents
  readonly catalogue: Catalogue
  /** What offices hold of the person now, and why; derived from visible entries. */
  readonly heldOf: (actor: ResidentActor) => Promise<readonly Held[]>
}

/** What pages are written with, for whoever reads them. */
export function penOf(
  { t, urls, language }: Pick<Exchange<Actor>, 't' | 'urls' | 'language'>,
  { catalogue }: Pick<ConsentPages, 'catalogue'>,
): Pen {
  return { t, urls, language, texts: catalogue.texts(language.tag) }
}

/** A page of this room. */
export function page(view: string, model: object, status = 200): Answer {
  return { kind: 'page', view: `consent/${view}`, model, status }
}
