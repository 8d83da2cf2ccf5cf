import type { JobSpec } from '../platform/jobs.js'
import type { Watching } from './index.js'

/** The rules read what came, every ten minutes; findings go daily with their entries. */
export function oversightJobs({ watching }: { readonly watching: Watching }): JobSpec[] {
  return [
    { name: 'oversight.watch', cron: '*/10 * * * *', work: () => watching.work() },
    { name: 'oversight.forget', cron: '47 2 * * *', work: () => watching.forget() },
  ]
}
