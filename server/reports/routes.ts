import type { Actor } from '../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { Papers, Reports } from './index.js'
import { documentsPage, type PaperLanguage } from './pages.js'
import { fileRoute } from './routes/files.js'
import { utcDay } from '../platform/kernel/days.js'

/** What copies and papers are made of. */
interface Parts {
  readonly reports: Reports
  readonly papers: Papers
  /** Those in which a paper can be had. */
  readonly languages: readonly PaperLanguage[]
}

// A letter alone may be opened by somebody else: it downloads nothing (security.md).
const OWN = { method: 'get', allow: ['resident'], assurance: 'counter', stepUp: true } as const

/** A resident's copy of everything (GDPR Articles 15 (3) and 20 (1)). */
export function reportRoutes({ reports, papers, languages }: Parts): RouteSpec<Actor>[] {
  return [
    {
      ...OWN,
      name: 'reports.documents',
      path: '/:lang/me/documents',
      menu: 'reports:copy.menu',
      menuUnder: 'overview.home',
      handle: (exchange) => copy(exchange, { papers, languages }),
    },
    { ...OWN, ...fileRoute(papers, (exchange) => copy(exchange, { papers, languages }, true)) },
    {
      ...OWN,
      name: 'reports.copy-file',
      path: '/:lang/me/documents/export.json',
      handle: async (exchange) => copyFile(exchange, reports, 'json'),
    },
    {
      ...OWN,
      name: 'reports.copy-table',
      path: '/:lang/me/documents/export.csv',
      handle: async (exchange) => copyFile(exchange, reports, 'csv'),
    },
    ...paperRoutes({ papers, languages }),
  ]
}

/** Papers in German, and beside it the language of the page or the one that the address names. */
function paperRoutes({ papers, languages }: Omit<Parts, 'reports'>): RouteSpec<Actor>[] {
  const report = { name: 'report', write: papers.whole }
  const summary = { name: 'summary', write: papers.summary }
  const besideOf = ({ params }: Exchange<Actor>) =>
    languages.find(({ tag }) => tag === params['beside'])?.tag
  return [
    {
      ...OWN,
      name: 'reports.copy-whole',
      path: '/:lang/me/documents/report.pdf',
      handle: (exchange) => paper(exchange, report, exchange.language.tag),
    },
    {
      ...OWN,
      name: 'reports.copy-summary',
      path: '/:lang/me/documents/summary.pdf',
      handle: (exchange) => paper(exchange, summary, exchange.language.tag),
    },
    {
      ...OWN,
      name: 'reports.copy-whole-beside',
      path: '/:lang/me/documents/:beside/report.pdf',
      handle: (exchange) => paper(exchange, report, besideOf(exchange)),
    },
    {
      ...OWN,
      name: 'reports.copy-summary-beside',
      path: '/:lang/me/documents/:beside/summary.pdf',
      handle: (exchange) => paper(exchange, summary, besideOf(exchange)),
    },
  ]
}

/** The page of the files; `isChanged` where one was asked for that is another one by now. */
async function copy(
  { actor, t, urls, language }: Exchange<Actor>,
  { papers, languages }: Pick<Parts, 'papers' | 'languages'>,
  isChanged = false,
): Promise<Answer> {
  if (actor.role !== 'resident') throw new DomainError('NOT_FOUND')
  const long = await papers.long(actor)
  const view = { besides: besides(languages, language), long, isChanged }
  const model = documentsPage({ t, urls }, view)
  return { kind: 'page', view: 'reports/documents', model, status: isChanged ? 409 : 200 }
}

/** Languages that the page is not in itself: in German every paper is. */
function besides(languages: readonly PaperLanguage[], page: Exchange<Actor>['language']) {
  return languages.filter(({ tag }) => tag !== 'de' && tag !== page.tag)
}

/** A language in which there is no paper has no address. */
async function paper(
  { actor, now }: Exchange<Actor>,
  { name, write }: { readonly name: string; readonly write: Papers['whole'] },
  beside: string | undefined,
): Promise<Answer> {
  if (actor.role !== 'resident' || beside === undefined) throw new DomainError('NOT_FOUND')
  return {
    kind: 'stream',
    type: 'application/pdf',
    file: `mirat-${name}-${utcDay(now)}.pdf`,
    body: await write(actor, beside),
  }
}

/** The forms in which programs read a copy. */
const FORMS = { json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8' } as const

function copyFile(
  { actor, now, t, language }: Exchange<Actor>,
  reports: Reports,
  form: keyof typeof FORMS,
): Answer {
  if (actor.role !== 'resident') throw new DomainError('NOT_FOUND')
  const reader = { language: language.tag, limits: t('reports:copy.limits') }
  return {
    kind: 'stream',
    type: FORMS[form],
    file: `mirat-${utcDay(now)}.${form}`,
    body: form === 'csv' ? reports.table(actor, reader) : reports.copy(actor, reader),
  }
}
