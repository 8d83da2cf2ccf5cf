import { connect, type Socket } from 'node:net'

/** What a virus scanner says; `unavailable` whenever it did not say clearly that a file is clean or infected. */
export type ScanResult = 'clean' | 'infected' | 'unavailable'

/** Looks for known malware; never throws. */
export type Scanner = (bytes: Buffer) => Promise<ScanResult>

/** Where clamd listens: a port of a host, or a socket in the file system. */
export type ScannerAddress =
  { readonly host: string; readonly port: number } | { readonly path: string }

/** Reads `host:port`, `[IPv6]:port` or an absolute path; nothing where a text is neither. */
export function scannerAddress(text: string): ScannerAddress | undefined {
  if (text.startsWith('/')) return text.length <= LONGEST_PATH ? { path: text } : undefined
  const [, bracketed, plain, digits] = /^(?:\[([\da-f:]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  return host !== undefined && port > 0 && port < 65_536 ? { host, port } : undefined
}

/** How long a scanner may take (milliseconds). */
export interface ScannerPatience {
  readonly connectMs: number
  readonly wholeMs: number
}

const PATIENCE: ScannerPatience = { connectMs: 2_000, wholeMs: 20_000 }

/** Names of sockets are no longer than this (unix(7)). */
const LONGEST_PATH = 107
/** Pieces of this size, in bytes; clamd takes any. */
const PIECE = 64 * 1024
/** An answer is one line; whoever sends more is no clamd. */
const LONGEST_ANSWER = 4_096
const CLEAN = 'stream: OK\0'
const INFECTED = /^stream: \S+ FOUND\0$/

/**
 * A client of clamd's INSTREAM command (clamd(8)). Its `StreamMaxLength` must reach 10 MB, else larger files
 * are `unavailable`; with its `AlertExceedsMax` it also reports what it gave up scanning half-way.
 */
export function createScanner(
  address: ScannerAddress,
  patience: ScannerPatience = PATIENCE,
): Scanner {
  return (bytes) =>
    new Promise((resolve) => {
      const socket = connect(address)
      const answer: Buffer[] = []
      const end = (result: ScanResult) => {
        clearTimeout(connecting)
        clearTimeout(whole)
        socket.destroy()
        resolve(result)
      }
      const connecting = setTimeout(() => end('unavailable'), patience.connectMs)
      const whole = setTimeout(() => end('unavailable'), patience.wholeMs)
      socket.on('connect', () => {
        clearTimeout(connecting)
        send(socket, bytes)
      })
      socket.on('data', (piece) => {
        answer.push(piece)
        if (Buffer.concat(answer).length > LONGEST_ANSWER) end('unavailable')
      })
      // Only what the scanner ended itself is whole: half of an answer could read as another one.
      socket.on('end', () => end(resultOf(Buffer.concat(answer).toString('latin1'))))
      socket.on('error', () => end('unavailable'))
      socket.on('close', () => end('unavailable'))
    })
}

/** Pieces with their length before them, and an empty one at the end. */
function send(socket: Socket, bytes: Buffer): void {
  socket.write('zINSTREAM\0')
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE)
    socket.write(lengthOf(piece.length))
    socket.write(piece)
  }
  socket.write(lengthOf(0))
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  return bytes
}

function resultOf(answer: string): ScanResult {
  if (answer === CLEAN) return 'clean'
  return INFECTED.test(answer) ? 'infected' : 'unavailable'
}
