import type { WaitingRow } from '../service/releases.js'
import { RELEASE_DAYS } from '../rules.js'
import { languageText, type ReportPen, type Words } from './access.js'

/** A report that waits, with what was chosen in words. */
export interface WaitingReport extends WaitingRow {
  readonly words: Words
  /** Whose accesses it would show. */
  readonly officeName: string
}

/** What waits for a second person; `refused` says why the last decision was none. */
export function releasesPage(
  pen: ReportPen,
  { waiting, refused }: { readonly waiting: readonly WaitingReport[]; readonly refused: string },
): object {
  const { t, to } = pen
  return {
    title: t('reports:releases.title'),
    lead: t('reports:releases.lead', { days: RELEASE_DAYS }),
    refused,
    reviews: to('oversight.reviews'),
    reports: waiting.map((report) => ({
      heading: t('reports:one.title', { reference: report.reference }),
      rows: rowsOf(pen, report),
      action: to('reports.release', { report: report.reference }),
    })),
  }
}

function rowsOf(pen: ReportPen, report: WaitingReport): readonly object[] {
  const { t } = pen
  const { format, language, reason, expected, isExpectedExactly, words, askedAt } = report
  const row = (name: string, value: object) => ({ term: t(`reports:columns.${name}`), ...value })
  const count =
    isExpectedExactly === false ? 'oversight:accesses.about' : 'oversight:accesses.count'
  return [
    row('office', { text: report.officeName }),
    ...(reason === null ? [] : [row('reason', { text: t(`reports:reasons.${reason}`) })]),
    ...(expected === null ? [] : [row('rows', { text: t(count, { count: expected }) })]),
    row('format', { text: t(`reports:formats.${format}`) }),
    row('language', { text: languageText(pen, language) }),
    row('askedAt', { at: askedAt }),
    ...words.map(({ term, value }) => ({ term, text: value })),
  ]
}
