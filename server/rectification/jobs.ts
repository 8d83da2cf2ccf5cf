import type { JobSpec } from '../platform/jobs.js'
import type { EvidenceKeeping, RequestUpkeep } from './index.js'

/** The jobs of this room: forgetting daily, and showing a scanner what waited for it. */
export function rectificationJobs({
  upkeep,
  evidence,
}: {
  readonly upkeep: RequestUpkeep
  readonly evidence: Pick<EvidenceKeeping, 'rescan'>
}): JobSpec[] {
  return [
    { name: 'rectification.forget', cron: '27 2 * * *', work: () => upkeep.forget() },
    { name: 'rectification.scan', cron: '*/5 * * * *', work: () => evidence.rescan() },
  ]
}
