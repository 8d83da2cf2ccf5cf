import type { Catalogue } from '../../catalogue/index.js'
import { GERMAN, LANGUAGES, languageOf } from '../../platform/http/languages.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { Translate } from '../../platform/http/texts.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { isUuid } from '../../platform/kernel/ids.js'
import type { Actor, StaffActor } from '../actor.js'
import { readOrder } from '../order.js'
import type { CodeIssuing, Printer } from '../issuing.js'
import { issuePage, sheetPage, type SheetReader } from '../pages/codes.js'

/** What issuing at a desk asks of others. */
export interface CodeDeps {
  readonly issuing: CodeIssuing
  readonly catalogue: Catalogue
  /** Scheme, host and port that stand on the sheet. */
  readonly origin: string
  /** The texts of a language, for the half of the sheet that its reader understands. */
  readonly textsIn: (tag: string) => Translate
}

/** Issuing sign-in codes at a desk: the form, and the sheet that is printed once. */
export function codeRoutes(deps: CodeDeps): RouteSpec<Actor>[] {
  const desk = { allow: ['caseworker'], disclosure: 'no-identity' } as const
  return [
    {
      ...desk,
      name: 'identity.issue',
      method: 'get',
      path: '/:lang/staff/codes',
      menu: 'identity:issue.menu',
      handle: async (exchange) => showForm(exchange, []),
    },
    {
      ...desk,
      name: 'identity.issue-code',
      method: 'post',
      path: '/:lang/staff/codes',
      keeps: 'identity.issue',
      handle: (exchange) => issue(exchange, deps),
    },
    {
      ...desk,
      name: 'identity.sheet',
      method: 'get',
      path: '/:lang/staff/codes/:sheet',
      handle: (exchange) => showSheet(exchange, deps),
    },
    {
      ...desk,
      name: 'identity.sheet-printed',
      method: 'post',
      path: '/:lang/staff/codes/:sheet',
      handle: async ({ actor, params, urls }) => {
        await deps.issuing.printed(printerOf(actor), sheetIdOf(params))
        return { kind: 'redirect', to: urls.to('identity.issue') }
      },
    },
  ]
}

function showForm({ t, form }: Exchange<Actor>, errors: readonly FieldError[]): Answer {
  const status = errors.length === 0 ? {} : { status: 400 }
  return {
    kind: 'page',
    view: 'identity/issue',
    model: issuePage(t, { form, errors, languages: LANGUAGES }),
    ...status,
  }
}

async function issue(exchange: Exchange<Actor>, deps: CodeDeps): Promise<Answer> {
  const { actor, form, now, urls } = exchange
  const printer = printerOf(actor)
  const office = deps.catalogue.parties.byId(printer.office)?.code ?? ''
  const languages = LANGUAGES.map(({ tag }) => tag)
  const order = readOrder(form, { office, now, languages })
  if (!order.ok) return showForm(exchange, order.refusal)
  const issued = await deps.issuing.issue(printer, order.value)
  if (issued.kind === 'issued') {
    return { kind: 'redirect', to: urls.to('identity.sheet', { sheet: issued.sheet }) }
  }
  return showForm(exchange, [{ field: 'number', key: `identity:issue.problem.${issued.kind}` }])
}

async function showSheet(
  { actor, params, t }: Exchange<Actor>,
  { issuing, origin, textsIn }: CodeDeps,
): Promise<Answer> {
  const sheet = await issuing.sheet(printerOf(actor), sheetIdOf(params))
  if (sheet === undefined) throw new DomainError('NOT_FOUND')
  return {
    kind: 'page',
    view: 'identity/sheet',
    model: sheetPage(t, { sheet, origin, readers: readersOf(sheet.language, textsIn) }),
  }
}

/** German, which counts, and the language of the reader beside it. */
function readersOf(tag: string, textsIn: CodeDeps['textsIn']): readonly SheetReader[] {
  const theirs = languageOf(tag)
  const languages = theirs === undefined || theirs.tag === GERMAN.tag ? [GERMAN] : [GERMAN, theirs]
  return languages.map((language) => ({ language, t: textsIn(language.tag) }))
}

function sheetIdOf(params: Readonly<Record<string, string>>): string {
  const id = params['sheet'] ?? ''
  if (!isUuid(id)) throw new DomainError('NOT_FOUND')
  return id
}

function printerOf(actor: Actor): Printer {
  const { staff, office, unit } = actor as StaffActor
  if (office === undefined) throw new DomainError('NOT_FOUND')
  return { staff, office, ...(unit === undefined ? {} : { unit }) }
}
