import type { CatalogueTexts } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { Typed } from '../../platform/kernel/inputs.js'
import type { Archive } from '../service/archive.js'
import { readAsk, readEntry, readFormat, readPart } from '../forms.js'
import type { PaperLanguage } from '../pages.js'
import type { Format } from '../rules.js'
import {
  newPage,
  onePersonWords,
  reportPage,
  reportsPage,
  type ReportPen,
} from '../pages/access.js'

/** What was chosen, in words of addresses. */
type Chosen = Readonly<Record<string, string>>
type Tongue = { readonly t: ReportPen['t']; readonly texts: CatalogueTexts }

/** What the routes of reports are made of. */
export interface ReportPages {
  readonly archive: Archive
  readonly texts: (tag: string) => CatalogueTexts
  /** Those in which a report can be had. */
  readonly languages: readonly PaperLanguage[]
  /** Reads a choice of accesses from an address. */
  readonly chosenIn: (actor: StaffActor, query: URLSearchParams) => Chosen
  readonly wordsOf: (
    tongue: Tongue,
    chosen: Chosen,
  ) => readonly { readonly term: string; readonly value: string }[]
  /** Throws NOT_FOUND where an access is not the office's. */
  readonly ofOffice: (actor: StaffActor, entry: number) => Promise<unknown>
  readonly countOf: (
    actor: StaffActor,
    chosen: Chosen,
  ) => Promise<{ readonly value: number; readonly isExact: boolean } | undefined>
}

const LIST = '/:lang/oversight/reports'
const ONE = `${LIST}/:report`

/**
 * Reports of data protection officers, each released by a second person. They name no person; that they were made stands in the log of each person
 * in them, written by the job before it reads the first row of theirs.
 */
export function accessReportRoutes(pages: ReportPages): RouteSpec<Actor>[] {
  const own = { allow: ['dpo'], disclosure: 'no-identity' } as const
  const get = { ...own, method: 'get' } as const
  const post = { ...own, method: 'post' } as const
  return [
    {
      ...get,
      name: 'reports.access-list',
      path: LIST,
      menu: 'reports:list.menu',
      handle: async (exchange) => {
        const reports = await pages.archive.list(officerOf(exchange))
        return page('reports/access-list', reportsPage(penOf(exchange), reports))
      },
    },
    {
      ...get,
      name: 'reports.access-new',
      path: `${LIST}/new`,
      handle: (exchange) => preview(exchange, pages),
    },
    { ...post, name: 'reports.access-ask', path: LIST, handle: (exchange) => ask(exchange, pages) },
    { ...get, name: 'reports.access', path: ONE, handle: (exchange) => show(exchange, pages) },
    {
      ...post,
      name: 'reports.access-cancel',
      path: `${ONE}/cancel`,
      handle: async (exchange) => {
        const reference = exchange.params['report'] ?? ''
        await pages.archive.cancel(officerOf(exchange), reference)
        return { kind: 'redirect', to: exchange.urls.to('reports.access', { report: reference }) }
      },
    },
    {
      ...get,
      // An export: whoever finds an officer's screen open gets no file.
      stepUp: true,
      name: 'reports.access-file',
      path: `${ONE}/files/:part`,
      handle: (exchange) => file(exchange, pages),
    },
  ]
}

/** What a report is on: accesses that were chosen, or those of the person of one access. */
interface Scope {
  readonly filter: Chosen
  readonly entry?: number
}

/** An access that is not the office's is none (NOT_FOUND). */
async function scopeOf(
  exchange: Exchange<Actor>,
  { chosenIn, ofOffice }: ReportPages,
  { query, entry: raw }: { readonly query: URLSearchParams; readonly entry: string | null },
): Promise<Scope> {
  const actor = officerOf(exchange)
  if (raw === null || raw === '') return { filter: chosenIn(actor, query) }
  const entry = readEntry(raw)
  if (entry === undefined) throw new DomainError('NOT_FOUND')
  await ofOffice(actor, entry)
  return { filter: {}, entry }
}

async function preview(exchange: Exchange<Actor>, pages: ReportPages): Promise<Answer> {
  const { query } = exchange
  const scope = await scopeOf(exchange, pages, { query, entry: query.get('entry') })
  const form = new URLSearchParams({ format: readFormat(query.get('format')), language: 'de' })
  const model = await newModel(exchange, pages, { scope, typed: { form, errors: [] } })
  return page('reports/access-new', model)
}

async function newModel(
  exchange: Exchange<Actor>,
  pages: ReportPages,
  { scope, typed }: { readonly scope: Scope; readonly typed: Typed },
): Promise<object> {
  const { filter, entry } = scope
  const actor = officerOf(exchange)
  const view = {
    words: wordsOf(exchange, pages, scope),
    // How many accesses one person has is told by the report alone, which stands in that person's log.
    count: entry === undefined ? await pages.countOf(actor, filter) : undefined,
    needsSecond: entry === undefined || !(await pages.archive.mayDoAlone(actor)),
    query: new URLSearchParams(filter).toString(),
    entry: entry ?? '',
    languages: namesOf(exchange, pages),
  }
  return newPage(penOf(exchange), view, typed)
}

/** The languages by the names that the reader has for them, and by their own where that is another. */
function namesOf({ language }: Exchange<Actor>, { languages }: ReportPages) {
  const names = new Intl.DisplayNames([language.tag], { type: 'language' })
  return languages.map(({ tag, ownName, direction }) => ({
    ...{ tag, name: names.of(tag) ?? ownName },
    ...(tag === language.tag ? {} : { own: { tag, direction, text: ownName } }),
  }))
}

async function ask(exchange: Exchange<Actor>, pages: ReportPages): Promise<Answer> {
  const { form, urls } = exchange
  const { archive, countOf, languages } = pages
  const actor = officerOf(exchange)
  const query = new URLSearchParams(form.get('query') ?? '')
  const scope = await scopeOf(exchange, pages, { query, entry: form.get('entry') })
  const offered = languages.map(({ tag }) => tag)
  const read = readAsk(form, offered)
  if (!read.ok) {
    const model = await newModel(exchange, pages, { scope, typed: { form, errors: read.refusal } })
    return { kind: 'page', view: 'reports/access-new', model, status: 400 }
  }
  const expected = scope.entry === undefined ? await countOf(actor, scope.filter) : undefined
  const reference = await archive.ask(actor, { ...read.value, ...scope, expected })
  return { kind: 'redirect', to: urls.to('reports.access', { report: reference }) }
}

async function show(exchange: Exchange<Actor>, pages: ReportPages): Promise<Answer> {
  const reference = exchange.params['report'] ?? ''
  const actor = officerOf(exchange)
  const report = await pages.archive.read(actor, reference)
  const view = { words: wordsOf(exchange, pages, report), isOwn: report.staff === actor.staff }
  return page('reports/access', reportPage(penOf(exchange), report, view))
}

const TYPES: Readonly<Record<Format, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

async function file(exchange: Exchange<Actor>, { archive }: ReportPages): Promise<Answer> {
  const { report: reference = '', part: raw } = exchange.params
  const part = readPart(raw)
  if (part === undefined) throw new DomainError('NOT_FOUND')
  const actor = officerOf(exchange)
  const { format } = await archive.read(actor, reference)
  return {
    kind: 'stream',
    type: TYPES[format],
    file: `mirat-${reference}-${part}.${format}`,
    body: await archive.file(actor, reference, part),
  }
}

const officerOf = ({ actor }: Exchange<Actor>) => actor as StaffActor
const page = (view: string, model: object) => ({ kind: 'page', view, model }) as const

function penOf({ t, urls }: Exchange<Actor>): ReportPen {
  return { t, to: (name, parts) => urls.to(name, parts) }
}

function wordsOf({ t, language }: Exchange<Actor>, pages: ReportPages, scope: Scope) {
  if (scope.entry !== undefined) return onePersonWords(t)
  return pages.wordsOf({ t, texts: pages.texts(language.tag) }, scope.filter)
}
