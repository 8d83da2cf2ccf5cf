import { inputsOf } from '../../platform/kernel/inputs.js'
import type { ArchivedReport, ReportRecord } from '../service/archive.js'
import { isOpen } from '../rules.js'

/** What pages of reports are written with. */
export interface ReportPen {
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string
  readonly to: (name: string, parts?: Record<string, string | number>) => string
}

type Words = readonly { readonly term: string; readonly value: string }[]

/** The reports of the own office. */
export function reportsPage({ t, to }: ReportPen, reports: readonly ReportRecord[]): object {
  const columns = ['reference', 'asOf', 'language', 'rows', 'state'] as const
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
            rows: reports.map(({ reference, log, language, found, state }) => ({
              cells: [
                { text: reference, href: to('reports.access', { report: reference }) },
                { at: log.at },
                { text: t(`reports:languages.${language === 'de' ? 'german' : 'both'}`) },
                { amount: found },
                { text: t(`reports:state.${state}`) },
              ],
            })),
          },
  }
}

/** What a report would hold, and in which languages. */
export function newPage(
  { t, to }: ReportPen,
  view: {
    readonly words: Words
    readonly count: { readonly value: number; readonly isExact: boolean } | undefined
    readonly query: string
    readonly languages: readonly { readonly tag: string; readonly name: string }[]
  },
): object {
  const { words, count, query, languages } = view
  const { value = 0, isExact = true } = count ?? {}
  const form = new URLSearchParams({ language: 'de' })
  const { radios } = inputsOf(t, { form, errors: [] }, (name) => `reports:new.${name}`)
  return {
    title: t('reports:new.title'),
    lead: t('reports:new.lead'),
    back: { href: to('oversight.accesses'), text: t('oversight:accesses.title') },
    rows: words.map(({ term, value: text }) => ({ term, text })),
    count: t(isExact ? 'oversight:accesses.count' : 'oversight:accesses.about', { count: value }),
    action: to('reports.access-ask'),
    query,
    control: radios(
      'language',
      languages.map(({ tag, name }) => ({
        value: tag,
        text:
          tag === 'de'
            ? t('reports:languages.german')
            : t('reports:new.beside', { language: name }),
      })),
    ),
  }
}

/** How far a report has come, and its files. */
export function reportPage({ t, to }: ReportPen, report: ArchivedReport, words: Words): object {
  const { reference, state, isErased, log, found, written, parts, digest } = report
  const row = (name: string, value: object) => ({ term: t(`reports:columns.${name}`), ...value })
  const isReady = state === 'ready' && !isErased
  return {
    title: t('reports:one.title', { reference }),
    back: { href: to('reports.access-list'), text: t('reports:list.title') },
    state: {
      kind: NOTICE[state],
      text: t(isErased ? 'reports:one.erased' : `reports:one.${state}`),
    },
    rows: [
      row('reference', { code: reference }),
      row('state', { text: t(`reports:state.${state}`) }),
      row('asOf', { at: log.at }),
      row('found', { amount: found }),
      row('written', { amount: written }),
      ...words.map(({ term, value }) => ({ term, text: value })),
      ...(digest === undefined ? [] : [row('digest', { code: digest })]),
    ],
    again: isOpen(state) ? to('reports.access', { report: reference }) : '',
    cancel: isOpen(state) ? to('reports.access-cancel', { report: reference }) : '',
    files: isReady
      ? parts.map(({ part, firstRow, rows }) => ({
          href: to('reports.access-file', { report: reference, part }),
          text: t('reports:one.file', {
            ...{ part, parts: parts.length, from: rows === 0 ? 0 : firstRow },
            ...{ until: firstRow + rows - 1 },
          }),
        }))
      : [],
  }
}

const NOTICE = {
  ...{ waiting: 'info', working: 'info', ready: 'good' },
  ...{ cancelled: 'attention', failed: 'problem' },
} as const
