import type { Actor } from '../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { Papers, Reports } from './index.js'
import { copyPage } from './pages.js'
import { fileRoute } from './routes/files.js'
import { utcDay } from '../platform/kernel/days.js'

/** A resident's copy of everything (GDPR Articles 15 (3) and 20 (1)). */
export function reportRoutes({
  reports,
  papers,
}: {
  readonly reports: Reports
  readonly papers: Papers
}): RouteSpec<Actor>[] {
  // A letter alone may be opened by somebody else: it downloads nothing (security.md).
  const own = { method: 'get', allow: ['resident'], assurance: 'counter', stepUp: true } as const
  return [
    {
      ...own,
      name: 'reports.copy',
      path: '/:lang/me/copy',
      handle: (exchange) => copy(exchange, papers),
    },
    { ...own, ...fileRoute(papers, (exchange) => copy(exchange, papers, true)) },
    {
      ...own,
      name: 'reports.copy-file',
      path: '/:lang/me/copy/mirat.json',
      handle: async (exchange) => copyFile(exchange, reports, 'json'),
    },
    {
      ...own,
      name: 'reports.copy-table',
      path: '/:lang/me/copy/mirat.csv',
      handle: async (exchange) => copyFile(exchange, reports, 'csv'),
    },
    {
      ...own,
      name: 'reports.copy-whole',
      path: '/:lang/me/copy/report.pdf',
      handle: (exchange) => paper(exchange, 'report', papers.whole),
    },
    {
      ...own,
      name: 'reports.copy-summary',
      path: '/:lang/me/copy/summary.pdf',
      handle: (exchange) => paper(exchange, 'summary', papers.summary),
    },
  ]
}

/** The page of the files; `isChanged` where one was asked for that is another one by now. */
async function copy(
  { actor, t, urls }: Exchange<Actor>,
  papers: Papers,
  isChanged = false,
): Promise<Answer> {
  if (actor.role !== 'resident') throw new DomainError('NOT_FOUND')
  const long = await papers.long(actor)
  const model = copyPage({ t, urls }, { long, isChanged })
  return { kind: 'page', view: 'reports/copy', model, status: isChanged ? 409 : 200 }
}

async function paper(
  { actor, language, now }: Exchange<Actor>,
  name: string,
  write: Papers['whole'],
): Promise<Answer> {
  if (actor.role !== 'resident') throw new DomainError('NOT_FOUND')
  return {
    kind: 'stream',
    type: 'application/pdf',
    file: `mirat-${name}-${utcDay(now)}.pdf`,
    body: await write(actor, language.tag),
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
