import type { Catalogue } from '../../catalogue/index.js'
import type { Actor } from '../../identity/actor.js'
import type { Exchange } from '../../platform/http/route.js'
import type { FigurePen } from '../pages/pen.js'

/** What the pages of this room are written with, for whoever reads them. */
export function penOf(
  { language, t, urls }: Pick<Exchange<Actor>, 'language' | 't' | 'urls'>,
  catalogue: Catalogue,
): FigurePen {
  const { tag, direction } = language
  return { texts: catalogue.texts(tag), t, direction, to: (name, parts) => urls.to(name, parts) }
}
