import type { JobSpec } from '../platform/jobs.js'
import type { Tidings } from './index.js'

/** The job of this room: what was told long ago goes. */
export function tidingsJobs({ tidings }: { readonly tidings: Tidings }): JobSpec[] {
  return [{ name: 'tidings.forget', cron: '51 2 * * *', work: () => tidings.forget() }]
}
