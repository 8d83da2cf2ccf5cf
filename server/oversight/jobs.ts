import type { JobSpec } from '../platform/jobs.js'
import type {
  Checking,
  Counting,
  Lookups,
  OfficeQuestions,
  Searches,
  Statistics,
  Watching,
} from './index.js'

/**
 * The jobs of this room: the rules read what came, published accesses are counted, checks are made on demand, statistics
 * published; what is overdue is reminded of; findings and counts go with their entries, searches after a year, and at
 * night everything is counted again.
 */
export function oversightJobs({
  watching,
  counting,
  checking,
  searches,
  lookups,
  statistics,
  officeQuestions,
}: {
  readonly watching: Watching
  readonly counting: Counting
  readonly checking: Checking
  readonly searches: Pick<Searches, 'forget'>
  readonly lookups: Pick<Lookups, 'forget'>
  readonly statistics: Statistics
  readonly officeQuestions: OfficeQuestions
}): JobSpec[] {
  return [
    { name: 'oversight.watch', cron: '*/10 * * * *', work: () => watching.work() },
    { name: 'oversight.count', cron: '*/5 * * * *', work: () => counting.count() },
    { name: 'oversight.check', cron: '* * * * *', work: () => checking.work() },
    {
      name: 'oversight.forget',
      cron: '47 2 * * *',
      work: async () =>
        (await watching.forget()) +
        (await counting.forget()) +
        (await searches.forget()) +
        (await lookups.forget()),
    },
    { name: 'oversight.remind', cron: '13 5 * * *', work: () => officeQuestions.remind() },
    { name: 'oversight.recount', cron: '9 3 * * *', work: () => counting.recount() },
    { name: 'oversight.publish', cron: '23 4 * * *', work: () => statistics.publish() },
  ]
}
