export { appointmentReader } from './audit.js'
export { createAppointmentBook, type AppointmentBook } from './book.js'
export { ACT_TYPE, APPOINTMENT_CLASS } from './journal.js'
export type { NotedAppointments, OwnAppointment, ReportedAppointment } from './model.js'
export {
  dayFault,
  explainsAccess,
  MOST_AHEAD,
  WINDOW,
  type Looked,
  type Standing,
  type Status,
} from './rules.js'
export { createAppointments, type Appointments, type ExplainedAccess } from './service.js'
