import type { Party } from '../catalogue/index.js'
import type { ConsentFacts, ConsentPrograms, PublishedVersion } from '../consent/index.js'
import { sha256 } from '../ledger/index.js'
import { DomainError } from '../platform/kernel/errors.js'
import { uuidOf } from '../platform/kernel/ids.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import type { Subjects } from './access.js'
import type { Refusal, SignedRead, SigningKey } from './delivery.js'
import type { SignedAsking } from './forms/asking.js'
import type { Ingestion } from './service.js'
import { failClosed } from './service/closed.js'

/** A signed request that is about no stream. */
export interface Signed<Read extends SignedRead = SignedRead> {
  readonly read: Read
  readonly key: SigningKey
}

/** What the counter is made of. */
export interface ConsentCounterParts {
  readonly ingestion: Pick<Ingestion, 'admit'>
  readonly consents: ConsentPrograms
  readonly subjects: Pick<Subjects, 'of'>
}

/** Consents for programs of controllers: each sees its own office's, and the rest is not there (`not_found`). */
export interface ConsentCounter {
  published(signed: Signed, template?: string): Answered<readonly PublishedVersion[]>
  record(signed: Signed, consent: string): Answered<ConsentFacts>
  isValid(signed: Signed, consent: string, at: Date): Answered<boolean>
  /** Asks a person; the reference. The same request again gets the same reference. */
  ask(signed: Signed<SignedAsking>): Answered<string>
}

type Answered<Value> = Promise<Result<Value, Refusal>>

/** Makes the counter. */
export function createConsentCounter(parts: ConsentCounterParts): ConsentCounter {
  const { consents } = parts
  const within = <Value>(
    { read, key }: Signed,
    work: (office: Party) => Promise<Result<Value, Refusal>>,
  ): Answered<Value> =>
    failClosed(async () => {
      const office = await parts.ingestion.admit(read, key)
      return office.ok ? foundOr(() => work(office.value)) : office
    })
  return {
    published: (signed, template) =>
      within(signed, async ({ id }) => {
        const versions = await consents.published(id, template)
        const isNone = template !== undefined && versions.length === 0
        return isNone ? refuse({ code: 'not_found' }) : ok(versions)
      }),
    record: (signed, consent) =>
      within(signed, async ({ id }) => ok(await consents.record(id, consent))),
    isValid: (signed, consent, at) =>
      within(signed, async ({ id }) => ok(await consents.isValid(id, consent, at))),
    ask: (signed) => within(signed, (office) => ask(parts, office, signed.read)),
  }
}

async function ask(
  { consents, subjects }: ConsentCounterParts,
  office: Party,
  { issuer, assertion, scheme, number, template, parts }: SignedAsking,
): Promise<Result<string, Refusal>> {
  const subject = subjects.of(scheme, number, issuer)
  if (subject === undefined) return refuse({ code: 'bad_ask', detail: 'subject' })
  // From issuer and id of the request, so that whoever repeats it within its minute asks nobody twice.
  const id = sha256(JSON.stringify([issuer, assertion.jti]))
  const asking = { ask: uuidOf(id.subarray(0, 16)), subject, template, parts }
  const asked = await consents.ask(office.id, asking)
  return asked.ok ? asked : refuse({ code: 'bad_ask', detail: asked.refusal })
}

async function foundOr<Value>(work: () => Answered<Value>): Answered<Value> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND')
      return refuse({ code: 'not_found' })
    throw error
  }
}
