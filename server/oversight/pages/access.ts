import type { AccessStanding } from '../flags/standing.js'
import type { OpenedAccess } from '../service.js'
import type { Pen } from './pen.js'
import { unmaskForm } from './unmasking.js'
import { whyPart } from './why.js'

/** One access, with what the office needs to find its own file. */
export function accessPage(
  pen: Pen,
  {
    canAsk,
    standing,
    ...access
  }: OpenedAccess & { readonly canAsk: boolean; readonly standing: AccessStanding },
): object {
  const { t, to } = pen
  const { shown } = access
  return {
    title: t('oversight:access.title'),
    back: { href: to('oversight.accesses'), text: t('oversight:accesses.title') },
    looked: t(shown === 'yes' ? 'oversight:access.looked' : 'oversight:access.lookedSealed'),
    flagged: access.isFlagged,
    why: whyOf(pen, standing),
    unmask: canAsk ? unmaskForm(pen, access.index) : '',
    person: {
      href: to('reports.access-new', { entry: access.index }),
      text: t('oversight:access.person'),
    },
    rows: accessRows(pen, access),
  }
}

/** What explains an access, and what the rules found: each finding leads to where the unit is asked. */
function whyOf(pen: Pen, { why, findings, isRead }: AccessStanding): object {
  const { t, to } = pen
  const next = nextKey({ why, findings, isRead })
  return {
    ...whyPart(pen, why),
    findings: findings.map(({ index, rule, state }) => ({
      href: to('oversight.flag', { entry: index, flagRule: rule }),
      text: t(`oversight:flags.rule.${rule}.name`),
      state: t(`oversight:flags.state.${state}`),
    })),
    next: next === undefined ? '' : t(`oversight:why.${next}`),
  }
}

/** What an officer does with it: an explanation is an occasion that the portal knows, and no proof. */
function nextKey({ why, findings, isRead }: AccessStanding): string | undefined {
  if (findings.length > 0) return 'found'
  if (why.nothing === 'other') return undefined
  if (!isRead) return 'notRead'
  return why.reasons.length > 0 ? 'occasion' : 'noFinding'
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
