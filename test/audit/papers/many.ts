import { makingOf } from '../../../server/compose/oversight.js'
import { loadPages } from '../../../server/compose/serve.js'
import { rounded } from '../../bench/figure.js'
import { roomOf } from '../../inquiries/room.js'
import { fileAs } from '../../reports/paper.js'
import type { TestApp } from '../../support/app.js'
import { browserOf } from './gathered.js'

const PERSON = 'many-accesses'
const AT_ONCE = 500
const LOOK_MS = 20

/** Time and memory of the papers of a person with very many accesses. */
export async function measureMany(app: TestApp, count: number): Promise<object> {
  const room = await roomOf(app)
  const person = await room.resident(PERSON)
  let entry = 0
  for (let sent = 0; sent < count; sent += AT_ONCE) {
    ;[entry = 0] = await room.accesses(person, Math.min(AT_ONCE, count - sent))
  }
  await app.portal.ledger.tick()
  const officer = await room.staff('many-dpo', 'dpo')
  await room.superuser.end()
  const resident = await browserOf(app, PERSON)
  const get = (path: string) => async () => {
    const { status, bytes } = await fileAs(app, resident, path)
    if (status !== 200) throw new Error(`${path} answers ${status}`)
    return bytes
  }
  const single = (path: string) => async () => [await get(path)()]
  const whole = async () => {
    const first = await get('/ar/me/documents/report.pdf')()
    const { body } = await resident.get('/ar/me/documents')
    const rest = [...body.matchAll(/href="(\/ar\/me\/documents\/report\/[^"]+)"/g)].slice(1)
    const files = [first]
    for (const [, path = ''] of rest) files.push(await get(path)())
    return files
  }
  const report = async () => {
    const asked = { format: 'pdf', language: 'ar', filter: {}, entry, reason: 'audit' } as const
    const reference = await app.portal.archive.ask(officer, { ...asked, expected: undefined })
    await makingOf(app.installation, app.portal, loadPages(false).texts).work()
    const files: Buffer[] = []
    for (const { part } of (await app.portal.archive.read(officer, reference)).parts) {
      const pieces: Buffer[] = []
      const file = await app.portal.archive.file(officer, reference, part)
      for await (const piece of file) pieces.push(piece)
      files.push(Buffer.concat(pieces))
    }
    return files
  }
  return {
    accesses: count,
    whole: await measured(whole),
    summary: await measured(single('/ar/me/documents/summary.pdf')),
    officers: await measured(report),
  }
}

/** Seconds, size of all files and of the largest, pages, and how much more memory was resident at most than before. */
async function measured(make: () => Promise<readonly Buffer[]>): Promise<object> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let most = before
  const looking = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), LOOK_MS)
  const began = performance.now()
  const files = await make()
  const seconds = rounded((performance.now() - began) / 1000)
  clearInterval(looking)
  const pagesIn = (file: Buffer) => [...file.toString('latin1').matchAll(/\/Type \/Page\b/g)].length
  const sizes = files.map(({ length }) => length)
  const mb = (value: number) => Math.round(value / 2 ** 20)
  return {
    seconds,
    pages: files.reduce((sum, file) => sum + pagesIn(file), 0),
    files: files.length,
    fileMb: rounded(sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20),
    largestMb: rounded(Math.max(...sizes) / 2 ** 20),
    moreMb: mb(most - before),
    peakMb: mb(most),
  }
}
