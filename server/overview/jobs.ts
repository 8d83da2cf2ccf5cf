import type { JobSpec } from '../platform/jobs.js'
import { foldAll, forget, type UpkeepParts } from './upkeep.js'

/** The jobs of this room: folding holdings hourly, deleting what is due daily. */
export function overviewJobs(parts: UpkeepParts): JobSpec[] {
  return [
    { name: 'overview.fold', cron: '7 * * * *', work: () => foldAll(parts) },
    { name: 'overview.retention', cron: '17 2 * * *', work: () => forget(parts) },
  ]
}
