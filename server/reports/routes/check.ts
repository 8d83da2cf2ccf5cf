import { createHash } from 'node:crypto'
import type { Actor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { Archive } from '../service/archive.js'
import { readHeld } from '../forms.js'
import { checkPage } from '../pages/check.js'

const FIELD = 'file'

interface Parts {
  readonly archive: Archive
}

/**
 * Anybody checks a report of a data protection officer by its number and checksum, or by the file, of which
 * nothing is kept but that it was asked about its checksum. A report on one person is known to that person alone.
 */
export function checkRoutes({ archive }: Parts): RouteSpec<Actor>[] {
  const everybody = { path: '/:lang/check', allow: 'everyone', disclosure: 'no-identity' } as const
  return [
    {
      ...everybody,
      name: 'reports.check',
      method: 'get',
      foot: 'reports:check.menu',
      handle: (exchange) => check(exchange, archive),
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

async function check(exchange: Exchange<Actor>, archive: Archive): Promise<Answer> {
  const { actor, query: form, t, urls } = exchange
  // A letter alone may be opened by somebody else.
  const isKnown = actor.role === 'resident' && actor.assurance !== 'letter'
  const reader = isKnown ? actor : undefined
  const held = readHeld(form)
  const checked = held === undefined ? undefined : await archive.check(held, reader)
  const pen = { t, to: (name: string) => urls.to(name) }
  const model = checkPage(pen, { form, ...(checked === undefined ? {} : { checked }) })
  return { kind: 'page', view: 'reports/check', model }
}
