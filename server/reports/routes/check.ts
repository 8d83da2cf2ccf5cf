import { createHash } from 'node:crypto'
import type { Actor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { Archive, Checked } from '../service/archive.js'
import type { Taken } from '../service/taken.js'
import { readHeld, type Held } from '../forms.js'
import { checkPage } from '../pages/check.js'

const FIELD = 'file'

interface Parts {
  readonly archive: Archive
  readonly taken: Taken
}

/**
 * Anybody checks a report of a data protection officer by its number and checksum, or by the file, of which
 * nothing is kept but that it was asked about its checksum. A report about a resident is known to that resident
 * alone: for everybody else nobody even looks whether it is there.
 */
export function checkRoutes(parts: Parts): RouteSpec<Actor>[] {
  const everybody = { path: '/:lang/check', allow: 'everyone', disclosure: 'no-identity' } as const
  return [
    {
      ...everybody,
      name: 'reports.check',
      method: 'get',
      foot: 'reports:check.menu',
      handle: (exchange) => check(exchange, parts),
    },
    {
      ...everybody,
      name: 'reports.check-file',
      method: 'post',
      files: { field: FIELD, most: 1 },
      handle: async ({ files, urls }) => {
        const [file] = files
        const hash = file === undefined ? '' : createHash('sha256').update(file.bytes).digest('hex')
        return { kind: 'redirect', to: urls.to('reports.check', { hash }) }
      },
    },
  ]
}

async function check(exchange: Exchange<Actor>, parts: Parts): Promise<Answer> {
  const { query: form, t, urls, actor } = exchange
  const held = readHeld(form)
  const checked = held === undefined ? undefined : await verdict(parts, actor, held)
  const pen = { t, to: (name: string) => urls.to(name) }
  const model = checkPage(pen, { form, ...(checked === undefined ? {} : { checked }) })
  return { kind: 'page', view: 'reports/check', model }
}

async function verdict({ archive, taken }: Parts, actor: Actor, held: Held): Promise<Checked> {
  if (actor.role !== 'resident') return archive.check(held)
  const own = await taken.check(actor, held)
  // A letter alone may be opened by somebody else.
  const reader = actor.assurance === 'letter' ? undefined : actor
  return own.kind === 'unknown' ? archive.check(held, reader) : own
}
