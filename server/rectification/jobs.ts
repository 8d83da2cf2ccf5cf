import type { JobSpec } from '../platform/jobs.js'
import type { RequestUpkeep } from './index.js'

/** The jobs of this room: forgetting daily, and proposals that take effect by themselves every hour. */
export function rectificationJobs({ upkeep }: { readonly upkeep: RequestUpkeep }): JobSpec[] {
  return [
    { name: 'rectification.forget', cron: '27 2 * * *', work: () => upkeep.forget() },
    { name: 'rectification.confirm', cron: '41 * * * *', work: () => upkeep.confirm() },
  ]
}
