import type { CommandSpec } from '../platform/kernel/command.js'
import type { ReadWaiting } from './waiting.js'

/** What the list is made of; `print` writes one line for the operator. */
export interface WaitingParts {
  readonly waiting: ReadWaiting
  readonly print: (line: string) => void
}

/**
 * The list of offices that are told, followed by those for which withdrawals wait until a person tells them: office and
 * number alone. Withheld recipients stand there like others, as for corrections: the operator connects both.
 */
export function withWithdrawals(list: CommandSpec, { waiting, print }: WaitingParts): CommandSpec {
  return {
    ...list,
    summary: `${list.summary}, withdrawals as well`,
    run: async (args) => {
      await list.run(args)
      for (const { office, count } of await waiting()) {
        print(`${office?.code ?? 'retired office'}  withdrawals that wait: ${count}`)
      }
    },
  }
}
