import type { JobSpec } from '../platform/jobs.js'
import type { Inbox, Posting } from './index.js'

/** The jobs of this room: mails every minute; warnings and forgetting daily. */
export function noticesJobs({
  inbox,
  posting,
}: {
  readonly inbox: Pick<Inbox, 'warnUnused' | 'forget'>
  readonly posting: Posting
}): JobSpec[] {
  return [
    { name: 'notices.post', cron: '* * * * *', work: () => posting.send() },
    { name: 'notices.warn-unused', cron: '31 2 * * *', work: () => inbox.warnUnused() },
    { name: 'notices.forget', cron: '33 2 * * *', work: () => inbox.forget() },
  ]
}
