/** Every refusal that can reach a reader; `platform/http/error-page.ts` gives each its status and page. */
export type ErrorCode =
  | 'BAD_REQUEST'
  | 'SIGN_IN_NEEDED'
  | 'FORM_KEPT'
  | 'ASSURANCE'
  | 'STEP_UP'
  | 'CSRF'
  | 'NOT_FOUND'
  | 'METHOD'
  | 'CONFLICT'
  | 'TOO_LARGE'
  | 'TOO_MANY_FILES'
  | 'MEDIA_TYPE'
  | 'RATE_LIMIT'
  | 'INTERNAL'
  | 'UNAVAILABLE'

/** A refusal the caller can act on: `code` is stable and is mapped to a page or a problem, never shown raw. */
export class DomainError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code

  constructor(code: Code, options: { detail?: string; cause?: unknown } = {}) {
    super(options.detail ?? code, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.name = new.target.name
  }
}

/** Nothing is wrong but that there is too much to do: counted, and no line of faults in the log for each. */
export class Overloaded extends DomainError<'UNAVAILABLE'> {
  constructor() {
    super('UNAVAILABLE')
  }
}

/** A fault of the surroundings (port, folder, database) that ends the program with one sentence. */
export class StartError extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? {} : { cause })
    this.name = 'StartError'
  }
}

/** For `never` branches: a value that the types exclude has arrived all the same. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
