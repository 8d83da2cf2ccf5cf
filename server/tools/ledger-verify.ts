import { spawnSync } from 'node:child_process'

const HELP = `Checks the whole log.

  npm run ledger:verify                        from the rows up, beside a running portal or alone;
                                               needs the portal's database and keys
  npm run ledger:verify -- --public [options]  as an outsider, through the public addresses alone;
                                               its options: npm run ledger:verify -- --public --help
`

/** Runs the operator's check of the built program, or with `--public` the outsider's, as a process of its own. */
function main(args: readonly string[]): number {
  if (args.includes('--public')) {
    const rest = args.filter((arg) => arg !== '--public')
    return run(['--import', 'tsx', 'server/tools/verify-log.ts', ...rest])
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP)
    return 0
  }
  const built = run(['--import', 'tsx', 'server/tools/build.ts', '--if-stale'])
  return built === 0 ? run(['dist/server/main.js', 'ledger:verify', ...args]) : built
}

function run(args: readonly string[]): number {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  return status ?? 1
}

process.exitCode = main(process.argv.slice(2))
