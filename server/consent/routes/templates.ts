import type { ConsentKind } from '../../catalogue/index.js'
import type { Actor } from '../../identity/actor.js'
import { LANGUAGES } from '../../platform/http/languages.js'
import type { Answer, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { isUuid } from '../../platform/kernel/ids.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { StepRefused } from '../error.js'
import { firstContent } from '../first-wording.js'
import { readDraft } from '../forms/draft.js'
import {
  draftForm,
  draftPage,
  isTyped,
  stateOf,
  templatePage,
  templatesPage,
} from '../pages/templates.js'
import type { VersionFacts } from '../templating.js'
import {
  around,
  officeOf,
  officeRoute,
  page,
  penOf,
  staffOf,
  statusOf,
  type OfficePages,
  type Step,
  type Visit,
} from './office.js'

/** The words of three languages do not fit into the 16 KiB of other forms. */
const FORM_BYTES = 131_072

/** What an office asks consent for: drafted by one person, published by another, never changed afterwards. */
export function templateRoutes(pages: OfficePages): RouteSpec<Actor>[] {
  const one = '/templates/:template/:version'
  return [
    officeRoute(pages, ['get', 'templates', '/templates'], (exchange) =>
      showTemplates(exchange, pages),
    ),
    officeRoute(pages, ['post', 'template-begin', '/templates'], begin),
    officeRoute(pages, ['get', 'template', one], (exchange) => showTemplate(exchange, pages)),
    officeRoute(pages, ['get', 'template-edit', `${one}/edit`], (exchange) =>
      showDraft(exchange, pages),
    ),
    {
      ...officeRoute(pages, ['post', 'template-change', `${one}/edit`], change),
      keeps: 'consent.template-edit',
      limit: FORM_BYTES,
    },
    officeRoute(pages, ['post', 'template-publish', `${one}/publish`], publish),
    officeRoute(pages, ['post', 'template-end', `${one}/end`], end),
  ]
}

async function showTemplates(
  exchange: Visit,
  pages: OfficePages,
  { errors = [], status = 200 }: { errors?: readonly FieldError[]; status?: number } = {},
): Promise<Answer> {
  const versions = await pages.templating.list(staffOf(exchange))
  const kinds = kindsOf(exchange, pages)
  const view = { versions, kinds, form: exchange.form, errors }
  return page('templates', templatesPage(penOf(exchange, pages), view), status)
}

/** Consents of the catalogue that the own kind of office asks for. */
function kindsOf(exchange: Visit, pages: OfficePages): readonly ConsentKind[] {
  const { authority } = officeOf(exchange, pages)
  return pages.catalogue.consents.filter(({ controller }) => controller === authority)
}

/** A new draft says what the latest version says, or else what the catalogue says first. */
async function begin(exchange: Visit, pages: OfficePages): Promise<Answer> {
  const { form, urls } = exchange
  const actor = staffOf(exchange)
  const kind = kindsOf(exchange, pages).find(({ code }) => code === form.get('consent'))
  if (kind === undefined) return refused(exchange, pages, { key: 'choose', status: 400 })
  const versions = await pages.templating.list(actor)
  const latest = versions.find(({ content }) => content.code === kind.code)
  try {
    const at = await pages.templating.draft(actor, latest?.content ?? firstContent(kind))
    return { kind: 'redirect', to: urls.to('consent.template-edit', at) }
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return refused(exchange, pages, { key: 'drafted', status: 409 })
  }
}

function refused(
  exchange: Visit,
  pages: OfficePages,
  { key, status }: { key: 'choose' | 'drafted'; status: number },
): Promise<Answer> {
  const errors = [{ field: 'consent', key: `consent-desk:problem.${key}` }]
  return showTemplates(exchange, pages, { errors, status })
}

/** The version in an address; what cannot be one, another office's and none at all look alike (NOT_FOUND). */
async function versionOf(exchange: Visit, { templating }: OfficePages): Promise<VersionFacts> {
  const { template = '', version = '' } = exchange.params
  if (!isUuid(template) || !/^[1-9]\d{0,5}$/.test(version)) throw new DomainError('NOT_FOUND')
  return templating.version(staffOf(exchange), { template, version: Number(version) })
}

async function showTemplate(exchange: Visit, pages: OfficePages, refusal = ''): Promise<Answer> {
  const version = await versionOf(exchange, pages)
  const all = await pages.templating.list(staffOf(exchange))
  const own = all.filter(({ template }) => template === version.template)
  const hasDraft = own.some((one) => stateOf(one) === 'draft')
  const view = { version, hasDraft, refused: refusal }
  const model = templatePage(penOf(exchange, pages), view, around(exchange, pages))
  return page('template', model, statusOf({ errors: [], refused: refusal }))
}

async function showDraft(
  exchange: Visit,
  pages: OfficePages,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const version = await versionOf(exchange, pages)
  if (stateOf(version) !== 'draft') throw new DomainError('NOT_FOUND')
  const { form } = exchange
  const typed = isTyped(form, errors)
  const model = draftPage(
    penOf(exchange, pages),
    {
      ...{ version, errors, kind: kindOf(version, pages) },
      form: typed ? form : draftForm(version.content),
      // What came back late was made from an older draft: that is noticed when it is sent again.
      digest: (typed && form.get('digest')) || version.digest,
    },
    around(exchange, pages),
  )
  return page('template-draft', model, errors.length > 0 ? 400 : 200)
}

function kindOf({ content }: VersionFacts, { catalogue }: OfficePages): ConsentKind {
  const kind = catalogue.consents.find(({ code }) => code === content.code)
  if (kind === undefined) throw new DomainError('NOT_FOUND')
  return kind
}

async function change(exchange: Visit, pages: OfficePages): Promise<Answer> {
  const { form, urls } = exchange
  const version = await versionOf(exchange, pages)
  const read = readDraft(form, {
    ...{ kind: kindOf(version, pages), before: version.content },
    isParty: (code) => pages.catalogue.parties.byCode(code) !== undefined,
    languages: LANGUAGES.map(({ tag }) => tag),
  })
  if (!read.ok) return showDraft(exchange, pages, read.refusal)
  return moving(exchange, pages, async () => {
    await pages.templating.change(staffOf(exchange), refOf(version, form), read.value)
    return urls.to('consent.template', { template: version.template, version: version.version })
  })
}

function refOf({ template, version }: VersionFacts, form: URLSearchParams) {
  const digest = form.get('digest') ?? ''
  // What is no digest is nobody's: the draft was not read.
  return { template, version, digest: /^[0-9a-f]{64}$/.test(digest) ? digest : '' }
}

const publish: Step = async (exchange, pages) => {
  const version = await versionOf(exchange, pages)
  return moving(exchange, pages, async () => {
    await pages.templating.publish(staffOf(exchange), refOf(version, exchange.form))
    return addressOf(exchange, version)
  })
}

const end: Step = async (exchange, pages) => {
  const version = await versionOf(exchange, pages)
  return moving(exchange, pages, async () => {
    if (stateOf(version) !== 'asked') throw new StepRefused('STALE')
    await pages.templating.end(staffOf(exchange), version.template)
    return addressOf(exchange, version)
  })
}

function addressOf({ urls }: Visit, { template, version }: VersionFacts): string {
  return urls.to('consent.template', { template, version })
}

/** Takes a step and leads on; where it was refused, the version as it is now says why. */
async function moving(
  exchange: Visit,
  pages: OfficePages,
  work: () => Promise<string>,
): Promise<Answer> {
  try {
    return { kind: 'redirect', to: await work() }
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return showTemplate(exchange, pages, exchange.t(`consent-desk:refused.${error.problem}`))
  }
}
