import type { ColumnType } from 'kysely'

export interface AccountTable {
  account: ColumnType<string, string, never>
  language: string
  created_at: ColumnType<Date, Date, never>
  demo_name: ColumnType<string | null, string | null, never>
  officer: ColumnType<string | null, string | undefined, never>
}

export interface AccountSubjectTable {
  account: ColumnType<string, string, never>
  scheme: ColumnType<'azr' | 'idnr' | 'local', 'azr' | 'idnr' | 'local', never>
  subject: ColumnType<string, string, never>
  subject_key: ColumnType<Buffer, Buffer, never>
}

export interface StaffTable {
  staff: ColumnType<string, string, never>
  role: 'caseworker' | 'dpo' | 'supervisor' | 'operator'
  office: number | null
  unit: number | null
  assurance: 'counter' | 'high'
  demo_name: ColumnType<string | null, string | null, never>
  officer: ColumnType<string | null, string | undefined, never>
}

export interface IdentityTables {
  'identity.account': AccountTable
  'identity.account_subject': AccountSubjectTable
  'identity.staff': StaffTable
}
