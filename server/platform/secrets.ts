import { hkdfSync } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from './folder.js'
import { StartError } from './kernel/errors.js'
import type { Random } from './kernel/random.js'

const KEYS = [
  'subjectKey',
  'logKey',
  'originKey',
  'operatorKey',
  'evidenceKey',
  'accountKey',
  'visitorKey',
  'passwordKey',
] as const
type KeyName = (typeof KEYS)[number]

/** The installation's keys, 32 bytes each, and the name that the log was given. */
export type Secrets = Readonly<Record<KeyName, Buffer>> & { readonly logOrigin: string }

/** Reads the keys, or makes them at the first start: one file, readable by its owner alone. */
export function loadSecrets(options: {
  path: string
  random: Random
  /** The log's name where the operator chose one. */
  logOrigin?: string
}): Secrets {
  const { path, random } = options
  if (!existsSync(path)) write(path, fresh(random, options.logOrigin))
  return parse(path)
}

function fresh(random: Random, logOrigin?: string): object {
  const keys = KEYS.map((name) => [name, random.bytes(32).toString('base64url')] as const)
  const name = logOrigin ?? `mirat.invalid/log/${random.bytes(8).toString('hex')}`
  return { ...(Object.fromEntries(keys) as Record<string, string>), logOrigin: name }
}

/** Written whole or not at all: a half file would cost the log its key. */
function write(path: string, secrets: object): void {
  try {
    makeFolder(dirname(path))
    const draft = `${path}.new`
    const file = openSync(draft, 'w', 0o600)
    writeSync(file, `${JSON.stringify(secrets, null, 2)}\n`)
    fsyncSync(file)
    closeSync(file)
    renameSync(draft, path)
  } catch (error) {
    throw new StartError(`The keys cannot be written to ${path}: make the folder writable.`, error)
  }
}

function parse(path: string): Secrets {
  const faults: string[] = []
  const raw = readJson(path)
  const keys = KEYS.map((name) => {
    const text = raw[name]
    const key = Buffer.from(typeof text === 'string' ? text : '', 'base64url')
    if (key.length !== 32) faults.push(name)
    return [name, key] as const
  })
  const { logOrigin } = raw
  if (typeof logOrigin !== 'string') faults.push('logOrigin')
  if (faults.length > 0)
    throw new StartError(`${path} lacks ${faults.join(', ')}: restore it from a backup.`)
  return {
    ...(Object.fromEntries(keys) as Record<KeyName, Buffer>),
    logOrigin: logOrigin as string,
  }
}

function readJson(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new StartError(`${path} cannot be read: restore it from a backup.`, error)
  }
}

/** A key of 32 bytes for one purpose, out of another (HKDF-SHA256, RFC 5869): the file of keys stays as it is. */
export function derivedKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `mirat/${purpose}/v1`, 32))
}
