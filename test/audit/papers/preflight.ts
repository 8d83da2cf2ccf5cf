import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** Where Debian keeps the libraries (libpdfbox2-java, libactivation-java, libjaxb-api-java) and what they need. */
const FOLDER = '/usr/share/java'
const JARS = [
  'preflight',
  'pdfbox2',
  'fontbox2',
  'xmpbox',
  'commons-logging',
  'javax.activation',
  'jaxb-api',
]
const MAIN = 'org.apache.pdfbox.preflight.Validator_A1b'

/** Whether Preflight and a Java stand on this machine. */
export function hasPreflight(): boolean {
  return missingJars().length === 0 && spawnSync('java', ['-version']).error === undefined
}

function missingJars(): string[] {
  return JARS.filter((jar) => !existsSync(join(FOLDER, `${jar}.jar`)))
}

/** What Preflight finds against PDF/A-1b; nothing where the file is valid. */
export function preflightOf(file: Buffer): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mirat-preflight-'))
  try {
    const path = join(folder, 'paper.pdf')
    writeFileSync(path, file)
    const classes = JARS.map((jar) => join(FOLDER, `${jar}.jar`)).join(delimiter)
    const options = ['-cp', classes, MAIN, path]
    const { stdout } = spawnSync('java', options, { encoding: 'utf8', maxBuffer: 2 ** 26 })
    if (stdout.includes('is a valid PDF/A-1b file')) return []
    const errors = stdout.split('\n').filter((line) => /^\d[\d.]* : /.test(line))
    return errors.length > 0 ? errors : [`it said: ${stdout.slice(0, 200)}`]
  } finally {
    rmSync(folder, { recursive: true })
  }
}
