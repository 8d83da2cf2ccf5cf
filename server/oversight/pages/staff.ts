import type { Agreement } from '../agreement.js'
import type { OwnFinding } from '../flags/concerned.js'
import { STAFF_RULES } from '../flags/rules.js'
import { evidenceText, unitText, whenOf, type FlagPen } from './flags.js'

/** What a member of staff is shown of the rules that look at single members of staff. */
export interface OwnFlagsView {
  readonly agreement: Agreement | undefined
  readonly findings: readonly OwnFinding[]
  /** Where the page lies below another one. */
  readonly above: 'oversight.flags' | undefined
}

const COLUMNS = ['rule', 'evidence', 'when', 'unit', 'state']

/** What rules found about whoever reads it: the sentences that the officer reads, and where each stands. */
export function ownFlagsPage(pen: FlagPen, { agreement, findings, above }: OwnFlagsView): object {
  const { t, to } = pen
  const facts =
    agreement === undefined
      ? []
      : [
          { term: t('oversight:staff.agreement'), german: agreement.reference },
          { term: t('oversight:staff.since'), day: agreement.since },
        ]
  return {
    title: t('oversight:staff.title'),
    lead: t('oversight:staff.lead'),
    back: above === undefined ? '' : { href: to(above), text: t('oversight:flags.title') },
    ...{ facts, isOn: agreement !== undefined },
    watched: STAFF_RULES.map((rule) => ({
      term: t(`oversight:flags.rule.${rule}.name`),
      text: t(`oversight:flags.rule.${rule}.what`),
    })),
    table: {
      caption: t('oversight:staff.found'),
      columns: COLUMNS.map((name) => ({ text: t(`oversight:flags.column.${name}`) })),
      rows: findings.map((finding) => ({ cells: cellsOf(pen, finding) })),
    },
    empty: findings.length === 0,
  }
}

function cellsOf(pen: FlagPen, finding: OwnFinding): object[] {
  const { t } = pen
  const { rule, evidence, state } = finding
  return [
    { text: t(`oversight:flags.rule.${rule}.name`) },
    { text: evidenceText(pen, finding) },
    whenOf(evidence),
    { text: unitText(pen, evidence) },
    { text: t(`oversight:flags.state.${state}`) },
  ]
}
