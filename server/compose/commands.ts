import { createRegistration } from '../ingestion/index.js'
import { ingestionCommands, type CommandSpec } from '../ingestion/commands.js'
import type { Config } from '../config.js'
import { withWithdrawals } from '../consent/commands.js'
import { createWaitingWithdrawals } from '../consent/index.js'
import { identityCommands } from '../identity/commands.js'
import { createPartnering } from '../rectification/index.js'
import { createResolving } from '../oversight/index.js'
import { oversightCommands } from '../oversight/commands.js'
import { createRefOpening } from '../overview/index.js'
import { rectificationCommands } from '../rectification/commands.js'
import { noticeCommands } from '../rectification/commands/notices.js'
import { registersCommands } from '../registers/commands.js'
import { actingOf } from './agreements.js'
import { connectingOf } from './registers.js'
import { endpointsOf } from './requests.js'
import { backUp, restore } from './backup.js'
import { resetDatabase } from './reset.js'
import { openInstallation, type Installation } from './installation.js'
import { makeRooms } from './rooms.js'
import { MODES } from './serve.js'
import { verifyCommands } from './verify.js'
import { LANGUAGES } from '../platform/http/languages.js'
import { systemClock } from '../platform/kernel/clock.js'
import { StartError } from '../platform/kernel/errors.js'
import type { Log } from '../platform/log.js'

/** Runs one of the operator's commands, beside a running portal or alone. */
export async function runCommand(
  config: Config,
  request: {
    command: string
    args: readonly string[]
    log: Log
    print: (line: string) => void
  },
): Promise<void> {
  const { command, args, log, print } = request
  if (command === 'db:reset') {
    await resetDatabase(config)
    print('The database is empty. The next start makes it anew.')
    return
  }
  if (command === 'backup' || command === 'restore') {
    print(command === 'backup' ? backUp(config, args) : restore(config, args, systemClock))
    return
  }
  const installation = await openInstallation(config, {
    clock: systemClock,
    log,
    progress: () => undefined,
    besideRunning: true,
  })
  try {
    const commands = commandsOf(installation, print)
    const found = commands.find(({ name }) => name === command)
    if (!found) {
      const modes = MODES.map((mode) => `  ${mode}`).join('\n')
      const list = commands.map(({ name, summary }) => `  ${name} ${summary}`).join('\n')
      throw new StartError(`There is no command ${command}. There are:\n${modes}\n${list}`)
    }
    await found.run(args)
  } finally {
    await installation.close()
  }
}

function commandsOf(installation: Installation, print: (line: string) => void): CommandSpec[] {
  const { admin, catalogue, clock } = installation
  const registration = createRegistration({ db: admin, catalogue, clock })
  const { issuing, staffing } = makeRooms(installation)
  const migrated: CommandSpec = {
    name: 'db:migrate',
    summary: 'brings the database up to date',
    run: async () => print('The database is up to date.'),
  }
  const waiting = createWaitingWithdrawals({ db: admin, catalogue })
  return [
    migrated,
    ...ingestionCommands({ registration, print }),
    ...registersCommands({ connecting: connectingOf(installation), print }),
    ...rectificationCommands({
      partnering: createPartnering({ db: admin, catalogue, clock }),
      print,
    }),
    ...noticeCommands({ endpoints: endpointsOf(installation), print }).map((one) =>
      one.name === 'notice:list' ? withWithdrawals(one, { waiting, print }) : one,
    ),
    ...verifyCommands(installation, print),
    ...oversightCommands({
      resolving: createResolving({
        ...{ db: admin, catalogue, clock, acting: actingOf(installation) },
        openRef: createRefOpening(installation.secrets.operatorKey),
        accounts: () => staffing.list(),
      }),
      catalogue,
      print,
    }),
    ...identityCommands({
      issuing,
      staffing,
      catalogue,
      languages: LANGUAGES.map(({ tag }) => tag),
      now: () => clock.now(),
      print,
    }),
  ]
}
