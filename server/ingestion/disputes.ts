import type { Field, Operation } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { DisputedEvent } from './delivery.js'

/** Fields (catalogue numbers) that persons contest and want restricted meanwhile, of some subjects. */
export type Disputes = (
  trx: Trx,
  subjects: readonly string[],
) => Promise<readonly { readonly subject: string; readonly field: number }[]>

/** What of an access decides whether its office is told. */
export interface Obtained {
  readonly seq: number
  readonly subject: string
  readonly operation: Operation
  readonly fields: readonly Pick<Field, 'id' | 'code'>[]
}

/** Operations by which somebody obtains data; who stores or erases brings or ends them. */
const OBTAINING: ReadonlySet<Operation> = new Set(['query', 'transmit'])

/**
 * Which of the accesses obtained what is contested (GDPR Article 18 (1) (a)), asked in one query however
 * many they are. It asks nothing about visibility: an office hears the same of an entry that is withheld.
 */
export async function disputedAmong(
  trx: Trx,
  accesses: readonly Obtained[],
  disputes: Disputes,
): Promise<readonly DisputedEvent[]> {
  const obtained = accesses.filter(({ operation }) => OBTAINING.has(operation))
  if (obtained.length === 0) return []
  const found = await disputes(trx, [...new Set(obtained.map(({ subject }) => subject))])
  const contested = new Set(found.map(({ subject, field }) => `${subject}/${field}`))
  return obtained.flatMap(({ seq, subject, fields }) => {
    const hit = fields.filter(({ id }) => contested.has(`${subject}/${id}`))
    return hit.length === 0 ? [] : [{ seq, fields: hit.map(({ code }) => code) }]
  })
}
