import type { JobSpec } from '../platform/jobs.js'
import type { InquiryUpkeep } from './index.js'

/** The one job of this room: forgetting daily. */
export function inquiryJobs({ upkeep }: { readonly upkeep: InquiryUpkeep }): JobSpec[] {
  return [{ name: 'inquiries.forget', cron: '31 2 * * *', work: () => upkeep.forget() }]
}
