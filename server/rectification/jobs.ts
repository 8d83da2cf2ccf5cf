import type { JobSpec } from '../platform/jobs.js'
import type { RequestUpkeep, Sending } from './index.js'

/** The jobs of this room: telling offices every minute, forgetting daily. */
export function rectificationJobs({
  upkeep,
  sending,
}: {
  readonly upkeep: RequestUpkeep
  readonly sending: Sending
}): JobSpec[] {
  return [
    { name: 'rectification.tell', cron: '* * * * *', work: () => sending.send() },
    { name: 'rectification.forget', cron: '27 2 * * *', work: () => upkeep.forget() },
  ]
}
