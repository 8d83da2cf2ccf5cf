import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createScanner } from '../../../server/platform/files/scanner.js'

/** The test file that every scanner knows, in two pieces so that none finds it here. */
const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
)
const MB = 1024 * 1024
const hasClamd = spawnSync('clamd', ['--version']).status === 0
const describeWithClamd = hasClamd ? describe : describe.skip

describe('a scanner that speaks the protocol', () => {
  let server: Server
  let received: Buffer
  /** What the server does when the last piece has arrived. */
  let answer: (socket: Socket) => void
  const sockets = new Set<Socket>()
  const address = () => ({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  const scan = (bytes: Buffer) =>
    createScanner(address(), { connectMs: 500, wholeMs: 1_000 })(bytes)

  beforeAll(async () => {
    server = createServer((socket) => {
      const pieces: Buffer[] = []
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('data', (piece) => {
        pieces.push(piece)
        received = Buffer.concat(pieces)
        if (received.subarray(-4).equals(Buffer.alloc(4))) answer(socket)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })

  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })

  it('is sent the file in pieces, each with its length, and an empty one', async () => {
    answer = (socket) => socket.end('stream: OK\0')
    const bytes = Buffer.alloc(65_537, 'a')
    expect(await scan(bytes)).toBe('clean')
    const length = (value: number) => Buffer.from([0, value >> 16, (value >> 8) & 255, value & 255])
    expect(received).toEqual(
      Buffer.concat([
        Buffer.from('zINSTREAM\0'),
        ...[length(65_536), bytes.subarray(1), length(1), Buffer.from('a'), length(0)],
      ]),
    )
  })

  it.each([
    ['clean', 'stream: OK\0'],
    ['infected', 'stream: Eicar-Test-Signature.UNOFFICIAL FOUND\0'],
    ['unavailable', 'stream: OK'],
    ['unavailable', 'stream: OK\0stream: OK\0'],
    ['unavailable', 'stream: X FOUND\0stream: OK\0'],
    ['unavailable', 'INSTREAM size limit exceeded. ERROR\0'],
    ['unavailable', 'stream: Can’t allocate memory ERROR\0'],
    ['unavailable', 'UNKNOWN COMMAND\0'],
    ['unavailable', 'OK\0'],
    ['unavailable', ''],
  ])('counts as %s where it says %j', async (result, said) => {
    answer = (socket) => socket.end(said)
    expect(await scan(Buffer.from('a'))).toBe(result)
  })

  it.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => undefined],
    ['says that all is well, and does not end', (socket) => socket.write('stream: OK\0')],
    ['talks without end', (socket) => socket.write('x'.repeat(10_000))],
    ['ends with a reset', (socket) => socket.resetAndDestroy()],
  ])('is unavailable where it %s', async (_, act) => {
    answer = act
    const began = performance.now()
    expect(await scan(Buffer.from('a'))).toBe('unavailable')
    expect(performance.now() - began).toBeLessThan(3_000)
  })

  it('is unavailable where nobody listens', async () => {
    expect(await createScanner({ path: '/nowhere/clamd' })(EICAR)).toBe('unavailable')
    expect(await createScanner({ host: '127.0.0.1', port: 1 })(EICAR)).toBe('unavailable')
  })
})

describeWithClamd('ClamAV itself, with a signature of ours', () => {
  let folder: string
  let daemon: ChildProcess
  const scan = (bytes: Buffer) => createScanner({ path: join(folder, 'socket') })(bytes)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mirat-clamd-'))
    const signature = `Test:0:0:${EICAR.toString('hex')}`
    writeFileSync(join(folder, 'test.ndb'), `${signature}\n`)
    const settings = [
      `DatabaseDirectory ${folder}`,
      `LocalSocket ${join(folder, 'socket')}`,
      'Foreground yes',
      'StreamMaxLength 10M',
    ]
    writeFileSync(join(folder, 'clamd.conf'), `${settings.join('\n')}\n`)
    // Without a user of its own it stays who we are, and may read the folder.
    daemon = spawn('clamd', ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' })
    for (let round = 0; round < 100 && (await scan(Buffer.from('a'))) !== 'clean'; round++) {
      await setTimeout(200)
    }
  }, 60_000)

  afterAll(() => {
    daemon.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  it('finds the test file', async () => {
    expect(await scan(EICAR)).toBe('infected')
  })

  it('takes ten megabytes for clean, and does not know of more', async () => {
    expect(await scan(Buffer.alloc(10 * MB, 'a'))).toBe('clean')
    expect(await scan(Buffer.alloc(12 * MB, 'a'))).toBe('unavailable')
  })

  it('is unavailable as soon as it is gone', async () => {
    daemon.kill('SIGKILL')
    await setTimeout(200)
    expect(await scan(EICAR)).toBe('unavailable')
  })
})
