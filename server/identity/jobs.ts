import type { JobSpec } from '../platform/jobs.js'
import type { Accounts, CodeSignIn, FormKeeping, Identity, Staffing } from './index.js'

/** The jobs of this room: removing what is over, which opens nothing but would be kept for ever. */
export function identityJobs({
  identity,
  codes,
  staffing,
  keptForms,
  accounts,
}: {
  identity: Pick<Identity, 'forgetEndedSessions'>
  codes: Pick<CodeSignIn, 'forget'>
  staffing: Pick<Staffing, 'suspendIdle'>
  keptForms: Pick<FormKeeping, 'forget'>
  accounts: Pick<Accounts, 'deleteUnused'>
}): JobSpec[] {
  return [
    { name: 'identity.forget', cron: '23 * * * *', work: identity.forgetEndedSessions },
    { name: 'identity.suspend-idle', cron: '25 3 * * *', work: staffing.suspendIdle },
    { name: 'identity.forget-kept', cron: '26 * * * *', work: keptForms.forget },
    { name: 'identity.delete-unused', cron: '27 3 * * *', work: accounts.deleteUnused },
    { name: 'identity.forget-codes', cron: '24 * * * *', work: codes.forget },
  ]
}
