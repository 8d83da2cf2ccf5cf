import type { Party } from '../../catalogue/index.js'
import { germanMonth, LEVELS, type Level } from '../rules.js'
import type { ConnectedParty } from '../service.js'
import { byName, namesOf, type Pen } from './pen.js'

/** The portal itself is in the catalogue for its own looks; it is nobody who could be connected. */
const OURSELVES = 'portal'

/** Who is connected, as one moment sees it. */
export interface Connections {
  readonly connected: readonly ConnectedParty[]
  readonly now: Date
}

/** The status of a party: months and nothing finer; null where it is not connected. */
export function statusOf({ connected, now }: Connections, party: Party) {
  const found = connected.find((one) => one.party.code === party.code)
  if (found === undefined) return null
  const { sinceMonth, lastMonth } = found
  const isThisMonth = lastMonth === germanMonth(now)
  return {
    since: sinceMonth,
    thisMonth: isThisMonth,
    last: isThisMonth ? null : (lastMonth ?? null),
  }
}

/** The connected offices, and the ways to all others. */
export function directoryPage(pen: Pen, connections: Connections) {
  const { t, to } = pen
  const offices = connections.connected.map(({ party }) => officeOf(pen, party, connections))
  return {
    title: t('information:directory.title'),
    amount: offices.length,
    connected: byName(pen, offices),
    hasExamples: offices.some(({ demo }) => demo),
    groups: LEVELS.map((level) => ({
      href: to('information.authorities', { level }),
      text: t(`information:directory.level.${level}`),
    })),
  }
}

/** Every kind of authority of one level with its sentence, and the local offices of each. */
export function authoritiesPage(pen: Pen, level: Level, connections: Connections) {
  const { t, to, texts, catalogue } = pen
  const parties = catalogue.parties.all.filter((party) => party.level === level)
  const kinds = parties.filter(({ kind, code }) => kind === 'authority' && code !== OURSELVES)
  const officesOf = (authority: string) =>
    parties.filter((party) => party.kind === 'office' && party.authority === authority)
  return {
    title: t(`information:directory.level.${level}`),
    back: { href: to('information.directory'), text: t('information:directory.title') },
    kinds: byName(
      pen,
      kinds.map((party) => {
        const offices = officesOf(party.code).map((office) => officeOf(pen, office, connections))
        return {
          ...namesOf(pen, party),
          sentence: texts.party(party.code).description,
          status: statusOf(connections, party),
          offices: byName(pen, offices),
        }
      }),
    ),
    hasExamples: parties.some(({ demo }) => demo),
  }
}

function officeOf(pen: Pen, party: Party, connections: Connections) {
  return {
    ...namesOf(pen, party),
    sentence: pen.texts.party(party.code).description,
    demo: party.demo,
    status: statusOf(connections, party),
  }
}
