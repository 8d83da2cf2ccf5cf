import type { PoolClient, QueryResult } from 'pg'

/** Statements that are planned once per connection; those of a text that comes later are planned each time. */
const MOST = 300
const names = new Map<string, string>()

/**
 * Sends statements under a name, so that the server keeps their plans: planning over all partitions of
 * the log costs many times what reading a person's entries costs.
 */
export function preparedQuery(client: PoolClient) {
  return (text: string, values: readonly unknown[]): Promise<QueryResult> => {
    const name = nameOf(text)
    return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
  }
}

/** The same text has the same name on every connection; filters make many texts, hence the bound. */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= MOST) return known
  const name = `mirat_${names.size}`
  names.set(text, name)
  return name
}
