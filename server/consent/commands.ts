import type { Catalogue } from '../catalogue/index.js'
import type { Db } from '../database.js'
import type { CommandSpec } from '../platform/kernel/command.js'
import { countWaiting } from './store/waiting.js'

/** What the list is made of; `print` writes one line for the operator. */
export interface WaitingParts {
  readonly db: Db
  readonly catalogue: Pick<Catalogue, 'parties'>
  readonly print: (line: string) => void
}

/**
 * The list of offices that are told, followed by those for which withdrawals wait until a person tells them: office and
 * number alone. Withheld recipients stand there like others, as for corrections: the operator connects both.
 */
export function withWithdrawals(list: CommandSpec, parts: WaitingParts): CommandSpec {
  return {
    ...list,
    summary: `${list.summary}, withdrawals as well`,
    run: async (args) => {
      await list.run(args)
      const { db, catalogue, print } = parts
      for (const { recipient, count } of await countWaiting(db)) {
        const office = catalogue.parties.byId(recipient)?.code ?? 'retired office'
        print(`${office}  withdrawals that wait: ${count}`)
      }
    },
  }
}
