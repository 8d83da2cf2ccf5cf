/** Something that happens to what a person was asked; days count back from today. */
export type AgreementAct =
  | { readonly day: number; readonly act: 'asked' | 'wished' | 'called_off' }
  | {
      readonly day: number
      readonly act: 'answered'
      /** Parts that are allowed; every other is refused. */
      readonly allowed: readonly string[]
      /** Language of the wording that was read. */
      readonly language: string
      readonly receipt?: number
      readonly helper?: 'interpreter' | 'helper'
    }
  | { readonly day: number; readonly act: 'withdrawn'; readonly receipt?: number }

/** What one person was asked with one template, once or again, and what became of it. */
export interface AgreementStory {
  readonly person: string
  /** The consent of the catalogue. */
  readonly code: string
  readonly acts: readonly AgreementAct[]
}

/** A consent that an access of the demonstration cites: the first one that was given for a part. */
export interface CitedConsent {
  readonly code: string
  readonly part: string
}
