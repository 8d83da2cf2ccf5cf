import type { Answer } from '../../platform/http/route.js'
import type { Refusal, RefusalCode } from '../delivery.js'

/** The status of each refusal, and a sentence for the person who reads the sender's log. */
export const PROBLEMS: Readonly<Record<RefusalCode, readonly [status: number, title: string]>> = {
  not_jws: [400, 'The body or token is no compact JWS in canonical base64url.'],
  bad_json: [400, 'Header or claims are not JSON that everybody reads alike.'],
  bad_header: [400, 'The JWS header has other members than alg, kid and typ.'],
  bad_query: [400, 'A parameter of the query does not have its form.'],
  bad_claims: [400, 'A claim is missing, unknown or of the wrong type.'],
  no_credentials: [401, 'The Authorization header carries no Bearer token.'],
  unknown_signer: [401, 'No key that counts now has this kid.'],
  bad_signature: [401, 'The signature does not hold under the registered key.'],
  bad_type: [401, 'The JWS is of another typ than this address takes.'],
  bad_time: [401, 'The request is not valid now, or lives longer than 60 seconds.'],
  bad_audience: [401, 'The audience is not this portal, as one string.'],
  bad_binding: [401, 'The token was signed for another method or address.'],
  replayed: [401, 'This jti came before with other content.'],
  wrong_stream: [403, 'This stream is not one of this authority and key.'],
  not_found: [404, 'There is no such thing of this authority, or no longer.'],
  out_of_sequence: [409, 'The numbers do not continue where the stream stopped.'],
  too_large: [413, 'More than 1 MiB or more than 1,000 events.'],
  wrong_media_type: [415, 'The body must be application/jose.'],
  encoded: [415, 'The body must come without Content-Encoding.'],
  bad_events: [422, 'Events cannot be recorded as they are; nothing of the batch was.'],
  bad_ask: [422, 'The asking names something that is not there; nobody was asked.'],
  too_fast: [429, 'This stream sends faster than agreed.'],
  unavailable: [503, 'The log cannot commit now; nothing was recorded.'],
}

/** Media type of a problem (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json'

/** A refusal as a problem, with the headers that its status needs (RFC 9110 sections 10.2.3, 11.6.1). */
export function problemOf(refusal: Refusal, requestId: string): Answer {
  const { code, detail, expectedSeq, errors, retryAfter } = refusal
  const [status, title] = PROBLEMS[code]
  const body = {
    type: `urn:mirat:problem:${code.replaceAll('_', '-')}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    instance: `urn:mirat:request:${requestId}`,
    ...(expectedSeq === undefined ? {} : { expectedSeq }),
    ...(errors === undefined ? {} : { errors }),
  }
  const headers = {
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer error="invalid_token"' } : {}),
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
  }
  return { kind: 'bytes', body: JSON.stringify(body), type: PROBLEM_TYPE, status, headers }
}
