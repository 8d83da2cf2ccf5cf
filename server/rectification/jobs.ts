import type { Sending } from '../notices/index.js'
import type { JobSpec } from '../platform/jobs.js'
import type { EvidenceKeeping, RequestUpkeep } from './index.js'

/** The jobs of this room: telling offices every minute, forgetting daily, showing a scanner what waited for it. */
export function rectificationJobs({
  upkeep,
  evidence,
  sending,
}: {
  readonly upkeep: RequestUpkeep
  readonly evidence: Pick<EvidenceKeeping, 'rescan'>
  readonly sending: Sending
}): JobSpec[] {
  return [
    { name: 'rectification.tell', cron: '* * * * *', work: () => sending.send() },
    { name: 'rectification.forget', cron: '27 2 * * *', work: () => upkeep.forget() },
    { name: 'rectification.scan', cron: '*/5 * * * *', work: () => evidence.rescan() },
    { name: 'rectification.confirm', cron: '41 * * * *', work: () => upkeep.confirm() },
    { name: 'rectification.remind', cron: '29 5 * * *', work: () => upkeep.remind() },
  ]
}
