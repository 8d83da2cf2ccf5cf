import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to the database that can fall silent, grow slow, or be cut. */
export interface Proxy {
  readonly port: number
  /** Where new connections lead: a server that was started again has another port. */
  leadTo(port: number): void
  /** From now on nothing passes either way; connections stay open, new ones are still accepted. */
  swallow(isSilent: boolean): void
  /** Waits this long (milliseconds) before each piece of data that comes back. */
  delay(milliseconds: number): void
  /** Ends every connection that is open, in the middle of whatever it does. */
  cut(): void
  close(): Promise<void>
}

/** Listens on loopback and hands everything on to a port of the same machine. */
export async function openProxy(target: number): Promise<Proxy> {
  const state = { target, isSilent: false, delayMs: 0 }
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(state.target, '127.0.0.1')
    join(near, far, () => (state.isSilent ? undefined : 0))
    join(far, near, () => (state.isSilent ? undefined : state.delayMs))
    for (const socket of [near, far]) {
      open.add(socket)
      socket.once('close', () => open.delete(socket))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => {
      state.target = port
    },
    swallow: (isSilent) => {
      state.isSilent = isSilent
    },
    delay: (milliseconds) => {
      state.delayMs = milliseconds
    },
    cut,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      cut()
      await closed
    },
  }
}

/** Hands data on; `wait` says after how many milliseconds, or that it is lost. */
function join(from: Socket, to: Socket, wait: () => number | undefined): void {
  from.on('data', (data) => {
    const milliseconds = wait()
    if (milliseconds === undefined) return
    if (milliseconds === 0) to.write(data)
    else setTimeout(() => to.writable && to.write(data), milliseconds)
  })
  from.on('error', () => to.destroy())
  from.on('close', () => to.destroy())
}
