import type { Why } from '../flags/explaining.js'
import type { OpenedAccess } from '../service.js'
import type { Pen } from './pen.js'
import { unmaskForm } from './unmasking.js'
import { whyPart } from './why.js'

/** One access, with what the office needs to find its own file. */
export function accessPage(
  pen: Pen,
  { canAsk, why, ...access }: OpenedAccess & { readonly canAsk: boolean; readonly why: Why },
): object {
  const { t, to } = pen
  const { shown } = access
  return {
    title: t('oversight:access.title'),
    back: { href: to('oversight.accesses'), text: t('oversight:accesses.title') },
    looked: t(shown === 'yes' ? 'oversight:access.looked' : 'oversight:access.lookedSealed'),
    flagged: access.isFlagged,
    unmask: canAsk ? unmaskForm(pen, access.index) : '',
    person: {
      href: to('reports.access-new', { entry: access.index }),
      text: t('oversight:access.person'),
    },
    rows: accessRows(pen, access),
    why: whyPart(pen, why),
  }
}

/** Every part of an access. */
export function accessRows({ t, texts }: Pen, access: OpenedAccess): readonly object[] {
  const row = (name: string, value: object) => ({ term: t(`oversight:columns.${name}`), ...value })
  const { unit, legalBasis, shown } = access
  return [
    row('operation', { text: t(`oversight:operation.${access.operation}`) }),
    row('time', { at: access.occurredAt }),
    row('recorded', { at: access.recordedAt }),
    row('source', { text: texts.party(access.source.code).name }),
    row('recipient', { text: texts.party(access.recipient.code).name }),
    ...(unit ? [row('unit', { text: texts.unit(unit.code).label })] : []),
    row('purpose', { text: texts.purpose(access.purpose.code).name }),
    row('legalBasis', { german: legalBasis.citation }),
    row('channel', { text: t(`oversight:channel.${access.channel}`) }),
    row('fields', {
      items: access.fields.map(({ code }) => texts.field(code).label),
    }),
    row('shown', { text: t(`oversight:shown.${shown}`) }),
    ...(access.caseRef === undefined ? [] : [row('caseRef', { code: access.caseRef })]),
  ]
}
