import { connect, type Socket } from 'node:net'

/** Opens connections that send nothing; gives those that are still open, and ends them when told. */
export async function idleConnections(
  port: number,
  count: number,
): Promise<{ open: () => number; end: () => void }> {
  const sockets: Socket[] = []
  for (let from = 0; from < count; from += 200) {
    const some = Array.from({ length: Math.min(200, count - from) }, () => opened(port))
    sockets.push(...(await Promise.all(some)))
  }
  return {
    open: () => sockets.filter(({ destroyed }) => !destroyed).length,
    end: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.once('error', reject)
    // What was read is thrown away, so that an end from the other side is seen.
    socket.resume()
  })
}
