import { inputsOf, type Option, type Typed } from '../../platform/kernel/inputs.js'
import type { ArchivedReport, ReportRecord } from '../service/archive.js'
import { ALONE, ASKING_REASONS, FORMATS, isOpen, RELEASE_DAYS } from '../rules.js'

/** What pages of reports are written with. */
export interface ReportPen {
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string
  readonly to: (name: string, parts?: Record<string, string | number>) => string
}

/** What was chosen, as pairs of words. */
export type Words = readonly { readonly term: string; readonly value: string }[]

/** What a report on one person is on: it names nobody. */
export function onePersonWords(t: ReportPen['t']): Words {
  return [{ term: t('reports:columns.scope'), value: t('reports:access.onePerson') }]
}

/** The reports of the own office. */
export function reportsPage({ t, to }: ReportPen, reports: readonly ReportRecord[]): object {
  const columns = ['reference', 'asOf', 'format', 'language', 'rows', 'state'] as const
  return {
    title: t('reports:list.title'),
    lead: t('reports:list.lead'),
    explore: { href: to('oversight.accesses'), text: t('reports:list.explore') },
    table:
      reports.length === 0
        ? ''
        : {
            caption: t('reports:list.title'),
            columns: columns.map((name) => ({ text: t(`reports:columns.${name}`) })),
            rows: reports.map(({ reference, log, format, language, found, state }) => ({
              cells: [
                { text: reference, href: to('reports.access', { report: reference }) },
                { at: log.at },
                { text: t(`reports:formats.${format}`) },
                { text: languageText({ t }, language) },
                isBegun(state) ? { amount: found } : { text: '–' },
                { text: t(`reports:state.${state}`) },
              ],
            })),
          },
  }
}

/** In which languages a report is. */
export function languageText({ t }: Pick<ReportPen, 't'>, language: string): string {
  return t(`reports:languages.${language === 'de' ? 'german' : 'both'}`)
}

/** What a report would hold, and what it is asked for with. */
export function newPage(
  { t, to }: ReportPen,
  view: {
    readonly words: Words
    readonly count: { readonly value: number; readonly isExact: boolean } | undefined
    readonly query: string
    /** Leaf index of the access whose person the report is on; empty where it is on many. */
    readonly entry: number | string
    readonly needsSecond: boolean
    readonly languages: readonly {
      readonly tag: string
      readonly name: string
      readonly own?: NonNullable<Option['own']>
    }[]
  },
  typed: Typed,
): object {
  const { words, count, query, entry, needsSecond, languages } = view
  const { radios, problems } = inputsOf(t, typed, (name) => `reports:new.${name}`)
  const formats = FORMATS.map((one) => ({
    ...{ value: one, text: t(`reports:formats.${one}`), hint: t(`reports:formatHints.${one}`) },
  }))
  const reasons = ASKING_REASONS.map((one) => ({ value: one, text: t(`reports:reasons.${one}`) }))
  const offered = languages.map(({ tag, name, own }) => ({
    value: tag,
    text:
      tag === 'de' ? t('reports:languages.german') : t('reports:new.beside', { language: name }),
    ...(own === undefined ? {} : { own }),
  }))
  return {
    title: t('reports:new.title'),
    lead: t(entry === '' ? 'reports:new.lead' : 'reports:new.leadOne'),
    back: { href: to('oversight.accesses'), text: t('oversight:accesses.title') },
    rows: words.map(({ term, value: text }) => ({ term, text })),
    count: count === undefined ? '' : countText(t, count),
    action: to('reports.access-ask'),
    ...{ query, entry: String(entry), problems },
    second: needsSecond && entry !== '' ? t('reports:new.second', ALONE) : '',
    controls: [
      radios('format', formats),
      radios('reason', reasons, needsSecond ? t('reports:new.reasonHint') : ''),
      radios('language', offered),
    ],
  }
}

function countText(
  t: ReportPen['t'],
  { value, isExact }: { readonly value: number; readonly isExact: boolean },
): string {
  return t(isExact ? 'oversight:accesses.count' : 'oversight:accesses.about', { count: value })
}

/** How far a report has come, and its files. */
export function reportPage(
  pen: ReportPen,
  report: ArchivedReport,
  { words, isOwn }: { readonly words: Words; readonly isOwn: boolean },
): object {
  const { t, to } = pen
  const { reference, state, isErased } = report
  const isReady = state === 'ready' && !isErased
  const isCancellable = isOpen(state) && (isOwn || state !== 'unreleased')
  return {
    title: t('reports:one.title', { reference }),
    back: { href: to('reports.access-list'), text: t('reports:list.title') },
    state: {
      kind: NOTICE[state],
      text: t(isErased ? 'reports:one.erased' : `reports:one.${state}`, { days: RELEASE_DAYS }),
    },
    rows: rowsOf(pen, report, words),
    again: isOpen(state) ? to('reports.access', { report: reference }) : '',
    release: state === 'unreleased' && !isOwn ? to('reports.releases') : '',
    cancel: isCancellable ? to('reports.access-cancel', { report: reference }) : '',
    files: isReady ? filesOf(pen, report) : [],
    check: isReady ? to('reports.check', { reference, hash: report.digest ?? '' }) : '',
  }
}

function rowsOf(pen: ReportPen, report: ArchivedReport, words: Words): readonly object[] {
  const { t } = pen
  const { reference, state, format, language, log, found, written, digest, reason, release } =
    report
  const row = (name: string, value: object) => ({ term: t(`reports:columns.${name}`), ...value })
  return [
    row('reference', { code: reference }),
    row('state', { text: t(`reports:state.${state}`) }),
    row('format', { text: t(`reports:formats.${format}`) }),
    row('language', { text: languageText(pen, language) }),
    ...(reason === undefined ? [] : [row('reason', { text: t(`reports:reasons.${reason}`) })]),
    row('askedAt', { at: report.askedAt }),
    ...(release === undefined
      ? []
      : [
          row('decision', { text: t(`reports:decided.${release.decision}.${release.by}`) }),
          row('decidedAt', { at: release.decidedAt }),
        ]),
    row('asOf', { at: log.at }),
    ...(isBegun(state)
      ? [row('found', { amount: found }), row('written', { amount: written })]
      : []),
    ...words.map(({ term, value }) => ({ term, text: value })),
    ...(digest === undefined ? [] : [row('digest', { code: digest })]),
  ]
}

/** Before it is made nothing is counted: a zero would read as a report without any access. */
function isBegun(state: ArchivedReport['state']): boolean {
  return state === 'working' || state === 'ready'
}

function filesOf({ t, to }: ReportPen, { reference, format, parts }: ArchivedReport) {
  return parts.map(({ part, firstRow, rows }) => ({
    href: to('reports.access-file', { report: reference, part }),
    text: t('reports:one.file', {
      ...{ part, parts: parts.length, from: rows === 0 ? 0 : firstRow },
      ...{ until: firstRow + rows - 1, format: t(`reports:formats.${format}`) },
    }),
  }))
}

const NOTICE = {
  ...{ unreleased: 'info', waiting: 'info', working: 'info', ready: 'good' },
  ...{ cancelled: 'attention', failed: 'problem', refused: 'attention', lapsed: 'attention' },
} as const
