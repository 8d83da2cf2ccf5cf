import type { Database } from '../database.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { JobSpec } from '../platform/jobs.js'
import type { Clock } from '../platform/kernel/clock.js'
import { dropOldPartitions, keepPartitions } from './upkeep.js'

/** The jobs of this room: making partitions ahead of time, dropping those that retention has emptied. */
export function ledgerJobs({
  inTransaction,
  clock,
}: {
  inTransaction: InTransaction<Database>
  clock: Clock
}): JobSpec[] {
  const today = () => clock.now().toISOString().slice(0, 10)
  return [
    {
      name: 'ledger.partitions',
      cron: '47 1 * * *',
      work: () =>
        inTransaction({ login: 'worker', role: 'worker' }, (trx) => keepPartitions(trx, today())),
    },
    {
      name: 'ledger.drop-partitions',
      cron: '47 2 * * *',
      work: () =>
        inTransaction({ login: 'retention', role: 'retention' }, (trx) =>
          dropOldPartitions(trx, today()),
        ),
    },
  ]
}
