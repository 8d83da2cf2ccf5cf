import type { PassedOn } from '../queue.js'
import { fieldsName } from './fields.js'
import { officeName, type Pen } from './pen.js'

/** What the office passed on to others that have nobody here: it is theirs, and nobody has seen it yet. */
export function paperPage(pen: Pen, cases: readonly PassedOn[]): object {
  const { t, urls } = pen
  return {
    title: t('rectification:paper.title'),
    lead: t('rectification:paper.lead'),
    back: { href: urls.to('rectification.queue'), text: t('rectification:queue.title') },
    cases: cases.map(({ reference, fields, office, passedAt, dueOn }) => ({
      reference,
      field: fieldsName(pen, fields),
      office: officeName(pen, office),
      passedAt,
      due: dueOn ?? '',
    })),
  }
}
