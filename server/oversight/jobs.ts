import type { JobSpec } from '../platform/jobs.js'
import type { Counting } from './counting.js'

/** The jobs of this room: counting what was published, forgetting with the entries, counting all again at night. */
export function oversightJobs({ counting }: { readonly counting: Counting }): JobSpec[] {
  return [
    { name: 'oversight.count', cron: '*/5 * * * *', work: () => counting.count() },
    { name: 'oversight.forget', cron: '47 2 * * *', work: () => counting.forget() },
    { name: 'oversight.recount', cron: '9 3 * * *', work: () => counting.recount() },
  ]
}
