import { inputsOf } from '../../platform/kernel/inputs.js'
import type { Checked } from '../service/archive.js'
import type { ReportPen } from './access.js'

/** Whether a report is one of ours: what was asked, and the answer where there is one. */
export function checkPage(
  { t, to }: ReportPen,
  { form, checked }: { readonly form: URLSearchParams; readonly checked?: Checked },
): object {
  const { input } = inputsOf(t, { form, errors: [] }, (name) => `reports:check.${name}`)
  return {
    title: t('reports:check.title'),
    lead: t('reports:check.lead'),
    action: to('reports.check'),
    upload: to('reports.check-file'),
    controls: [
      input('reference', { code: true, hint: t('reports:check.referenceHint') }),
      input('hash', { code: true, hint: t('reports:check.hashHint') }),
    ],
    verdict:
      checked === undefined
        ? ''
        : {
            kind: KINDS[checked.kind],
            title: t(`reports:check.${checked.kind}.title`),
            text: t(`reports:check.${checked.kind}.text`),
            at: checked.kind === 'unknown' ? '' : checked.at,
          },
  }
}

const KINDS = {
  ...{ unchanged: 'good', superseded: 'info', erased: 'attention', unknown: 'problem' },
} as const
