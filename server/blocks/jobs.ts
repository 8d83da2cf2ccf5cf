import type { JobSpec } from '../platform/jobs.js'
import type { BlockUpkeep } from './index.js'

/** The jobs of this room: ending what has run out, reminding, forgetting. */
export function blockJobs({ upkeep }: { readonly upkeep: BlockUpkeep }): JobSpec[] {
  return [
    { name: 'blocks.turn', cron: '7 * * * *', work: () => upkeep.turn() },
    { name: 'blocks.remind', cron: '33 5 * * *', work: () => upkeep.remind() },
    { name: 'blocks.forget', cron: '35 2 * * *', work: () => upkeep.forget() },
  ]
}
