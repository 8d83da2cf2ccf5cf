import { consentDeskRoutes } from '../consent/routes/desk.js'
import type { OfficePages } from '../consent/routes/office.js'
import { openedRoutes } from '../consent/routes/opened.js'
import { templateRoutes } from '../consent/routes/templates.js'
import type { Actor } from '../identity/index.js'
import type { RouteSpec } from '../platform/http/route.js'
import { berlinDay, parseReference } from '../rectification/index.js'
import { isReference } from './inquiries.js'
import type { Rooms } from './rooms.js'

/** The pages of offices that ask for consents. */
export function consentDeskRoutesOf(
  {
    consentDesk: desk,
    templating,
    enrolment,
  }: Pick<Rooms, 'consentDesk' | 'templating' | 'enrolment'>,
  { catalogue, textsIn, draw }: Pick<OfficePages, 'catalogue' | 'textsIn' | 'draw'>,
): RouteSpec<Actor>[] {
  const pages: OfficePages = {
    ...{ desk, templating, catalogue, textsIn, draw, dayOf: berlinDay },
    references: { isOne: isReference, typed: referenceIn },
    subjectOf: (number) => enrolment.subjectOf(number),
  }
  return [...consentDeskRoutes(pages), ...templateRoutes(pages), ...openedRoutes(pages)]
}

function referenceIn(raw: string): string | undefined {
  const read = parseReference(raw)
  return read.ok ? read.value : undefined
}
