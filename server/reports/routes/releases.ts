import type { CatalogueTexts } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { readDecision } from '../forms.js'
import { onePersonWords, type ReportPen, type Words } from '../pages/access.js'
import { releasesPage } from '../pages/releases.js'
import type { Releases } from '../service/releases.js'

/** What the pages of releases are made of. */
export interface ReleasePages {
  readonly releases: Releases
  readonly texts: (tag: string) => CatalogueTexts
  readonly wordsOf: (
    tongue: { readonly t: ReportPen['t']; readonly texts: CatalogueTexts },
    chosen: Readonly<Record<string, string>>,
  ) => Words
  readonly officeCode: (office: number) => string
}

const LIST = '/:lang/oversight/releases'

/**
 * The second person of reports: another officer of the office, or the supervision, never line management. They see
 * what was chosen and why, and no access; whoever releases gets no file by it.
 */
export function releaseRoutes(pages: ReleasePages): RouteSpec<Actor>[] {
  const second = { allow: ['dpo', 'supervisor'], disclosure: 'no-identity' } as const
  return [
    {
      ...second,
      name: 'reports.releases',
      method: 'get',
      path: LIST,
      menu: 'reports:releases.menu',
      menuUnder: 'reports.access-list',
      handle: (exchange) => list(exchange, pages),
    },
    {
      ...second,
      name: 'reports.release',
      method: 'post',
      path: `${LIST}/:report`,
      handle: (exchange) => decide(exchange, pages),
    },
  ]
}

async function list(
  exchange: Exchange<Actor>,
  pages: ReleasePages,
  { refused, status } = { refused: '', status: 200 },
): Promise<Answer> {
  const { actor, t, urls, language } = exchange
  const texts = pages.texts(language.tag)
  const rows = await pages.releases.waiting(actor as StaffActor)
  const waiting = rows.map((row) => ({
    ...row,
    words: row.isOnOne ? onePersonWords(t) : pages.wordsOf({ t, texts }, row.filter),
    officeName: texts.party(pages.officeCode(row.office)).name,
  }))
  const pen: ReportPen = { t, to: (name, parts) => urls.to(name, parts) }
  const model = releasesPage(pen, { waiting, refused })
  return { kind: 'page', view: 'reports/releases', model, status }
}

async function decide(exchange: Exchange<Actor>, pages: ReleasePages): Promise<Answer> {
  const { actor, form, params, t, urls } = exchange
  const decision = readDecision(form)
  if (decision === undefined) throw new DomainError('BAD_REQUEST')
  const reference = params['report'] ?? ''
  const met = await pages.releases.decide(actor as StaffActor, { reference, decision })
  if (met === 'unknown') throw new DomainError('NOT_FOUND')
  if (met === 'done') return { kind: 'redirect', to: urls.to('reports.releases') }
  return list(exchange, pages, { refused: t(`reports:releases.${met}`), status: 409 })
}
