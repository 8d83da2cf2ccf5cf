import { randomBytes } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { connectingOf, SIGNING_LABEL } from '../../server/compose/registers.js'
import { recordsOf, type DemoRecord } from '../../server/demo/index.js'
import type { ResidentActor } from '../../server/identity/index.js'
import { startChild, type Child } from '../../server/platform/child.js'
import { openSideDatabase } from '../../server/platform/db/side-database.js'
import { signerFrom, type ClaimSigner } from '../../server/platform/kernel/signing.js'
import { createLog } from '../../server/platform/log.js'
import { ROOT } from '../../server/platform/root.js'
import { registersCommands } from '../../server/registers/commands.js'
import { startTestApp, type TestApp } from '../support/app.js'

/** The immigration office of the demonstration that misheard a name. */
export const OFFICE = 'i.pf.abh'
export const PERSON = 'resident-ar'

/** The demonstration with what its log has said so far. */
export interface World {
  readonly app: TestApp
  readonly lines: string[]
  /** What the offices of the person have written. */
  readonly records: readonly DemoRecord[]
  readonly actor: ResidentActor
  /** Signs as the portal does. */
  readonly signer: ClaimSigner
  /** Runs an operator's command; gives what it printed. */
  command(line: string): Promise<string[]>
}

/** Opens the demonstration; no office is connected. */
export async function openWorld(): Promise<World> {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const app = await startTestApp({ demo: true, log })
  const actor = await actorOf(app, PERSON)
  const records = recordsOf(PERSON, await app.portal.overview.holdings(actor))
  return {
    app,
    lines,
    records,
    actor,
    signer: signerFrom(app.installation.secrets.evidenceKey, SIGNING_LABEL),
    command: async (line) => {
      const [name, ...args] = line.split(' ')
      const printed: string[] = []
      const connecting = connectingOf(app.installation)
      const commands = registersCommands({ connecting, print: (text) => printed.push(text) })
      await commands.find((one) => one.name === name)?.run(args)
      return printed
    },
  }
}

/** A person of the demonstration as a session knows them. */
export async function actorOf({ portal, clock }: TestApp, person: string): Promise<ResidentActor> {
  const begun = await portal.identity.signInDemo(person)
  const open = await portal.identity.sessions.open(begun?.token ?? '', clock.now())
  if (open?.actor.role !== 'resident') throw new Error(`${person} is no resident`)
  return open.actor
}

/** The reference register as a program of its own. */
export interface Register extends Child {
  readonly origin: string
  readonly databaseUrl: string
  /** Removes its database as well. */
  remove(): Promise<void>
}

/** Starts the register, over the database of an earlier one where that is given. */
export async function startRegister(
  { app, records }: World,
  {
    databaseUrl,
    jwks = `${app.url}/.well-known/jwks.json`,
  }: { databaseUrl?: string; jwks?: string } = {},
): Promise<Register> {
  const name = `mirat_register_${randomBytes(6).toString('hex')}`
  const url = databaseUrl ?? (await openSideDatabase(app.adminUrl, { name, password: name }))
  const child = await startChild({
    path: join(ROOT, 'server/tools/reference-register.ts'),
    options: ['--import', 'tsx'],
    settings: JSON.stringify({ databaseUrl: url, portal: app.url, jwks, port: 0, records }),
  })
  const { port } = JSON.parse(child.said) as { port: number }
  return {
    ...child,
    origin: `http://127.0.0.1:${port}`,
    databaseUrl: url,
    remove: async () => {
      await child.stop()
      const admin = new pg.Client(app.adminUrl)
      await admin.connect()
      const made = new URL(url).username
      await admin.query(`drop database if exists ${made} with (force)`)
      await admin.query(`drop role if exists ${made}`)
      await admin.end()
    },
  }
}

/** A server on loopback that answers as the test wants. */
export async function answering(
  listener: RequestListener,
): Promise<{ readonly origin: string; close(): void }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The words of a page's main part, without tags. */
export function wordsOf(html: string): string {
  const main = /<main[^>]*>([^]*)<\/main>/.exec(html)?.[1] ?? ''
  return main.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}
