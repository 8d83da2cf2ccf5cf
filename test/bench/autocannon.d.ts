declare module 'autocannon' {
  /** Sends requests over several connections for some seconds; the package ships no types. */
  export default function autocannon(options: {
    readonly url: string
    readonly connections: number
    /** Seconds. */
    readonly duration: number
    readonly headers: Readonly<Record<string, string>>
  }): Promise<{
    readonly duration: number
    readonly requests: { readonly total: number }
    readonly latency: { readonly p50: number; readonly p97_5: number }
    readonly non2xx: number
    readonly errors: number
  }>
}
