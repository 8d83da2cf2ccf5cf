import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { serverUrl } from './run.js'

/** A database of one's own, with everything its template holds. */
export interface FreshDatabase {
  /** The superuser on this database. */
  readonly url: string
  readonly name: string
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>
}

/** Clones a template, the migrated one by default, under a name that nobody else has. */
export async function freshDatabase(template = 'mirat_template'): Promise<FreshDatabase> {
  const server = serverUrl()
  const name = `mirat_test_${randomBytes(8).toString('hex')}`
  await run(server, `create database ${name} template ${template}`)
  await run(server, sameRights(name, template))
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    name,
    drop: () => run(server, `drop database if exists ${name} with (force)`),
  }
}

/**
 * A clone has everything of its template but who may do what with the database itself: without this everybody could
 * connect to it and make temporary tables there, which nobody but a few can in a real one.
 */
function sameRights(name: string, template: string): string {
  return `do $$ declare one record; begin
    if exists (select from pg_database where datname = '${template}' and datacl is not null) then
      revoke all on database ${name} from public;
    end if;
    for one in select acl.grantee::regrole as who, acl.privilege_type as what from pg_database d
        cross join aclexplode(d.datacl) acl where d.datname = '${template}' and acl.grantee not in (0, d.datdba) loop
      execute format('grant %s on database ${name} to %s', one.what, one.who);
    end loop;
  end $$`
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
