/** A command of the operator: `main.ts <name> <args>`. */
export interface CommandSpec {
  readonly name: string
  /** One line for the list of commands: what it does and what it takes. */
  readonly summary: string
  /** Throws a StartError with one clear sentence. */
  run(args: readonly string[]): Promise<void>
}
