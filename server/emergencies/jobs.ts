import type { JobSpec } from '../platform/jobs.js'
import type { Emergencies } from './index.js'

/** The one job of this room: forgetting daily. */
export function emergencyJobs({
  emergencies,
}: {
  readonly emergencies: Pick<Emergencies, 'forget'>
}): JobSpec[] {
  return [{ name: 'emergencies.forget', cron: '36 2 * * *', work: () => emergencies.forget() }]
}
