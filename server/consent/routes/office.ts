import type { Catalogue, Party } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import { LANGUAGES, type Language } from '../../platform/http/languages.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { Translate } from '../../platform/http/texts.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { DrawLetter } from '../../platform/kernel/letter.js'
import type { WantedAsk } from '../forms/desk.js'
import type { ConsentDesk, Templating } from '../index.js'
import type { References } from '../parts.js'
import type { DeskPen, Tongue } from '../pages/tongue.js'
import type { Surroundings } from '../pages/templates.js'

/** What the pages of an office are made of. */
export interface OfficePages {
  readonly desk: ConsentDesk
  readonly templating: Templating
  readonly catalogue: Catalogue
  readonly references: Pick<References, 'isOne'> & {
    /** The reference that somebody typed, or nothing where it cannot be one. */
    typed(raw: string): string | undefined
  }
  /** The texts of a language. */
  readonly textsIn: (tag: string) => Translate
  /** The keyed subject of a number, or nothing where it cannot be one; the number is kept nowhere. */
  readonly subjectOf: (number: WantedAsk['number']) => string | undefined
  /** The day of an instant in Germany, `YYYY-MM-DD`. */
  readonly dayOf: (instant: Date) => string
  readonly draw: DrawLetter
}

export type Visit = Exchange<Actor>
export type Step = (exchange: Visit, pages: OfficePages) => Promise<Answer>

/** What pages are written with, for whoever reads them. */
export function penOf(
  { t, urls, language }: Pick<Visit, 't' | 'urls' | 'language'>,
  pages: Pick<OfficePages, 'catalogue' | 'textsIn'>,
): DeskPen {
  const tongues = LANGUAGES.map((one) => tongueOf(one, pages))
  return { ...{ t, urls, language, tongues }, texts: pages.catalogue.texts(language.tag) }
}

/** What a language says things with. */
export function tongueOf(
  language: Language,
  { catalogue, textsIn }: Pick<OfficePages, 'catalogue' | 'textsIn'>,
): Tongue {
  return { language, t: textsIn(language.tag), texts: catalogue.texts(language.tag) }
}

/** The member of staff behind a request: the guard lets nobody else in. */
export function staffOf({ actor }: Pick<Visit, 'actor'>): StaffActor {
  return actor as StaffActor
}

/** The own office; whoever has none has nothing to ask (NOT_FOUND). */
export function officeOf(exchange: Visit, { catalogue }: Pick<OfficePages, 'catalogue'>): Party {
  const office = catalogue.parties.byId(staffOf(exchange).office ?? 0)
  if (office === undefined) throw new DomainError('NOT_FOUND')
  return office
}

/** What the catalogue and the own office bring to a page. */
export function around(exchange: Visit, pages: OfficePages): Surroundings {
  return { office: officeOf(exchange, pages), catalogue: pages.catalogue }
}

/** The reference in an address; what is none and what is another's look alike (NOT_FOUND). */
export function referenceOf({ params }: Visit, { references }: OfficePages): string {
  const reference = params['consent'] ?? ''
  if (!references.isOne(reference)) throw new DomainError('NOT_FOUND')
  return reference
}

/** A page of this room. */
export function page(view: string, model: object, status = 200): Answer {
  return { kind: 'page', view: `consent/${view}`, model, status }
}

/** The status of a page that says what was wrong. */
export function statusOf({
  errors,
  refused,
}: {
  readonly errors: readonly unknown[]
  readonly refused: string
}): number {
  if (refused !== '') return 409
  return errors.length > 0 ? 400 : 200
}

/** A route of caseworkers below `/work/consents`; `keeps` names the page that shows a late form again. */
export function officeRoute(
  pages: OfficePages,
  [method, name, path]: readonly ['get' | 'post', string, string],
  step: Step,
): RouteSpec<Actor> {
  return {
    ...{ name: `consent.${name}`, method, path: `/:lang/work/consents${path}` },
    ...{ allow: ['caseworker'], disclosure: 'no-identity' },
    handle: (exchange) => step(exchange, pages),
  }
}
