/** Who is responsible for this installation, as its configuration says (GDPR Article 13 (1); DDG section 5). */
export interface Operator {
  readonly name: string
  readonly address: string
  readonly representative: string
  /** An e-mail address, as is the next. */
  readonly contact: string
  readonly dpo: string
}

/** What privacy notice and state of the log tell of this installation. */
export interface Installation {
  readonly operator: Operator
  /** ISO 8601: how long entries are kept where no rule of the catalogue says it. */
  readonly defaultPeriod: string
  /** Under which browsers and verifiers reach the portal. */
  readonly origin: string
}
