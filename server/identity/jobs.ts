import type { JobSpec } from '../platform/jobs.js'
import type { Identity } from './index.js'

/** The jobs of this room: removing sessions that are over, which open nothing but would be kept for ever. */
export function identityJobs({
  identity,
}: {
  identity: Pick<Identity, 'forgetEndedSessions'>
}): JobSpec[] {
  return [{ name: 'identity.forget', cron: '23 * * * *', work: identity.forgetEndedSessions }]
}
