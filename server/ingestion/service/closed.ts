import { DatabaseDown, isRetryable } from '../../platform/db/faults.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { refuse, type Result } from '../../platform/kernel/result.js'
import type { Refusal } from '../delivery.js'
import { RETRY_SECONDS } from '../rules.js'

/** What cannot be committed is refused as a whole, and the sender is told to come again. */
export async function failClosed<Value>(
  work: () => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> {
  try {
    return await work()
  } catch (error) {
    const isDown = error instanceof DomainError && error.code === 'UNAVAILABLE'
    if (!isDown && !(error instanceof DatabaseDown) && !isRetryable(error)) throw error
    return refuse({ code: 'unavailable', retryAfter: RETRY_SECONDS })
  }
}
