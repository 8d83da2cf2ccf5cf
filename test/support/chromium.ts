import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../../server/platform/root.js'
import { alone, runFolder } from './run.js'

/** How to start the browser of the tests. */
export interface Chromium {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

const run = promisify(execFile)

/**
 * The Chromium inside the package @sparticuz/chromium, unpacked once per run into the run's folder;
 * CHROMIUM_PATH names another one. Libraries (nss) and a font come along for machines that have none.
 */
export function findChromium(): Promise<Chromium> {
  return alone('browser', () => chromiumIn(join(runFolder(), 'browser')))
}

/** The same in a folder of one's own, which need not be there yet; nobody else may unpack into it meanwhile. */
export async function chromiumIn(folder: string): Promise<Chromium> {
  const given = process.env['CHROMIUM_PATH']
  if (!existsSync(join(folder, 'fonts.conf'))) await unpack(folder)
  const executablePath = given ?? join(folder, 'chromium')
  const env = { ...variables(process.env), FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  return startable(executablePath, [env, withLibraries(env, join(folder, 'al2023/lib'))])
}

/** The package unpacks into TMPDIR, and its libraries only where it believes itself on that platform. */
async function unpack(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const script = `(await import('@sparticuz/chromium')).default.executablePath()`
  await run(process.execPath, ['--input-type=module', '-e', `await ${script}`], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  })
  // Written last: it says that everything before it is there.
  writeFileSync(join(folder, 'fonts.conf'), fontsConf(folder))
}

/** The machine's fonts as it has arranged them, then those of packages, so that no page is ever blank. */
function fontsConf(folder: string): string {
  const folders = [join(folder, 'fonts'), join(ROOT, 'node_modules/@expo-google-fonts')]
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>/usr/share/fonts</dir>
${folders.map((path) => `<dir>${path}</dir>`).join('\n')}
<cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`
}

/** The first surroundings in which the program starts; says what is missing where there are none. */
async function startable(
  executablePath: string,
  candidates: readonly Chromium['env'][],
): Promise<Chromium> {
  let cause: unknown
  for (const env of candidates) {
    try {
      await run(executablePath, ['--version', '--no-sandbox'], { env })
      return { executablePath, env }
    } catch (error) {
      cause = error
    }
  }
  const why = (cause as { stderr?: string }).stderr ?? ''
  throw new Error(
    `The browser of the tests does not start: ${why.trim()} Set CHROMIUM_PATH to a Chromium or Chrome of this machine.`,
    { cause },
  )
}

function withLibraries(env: Chromium['env'], folder: string): Chromium['env'] {
  const path = [folder, env['LD_LIBRARY_PATH']].filter((part) => part !== undefined)
  return { ...env, LD_LIBRARY_PATH: path.join(delimiter) }
}

function variables(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
