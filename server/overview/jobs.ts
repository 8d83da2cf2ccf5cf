import type { JobSpec } from '../platform/jobs.js'
import { foldAll, forget, type UpkeepParts } from './upkeep.js'

/** The jobs of this room: folding holdings hourly, deleting what is due daily. */
export function overviewJobs(parts: UpkeepParts & { readonly keepsHoldings: boolean }): JobSpec[] {
  const fold = { name: 'overview.fold', cron: '7 * * * *', work: () => foldAll(parts) }
  const retention = { name: 'overview.retention', cron: '17 2 * * *', work: () => forget(parts) }
  return parts.keepsHoldings ? [fold, retention] : [retention]
}
