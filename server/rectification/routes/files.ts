import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, Look, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { Casework } from '../casework.js'
import { StepRefused } from '../error.js'
import type { Evidence } from '../evidence.js'
import { readStep, readVersion } from '../forms.js'
import { showStep } from './step.js'
import { referenceOf, type RectificationPages } from './visit.js'
import { problem } from '../service/inspecting.js'
import { residentOf } from '../visit.js'

type Visit = Exchange<Actor>

/** Name of the file input; most files that come with one form. */
const FIELD = 'file'
const MOST_AT_ONCE = 5
const SHOWN = ['portal.request']

/** Evidence: handed in with a draft, taken back, and opened by the person and by the office. */
export function fileRoutes(
  pages: RectificationPages,
  { casework }: { readonly casework: Casework },
): RouteSpec<Actor>[] {
  const own = { allow: ['resident'], assurance: 'counter' } as const
  const { evidence } = pages
  return [
    {
      ...own,
      name: 'rectification.add-files',
      method: 'post',
      path: '/:lang/me/requests/drafts/:draft/proof/files',
      files: { field: FIELD, most: MOST_AT_ONCE },
      handle: (exchange) => addFiles(exchange, pages),
    },
    {
      ...own,
      name: 'rectification.drop-file',
      method: 'post',
      path: '/:lang/me/requests/drafts/:draft/proof/files/:file',
      handle: async (exchange) => {
        const { actor, params, urls } = exchange
        const draft = params['draft'] ?? ''
        await evidence.drop(residentOf(actor), draft, params['file'] ?? '')
        await keepTicks(exchange, pages)
        return { kind: 'redirect', to: urls.to('rectification.step', { draft, step: 'proof' }) }
      },
    },
    {
      ...own,
      name: 'rectification.own-file',
      method: 'get',
      path: '/:lang/me/requests/:reference/files/:file',
      handle: async (exchange) =>
        sent(await evidence.own(residentOf(exchange.actor), ...placeOf(exchange))),
    },
    {
      name: 'rectification.case-file',
      method: 'get',
      path: '/:lang/work/cases/:reference/files/:file',
      allow: ['caseworker'],
      disclosure: (exchange) => lookOf(exchange, casework),
      handle: async (exchange) => {
        const [reference, file] = placeOf(exchange)
        const actor = exchange.actor as StaffActor
        const opening = await casework.opening(actor, reference)
        if (opening.kind === 'reason') throw new DomainError('NOT_FOUND')
        return sent(await evidence.forOffice(actor, reference, file))
      },
    },
  ]
}

/** All of the files are taken, or none. */
async function addFiles(exchange: Visit, pages: RectificationPages): Promise<Answer> {
  const { actor, params, files, urls } = exchange
  const draft = params['draft'] ?? ''
  const resident = residentOf(actor)
  const looked = await pages.evidence.inspected(files)
  const proof = { ...exchange, params: { ...params, step: 'proof' } }
  if (!looked.ok) {
    const errors = looked.refusal.map((code) => problem(FIELD, code))
    return showStep(proof, pages, { errors })
  }
  const refusal = await pages.evidence.add(resident, draft, looked.value)
  if (refusal !== undefined) return showStep(proof, pages, { errors: [problem(FIELD, refusal)] })
  await keepTicks(exchange, pages)
  return { kind: 'redirect', to: urls.to('rectification.step', { draft, step: 'proof' }) }
}

/** What was ticked beside the files is kept with them; where another device was quicker, that one counts. */
async function keepTicks(exchange: Visit, { rectification }: RectificationPages): Promise<void> {
  const { actor, params, form } = exchange
  const resident = residentOf(actor)
  const id = params['draft'] ?? ''
  const { field, statement, beside } = await rectification.draft(resident, id)
  const ticked = readStep('proof', form, { field, kind: statement.kind, beside })
  if (!ticked.ok) return
  try {
    await rectification.save(resident, { id, version: readVersion(form) }, ticked.value)
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
  }
}

async function lookOf(exchange: Visit, casework: Casework): Promise<readonly Look[]> {
  const [reference] = placeOf(exchange)
  const opening = await casework.opening(exchange.actor as StaffActor, reference)
  if (opening.kind === 'reason') return []
  return [{ subject: opening.subject, fields: SHOWN, caseRef: reference }]
}

function placeOf({ params }: Visit): readonly [string, string] {
  return [referenceOf({ params }), params['file'] ?? '']
}

const EXTENSIONS = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' } as const

/** As a download, never shown inside a page of ours; the name is ours, theirs stands in the list. */
function sent({ type, bytes }: Evidence): Answer {
  const name = `mirat-evidence.${EXTENSIONS[type]}`
  const headers = { 'Content-Disposition': `attachment; filename="${name}"` }
  return { kind: 'bytes', body: bytes, type, headers }
}
