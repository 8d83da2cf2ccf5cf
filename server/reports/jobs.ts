import type { JobSpec } from '../platform/jobs.js'
import type { Making } from './index.js'

/** Reports that were asked for are made each minute; files go daily with the first of their entries. */
export function reportJobs({ making }: { readonly making: Making }): JobSpec[] {
  return [
    { name: 'reports.make', cron: '* * * * *', work: () => making.work() },
    { name: 'reports.forget', cron: '41 2 * * *', work: () => making.forget() },
  ]
}
