import { resumeLog, signerFromSeed } from '../ledger/index.js'
import { StartError } from '../platform/kernel/errors.js'
import type { CommandSpec } from '../ingestion/commands.js'
import { auditInstallation } from './audit.js'
import type { Installation } from './installation.js'

/** The operator's check of the whole log, from the rows up. */
export function verifyCommands(
  installation: Installation,
  print: (line: string) => void,
): CommandSpec[] {
  return [
    {
      name: 'ledger:verify',
      summary: 'recomputes every commitment, tile and checkpoint from the rows',
      run: async () => {
        const report = await auditInstallation(installation)
        print(
          `${report.leaves} leaves, ${report.entries} entries, ${report.checkpoints} checkpoints`,
        )
        for (const { at, restoredSize, lostSize } of report.gaps) {
          print(
            `On ${new Date(at).toISOString()} the log was restored at ${restoredSize} leaves; ${lostSize} had been signed before.`,
          )
        }
        for (const { sentence } of report.faults.slice(0, 20)) print(sentence)
        if (report.faults.length > 0)
          throw new StartError(`The log has ${report.faults.length} faults.`)
        print('The log is unaltered.')
      },
    },
    {
      name: 'ledger:resume',
      summary: 'after a restore: writes down what the log lost and goes on',
      run: () => resume(installation, print),
    },
  ]
}

/** Nobody goes on by accident: the command does nothing where nothing is missing. */
async function resume(installation: Installation, print: (line: string) => void): Promise<void> {
  const { admin, secrets, verdict, outside, clock, random } = installation
  if (verdict.state === 'agrees') {
    throw new StartError('No published leaf is missing: there is nothing to resume.')
  }
  const signer = signerFromSeed(secrets.logOrigin, secrets.logKey)
  const note = await admin
    .transaction()
    .execute((trx) => resumeLog(trx, verdict, { signer, clock, random }))
  outside.keep(note)
  print(
    `The log goes on after ${verdict.size} leaves and says that it lost those up to ${verdict.known}.`,
  )
  print('Start the portal again. Authorities send again what is missing at their next delivery.')
}
