import type { LogState } from '../service.js'
import { statusOf, type Connections } from './directory.js'
import { byName, namesOf, type Pen } from './pen.js'

/** The public checkpoint, who delivers, and how anybody checks the log. */
export function logPage(
  pen: Pen,
  { vkey, checkpoint }: LogState,
  { origin, ...connections }: Connections & { readonly origin: string },
) {
  const offices = connections.connected.map(({ party }) => ({
    ...namesOf(pen, party),
    status: statusOf(connections, party),
  }))
  return {
    title: pen.t('information:log.title'),
    checkpoint: checkpoint ?? null,
    vkey,
    offices: byName(pen, offices),
    // Word by word, because a line must not break inside an option.
    command: ['npm', 'run', 'ledger:verify', '--', '--public', '--url'],
    origin,
  }
}
