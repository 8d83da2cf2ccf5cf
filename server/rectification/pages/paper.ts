import type { PassedOn } from '../queue.js'
import { officeName, type Pen } from './pen.js'

/** What the office passed on to others that have nobody here: it is theirs, and nobody has seen it yet. */
export function paperPage(pen: Pen, cases: readonly PassedOn[]): object {
  const { t, texts, urls } = pen
  return {
    title: t('rectification:paper.title'),
    lead: t('rectification:paper.lead'),
    back: { href: urls.to('rectification.queue'), text: t('rectification:queue.title') },
    cases: cases.map(({ reference, field, office, passedAt, dueOn }) => ({
      reference,
      field: texts.field(field.code).label,
      office: officeName(pen, office),
      passedAt,
      due: dueOn ?? '',
    })),
  }
}
