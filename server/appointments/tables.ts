import type { ColumnType } from 'kysely'
import type { ActColumns } from '../journal/index.js'

type Fixed<Value> = ColumnType<Value, Value, never>

export interface AppointmentTable extends ActColumns {
  ref: Fixed<Buffer>
  day: Fixed<string>
}

export interface AppointmentsTables {
  'appointments.appointment': AppointmentTable
}
