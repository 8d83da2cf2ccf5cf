import type { Catalogue } from '../../catalogue/index.js'
import type { Actor } from '../../identity/actor.js'
import { GERMAN } from '../../platform/http/languages.js'
import type { Answer, Exchange } from '../../platform/http/route.js'
import type { Translate } from '../../platform/http/texts.js'
import type { InquiryDesk, Inquiries } from '../index.js'
import type { Pen } from '../pages/pen.js'

/** What the pages of this room are made of. */
export interface InquiryPages {
  readonly inquiries: Inquiries
  readonly desk: InquiryDesk
  readonly catalogue: Catalogue
  /** The German texts, in which letters are written. */
  readonly german: Translate
  /** The day of an instant in Germany, `YYYY-MM-DD`. */
  readonly dayOf: (instant: Date) => string
}

/** What pages are written with, for whoever reads them. */
export function penOf(
  { t, urls, language }: Pick<Exchange<Actor>, 't' | 'urls' | 'language'>,
  { catalogue, german }: Pick<InquiryPages, 'catalogue' | 'german'>,
): Pen {
  return {
    ...{ t, urls, language, texts: catalogue.texts(language.tag) },
    german: { t: german, texts: catalogue.texts(GERMAN.tag), language: GERMAN },
  }
}

/** A page of this room. */
export function page(view: string, model: object, status = 200): Answer {
  return { kind: 'page', view: `inquiries/${view}`, model, status }
}

/** The status of a page that says what was wrong. */
export function statusOf(parts: { errors: readonly unknown[]; refused: string }): number {
  if (parts.refused !== '') return 409
  return parts.errors.length > 0 ? 400 : 200
}
