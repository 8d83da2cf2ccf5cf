import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import { GERMAN, languageOf } from '../../platform/http/languages.js'
import type { Exchange, Look } from '../../platform/http/route.js'
import type { Translate } from '../../platform/http/texts.js'
import type { DrawLetter } from '../../platform/kernel/letter.js'
import type { Casework } from '../casework.js'
import type { EvidenceKeeping } from '../evidence.js'
import { looksOf } from '../looks.js'
import type { Pen } from '../pages/pen.js'
import { penOf, referenceOf } from './visit.js'

/** What the pages of caseworkers are made of. */
export interface CaseworkPages {
  readonly casework: Casework
  readonly evidence: Pick<EvidenceKeeping, 'ofCase'>
  readonly catalogue: Catalogue
  readonly german: Translate
  /** Texts of the language of a person who reads another one than the member of staff. */
  readonly textsIn: (tag: string) => Translate
  readonly draw: DrawLetter
}

/** What is written for a person in their own language, German beside it. */
export function penFor(
  exchange: Exchange<Actor>,
  pages: Pick<CaseworkPages, 'catalogue' | 'german' | 'textsIn'>,
  tag: string,
): Pen {
  const language = languageOf(tag) ?? GERMAN
  return penOf({ ...exchange, language, t: pages.textsIn(language.tag) }, pages)
}

/** The looks that opening the case of an address is. */
export async function lookOf(
  exchange: Exchange<Actor>,
  { casework }: Pick<CaseworkPages, 'casework'>,
): Promise<readonly Look[]> {
  return looksOf(await casework.opening(staffOf(exchange.actor), referenceOf(exchange)))
}

/** The code of a kind of unit by its catalogue number. */
export function unitCodeOf({
  catalogue,
}: Pick<CaseworkPages, 'catalogue'>): (unit: number) => string | undefined {
  return (unit) => catalogue.units.byId(unit)?.code
}

/** The member of staff behind a request: the guard lets nobody else in. */
export function staffOf(actor: Actor): StaffActor {
  return actor as StaffActor
}
