import type { Party } from '../catalogue/index.js'
import type { AnswerChannel, Cause, ConsentEvent, Helper, State } from './rules.js'
import type { Content } from './template.js'

/** A published version as it is asked. */
export interface VersionRow {
  readonly template: string
  readonly version: number
  /** The controller (catalogue number). */
  readonly office: number
  readonly content: Content
}

/** What an office asked one person. */
export interface AskRow {
  readonly ask: string
  readonly reference: string
  readonly subject: string
  readonly office: number
  readonly template: string
  readonly version: number
  readonly parts: readonly string[]
  readonly state: 'open' | 'answered' | 'called_off' | 'lapsed'
  readonly step: number
  readonly wish?: 'interpreter'
  readonly askedAt: Date
  readonly lapsesAt: Date
  readonly endedAt?: Date
}

/** A consent as it stands now. */
export interface ConsentRow {
  readonly consent: string
  readonly reference: string
  readonly ask: string
  readonly subject: string
  readonly office: number
  readonly template: string
  readonly version: number
  readonly part: string
  readonly state: State
  readonly givenAt?: Date
  readonly validUntil?: Date
  readonly endedAt?: Date
  /** Number of its last entry. */
  readonly step: number
  /** `YYYY-MM-DD`. */
  readonly expiresOn: string
}

/** One entry of the consent ledger, as people read it. */
export interface ToldEntry {
  /** Leaf index in the tree. */
  readonly index: number
  readonly number: number
  readonly event: ConsentEvent
  readonly recordedAt: Date
  readonly effectiveAt: Date
  readonly validUntil?: Date
  readonly by: Cause
  readonly channel: AnswerChannel
  readonly language: string
  /** SHA-256 of the wording that was seen. */
  readonly wording: Buffer
  readonly helper: Helper
  readonly other?: string
}

/** An asking with what is asked. */
export interface AskFacts {
  readonly ask: AskRow
  readonly office: Party
  readonly content: Content
}

/** A consent with what was agreed to. */
export interface ConsentCard {
  readonly consent: ConsentRow
  readonly office: Party
  readonly content: Content
}

/** A consent with everything that proves it. */
export interface ConsentFacts extends ConsentCard {
  readonly entries: readonly ToldEntry[]
}
