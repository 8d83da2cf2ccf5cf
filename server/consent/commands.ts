import type { CommandSpec } from '../platform/kernel/command.js'
import type { WaitingWithdrawals } from './waiting.js'

/** What the list is made of; `print` writes one line for the operator. */
export interface WaitingParts {
  readonly waiting: WaitingWithdrawals
  readonly print: (line: string) => void
}

/** The list of offices that are told, followed by those for which withdrawals wait until a person tells them. */
export function withWithdrawals(list: CommandSpec, { waiting, print }: WaitingParts): CommandSpec {
  return {
    ...list,
    summary: `${list.summary}, withdrawals as well`,
    run: async (args) => {
      await list.run(args)
      for (const code of await waiting.list()) {
        print(`${code ?? 'retired office'}  withdrawals wait`)
      }
    },
  }
}
