import type { Catalogue } from '../../catalogue/index.js'
import type { Actor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { Result } from '../../platform/kernel/result.js'
import type { ConsentCounter, Signed } from '../consents.js'
import type { Refusal } from '../delivery.js'
import { readAsking, type SignedAsking } from '../forms/asking.js'
import { instantOf } from '../instant.js'
import {
  agreementBody,
  agreementRevisions,
  recordBody,
  recordRevisions,
} from '../consent-documents.js'
import { problemOf } from './problems.js'
import { admitRead, openSigned, rawDelivery, type Desk } from './receive.js'

/** What the routes about consents are made of. */
export interface ConsentApiParts extends Desk {
  readonly counter: ConsentCounter
  readonly catalogue: Pick<Catalogue, 'fields' | 'parties' | 'texts'>
}

type Step = (exchange: Exchange<Actor>, parts: ConsentApiParts) => Promise<Answer>

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Consents for controllers' programs, in the shape of the GovStack building block. */
export function consentApiRoutes(parts: ConsentApiParts): RouteSpec<Actor>[] {
  const route = (
    name: string,
    [method, path]: readonly ['get' | 'post', string],
    step: Step,
  ): RouteSpec<Actor> => ({
    name: `ingestion.consent-${name}`,
    method,
    path: `/api/v1/consent${path}`,
    allow: ['authority'],
    machine: true,
    handle: (exchange) => step(exchange, parts),
  })
  return [
    route('agreements', ['get', '/config/data-agreements'], listAgreements),
    route('agreement', ['get', '/config/data-agreement/:agreement'], readAgreement),
    route('record', ['get', '/audit/consent-record/:record'], readRecord),
    route('validity', ['get', '/service/verification/consent-record/:record'], verify),
    route('ask', ['post', '/asks'], ask),
  ]
}

const listAgreements: Step = (exchange, parts) =>
  answered(exchange, parts, {
    route: 'agreements',
    work: (signed) => parts.counter.published(signed),
    body: (versions) => ({
      dataAgreements: [...new Set(versions.map(({ template }) => template))].map((template) =>
        agreementBody(
          parts.catalogue,
          versions.filter((version) => version.template === template),
        ),
      ),
    }),
  })

const readAgreement: Step = (exchange, parts) =>
  answered(exchange, parts, {
    route: 'agreement',
    id: 'agreement',
    work: (signed, id) => parts.counter.published(signed, id),
    body: (versions) => ({
      dataAgreement: agreementBody(parts.catalogue, versions),
      revisions: agreementRevisions(versions),
    }),
  })

const readRecord: Step = (exchange, parts) =>
  answered(exchange, parts, {
    route: 'record',
    id: 'record',
    work: (signed, id) => parts.counter.record(signed, id),
    body: (facts) => ({
      consentRecord: recordBody(facts, exchange.now),
      revisions: recordRevisions(facts),
    }),
  })

/** Whether a consent holds at an instant; now, where none is named. */
const verify: Step = async (exchange, parts) => {
  const asked = exchange.query.get('at')
  const at = asked === null ? exchange.now : instantOf(asked)
  if (at === undefined) return problemOf({ code: 'bad_query', detail: 'at' }, exchange.requestId)
  return answered(exchange, parts, {
    route: 'validity',
    id: 'record',
    work: (signed, id) => parts.counter.isValid(signed, id, at),
    body: (valid) => ({ id: exchange.params['record'] ?? '', at: at.toISOString(), valid }),
  })
}

const ask: Step = async (exchange, parts) => {
  const signed = await signedAsking(exchange, parts)
  const asked = signed.ok ? await parts.counter.ask(signed.value) : signed
  if (!asked.ok) return problemOf(asked.refusal, exchange.requestId)
  return json({ reference: asked.value }, 201)
}

function signedAsking(
  exchange: Exchange,
  desk: Desk,
): Promise<Result<Signed<SignedAsking>, Refusal>> {
  const asked = { raw: rawDelivery(exchange), now: exchange.now, typ: 'consent-ask+jwt' } as const
  return openSigned(desk, asked, readAsking)
}

interface Question<Value> {
  readonly route: string
  /** The path parameter that names a thing by its id. */
  readonly id?: string
  readonly work: (signed: Signed, id: string) => Promise<Result<Value, Refusal>>
  readonly body: (value: Value) => object
}

/** Lets a signed read through and answers it; what is no id names nothing. */
async function answered<Value>(
  { params, headers, urls, now, requestId }: Exchange,
  parts: ConsentApiParts,
  { route, id, work, body }: Question<Value>,
): Promise<Answer> {
  const path = urls.to(`ingestion.consent-${route}`, params)
  const admitted = await admitRead(parts, { authorization: headers.authorization, path }, now)
  if (!admitted.ok) return problemOf(admitted.refusal, requestId)
  const { read, addressed } = admitted.value
  const named = id === undefined ? '' : (params[id] ?? '')
  if (id !== undefined && !GUID.test(named)) return problemOf({ code: 'not_found' }, requestId)
  const answer = await work({ read, key: addressed.key }, named)
  return answer.ok ? json(body(answer.value), 200) : problemOf(answer.refusal, requestId)
}

function json(body: object, status: number): Answer {
  return { kind: 'bytes', body: JSON.stringify(body), type: 'application/json', status }
}
