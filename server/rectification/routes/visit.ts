import type { Catalogue, Field, Party } from '../../catalogue/index.js'
import type { Actor, ResidentActor } from '../../identity/actor.js'
import { GERMAN } from '../../platform/http/languages.js'
import type { Answer, Exchange } from '../../platform/http/route.js'
import type { Translate } from '../../platform/http/texts.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { DrawLetter } from '../../platform/kernel/letter.js'
import type { EvidenceKeeping } from '../evidence.js'
import type { Counsellor } from '../pages/draft.js'
import type { WrittenNow } from '../pages/fields.js'
import type { Pen } from '../pages/pen.js'
import { parseReference } from '../reference.js'
import type { Rectification } from '../service.js'

/** What the resident's pages are made of. */
export interface RectificationPages {
  readonly rectification: Rectification
  readonly evidence: EvidenceKeeping
  readonly catalogue: Catalogue
  /** The German texts, which stand beside those of the reader. */
  readonly german: Translate
  /** Fields of one of the person's own accesses, by its leaf index. */
  readonly fieldsOfAccess: (actor: ResidentActor, index: number) => Promise<readonly Field[]>
  /** Fields that offices hold of the person. */
  readonly fieldsHeld: (actor: ResidentActor) => Promise<readonly Field[]>
  /**
   * What an office has written now of some fields, by field code; one that has no answer is absent. For one page,
   * and never kept (AZRG § 34 (6)).
   */
  readonly writtenNow: (
    actor: ResidentActor,
    office: Party,
    fields: readonly Field[],
  ) => Promise<WrittenNow>
  /** Who advises free of charge, in the reader's language; nobody who decides about the person. */
  readonly counselling: (t: Translate) => readonly Counsellor[]
  readonly draw: DrawLetter
}

type Visit = Exchange<Actor>

/** What pages are written with, for whoever reads them. */
export function penOf(
  { t, urls, language }: Pick<Visit, 't' | 'urls' | 'language'>,
  { catalogue, german }: Pick<RectificationPages, 'catalogue' | 'german'>,
): Pen {
  return {
    ...{ t, urls, language, texts: catalogue.texts(language.tag) },
    german: { t: german, texts: catalogue.texts(GERMAN.tag), language: GERMAN },
  }
}

/** The reference in an address; what is none and what is nobody's own look alike (NOT_FOUND). */
export function referenceOf({ params }: Pick<Visit, 'params'>): string {
  const reference = parseReference(params['reference'] ?? '')
  if (!reference.ok || reference.value !== params['reference']) throw new DomainError('NOT_FOUND')
  return reference.value
}

/** A page of this room. */
export function page(view: string, model: object, status = 200): Answer {
  return { kind: 'page', view: `rectification/${view}`, model, status }
}
