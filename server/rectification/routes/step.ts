import type { Field } from '../../catalogue/index.js'
import type { Actor } from '../../identity/actor.js'
import type { Answer, Exchange } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { berlinDay } from '../days.js'
import { StepRefused } from '../error.js'
import { readStep, readVersion } from '../forms.js'
import { readWanted } from '../forms/wanted.js'
import { readZone } from '../forms/zone.js'
import { checkPage, namesAsked, stepPage } from '../pages/draft.js'
import { savedForm } from '../pages/saved.js'
import { uploadPart } from '../pages/files.js'
import type { Draft } from '../service.js'
import { formOf, nextStep, stepsOf, STEPS, type StepName } from '../statement.js'
import { residentOf } from '../visit.js'
import type { DateWanted } from '../pages/dates.js'
import type { WrittenNow } from '../pages/fields.js'
import { zonePartOf } from '../zone.js'
import { page, penOf, type RectificationPages } from './visit.js'

type Visit = Exchange<Actor>

/** What a page of a draft is shown with when a form has come back. */
interface Shown {
  readonly errors?: readonly FieldError[]
  /** Instead of what was typed: that, and what was read for it. */
  readonly form?: URLSearchParams
  /** Texts about what was read. */
  readonly notes?: readonly string[]
  /** Whether the draft is now the one that another device made. */
  readonly isStale?: boolean
}

/** One page of the draft; what was kept over an expired session wins over what was saved. */
export async function showStep(
  exchange: Visit,
  pages: RectificationPages,
  shown: Shown = {},
): Promise<Answer> {
  const { actor, params, urls } = exchange
  const { errors = [] } = shown
  const draft = await pages.rectification.draft(residentOf(actor), params['draft'] ?? '')
  const step = stepOf(params['step'])
  const status = shown.isStale === true ? 409 : errors.length > 0 ? 400 : 200
  const pen = penOf(exchange, pages)
  if (step !== 'check') {
    const upload = step === 'proof' ? await uploadOf(exchange, pages, errors) : ''
    const written = await writtenNow(exchange, pages, { draft, step })
    const asked = { draft, step, ...typedIn(exchange, draft, shown), errors, written }
    return page('step', { ...stepPage(pen, asked), upload }, status)
  }
  const open = nextStep(draft.statement)
  if (open === 'check') return page('check', checkPage(pen, { draft, errors }), status)
  const to = urls.to('rectification.step', { draft: draft.id, step: open })
  return { kind: 'redirect', to }
}

/** What the office that will answer has written of the names that the page asks for. */
async function writtenNow(
  { actor }: Visit,
  pages: RectificationPages,
  { draft, step }: { readonly draft: Draft; readonly step: StepName },
): Promise<WrittenNow> {
  const names = namesAsked(draft, step)
  if (names.length === 0 || draft.office === undefined) return new Map()
  return pages.writtenNow(residentOf(actor), draft.office, names)
}

/** Inputs that are no answer of the person: a page that has only them shows what was saved. */
const NO_ANSWERS: readonly string[] = ['csrf', 'version']

/**
 * What a page shows in its inputs. A form that came back keeps the version it was made for: what another
 * device has changed since is noticed when it is saved.
 */
function typedIn({ form }: Visit, draft: Draft, { form: read, notes = [], isStale }: Shown) {
  const given = read ?? form
  const isTyped = [...given.keys()].some((name) => !NO_ANSWERS.includes(name))
  const inputs = isTyped ? given : savedForm(draft)
  const version = isTyped && isStale !== true ? readVersion(given) : 0
  return {
    notes,
    form: inputs,
    version: version === 0 ? draft.version : version,
    date: dateIn(inputs, draft),
  }
}

/** The date that the inputs say so far, to be shown in both calendars; nothing for other forms. */
function dateIn(form: URLSearchParams, { field }: Draft): DateWanted | undefined {
  if (formOf(field) !== 'date') return undefined
  const read = readWanted(form, field)
  return read.ok && read.value.form === 'date' ? read.value : undefined
}

async function uploadOf(
  exchange: Visit,
  pages: RectificationPages,
  errors: readonly FieldError[],
): Promise<object> {
  const { actor, params, t } = exchange
  const draft = params['draft'] ?? ''
  const files = await pages.evidence.ofDraft(residentOf(actor), draft)
  const error = errors.find(({ field }) => field === 'file')
  return uploadPart(penOf(exchange, pages), { draft, files, error: error ? t(error.key) : '' })
}

/** Saves the answer of a page, or, where a button asks for help instead, shows the page with it. */
export async function save(exchange: Visit, pages: RectificationPages): Promise<Answer> {
  const { actor, params, form, urls } = exchange
  const resident = residentOf(actor)
  const id = params['draft'] ?? ''
  const step = stepOf(params['step'])
  if (step === 'check') throw new DomainError('BAD_REQUEST')
  const { field, statement, beside } = await pages.rectification.draft(resident, id)
  const help = step === 'right' ? HELPS[form.get('help') ?? ''] : undefined
  if (help !== undefined) return showStep(exchange, pages, help(exchange, field))
  // A browser sends the name alone: nothing of the file would be there, and nobody would notice.
  if (step === 'proof' && (form.get('file') ?? '') !== '') {
    const errors = [{ field: 'file', key: 'rectification:problem.notUploaded' }]
    return showStep(exchange, pages, { errors })
  }
  const read = readStep(step, form, { field, kind: statement.kind, beside })
  if (!read.ok) return showStep(exchange, pages, { errors: read.refusal })
  try {
    const version = readVersion(form)
    const saved = await pages.rectification.save(resident, { id, version }, read.value)
    const to = urls.to('rectification.step', { draft: id, step: behind(step, saved) })
    return { kind: 'redirect', to }
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    // What was typed stays on the page, now with the version that the other device made.
    const errors = [{ field: step, key: 'rectification:problem.stale' }]
    return showStep(exchange, pages, { errors, isStale: true })
  }
}

/** Buttons that fill or explain the inputs of the page and save nothing: nothing changes, so no redirect. */
const HELPS: Readonly<Record<string, (exchange: Visit, field: Field) => Shown>> = {
  zone: ({ form, now }, field) => {
    const part = zonePartOf(field)
    if (part === undefined) return {}
    const read = readZone(form, { part, today: berlinDay(now) })
    return read.ok ? read.value : { errors: read.refusal }
  },
  date: ({ form }, field) => {
    const read = readWanted(form, field)
    return read.ok ? {} : { errors: read.refusal }
  },
}

function behind(step: StepName, statement: Parameters<typeof stepsOf>[0]): StepName {
  const steps = stepsOf(statement)
  return steps[steps.indexOf(step) + 1] ?? 'check'
}

function stepOf(raw: string | undefined): StepName {
  const step = STEPS.find((one) => one === raw)
  if (step === undefined) throw new DomainError('NOT_FOUND')
  return step
}
