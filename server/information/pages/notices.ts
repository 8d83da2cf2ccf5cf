import type { Installation, Operator } from '../operator.js'
import { periodParts } from '../rules.js'
import { chaptersOf, type Pen } from './pen.js'

/** The day on which the accessibility statement was written; it is renewed with every larger change. */
const STATED_ON = '2026-11-22'

/** What this is in easy language: one thought a line (BITV 2.0 section 4). */
export function easyPage({ t }: Pen) {
  return {
    title: t('information:easy.title'),
    chapters: chaptersOf('easy', [
      ['what', 5, 0],
      ['safe', 2, 0],
      ['wrong', 5, 0],
      ['enter', 4, 0],
      ['help', 2, 0],
      ['checked', 1, 0],
    ]),
  }
}

/** The way of a report, and what it cannot prove. */
export function howPage({ t }: Pen) {
  return {
    title: t('information:how.title'),
    chapters: chaptersOf('how', [
      ['delivery', 3, 0],
      ['log', 3, 0],
      ['see', 2, 0],
      ['check', 2, 0],
      ['limits', 1, 6],
    ]),
  }
}

/** The statement of BITV 2.0 section 7 and Directive (EU) 2016/2102 Article 7, by its model (EU 2018/1523). */
export function accessibilityPage({ t }: Pen, { contact }: Operator) {
  return {
    title: t('information:accessibility.title'),
    statement: chaptersOf('accessibility', [
      ['scope', 1, 0],
      ['state', 1, 0],
      ['limits', 1, 5],
      ['method', 2, 0],
    ]),
    statedOn: STATED_ON,
    contact,
    enforcement: chaptersOf('accessibility', [['enforcement', 2, 0]]),
  }
}

/** What Mirat itself keeps of people (GDPR Articles 13 and 14). */
export function privacyPage(pen: Pen, { operator, defaultPeriod }: Installation) {
  const { t, catalogue } = pen
  const words = (period: string) => {
    const { count, unit } = periodParts(period)
    return t(`information:period.${unit}`, { count })
  }
  return {
    title: t('information:privacy.title'),
    operator,
    data: chaptersOf('privacy', [
      ['data', 1, 8],
      ['cookies', 3, 0],
    ]),
    keeping: catalogue.classes.map(({ code, period, citation }) => ({
      what: t(`overview:limits.class.${code}`),
      period: words(period ?? defaultPeriod),
      citation: period === undefined ? null : citation,
    })),
    who: chaptersOf('privacy', [['who', 4, 0]]),
  }
}

/** Who runs this portal (DDG section 5). */
export function imprintPage({ t }: Pen, operator: Operator) {
  return { title: t('information:imprint.title'), operator }
}
