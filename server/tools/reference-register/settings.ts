import { z } from 'zod'

/** One field of one person at one office. */
export interface RegisterRecord {
  readonly office: string
  readonly subject: string
  readonly field: string
  readonly texts: readonly string[]
}

/** What the register is told when it starts. */
export interface Settings {
  readonly databaseUrl: string
  /** Origin of the portal: the only one that may ask. */
  readonly portal: string
  /** Where its public keys stand. */
  readonly jwks: string
  /** 0 takes any port. */
  readonly port: number
  /** Origin under which the portal knows this register. */
  readonly audience?: string | undefined
  readonly records: readonly RegisterRecord[]
}

/** A field's value: one text or several. */
export const TEXT = z.string().min(1).max(500)

const RECORD = z.strictObject({
  office: z.string().min(1).max(100),
  subject: z.guid(),
  field: z.string().min(1).max(100),
  texts: z.array(TEXT).min(1).max(20),
})

const SETTINGS = z.strictObject({
  databaseUrl: z.string().min(1),
  portal: z.url(),
  jwks: z.url(),
  port: z.int().min(0).max(65_535),
  audience: z.url().optional(),
  records: z.array(RECORD),
})

/** Reads the settings; says what of them cannot be used. */
export function readSettings(text: string): Settings {
  const read = SETTINGS.safeParse(JSON.parse(text))
  if (read.success) return read.data
  const faults = read.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`)
  throw new Error(`The settings cannot be used: ${faults.join(', ')}.`)
}
