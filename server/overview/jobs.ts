import type { JobSpec } from '../platform/jobs.js'
import { releaseDue, type ReleaseParts } from './release.js'
import { foldAll, forget, type UpkeepParts } from './upkeep.js'

/** The jobs of this room: showing what is no longer held back and folding holdings hourly, deleting what is due daily. */
export function overviewJobs(
  parts: UpkeepParts & ReleaseParts & { readonly keepsHoldings: boolean },
): JobSpec[] {
  const release = { name: 'overview.release', cron: '3 * * * *', work: () => releaseDue(parts) }
  const fold = { name: 'overview.fold', cron: '7 * * * *', work: () => foldAll(parts) }
  const retention = { name: 'overview.retention', cron: '17 2 * * *', work: () => forget(parts) }
  return parts.keepsHoldings ? [release, fold, retention] : [release, retention]
}
