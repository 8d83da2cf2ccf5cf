import { authorityOf, type TestAuthority } from '../ingestion/authority.js'
import type { Person, Room } from './room.js'

/** An access that cites a consent, as an office delivers it; the rest is that of `c.cv_chamber`. */
export interface Citation {
  readonly person: Person
  /** Absent where it cites none. */
  readonly consent?: string
  readonly at?: Date
  /** Code of the office that delivers and sends. */
  readonly office?: string
  readonly recipient?: string
  readonly purpose?: string
  readonly fields?: readonly string[]
  readonly changes?: object
}

/** Delivers accesses that cite consents; gives the leaf index of each. */
export type Cite = (citation: Citation) => Promise<number>

/** Makes it over a room: every office has one stream. */
export function citerOf({ app, office }: Room): Cite {
  const streams = new Map<string, { authority: TestAuthority; seq: number }>()
  return async (citation) => {
    const { person, consent, recipient = 'kammer', purpose = 'v_job_placement' } = citation
    const code = citation.office ?? office.code
    const stream = streams.get(code) ?? { authority: await authorityOf(app, { code }), seq: 1 }
    streams.set(code, stream)
    const { authority } = stream
    const access = {
      ...{ subject: { scheme: 'azr', value: person.number }, operation: 'transmit', purpose },
      ...{ legalBasis: 'gdpr_6_1_a', fields: citation.fields ?? ['vol.cv'], source: undefined },
      occurredAt: (citation.at ?? app.clock.now()).toISOString(),
      recipient: recipient === code ? undefined : recipient,
      consentId: consent,
      ...citation.changes,
    }
    const { status, body, text } = await authority.deliver(authority.events(stream.seq, 1, access))
    if (status !== 201) throw new Error(text)
    stream.seq += 1
    return (body['indices'] as number[])[0] ?? -1
  }
}

/** The rules that an access breaks by what it cites, as the tables hold them past every right. */
export async function flagsOf({ superuser }: Room, index: number): Promise<readonly string[]> {
  const { rows } = await superuser.query<{ rule: string }>(
    `select rule from overview.access_flag where leaf_index = $1 and rule like 'consent.%'
      union all select 'sealed ' || rule from overview.sealed_flag where leaf_index = $1 and rule like 'consent.%'
      order by rule`,
    [index],
  )
  return rows.map(({ rule }) => rule)
}
