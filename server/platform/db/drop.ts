import pg from 'pg'

const SCHEMAS = [
  'reporting',
  'reports',
  'oversight',
  'tidings',
  'notices',
  'blocks',
  'inquiries',
  'appointments',
  'emergencies',
  'consent',
  'rectification',
  'registers',
  'identity',
  'ingestion',
  'overview',
  'ledger',
  'catalogue',
  'graphile_worker',
]
const TABLES = ['mirat_migration', 'mirat_migration_lock']

/** Removes everything that migrations made in a database, for development; the roles stay. */
export async function dropSchemas(databaseUrl: string): Promise<void> {
  const admin = new pg.Client(databaseUrl)
  await admin.connect()
  try {
    for (const schema of SCHEMAS) await admin.query(`drop schema if exists ${schema} cascade`)
    for (const table of TABLES) await admin.query(`drop table if exists public.${table}`)
  } finally {
    await admin.end()
  }
}
