import type { JobSpec } from '../platform/jobs.js'
import type { ConsentUpkeep } from './index.js'

/** The jobs of this room: recording each quarter of an hour what ran out, forgetting daily. */
export function consentJobs({ upkeep }: { readonly upkeep: ConsentUpkeep }): JobSpec[] {
  return [
    { name: 'consent.expire', cron: '*/15 * * * *', work: () => upkeep.expire() },
    { name: 'consent.forget', cron: '33 2 * * *', work: () => upkeep.forget() },
  ]
}
