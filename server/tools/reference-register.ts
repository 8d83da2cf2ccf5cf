import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { startServer } from './reference-register/server.js'
import { readSettings, type Settings } from './reference-register/settings.js'
import { openStore } from './reference-register/store.js'

const HELP = `A small register that answers to a Mirat portal: what it holds, and what is corrected in it.

  npm run register:demo -- --settings FILE

FILE is JSON: { "databaseUrl": a PostgreSQL, "portal": the portal's origin, "jwks": address of its keys,
"port": 0 for any, "audience": origin under which the portal knows this register (by default
http://127.0.0.1 and the port), "records": [{ "office", "subject", "field", "texts": [...] }] }.
Records that are there already are left as they are. With - the first line of the standard input is read,
and the register ends when that ends. It listens on 127.0.0.1: put a proxy with TLS before it.

  GET  /OFFICE/values         Authorization: Bearer JWS, typ values-read+jwt; 403 where it names a
                              consent that was withdrawn
  POST /OFFICE/corrections    application/jose, typ correction+jwt: 201, 200 again, 401, 409, 422;
                              typ consent-withdrawal+jwt: 201, 200 again, 401, 409, 422
`

/** The settings' text, and when whoever gave it is gone. */
async function given(file: string): Promise<{ text: string; gone: Promise<unknown> }> {
  if (file !== '-') return { text: readFileSync(file, 'utf8'), gone: once(process, 'SIGINT') }
  const lines = createInterface({ input: process.stdin })
  const gone = once(lines, 'close')
  // Ctrl-C reaches the whole group: the program that started this one says when it ends.
  process.on('SIGINT', () => undefined)
  const [text] = (await Promise.race([once(lines, 'line'), gone])) as [string?]
  return { text: text ?? '', gone }
}

async function run(settings: Settings, gone: Promise<unknown>): Promise<void> {
  const store = await openStore(settings.databaseUrl)
  try {
    await store.add(settings.records)
    const server = await startServer(settings, store)
    process.stdout.write(`${JSON.stringify({ port: server.port })}\n`)
    await Promise.race([gone, once(process, 'SIGTERM')])
    await server.close()
  } finally {
    await store.close()
  }
}

async function main(): Promise<void> {
  const options = { settings: { type: 'string' } } as const
  const { values } = parseArgs({ options, args: process.argv.slice(2) })
  if (values.settings === undefined) {
    process.stdout.write(HELP)
    return
  }
  const { text, gone } = await given(values.settings)
  await run(readSettings(text), gone)
}

main()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`)
    process.exitCode = 1
  })
  // The standard input may stay open after the last word.
  .finally(() => process.exit())
