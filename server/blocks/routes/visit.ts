import type { Catalogue } from '../../catalogue/index.js'
import type { Actor } from '../../identity/actor.js'
import { GERMAN } from '../../platform/http/languages.js'
import type { Answer, Exchange } from '../../platform/http/route.js'
import type { Translate } from '../../platform/http/texts.js'
import type { DrawLetter } from '../../platform/kernel/letter.js'
import type { BlockDesk, Blocks } from '../index.js'
import type { Pen } from '../pages/pen.js'

/** What the pages of this room are made of. */
export interface BlockPages {
  readonly blocks: Blocks
  readonly desk: BlockDesk
  readonly catalogue: Catalogue
  /** The German texts, in which applications are filed. */
  readonly german: Translate
  /** The day of an instant in Germany, `YYYY-MM-DD`. */
  readonly dayOf: (instant: Date) => string
  /** Draws a letter as tagged PDF; handed in, because pages make no documents. */
  readonly draw: DrawLetter
}

/** What pages are written with, for whoever reads them. */
export function penOf(
  { t, urls, language }: Pick<Exchange<Actor>, 't' | 'urls' | 'language'>,
  { catalogue, german }: Pick<BlockPages, 'catalogue' | 'german'>,
): Pen {
  return {
    ...{ t, urls, language, catalogue, texts: catalogue.texts(language.tag) },
    german: { t: german, texts: catalogue.texts(GERMAN.tag), language: GERMAN },
  }
}

/** The reference in an address. */
export function referenceOf({ params }: Pick<Exchange<Actor>, 'params'>): string {
  return params['reference'] ?? ''
}

/** A page of this room. */
export function page(view: string, model: object, status = 200): Answer {
  return { kind: 'page', view: `blocks/${view}`, model, status }
}

/** The status of a page that says what was wrong. */
export function statusOf(parts: { errors: readonly unknown[]; refused: string }): number {
  if (parts.refused !== '') return 409
  return parts.errors.length > 0 ? 400 : 200
}
