import type { JobSpec } from '../platform/jobs.js'
import type { Checking } from './checking.js'
import type { Counting } from './counting.js'
import type { Statistics } from './statistics.js'

/** The jobs of this room: counting what was published, checking on demand, forgetting with the entries, counting all again at night. */
export function oversightJobs({
  counting,
  checking,
  statistics,
}: {
  readonly counting: Counting
  readonly checking: Checking
  readonly statistics: Statistics
}): JobSpec[] {
  return [
    { name: 'oversight.count', cron: '*/5 * * * *', work: () => counting.count() },
    { name: 'oversight.check', cron: '* * * * *', work: () => checking.work() },
    { name: 'oversight.forget', cron: '47 2 * * *', work: () => counting.forget() },
    { name: 'oversight.publish', cron: '23 4 * * *', work: () => statistics.publish() },
    { name: 'oversight.recount', cron: '9 3 * * *', work: () => counting.recount() },
  ]
}
