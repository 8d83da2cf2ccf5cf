import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StartError } from '../kernel/errors.js'

/** A server that accepts connections. */
export interface Listening {
  readonly port: number
  /** Takes no new requests, finishes those in hand, and closes within some seconds. */
  close(): Promise<void>
}

/** How long a connection may take for what it does (milliseconds), and how often that is looked at. */
export interface Patience {
  readonly headersMs: number
  readonly requestMs: number
  /** Node looks for slow connections only this often; by default it would be every 30 s. */
  readonly checkMs: number
  /** A reader that takes nothing for this long is cut. */
  readonly idleMs: number
}

/** Everybody is cut within 15 s and one look. */
export const PATIENCE: Patience = {
  headersMs: 10_000,
  requestMs: 15_000,
  checkMs: 1_000,
  idleMs: 15_000,
}
const KEEP_ALIVE_MS = 5_000
const DRAIN_MS = 10_000

/** Listens; a port that is taken is one clear sentence. */
export async function listen(
  app: RequestListener,
  { host, port, patience = PATIENCE }: { host: string; port: number; patience?: Patience },
): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      connectionsCheckingInterval: patience.checkMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: 16_384,
    },
    app,
  )
  server.setTimeout(patience.idleMs)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFault(error, { host, port })))
    server.listen({ host, port }, resolve)
  })
  return { port: (server.address() as AddressInfo).port, close: () => drain(server) }
}

function listenFault(error: Error, { host, port }: { host: string; port: number }): Error {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return new StartError(
      `Port ${port} is taken: end the other program, or choose another PORT.`,
      error,
    )
  }
  if (code === 'EACCES')
    return new StartError(`Port ${port} may not be used: choose a PORT above 1023.`, error)
  return new StartError(`Cannot listen on ${host}:${port}: ${error.message}.`, error)
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearTimeout(force)
}
