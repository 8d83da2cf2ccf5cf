import type { JobSpec } from '../platform/jobs.js'
import type { Appointments } from './index.js'

/** The one job of this room: forgetting daily. */
export function appointmentJobs({
  appointments,
}: {
  readonly appointments: Pick<Appointments, 'forget'>
}): JobSpec[] {
  return [{ name: 'appointments.forget', cron: '33 2 * * *', work: () => appointments.forget() }]
}
