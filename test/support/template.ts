import pg from 'pg'

/** The database that every test file gets a copy of. */
export const TEMPLATE = 'mirat_template'

/** Makes the template afresh on the server of this run. */
export async function prepareTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`drop database if exists ${TEMPLATE} with (force)`)
    await client.query(`create database ${TEMPLATE}`)
  } finally {
    await client.end()
  }
}
