import type { ErrorCode } from '../kernel/errors.js'
import { STATUS } from './error-page.js'

/** A problem document (RFC 9457) for programs: stable `type` and `title`, no words of ours leak. */
export function problem(
  code: ErrorCode,
  { requestId, ...more }: { requestId: string; detail?: string; [member: string]: unknown },
): string {
  const kind = code.toLowerCase().replaceAll('_', '-')
  return JSON.stringify({
    type: `urn:mirat:problem:${kind}`,
    title: kind.replaceAll('-', ' '),
    status: STATUS[code],
    instance: `urn:mirat:request:${requestId}`,
    ...more,
  })
}
