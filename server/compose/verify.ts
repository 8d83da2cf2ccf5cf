import { auditLedger, createOrigins, signerFromSeed } from '../ledger/index.js'
import { entryReaders } from '../overview/index.js'
import { StartError } from '../platform/kernel/errors.js'
import type { CommandSpec } from '../ingestion/commands.js'
import type { Installation } from './installation.js'

/** The operator's check of the whole log, from the rows up. */
export function verifyCommands(
  installation: Installation,
  print: (line: string) => void,
): CommandSpec[] {
  const { admin, catalogue, secrets } = installation
  const { vkey } = signerFromSeed(secrets.logOrigin, secrets.logKey)
  return [
    {
      name: 'ledger:verify',
      summary: 'recomputes every commitment, tile and checkpoint from the rows',
      run: async () => {
        const report = await auditLedger(admin, {
          origin: secrets.logOrigin,
          vkey,
          readers: entryReaders({ catalogue, origins: createOrigins(secrets.originKey) }),
        })
        print(
          `${report.leaves} leaves, ${report.entries} entries, ${report.checkpoints} checkpoints`,
        )
        for (const { sentence } of report.faults.slice(0, 20)) print(sentence)
        if (report.faults.length > 0)
          throw new StartError(`The log has ${report.faults.length} faults.`)
        print('The log is unaltered.')
      },
    },
  ]
}
