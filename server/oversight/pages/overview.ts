import type { Standing } from '../figures.js'
import { checkView } from './check.js'
import type { FigurePen } from './pen.js'
import { sparkOf } from './spark.js'

type Name = 'accesses' | 'flagged' | 'requests' | 'consents' | 'blocks' | 'log'

/** A figure with what belongs to it: a number or words, sentences, a course of twelve weeks, a list behind it. */
interface Card {
  readonly name: Name
  readonly value: { readonly amount: number } | { readonly text: string }
  readonly lines: readonly string[]
  readonly spark: object | ''
  readonly href: string
}

/** Where the office stands: six figures, each with its course and the list behind it; no person. */
export function overviewPage(pen: FigurePen, standing: Standing, now: Date): object {
  const { t, to } = pen
  const cards = [
    accessCard(pen, standing),
    flaggedCard(pen, standing),
    requestCard(pen, standing),
    consentCard(pen, standing),
    blockCard(pen, standing),
    logCard(pen, standing),
  ]
  return {
    title: t('oversight:overview.title'),
    lead: t('oversight:overview.lead'),
    person: { href: to('oversight.lookups'), text: t('oversight-lookups:menu') },
    as: countedNote(pen, standing),
    cards: cards.map((card) => ({
      ...card,
      heading: t(`oversight:overview.${card.name}.title`),
      link: t(`oversight:overview.${card.name}.link`),
    })),
    check: checkView(pen, standing, now),
    more: [
      { href: to('oversight.figures'), text: t('oversight:figures.title') },
      { href: to('oversight.requests'), text: t('oversight:requests.title') },
    ],
  }
}

/** As of when the figures are; a page without it would claim to be of now. */
export function countedNote({ t }: FigurePen, { counted }: Pick<Standing, 'counted'>): object {
  const { size, logSize, logAt } = counted
  if (logAt === null) return { text: t('oversight:figures.notCounted'), at: '' }
  const text =
    size < logSize
      ? t('oversight:figures.counting', { size, whole: logSize })
      : t('oversight:figures.counted', { whole: logSize })
  return { text, at: logAt }
}

/** A number that nobody has counted yet is no zero. */
function countedValue({ counted }: Standing, amount: number): Card['value'] {
  return counted.logAt === null ? { text: '–' } : { amount }
}

function accessCard(pen: FigurePen, standing: Standing): Card {
  const { t, to } = pen
  const { month, accesses, counted } = standing
  const { from, until, amount, withheld } = month
  return {
    name: 'accesses',
    value: countedValue(standing, amount),
    lines:
      counted.logAt === null
        ? []
        : [t('oversight:overview.accesses.withheld', { amount: withheld })],
    spark: sparkOf(pen, 'accesses', accesses),
    href: to('oversight.accesses', { from, until }),
  }
}

function flaggedCard(pen: FigurePen, standing: Standing): Card {
  const { t, to } = pen
  const { month, flagged, counted } = standing
  const { from, until, amount } = month
  return {
    name: 'flagged',
    value: countedValue(standing, month.flagged),
    lines:
      counted.logAt === null
        ? []
        : [t('oversight:overview.flagged.others', { amount: amount - month.flagged })],
    spark: sparkOf(pen, 'flagged', flagged),
    href: to('oversight.accesses', { from, until, flagged: 'yes' }),
  }
}

function requestCard(pen: FigurePen, { requests, filed }: Standing): Card {
  const { t, to } = pen
  return {
    name: 'requests',
    value: { amount: requests.open },
    lines: [t('oversight:overview.requests.overdue', { amount: requests.overdue })],
    spark: sparkOf(pen, 'requests', filed),
    href: to('oversight.requests'),
  }
}

/** No course: a week has too few people, and what concerns few is told to nobody. */
function consentCard({ t, to }: FigurePen, { consents }: Standing): Card {
  const given = consents.get('given')
  const hours = (figure: string) => {
    const amount = consents.get(figure)
    if (amount === undefined) return []
    return [t(`oversight:overview.consents.${figure}`, { amount })]
  }
  const waiting = consents.get('waiting')
  const known = [
    ...(waiting === undefined
      ? []
      : [t('oversight:overview.consents.waiting', { amount: waiting })]),
    ...hours('median_hours'),
    ...hours('p90_hours'),
  ]
  return {
    name: 'consents',
    value: given === undefined ? { text: t('oversight:consents.few') } : { amount: given },
    lines: [
      ...(known.length === 0 ? [t('oversight:overview.consents.few')] : known),
      t('oversight:overview.consents.noCourse'),
    ],
    spark: '',
    href: `${to('oversight.requests')}#consents`,
  }
}

function blockCard(pen: FigurePen, { blocks, applied }: Standing): Card {
  const { t, to } = pen
  return {
    name: 'blocks',
    value: { amount: blocks.inForce },
    lines: [
      t('oversight:overview.blocks.open', { amount: blocks.open }),
      t('oversight:overview.blocks.overdue', { amount: blocks.overdue }),
      t('oversight:overview.blocks.guarded'),
    ],
    spark: sparkOf(pen, 'blocks', applied),
    href: to('oversight.blocks'),
  }
}

function logCard(pen: FigurePen, { delivering, delivered }: Standing): Card {
  const { t, to } = pen
  const { streams, last } = delivering
  const value =
    last === null
      ? { text: t(`oversight:overview.log.${streams === 0 ? 'none' : 'nothing'}`) }
      : { at: last, text: '' }
  return {
    name: 'log',
    value,
    lines: [
      t('oversight:overview.log.streams', { amount: streams }),
      t('oversight:overview.log.gapless'),
    ],
    spark: sparkOf(pen, 'log', delivered),
    href: to('information.log'),
  }
}
