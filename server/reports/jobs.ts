import type { JobSpec } from '../platform/jobs.js'
import type { Making } from './index.js'

/** Released reports are made each minute; what nobody releases lapses; files go daily with their first entry. */
export function reportJobs({ making }: { readonly making: Making }): JobSpec[] {
  return [
    { name: 'reports.make', cron: '* * * * *', isAsked: true, work: () => making.work() },
    { name: 'reports.lapse', cron: '7 * * * *', work: () => making.lapse() },
    { name: 'reports.forget', cron: '41 2 * * *', work: () => making.forget() },
  ]
}
