import type { Sending } from '../notices/index.js'
import type { JobSpec } from '../platform/jobs.js'
import type { ConsentUpkeep } from './index.js'

/** The jobs of this room: telling of withdrawals each minute, recording what ran out, forgetting daily. */
export function consentJobs({
  upkeep,
  sending,
}: {
  readonly upkeep: ConsentUpkeep
  readonly sending: Sending
}): JobSpec[] {
  return [
    { name: 'consent.tell', cron: '* * * * *', work: () => sending.send() },
    { name: 'consent.expire', cron: '*/15 * * * *', work: () => upkeep.expire() },
    { name: 'consent.forget', cron: '33 2 * * *', work: () => upkeep.forget() },
  ]
}
