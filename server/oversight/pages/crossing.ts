import type { Choices } from '../filter.js'
import type { Crossing } from '../figures.js'
import type { Flow } from '../heat.js'
import { chosenText } from '../words.js'
import { heatView } from './heat.js'
import { countedNote } from './overview.js'
import type { FigurePen } from './pen.js'

const BAR = 120

/** Accesses of a period by authority and kind of data, and where data go, for what. */
export function crossingPage(
  pen: FigurePen,
  crossing: Crossing,
  { choices, days, periods }: { choices: Choices; days: number; periods: readonly number[] },
): object {
  const { t, to } = pen
  const { heat, flows, period } = crossing
  return {
    title: t('oversight:figures.title'),
    back: { href: to('oversight.overview'), text: t('oversight:overview.title') },
    lead: t('oversight:figures.lead'),
    as: countedNote(pen, crossing),
    period,
    periods: periods.map((count) => ({
      text: t('oversight:figures.days', { count }),
      href: to('oversight.figures', { days: count }),
      isCurrent: count === days,
    })),
    empty: heat.rows.length === 0,
    heat: heat.rows.length === 0 ? '' : heatView(pen, crossing, choices),
    flows: flows.shown.map((flow) => flowRow(pen, flow, { crossing, choices })),
    rest: flows.rest === 0 ? '' : t('oversight:figures.flows.rest', { amount: flows.rest }),
  }
}

function flowRow(
  pen: FigurePen,
  { purpose, party, amount }: Flow,
  { crossing, choices }: { crossing: Crossing; choices: Choices },
): object {
  const { t, to, direction } = pen
  const most = Math.max(1, ...crossing.flows.shown.map((flow) => flow.amount))
  const width = Math.max(1, Math.round((amount / most) * BAR))
  const isChoice =
    choices.purposes.some(({ code }) => code === purpose) &&
    (party === undefined || choices.parties.some(({ code }) => code === party))
  const side = party === undefined ? { side: 'received' } : { side: 'gave', party }
  return {
    purpose: chosenText(pen, 'purpose', purpose),
    recipient:
      party === undefined ? t('oversight:figures.flows.own') : chosenText(pen, 'party', party),
    amount,
    bar: { x: direction === 'rtl' ? BAR - width : 0, width, whole: BAR },
    href: isChoice ? to('oversight.accesses', { ...crossing.period, purpose, ...side }) : '',
  }
}
