import type { JobSpec } from '../platform/jobs.js'
import type { Ingestion } from './service.js'

/** The job of this room: deleting daily what is due. */
export function ingestionJobs({ ingestion }: { readonly ingestion: Ingestion }): JobSpec[] {
  return [{ name: 'ingestion.retention', cron: '27 2 * * *', work: () => ingestion.forget() }]
}
