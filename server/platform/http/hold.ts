import { setTimeout } from 'node:timers/promises'

/** Writes an answer that is made. */
export type Sending = () => Promise<void>

/** Makes an answer and keeps how that ended: calling what comes back sends it, or throws the error. */
export async function settled(make: () => Promise<Sending>): Promise<Sending> {
  try {
    return await make()
  } catch (error) {
    return async () => {
      throw error
    }
  }
}

/** Waits until `leastMs` are over since `began` (milliseconds of `performance.now`). */
export async function leastTime(began: number, leastMs = 0): Promise<void> {
  const rest = leastMs - (performance.now() - began)
  if (rest > 0) await setTimeout(rest)
}
