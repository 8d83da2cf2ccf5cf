import type { ScannerName } from './program.js'

/** One thing that a scanner, or the way to the portal, says against it. */
export interface Finding {
  readonly by: ScannerName | 'relay'
  /** Who was signed in, `nobody` otherwise. */
  readonly as: string
  readonly where: string
  readonly what: string
}

/** What one scanner found as one person. */
export interface Scan {
  readonly findings: readonly Finding[]
  /** Runs that did not end in their time or did not get to their test: they prove nothing. */
  readonly unfinished: readonly string[]
}

/** A person of the demonstration, or nobody. */
export type Who = string | undefined

/** How figures name a person. */
export function nameOf(who: Who): string {
  return who ?? 'nobody'
}
