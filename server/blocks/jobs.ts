import type { JobSpec } from '../platform/jobs.js'
import type { BlockUpkeep } from './index.js'

/** The jobs of this room: ending what has run out, warning, reminding, forgetting. */
export function blockJobs({ upkeep }: { readonly upkeep: BlockUpkeep }): JobSpec[] {
  return [
    { name: 'blocks.turn', cron: '7 * * * *', work: () => upkeep.turn() },
    { name: 'blocks.warn', cron: '* * * * *', work: () => upkeep.warn() },
    { name: 'blocks.remind', cron: '33 5 * * *', work: () => upkeep.remind() },
    { name: 'blocks.forget', cron: '35 2 * * *', work: () => upkeep.forget() },
  ]
}
